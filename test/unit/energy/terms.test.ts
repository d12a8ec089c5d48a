/** Every term of the estimate against its formula, worked out here by hand. */
import { describe, expect, it } from 'vitest';
import { areaComponents } from '../../../src/backends/energy/area.js';
import { busComponents } from '../../../src/backends/energy/bus-energy.js';
import { controllerComponents } from '../../../src/backends/energy/controller-energy.js';
import { conversionComponents } from '../../../src/backends/energy/conversion-energy.js';
import { estimateEnergy } from '../../../src/backends/energy/estimate-energy.js';
import { fieldComponents } from '../../../src/backends/energy/field-energy.js';
import { driverComponents } from '../../../src/backends/energy/line-energy.js';
import { memoryComponents } from '../../../src/backends/energy/memory-energy.js';
import { ADC_CHOICES, TECHNOLOGIES, withConverter } from '../../../src/backends/energy/terms.js';
import type { EnergyComponent } from '../../../src/ir/energy-estimate.js';
import { exampleMapped, exampleResult, NOWHERE } from '../../support/example-result.js';

const { board, '130 nm': chip130, '65 nm': chip65, '22 nm': chip22 } = TECHNOLOGIES;
const GIVEN = { source: 'layout', confidence: 'measured' } as const;

function joules(components: readonly EnergyComponent[], name: string): number {
  const found = components.filter((component) => component.name === name);
  expect(found).toHaveLength(1);
  return found[0]?.energy_J ?? NaN;
}

/** Equal but for rounding. */
const expectNear = (found: number, wanted: number): void => {
  expect(found / wanted).toBeCloseTo(1, 9);
};

describe('lines', () => {
  const array = { rows: 4, columns: 16, lineFarads: 1e-12, lineProvenance: GIVEN };
  const activity = {
    seconds: 1e-3,
    railChanges: 3,
    lineTransitions: 12,
    lineSteps: [
      { side: 'row', volts: 2, count: 8 },
      { side: 'column', volts: 1, count: 4 },
    ],
  } as const;

  it('charge the capacitance that the chip gives', () => {
    const components = driverComponents(activity, array, chip130);
    expectNear(joules(components, 'line charging'), 0.5 * 1e-12 * (8 * 4 + 4 * 1));
    expectNear(joules(components, 'line switches'), 12 * 0.6e-12);
    expectNear(joules(components, 'rail updates'), 3 * 4 * 3e-12);
    expectNear(joules(components, 'rail converters and buffers'), 4 * 1e-3 * 50e-6);
    expect(components).toHaveLength(4);
  });

  it('charge rows by their columns and columns by their rows where there is a pitch', () => {
    const pitch = { metres: 0.5e-6, cellFarads: 0.3e-15, provenance: GIVEN, origin: NOWHERE };
    const components = driverComponents(activity, { ...array, pitch }, chip130);
    const farads = (cells: number): number => cells * (0.2e-9 * 0.5e-6 + 0.3e-15) + 70e-15;
    expectNear(joules(components, 'line charging, rows'), 0.5 * farads(16) * 8 * 4);
    expectNear(joules(components, 'line charging, columns'), 0.5 * farads(4) * 4 * 1);
    expect(components).toHaveLength(5);
  });
});

describe('converters', () => {
  const converter = { bits: 5, settleSeconds: 3e-6, conversionSeconds: 1e-6 };

  it.each([
    ['best', 32 * 1e-15],
    ['good', 32 * 15e-15],
    ['typical', 32 * 50e-15],
    // 5 bits at 22 nm are 0.041 pJ
    ['column', (0.72 * 5 + 3.3) * 1e-6 * 6e-9],
  ] as const)('of preset %s', (adc, each) => {
    const technology = withConverter(chip22, adc);
    expect(technology).toBeDefined();
    const components = conversionComponents(7, converter, technology ?? chip22);
    expectNear(joules(components, 'conversions'), 7 * each);
    expectNear(joules(components, 'current inputs'), 7 * 4e-6 * 22e-6);
  });

  it('of a board are a given part', () => {
    expect(ADC_CHOICES.map((adc) => withConverter(board, adc))).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('the controller', () => {
  const activity = { clocks: 1000, segments: 20, scanSteps: 10, seconds: 1e-5 };

  it('of a chip pays for its flip-flops in busy clocks, their toggles and the leakage of all gates', () => {
    const components = controllerComponents(activity, { rows: 64, columns: 64 }, chip65);
    const [flipFlops, gates] = [Math.round(856 + 1.97 * 128), Math.round(12_300 + 15.5 * 128)];
    expectNear(joules(components, 'controller, clocked'), 90 * flipFlops * 5.1e-15);
    expectNear(joules(components, 'controller, logic'), 90 * (29 + 460) * 2.3e-15);
    expectNear(joules(components, 'controller, static'), (gates + 6 * flipFlops) * 1e-5 * 0.5e-9);
    expect(components).toHaveLength(3);
  });

  it('never works in more clocks than there are', () => {
    const [clocked] = controllerComponents({ ...activity, clocks: 7 }, { rows: 64, columns: 64 }, chip65);
    expect(clocked?.count).toBe(7);
  });

  it('of a board is clocked for ever', () => {
    const components = controllerComponents(activity, { rows: 64, columns: 64 }, board);
    expectNear(joules(components, 'controller, clocked'), 1000 * 92e-12);
    expectNear(joules(components, 'controller, static'), 1e-5 * 125e-6);
    expect(components).toHaveLength(2);
  });
});

describe('memories', () => {
  const activity = { segments: 20, firingSegments: 8, conversions: 6, events: 5, planeWords: 24 };

  it('count words of program, work list, planes, results and events', () => {
    const components = memoryComponents(activity, chip130);
    expectNear(joules(components, 'program fetch'), 20 * 1.5e-12);
    expectNear(joules(components, 'work list'), 8 * 1.5e-12);
    expectNear(joules(components, 'planes'), 8 * 3 * 1.5e-12);
    expectNear(joules(components, 'results'), 6 * 1.5e-12);
    expectNear(joules(components, 'event buffers'), 5 * 2 * 1.5e-12);
    expect(components).toHaveLength(5);
  });

  it('of a board are in the power of the clock', () => {
    expect(memoryComponents(activity, board)).toEqual([]);
  });
});

describe('bus and field', () => {
  it('counts half of the address and the handshake of every event', () => {
    expectNear(joules(busComponents(9, 8, board), 'address events'), 9 * (4 + 4) * 54e-12);
  });

  it('heats the coil and charges its field', () => {
    const coil = { minTesla: 0, maxTesla: 0.1, bits: 8, settleSeconds: 0.01, provenance: GIVEN, origin: NOWHERE };
    const states = [
      { tesla: 0.05, seconds: 2, switches: 3 },
      { tesla: 0, seconds: 10, switches: 4 },
    ];
    const components = fieldComponents(states, { ...coil, drive: { amperes: 2, ohms: 3, henries: 5e-3 } });
    expectNear(joules(components, 'coil, heat'), 1 * 3 * 2);
    expectNear(joules(components, 'coil, switching'), 0.5 * 5e-3 * 1 * 3);
    expect(fieldComponents(states, coil)).toEqual([]);
  });
});

describe('area', () => {
  it('adds cells, drivers, controller and converters of a chip', () => {
    const pitch = { metres: 0.3e-6, provenance: GIVEN, origin: NOWHERE };
    const parts = areaComponents({ rows: 64, columns: 64, pitch }, 8, chip130);
    const areaOf = (name: string): number => parts.find((part) => part.name === name)?.area_m2 ?? NaN;
    expectNear(areaOf('cells'), 4096 * 0.09e-12);
    expectNear(areaOf('controller without memories'), (12_300 + 6 * 856) * 5e-12);
    const drivers = Math.round(12_300 + 15.5 * 128) - 12_300 + 6 * (Math.round(856 + 1.97 * 128) - 856);
    expectNear(areaOf('line drivers, digital'), drivers * 5e-12);
    // 1200 µm² at 32 nm, with two digits
    expectNear(areaOf('converters'), 8 * 20_000e-12);
    expect(areaComponents({ rows: 64, columns: 64 }, 8, chip130).map(({ name }) => name)).not.toContain('cells');
    expect(areaComponents({ rows: 64, columns: 64, pitch }, 8, board)).toEqual([]);
  });
});

describe('an estimate', () => {
  it('holds every term once', () => {
    const names = estimateEnergy(exampleResult, exampleMapped, chip130).components.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual([
      ...['selected devices', 'half-selected devices', 'read current'],
      ...['line charging', 'line switches', 'rail updates', 'rail converters and buffers'],
      ...['conversions', 'current inputs', 'idle converters'],
      ...['controller, clocked', 'controller, logic', 'controller, static'],
      ...['program fetch', 'work list', 'results'],
    ]);
  });

  it('tells what matters most, and the total with that alone at either end', () => {
    const { components, sensitivity, total } = estimateEnergy(exampleResult, exampleMapped, board);
    expect(sensitivity[0]?.component).toBe('rail converters and buffers');
    const [widest] = sensitivity;
    const part = components.find(({ name }) => name === widest?.component);
    expectNear(widest?.low_J ?? NaN, total.energy_J - (part?.energy_J ?? NaN) + (part?.low_J ?? NaN));
    expectNear(widest?.high_J ?? NaN, total.energy_J - (part?.energy_J ?? NaN) + (part?.high_J ?? NaN));
    const widths = sensitivity.map(({ low_J, high_J }) => high_J - low_J);
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
    expect(sensitivity).toHaveLength(components.length);
  });

  it('says where lines need more than the process gives', () => {
    const set = exampleMapped.railSets[0];
    if (!set) throw new Error('the example has a rail set');
    const high = { rest: { code: 0, volts: 0 }, select: { code: 1, volts: 3 } };
    const railSets = [{ ...set, positive: { row: high, column: high } }];
    const omitted = estimateEnergy(exampleResult, { ...exampleMapped, railSets }, chip22).omitted;
    expect(omitted[0]).toBe('drivers for 3 V: the figures of 22 nm are those of lines up to 1.80 V');
  });

  it('tells time and whole run', () => {
    const { time } = estimateEnergy(exampleResult, exampleMapped, board);
    expect(time.map(({ name }) => name)).toEqual(['pulses', 'rest', 'conversions', 'whole run']);
    expect(time.map(({ seconds }) => seconds.toPrecision(9))).toEqual(
      [1.5, 0.4, 6 * 10e-6, 2].map((seconds) => seconds.toPrecision(9)),
    );
  });
});
