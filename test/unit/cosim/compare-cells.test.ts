/** Cells of two arrays held against each other, of devices whose first state is what they conduct and of others. */
import { expect, it } from 'vitest';
import { legalize } from '../../../src/compiler.js';
import { CellReading } from '../../../src/cosim/cell-reading.js';
import { compareCells } from '../../../src/cosim/compare-cells.js';
import { Comparison } from '../../../src/cosim/comparison.js';
import { createArray } from '../../../src/cosim/create-array.js';
import type { CosimSetup } from '../../../src/cosim/cosimulate.js';
import { exampleSetups, studyJobs } from '../../support/observed-run.js';
import { SEQUENCE_TEXT, SEQUENCES } from '../../support/small-sequences.js';

const [ECRAM] = exampleSetups('Uncalibrated', 1);
const [OSCILLATOR] = studyJobs({ 'input.ion': SEQUENCE_TEXT, 'table.csv': SEQUENCES }, 1)[0]!.setups;

function twoTiles(setup: CosimSetup) {
  const run = { ...setup, legal: legalize(setup.scheduled) };
  const [found, expected] = [createArray(run).kernel, createArray(run).kernel];
  const { device } = setup.scheduled.mapped;
  const comparison = new Comparison(setup.scheduled.program.origin);
  return { device, found, expected, compare: () => compareCells(device, { found, expected }, comparison), comparison };
}

it.each([
  ['a conductance', ECRAM!, 'conductance[1, 3]'],
  ['another state', OSCILLATOR!, /^(?!conductance)\w+\[1, 3\]$/],
] as const)('tells %s by its name, and how far apart cells are [S]', (_, setup, signal) => {
  const { device, found, expected, compare, comparison } = twoTiles(setup);
  expect(compare()).toBe(0);
  expect(comparison.mismatches).toBe(0);
  const [state] = device.states;
  const cell = found.columns + 3;
  const before = new CellReading(expected, device).siemens[cell]!;
  const values = found.stateOf(state!.name);
  values[cell] = values[cell]! + 0.01 * (state!.max - state!.min);
  const after = new CellReading(found, device).siemens[cell]!;
  expect(after).not.toBe(before);
  expect(compare()).toBe(Math.abs(after - before));
  expect(comparison.mismatches).toBe(1);
  expect(comparison.firstDivergence).toMatchObject({ signal: expect.stringMatching(escaped(signal)) });
});

it('sees states behind the first one', () => {
  const { device, found, compare, comparison } = twoTiles(OSCILLATOR!);
  const other = device.states[1]!;
  found.stateOf(other.name)[0]! += 0.01 * (other.max - other.min);
  compare();
  expect(comparison.firstDivergence).toMatchObject({ signal: `${other.name}[0, 0]` });
});

function escaped(signal: string | RegExp): RegExp {
  return typeof signal === 'string' ? new RegExp(`^${signal.replaceAll(/[[\]]/g, String.raw`\$&`)}$`) : signal;
}
