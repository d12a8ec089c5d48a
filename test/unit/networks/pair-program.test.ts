/** Pairs under counted pulses as a pulse program: against the fast array, and with the RTL in the loop. */
import { describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { cosimulate } from '../../../src/cosim/cosimulate.js';
import { createEngine } from '../../../src/cosim/engines/select.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { verifyScheduledArray } from '../../../src/ir/verify-scheduled.js';
import { pairsOf } from '../../../src/networks/arrays/pair-setup.js';
import { createPairProgramArray } from '../../../src/networks/programs/pair-program-array.js';
import type { TileRecording } from '../../../src/networks/programs/recorded-tile.js';
import { keyOfSeed } from '../../../src/numerics/normal.js';
import { modelOf } from '../../support/controller-run.js';
import {
  bothPairs,
  COLUMNS,
  HALL,
  mappedPairs,
  QUIET,
  ROWS,
  stepPairs,
  tileWith,
} from '../../support/pair-training.js';

const COUNTED = 'fraction = 4 bit, stochastic = 1, refresh = 16 pulses';

function differences(one: ArrayLike<number>, other: ArrayLike<number>): readonly number[] {
  return Array.from({ length: one.length }, (_, pair) => Math.abs(one[pair]! - other[pair]!));
}

const rms = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

async function onHardware({ scheduled, start, seed }: TileRecording) {
  const diagnostics = new DiagnosticBag();
  const hardware = { legalize: encode, modelSource: modelOf };
  const result = await cosimulate([{ scheduled, start, seed }], hardware, createEngine('wasm'), diagnostics);
  if (!result) throw new Error(JSON.stringify(diagnostics.all));
  return result;
}

describe('a program of pairs', () => {
  it.each([COUNTED, 'fraction = 8 bit', 'fraction = 0 bit, stochastic = 1, refresh = 20 pulses'])(
    'gives the pulses of the fast array where nothing varies: %s',
    (realize) => {
      const { program, fast } = bothPairs(realize, { without: QUIET, bits: 24 });
      for (const array of [program, fast]) array.modulate('field', 0.1);
      const [slow, quick] = [stepPairs(program, 0, 8), stepPairs(fast, 0, 8)];
      // A pulse is 0.021 Ohm; whole ones leave up to half of it at a refresh
      const places = Number(/fraction = (\d+)/.exec(realize)![1]);
      const limit = 1e-4 + (realize.includes('refresh') ? 8 * 0.011 * 2 ** -places : 0);
      slow.forEach((weights, step) => {
        expect(Math.max(...differences(weights, quick[step]!))).toBeLessThan(limit);
      });
      // What whole pulses leave decides whether the next refresh comes a step earlier
      const others = Math.abs(program.counts.refreshes - fast.counts.refreshes);
      expect(others).toBeLessThanOrEqual(places === 0 ? 3 : 0);
      if (realize.includes('refresh')) expect(program.counts.refreshes).toBeGreaterThan(3);
      verifyScheduledArray(program.recording().scheduled);
    },
  );

  it.each([
    ['that are all alike and read without noise', QUIET, 0.001, 0.003],
    ['with gains that differ by 20 %, read with noise', [], 0.02, 0.05],
  ] as const)('keeps weights when it sets pairs anew, of devices %s', (_, without, mean, most) => {
    const renewing = bothPairs('fraction = 4 bit, refresh = 8 pulses', { without });
    const plain = bothPairs('fraction = 4 bit', { without });
    for (const { program } of [renewing, plain]) program.modulate('field', 0.1);
    const [after] = stepPairs(renewing.program, 0, 1);
    const [before] = stepPairs(plain.program, 0, 1);
    expect(renewing.program.counts.refreshes).toBeGreaterThan(5);
    expect(plain.program.counts.refreshes).toBe(0);
    // Pairs that have not been set anew are the same to the last bit
    const changes = differences(after!, before!).filter((change) => change > 0);
    expect(changes.length).toBe(renewing.program.counts.refreshes);
    expect(rms(changes)).toBeLessThan(mean);
    expect(Math.max(...changes)).toBeLessThan(most);
  });

  it('does on the RTL what it has done, with the same weights behind every step', async () => {
    const { program } = bothPairs(COUNTED);
    program.modulate('field', 0.1);
    const steps = stepPairs(program, 0, 5);
    const recording = program.recording();
    const result = await onHardware(recording);
    expect(result.mismatches).toBe(0);
    expect(result.maxConductanceError).toBe(0);
    expect(program.counts.refreshes).toBeGreaterThan(3);
    // Weights of the cells that the RTL has pulsed, behind the data sets that end a step
    const { modulators } = recording.scheduled.program.dataSets[0]!;
    expect(modulators).toEqual([{ modulator: 'field', value: 0.1 }]);
    const found = result.states.map((states) =>
      Float32Array.from({ length: ROWS * COLUMNS }, (_, pair) => {
        const at = Math.floor(pair / COLUMNS) * 8 + 2 * (pair % COLUMNS);
        return 0.021 * (states[at + 1]! - states[at]!);
      }),
    );
    let next = 0;
    for (const weights of steps) {
      const at = found.findIndex((each, index) => index >= next && Math.max(...differences(each, weights)) < 2e-4);
      expect(at).toBeGreaterThanOrEqual(next);
      next = at + 1;
    }
    expect(Math.max(...differences(found.at(-1)!, steps.at(-1)!))).toBeLessThan(2e-4);
  });

  it('is read in the field that its data sets state', async () => {
    const { program } = bothPairs(COUNTED, { without: QUIET });
    program.modulate('field', 0.1);
    stepPairs(program, 0, 2);
    program.modulate('field', 0);
    stepPairs(program, 2, 3);
    const recording = program.recording();
    const { scheduled } = recording;
    const still = scheduled.program.dataSets.map(({ modulators: _, ...rest }) => rest);
    const settings = scheduled.program.dataSets.flatMap(({ modulators }) => modulators ?? []);
    expect(settings.map(({ value }) => value)).toEqual([0.1, 0]);
    const without = { ...scheduled, program: { ...scheduled.program, dataSets: still } };
    const [stated, silent] = [await onHardware(recording), await onHardware({ ...recording, scheduled: without })];
    expect(stated.mismatches).toBe(0);
    // The pulses are the same, and the codes are not
    expect(stated.states).toEqual(silent.states);
    expect(stated.digest).not.toBe(silent.digest);
  });

  it('moves no cell that is half selected', () => {
    const { program } = bothPairs('fraction = 4 bit', { without: QUIET, span: 0 });
    const one = { count: 1, width: ROWS, values: Float32Array.of(0.03, 0, 0, 0, 0, 0) };
    program.learn(one, { count: 1, width: COLUMNS, values: Float32Array.of(0.1, 0, 0, 0) });
    const weights = [...program.weights()];
    expect(weights[0]).toBeLessThan(-0.1);
    expect(weights.slice(1).every((weight) => weight === 0)).toBe(true);
  });

  it('is refused with the reason', () => {
    const { chip, projections } = mappedPairs(COUNTED);
    const meaning = pairsOf(projections[0]!);
    if ('reason' in meaning) throw new Error(meaning.reason);
    const setup = {
      ...{ chip: tileWith(chip, 12), seed: 1, key: keyOfSeed(1), without: [], source: 'test.ion', name: 'first' },
      ...{ meaning, rows: 4, columns: 5, weights: new Float32Array(20) },
    };
    expect(createPairProgramArray(setup)).toMatchObject({
      reason: '4 x 10 cells do not fit a tile of 8 x 8, and a controller has one',
    });
    const strange = { ...meaning, device: { ...HALL, states: [{ ...HALL.states[0]!, name: 'y' }, ...HALL.states] } };
    expect(createPairProgramArray({ ...setup, columns: 4, meaning: strange })).toMatchObject({
      reason: 'pulses do not move the first state',
    });
    expect(pairsOf(mappedPairs(COUNTED, { encode: '' }).projections[0]!)).toMatchObject({
      reason: 'its weights lie in single cells',
    });
    const [array] = [bothPairs(COUNTED).program];
    expect(() => {
      array.setReadNoise(0, 1);
    }).toThrow('the noise that they have');
  });
});
