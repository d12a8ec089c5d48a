import { describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { invariant } from '../../../src/core/invariant.js';
import { AnalogArray } from '../../../src/ir/analog-array.js';
import { interpretMapped, interpretNetwork } from '../../../src/ir/interpret-intent.js';
import { interpretProgram } from '../../../src/ir/interpret.js';
import { schedule } from '../../../src/ir/passes/schedule.js';
import type { ScheduledModule } from '../../../src/ir/scheduled.js';
import { runSeed } from '../../../src/ir/run-seed.js';
import { verifyScheduled } from '../../../src/ir/verify-scheduled.js';
import { createCubicTile, CUBIC } from '../../support/cubic-tile.js';
import { mappedFixture, type FixtureChoice } from '../../support/mapped-fixture.js';

const CROSS = [
  [0, 1, 0],
  [1, 0.5, 1],
  [0, 1, 0],
];
const RAMP = [
  [0.25, 0.95, 0.75],
  [0.5, 0.1, 0.9],
  [0.2, 0.4, 0.6],
];

function scheduled(choice: FixtureChoice): ScheduledModule {
  const diagnostics = new DiagnosticBag();
  const module = schedule(mappedFixture(choice), new Map(), createCubicTile, diagnostics);
  invariant(module, JSON.stringify(diagnostics.all));
  verifyScheduled(module);
  return module;
}

function codesOf(choice: FixtureChoice): readonly string[] {
  const diagnostics = new DiagnosticBag();
  const module = schedule(mappedFixture(choice), new Map(), createCubicTile, diagnostics);
  expect(module).toBeUndefined();
  return diagnostics.all.map((diagnostic) => diagnostic.code);
}

function tileFor({ mapped }: ScheduledModule) {
  return createCubicTile({
    rows: mapped.rows,
    columns: mapped.columns,
    window: { low: 0, high: 1 },
    seed: 1,
    without: [],
  });
}

describe('schedule', () => {
  it.each(['serial', 'rows'] as const)('reaches every target with one pulse per changed cell, %s', (order) => {
    const module = scheduled({ images: [CROSS, RAMP, CROSS], order });
    const { images, metrics } = runSeed(module, tileFor(module));
    expect(metrics.pulses).toBe(metrics.changed);
    for (const { conductance, targets } of images.slice(0, 2)) {
      conductance.forEach((siemens, pixel) => {
        const isWritten = targets[pixel] !== CUBIC.start;
        if (isWritten) expect(Math.abs(siemens - (targets[pixel] ?? NaN))).toBeLessThan(5e-4 * CUBIC.start);
      });
    }
  });

  it('believes what a noise-free array then holds', () => {
    const module = scheduled({ images: [CROSS, RAMP] });
    const { images } = runSeed(module, tileFor(module));
    images.forEach(({ conductance }, index) => {
      const believed = module.program.dataSets[index]?.believed ?? [];
      conductance.forEach((siemens, cell) => {
        expect(siemens).toBeCloseTo(believed[cell] ?? NaN, 15);
      });
    });
  });

  it('keeps a cell without a change free of pulses and counts the disturb left in it', () => {
    const module = scheduled({ images: [CROSS] });
    const [dataSet] = module.program.dataSets;
    expect(dataSet?.entries.some((entry) => entry.row === 0 && entry.column === 0)).toBe(false);
    // Each corner sees the two neighbours of its row and column: 2 x 1/8 of a full step, less their corrections.
    expect(dataSet?.disturb).toBeGreaterThan(0.15);
    expect(dataSet?.disturb).toBeLessThan(0.3);
  });

  it('corrects one-third bias, where every other cell moves the other way', () => {
    const module = scheduled({ images: [RAMP], bias: 'third' });
    const { metrics } = runSeed(module, tileFor(module));
    expect(metrics.maxError).toBeLessThan(1e-3);
  });

  it('writes contiguous pulses in row order: a rest only after the last segment of a burst', () => {
    const [dataSet] = scheduled({ images: [RAMP], order: 'rows' }).program.dataSets;
    const bursts = dataSet?.entries.map((entry) => `${String(entry.row)}${entry.last ? '.' : '-'}`).join('');
    // The middle cell gets more than its 0.1 from its neighbours' pulses, so its own goes down: a burst of its own.
    expect(bursts).toBe('0-0-0.1-1.1.2-2-2.');
    expect(dataSet?.columnPlanes[0]).toEqual([0, 1, 2]);
  });

  it('reports a disturb above the budget, at the cell where it is worst', () => {
    expect(codesOf({ images: [CROSS], disturbBudget: 0.1 })).toEqual(['schedule/disturb-budget']);
  });

  it('reports a change that the timer cannot represent', () => {
    expect(codesOf({ images: [[[1, 0.05]]], timerBits: 3 })).toContain('schedule/dwell-too-short');
  });

  it('refuses a pulse longer than the rating', () => {
    const mapped = mappedFixture({ images: [[[1]]] });
    const device = { ...mapped.device, ratings: mapped.device.ratings.map((rating) => ({ ...rating, max: 0.5 })) };
    const diagnostics = new DiagnosticBag();
    expect(schedule({ ...mapped, device }, new Map(), createCubicTile, diagnostics)).toBeUndefined();
    expect(diagnostics.all.map((diagnostic) => diagnostic.code)).toEqual(['schedule/rating-duration']);
  });

  it('uses known gains', () => {
    const known = new Map([['gain', Float64Array.from([1, 0.5])]]);
    const diagnostics = new DiagnosticBag();
    const module = schedule(mappedFixture({ images: [[[1, 1]]] }), known, createCubicTile, diagnostics);
    const [first, second] = module?.program.dataSets[0]?.entries ?? [];
    // The slow cell needs about twice the time and the fast one is disturbed less by it than it disturbs.
    expect((second?.magnitude ?? 0) / (first?.magnitude ?? 1)).toBeGreaterThan(1.9);
  });
});

describe('interpretProgram', () => {
  it('gives gapless time: every segment starts where the one before ended', () => {
    for (const order of ['serial', 'rows'] as const) {
      const { program } = scheduled({ images: [RAMP, CROSS], order });
      for (const dataSet of program.dataSets) {
        let clock = 0;
        for (const event of interpretProgram(program, dataSet)) {
          if (event.kind !== 'segment') continue;
          expect(event.clock).toBe(clock);
          clock += event.clocks;
        }
        expect(clock).toBeGreaterThan(0);
      }
    }
  });

  it('samples every column of every row once', () => {
    const { program } = scheduled({ images: [RAMP] });
    const [dataSet] = program.dataSets;
    invariant(dataSet, 'one data set');
    const strobes = [...interpretProgram(program, dataSet)].filter((event) => event.kind === 'sample');
    expect(strobes.map((event) => event.share)).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it('does nothing for a picture that is already there', () => {
    const { program } = scheduled({ images: [CROSS, CROSS], readsBack: false });
    const second = program.dataSets[1];
    invariant(second, 'two data sets');
    const fired = [...interpretProgram(program, second)].filter((event) => event.kind === 'segment' && event.fires);
    expect(fired).toEqual([]);
  });
});

describe('intent', () => {
  it('is the same before and after mapping', () => {
    const mapped = mappedFixture({ images: [CROSS, RAMP] });
    expect(interpretMapped(mapped)).toEqual(interpretNetwork(mapped.experiment));
  });

  it('is what a noise-free run reads back, within a converter step', () => {
    const module = scheduled({ images: [RAMP] });
    const { images } = runSeed(module, tileFor(module));
    const lsbSiemens = 1e-6 / 2 ** 12 / 0.25;
    images[0]?.readBack?.forEach((siemens, pixel) => {
      const wanted = images[0]?.conductance[pixel] ?? NaN;
      // The read rail is quantised, too: 0.25 V is exact with 8 V / 4096.
      expect(Math.abs(siemens - wanted)).toBeLessThanOrEqual(lsbSiemens / 2 + 1e-15);
    });
  });
});

describe('AnalogArray', () => {
  it('saturates codes at both ends', () => {
    const module = scheduled({ images: [RAMP] });
    const array = new AnalogArray(tileFor(module), module.program);
    array.kernel.conductance.fill(1);
    array.begin({ rows: [0], columns: [], railSet: 2, negative: false, fires: false });
    expect(array.sample(0)).toEqual([4095, 4095]);
  });
});
