/** Words of the assembly language for the codes of a program word. */
import { REST_CODE, SAMPLE_CODE, SELECT_CODE } from '../microcode.js';

/** How lines are selected; `marks` has its direction in the name. */
export const SELECT_NAMES: Readonly<Record<string, number>> = {
  none: SELECT_CODE.none,
  all: SELECT_CODE.all,
  counter0: SELECT_CODE.counter,
  counter1: SELECT_CODE.counter + 1,
  counter2: SELECT_CODE.counter + 2,
  entry: SELECT_CODE.entry,
  'entry-plane': SELECT_CODE.entryPlane,
  keep: SELECT_CODE.keep,
  plane: SELECT_CODE.plane,
  'counter0-plane': SELECT_CODE.counterPlane,
  'counter1-plane': SELECT_CODE.counterPlane + 1,
  'counter2-plane': SELECT_CODE.counterPlane + 2,
  random: SELECT_CODE.random,
  spikes: SELECT_CODE.age,
  marks: SELECT_CODE.marks,
};

export const POLARITY_NAMES: Readonly<Record<string, number>> = { positive: 0, negative: 1, entry: 2 };
export const REST_NAMES: Readonly<Record<string, number>> = { last: REST_CODE.entry, always: REST_CODE.always };
export const SAMPLE_NAMES: Readonly<Record<string, number>> = SAMPLE_CODE;

/** The name of a code, undefined where it has none. */
export function nameOf(names: Readonly<Record<string, number>>, code: number): string | undefined {
  return Object.keys(names).find((name) => names[name] === code);
}
