/** Lifetimes against closed forms. */
import { describe, expect, it } from 'vitest';
import { driftAtRest } from '../../../src/backends/lifetime/drift-at-rest.js';
import { estimateLifetime, type RepeatedRun } from '../../../src/backends/lifetime/estimate-lifetime.js';
import { programLifetime } from '../../../src/backends/lifetime/program-lifetime.js';
import { estimateEnergy } from '../../../src/backends/energy/estimate-energy.js';
import { emitEnergy } from '../../../src/backends/energy/emit-energy.js';
import { TECHNOLOGIES } from '../../../src/backends/energy/terms.js';
import { studyLifetime } from '../../../src/backends/lifetime/study-lifetime.js';
import { parsePeriod } from '../../../src/cli/period-option.js';
import { lifetimeLines } from '../../../src/cli/lifetime-text.js';
import { loadNetwork, mapExperiment, simulate } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../src/core/disk.js';
import { invariant } from '../../../src/core/invariant.js';
import type { DeviceModel } from '../../../src/devices/device-model.js';
import { withStandardLibrary } from '../../../src/dsl/standard-library.js';
import { cellWear } from '../../../src/ir/cell-wear.js';
import { formatDuration } from '../../../src/units/format-duration.js';
import { compileDevice } from '../../support/device-text.js';
import { exampleMapped, exampleResult, NOWHERE, ohmicDevice } from '../../support/example-result.js';
import { mapWritten } from '../../support/written-training.js';

const measured = { source: 'data sheet', confidence: 'measured' } as const;
const rated: DeviceModel = {
  ...ohmicDevice,
  endurance: { pulses: 1e6, provenance: measured, origin: NOWHERE },
  retention: { loss: 0.05, seconds: 1e4, provenance: measured, origin: NOWHERE },
};
const run: RepeatedRun = {
  device: rated,
  window: { low: 5e-6, high: 20e-6 },
  wear: { mostPulsed: { row: 1, column: 2, amount: 4 }, mostDisturbed: { row: 0, column: 1, amount: 15e-9 } },
  periodSeconds: 10,
  budget: { fraction: 0.2, name: 'the budget' },
  rewrite: { pulses: 6, seconds: 3, energy_J: 2e-9 },
};

describe('the lifetime of an array', () => {
  it('counts runs until each budget is spent', () => {
    const { budgets, firstLoss_s, limitedBy, absent } = estimateLifetime(run);
    expect(absent).toEqual([]);
    const [endurance, disturb, retention] = budgets;
    expect(endurance).toMatchObject({ kind: 'endurance', limit: 1e6, spentPerRun: 4, cell: { row: 1, column: 2 } });
    expect(endurance).toMatchObject(measured);
    expect(endurance?.seconds_until_spent).toBe((1e6 / 4) * 10);
    // 15 nS of 15 uS are a thousandth of the window: 200 runs
    expect(disturb?.spentPerRun).toBeCloseTo(1e-3, 15);
    expect(disturb?.seconds_until_spent).toBeCloseTo(2000, 9);
    expect(retention?.seconds_until_spent).toBeCloseTo(1e4 * (0.2 / 0.05), 9);
    expect([firstLoss_s, limitedBy]).toEqual([disturb?.seconds_until_spent, 'disturb']);
  });

  it('tells what putting off the loss by refreshing costs', () => {
    const { refresh } = estimateLifetime(run);
    expect(refresh).toMatchObject({ pulses: 6, energy_J: 2e-9 });
    expect(refresh?.every_s).toBeCloseTo(2000, 9);
    expect(refresh?.share).toBeCloseTo(3 / 2000, 12);
  });

  it('says which budgets nobody knows, and does not take them for endless', () => {
    const { budgets, absent, firstLoss_s, limitedBy, refresh } = estimateLifetime({
      ...run,
      device: { ...ohmicDevice, states: ohmicDevice.states.map(({ rate: _, ...state }) => state) },
      wear: {},
    });
    expect([budgets, firstLoss_s, limitedBy, refresh]).toEqual([[], undefined, undefined, undefined]);
    expect(absent.map((text) => text.split(':')[0])).toEqual(['endurance', 'disturb', 'retention']);
  });

  it('has no end of what runs do not use up', () => {
    const still = { ...run, wear: { mostDisturbed: { row: 0, column: 0, amount: 0 } } };
    const [endurance, disturb] = estimateLifetime(still).budgets;
    expect(endurance).not.toHaveProperty('seconds_until_spent');
    expect(disturb).not.toHaveProperty('seconds_until_spent');
  });

  it('renews what every run writes, unless a run takes longer than cells keep their values', () => {
    const allPulsed = { ...run, wear: { mostPulsed: { row: 0, column: 0, amount: 1 } } };
    const retentionOf = (periodSeconds: number) =>
      estimateLifetime({ ...allPulsed, periodSeconds }).budgets.find(({ kind }) => kind === 'retention');
    expect(retentionOf(39_000)).not.toHaveProperty('seconds_until_spent');
    expect(retentionOf(41_000)?.seconds_until_spent).toBeCloseTo(40_000, 6);
  });
});

const LEAKY = `device leaky {
  pulse 1 V for 1 us source "test" confidence measured
  read 0.1 V source "test" confidence measured
  window whole = 10 uS .. 20 uS source "test" confidence measured
  param tau = 1000 s source "test" confidence secondary
  state g : S in 0 uS .. 30 uS = window.low
  evolve g = 10 nS / pulse.width * v / pulse.voltage - (g - 10 uS) / tau
  current = g * v
  energy = 1 pJ source "test" confidence estimate
}
`;

it('follows the equations of a cell at rest', () => {
  const device = compileDevice(LEAKY, 'leaky');
  const window = { low: 10e-6, high: 20e-6 };
  const seconds = driftAtRest(device, window, 0.1 * 10e-6);
  expect((seconds ?? NaN) / (-1000 * Math.log(0.9))).toBeCloseTo(1, 2);
  const budget = { fraction: 0.1, name: 'the budget' };
  const found = estimateLifetime({ ...run, device, window, budget }).budgets.find(({ kind }) => kind === 'retention');
  expect(found).toMatchObject({ confidence: 'secondary', source: 'equations of leaky', seconds_until_spent: seconds });
  expect(driftAtRest(device, window, 11e-6)).toBeUndefined();
});

it('follows cells of a network in the window of their projection', () => {
  const device = compileDevice(LEAKY, 'leaky');
  const mapped = mapWritten();
  const [projection] = mapped.projections;
  invariant(projection, 'there is a projection');
  const activity = { seconds: 1, pulses: 0, refreshes: 0, reads: 0, conversions: 0, spikes: 0, energy: {} };
  const estimate = estimateEnergy(exampleResult, exampleMapped, TECHNOLOGIES.board);
  const retentionIn = (low: number, high: number) => {
    const encoding = { ...projection.encoding, window: { low, high } };
    const network = { ...mapped, projections: [{ ...projection, device, encoding }] };
    return studyLifetime({ activity }, network, estimate)?.budgets.find(({ kind }) => kind === 'retention');
  };
  // From 14 uS to 12 uS on the way to 10 uS, which no cell leaves
  expect((retentionIn(12e-6, 14e-6)?.seconds_until_spent ?? NaN) / (1000 * Math.LN2)).toBeCloseTo(1, 2);
  expect(retentionIn(9e-6, 19e-6)).not.toHaveProperty('seconds_until_spent');
});

describe('wear of cells', () => {
  it('is that of the cell with most pulses, and of the one that moved most without any', () => {
    const wear = cellWear([0, 2, 3, 0, 0, 1], { before: [1, 1, 1, 1, 1, 1], after: [1.1, 5, 5, 0.8, 1.15, 9], columns: 3 }); // prettier-ignore
    expect(wear.mostPulsed).toEqual({ row: 0, column: 2, amount: 3 });
    expect(wear.mostDisturbed).toMatchObject({ row: 1, column: 0 });
    expect(wear.mostDisturbed?.amount).toBeCloseTo(0.2, 12);
    expect(cellWear([0], { before: [1], after: [1], columns: 1 })).toEqual({ mostDisturbed: { row: 0, column: 0, amount: 0 } }); // prettier-ignore
  });

  it('is that of the equations in a passive array', () => {
    const diagnostics = new DiagnosticBag();
    const host = withStandardLibrary(createDiskHost());
    const network = loadNetwork('examples/half-select/passive.ion', host, new Map(), diagnostics);
    const [experiment] = network?.experiments ?? [];
    const mapped = network && experiment && mapExperiment(network, experiment, diagnostics);
    const result = mapped && simulate(mapped, diagnostics);
    invariant(result, JSON.stringify(diagnostics.all));
    expect(result.wear.mostPulsed).toEqual({ row: 0, column: 0, amount: 1 });
    const { row, column, amount = NaN } = result.wear.mostDisturbed ?? {};
    expect([row, column].includes(0)).toBe(true);
    // Rails off by 1.5 mV are 1.5 % of the field voltage
    expect(Math.abs(amount / ((10e-9 * Math.sinh(15)) / Math.sinh(30)) - 1)).toBeLessThan(0.05);
  });
});

describe('the lifetime of a program', () => {
  const estimate = estimateEnergy(exampleResult, exampleMapped, TECHNOLOGIES.board);

  it('is that of runs without a pause, or as often as asked for', () => {
    const without = programLifetime(exampleResult, exampleMapped, estimate);
    expect(without.period_s).toBe(2);
    expect(programLifetime(exampleResult, exampleMapped, estimate, 1).period_s).toBe(2);
    const hourly = programLifetime(exampleResult, exampleMapped, estimate, 3600);
    // 3 nS of a window of 15 uS, and a budget of 3 %
    expect(without.firstLoss_s).toBeCloseTo((0.03 / (3e-9 / 15e-6)) * 2, 6);
    expect(hourly.firstLoss_s).toBeCloseTo((0.03 / (3e-9 / 15e-6)) * 3600, 3);
  });

  it('prices refreshing by the mean pulse of the run', () => {
    const { refresh } = programLifetime(exampleResult, exampleMapped, estimate);
    expect(refresh?.pulses).toBe(6);
    expect(refresh?.energy_J).toBeCloseTo((estimate.total.energy_J / 40) * 6, 9);
  });

  it('stands below the estimate, for people and in files', () => {
    const lifetime = programLifetime(exampleResult, exampleMapped, estimate, 3600);
    const plain = { strong: (text: string) => text } as Parameters<typeof lifetimeLines>[1];
    const text = lifetimeLines(lifetime, plain).join('\n');
    expect(text).toContain('lifetime, repeated every 1 h: the first cell is lost after 6.3 days, by disturb');
    expect(text).toContain('unknown endurance: ohmic does not say how many pulses a cell survives');
    const [json, table] = emitEnergy([{ experiment: 'A', estimate, lifetime }]);
    expect(JSON.parse(json?.text ?? '')).toMatchObject({ experiments: [{ lifetime: { limitedBy: 'disturb' } }] });
    expect(table?.text).toContain('## Lifetime');
    expect(table?.text).toContain('- Unknown: endurance: ohmic does not say');
  });
});

describe('times', () => {
  it.each([
    ['1 h', 3600],
    ['10 min', 600],
    ['2.5e-3 s', 2.5e-3],
    ['3 ms', 3e-3],
  ])('%s is read', (text, seconds) => {
    expect(parsePeriod(text)).toBeCloseTo(seconds, 12);
  });

  it.each(['1', '0 s', '-1 s', '1 V', 'h', '1 h 2', '1e999 s', 'NaN s'])('%s is refused', (text) => {
    expect(() => parsePeriod(text)).toThrow('expected a time with its unit');
  });

  it.each([
    [0.5, '500 ms'],
    [90, '1.5 min'],
    [5400, '1.5 h'],
    [86_400, '1 day'],
    [86_400 * 3, '3 days'],
    [86_400 * 3652.5, '10 years'],
  ])('%s s are %s', (seconds, text) => {
    expect(formatDuration(seconds, 2)).toBe(text);
  });
});
