/** A lane program for every cell of an array, as generated JavaScript in single precision. */
import { LANE_RUNTIME, laneStatements } from '../../numerics/lanes/lane-javascript.js';
import type { LaneProgram } from '../../numerics/lanes/lane-program.js';

/** Writes the outputs of every cell to `outs`, masks as 0 or 1; `inputs` by name, each as long as the outputs. */
export type FillLanes = (outs: readonly Float32Array[], inputs: Readonly<Record<string, Float32Array>>) => void;

/** The loop over cells of `program`, which has no input beside `names`. */
export function compileLanes(program: LaneProgram, names: readonly string[]): FillLanes {
  const places = new Map(names.map((name, index) => [name, `a${String(index)}[cell]`]));
  const { lines, outputs } = laneStatements(program, (name) => places.get(name) ?? 'NaN');
  const text = [
    'return (outs, inputs) => {',
    ...names.map((name, index) => `const a${String(index)} = inputs[${JSON.stringify(name)}];`),
    ...outputs.map((_, index) => `const out${String(index)} = outs[${String(index)}];`),
    'for (let cell = 0; cell < out0.length; cell++) {',
    ...lines,
    ...outputs.map((output, index) => `out${String(index)}[cell] = ${output};`),
    '}',
    '};',
  ].join('\n');
  // The constructor makes what the text returns.
  const make = new Function(...Object.keys(LANE_RUNTIME), text) as (...values: readonly unknown[]) => FillLanes;
  return make(...Object.values(LANE_RUNTIME));
}
