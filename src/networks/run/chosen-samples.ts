/** Which samples of a data set a step of a schedule presents. */
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { splitSamples } from '../../ir/split-samples.js';
import type { SampleChoice } from '../../ir/study.js';
import type { SampleSource } from './study-run.js';

/** Indices of the samples, in the order of the data; all of them where no part is named. */
export function chosenSamples({ data }: MappedNetwork, source: SampleSource, choice: SampleChoice): Uint32Array {
  const set = data.find(({ name }) => name === choice.data);
  const { count } = source(choice.data);
  const whole = Uint32Array.from({ length: count }, (_, index) => index);
  if (choice.split === undefined || !set) return whole;
  return splitSamples(set, count).get(choice.split) ?? whole.subarray(0, 0);
}
