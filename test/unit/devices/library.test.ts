/**
 * The library's devices: all numbers have an origin and a range, and equations are those that are written out here.
 * What the papers report of each device is in targets-*.test.ts.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createDiskHost } from '../../../src/core/disk.js';
import { createCell } from '../../../src/devices/advance.js';
import type { Bounds, DeviceModel } from '../../../src/devices/device-model.js';
import { applyPulseSteps, initialValues, valueOf, type Values } from '../../../src/devices/interpret-device.js';
import { loadLibraryDevice } from '../../../src/dsl/front-end.js';
import { devicesOf, LIBRARY_DEVICES } from '../../../src/dsl/standard-library.js';
import { reportsOf } from '../../support/device-text.js';
import { REPOSITORY } from '../../support/golden.js';

const load = (name: string): DeviceModel => loadLibraryDevice(name, createDiskHost());

describe('every file of the library', () => {
  test.each([...new Set(Array.from(LIBRARY_DEVICES.values(), ({ file }) => file))])(
    '%s has nothing to report',
    (file) => {
      expect(reportsOf(readFileSync(`${REPOSITORY}src/devices/library/${file}`, 'utf8'))).toEqual([]);
    },
  );

  test('says of every number where it comes from, and calls nothing measured that is not published', () => {
    for (const device of Array.from(LIBRARY_DEVICES.keys(), load)) {
      const { parameters, spreads, windows, ratings, energyTerms, powerTerms, pulse, readVoltage, endurance } = device;
      const numbers = [
        ...parameters,
        ...spreads,
        ...windows,
        ...ratings,
        ...energyTerms,
        ...powerTerms,
        pulse,
        readVoltage,
      ];
      for (const { provenance } of endurance ? [...numbers, endurance] : numbers) {
        expect(provenance.source).not.toBe('');
        if (provenance.source.includes('not published')) expect(provenance.confidence).not.toBe('measured');
      }
    }
  });
});

describe('docs/devices.md', () => {
  const page = readFileSync(`${REPOSITORY}docs/devices.md`, 'utf8');

  test.each(Array.from(LIBRARY_DEVICES))('has `%s` where its module is described', (name, { module }) => {
    const section = page.split(/^## /m).find((part) => part.split('\n', 1)[0]?.includes(`\`${module}\``));
    expect(section).toContain(`\`${name}\``);
  });

  test('has examples that compile', () => {
    const examples = [...page.matchAll(/^```ion\n(.*?)^```$/gms)].map(([, text = '']) => text);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(reportsOf(example)).toEqual([]);
  });
});

/** Devices whose parameters all have a range: with a value beyond it they are refused. */
const BOUNDED = ['std/devices', 'std/effects'].flatMap(devicesOf);

describe.each(BOUNDED)('the parameters of %s', (name) => {
  const { parameters } = load(name);
  const { module } = LIBRARY_DEVICES.get(name)!;

  test.each([
    ['below', ({ low, high }: Bounds) => low - (high - low)],
    ['above', ({ low, high }: Bounds) => high + (high - low)],
  ])('are refused %s their ranges', (_, beyond) => {
    const numbers = parameters.map(({ name: parameter, bounds, unit }) => {
      const number = beyond(bounds!) / unit.scale;
      return { parameter, text: unit.symbol === '1' ? String(number) : `${String(number)} ${unit.symbol}` };
    });
    const clauses = numbers.map(
      ({ parameter, text }) => `param ${parameter} = ${text} source "test" confidence estimate`,
    );
    const device = `device cell extends ${name} {\n${clauses.join('\n')}\n}\n`;
    const reports = reportsOf(`import device ${name} from "${module}"\n${device}`);
    expect(reports.map(({ code, marked }) => [code, marked])).toEqual(
      numbers.map(({ text }) => ['dsl/out-of-range', text]),
    );
  });
});

describe.each([
  ['protonEis', 2, 1e-3, 0.35],
  ['protonEisNano', 10, 5e-9, 1.03],
])('%s', (name, volts, seconds, fieldVoltage) => {
  const device = load(name);
  const [window] = device.windows;
  const cell = createCell(device, window!);

  test('changes by 0.19 nS a pulse', () => {
    expect(cell.advance(1e-7, volts, seconds) - 1e-7).toBeCloseTo(0.19e-9, 15);
    expect(cell.advance(1e-7, -volts, seconds) - 1e-7).toBeCloseTo(-0.19e-9, 15);
  });

  test('disturbs half-selected cells by 1 / (2 cosh(V / 2 V0)) of a step', () => {
    const ratio = cell.rateAt(1e-7, volts) / cell.rateAt(1e-7, volts / 2);
    expect(ratio / (2 * Math.cosh(volts / 2 / fieldVoltage))).toBeCloseTo(1, 9);
  });

  test('spends C V^2 on the gate, and Q V on the ions', () => {
    const values = new Map(initialValues(device, window))
      .set('v', volts)
      .set('duration', seconds)
      .set('change.g', 0.19e-9);
    const [gate, ions] = device.energyTerms.map(({ value }) => valueOf(value, values));
    expect(gate).toBeCloseTo(25e-18 * volts ** 2, 25);
    expect(ions).toBeCloseTo(1.5e-18 * volts, 27);
  });
});

describe('magnetoIonic', () => {
  const device = load('magnetoIonic');
  const resistance = (pulses: number, tesla: number): number => {
    const values = new Map(initialValues(device)).set('x', pulses).set('field', tesla).set('v', 0.1);
    return 0.1 / valueOf(device.current, values);
  };

  test.each([
    [0.1, (x: number) => 2.742 - 0.021 * x],
    [-0.1, (x: number) => 2.742 - 0.021 * x],
    [0, (x: number) => 0.75 + 1.53 * Math.exp(-x / 9.741)],
  ])('has the published curve at %s T, but for the rest of the other', (tesla, curve) => {
    for (const pulses of [0, 1, 5, 13, 27])
      expect(Math.abs(resistance(pulses, tesla) / curve(pulses) - 1)).toBeLessThan(0.011);
  });

  test('lies half-way between the curves at the middle of the field', () => {
    expect(resistance(10, 0.05)).toBeCloseTo((2.742 - 0.21 + 0.75 + 1.53 * Math.exp(-10 / 9.741)) / 2, 9);
  });

  test('counts depression pulses, parts of pulses that move it enough too, until it is refreshed', () => {
    const pulse = (values: Values, volts: number, seconds = 0.1) => applyPulseSteps(device, values, { volts, seconds });
    let values: Values = new Map(initialValues(device)).set('gain', 1.25);
    for (let count = 0; count < 3; count++) values = pulse(values, -2);
    expect(values.get('x')).toBeCloseTo(3.75, 12);
    // The gain decides what is too little: 1.25 / 12 of a step is more than a tenth, 1.25 / 13 is less
    values = pulse(values, -2, 0.1 / 12);
    expect(values.get('x')).toBeCloseTo(3.75 + 1.25 / 12, 12);
    values = pulse(values, -2, 0.1 / 13);
    expect(values.get('x')).toBeCloseTo(3.75 + 1.25 / 12, 12);
    for (let count = 0; count < 30; count++) values = pulse(values, -2);
    expect(values.get('x')).toBe(27);
    expect(pulse(values, 2).get('x')).toBe(0);
  });
});

describe('stoMemristor', () => {
  const device = load('stoMemristor');
  const [long] = device.windows;
  const start = (bias: number) => new Map(initialValues(device, long)).set('bias', bias);
  const pulse = (volts: number, seconds: number, values: Values = start(0.6)) =>
    applyPulseSteps(device, values, { volts, seconds });

  test('adds to the short-term part by pulses up to 3.5 V, and leaves the long-term part alone', () => {
    const law = (volts: number, seconds: number) =>
      5e-9 * Math.sqrt(seconds / 1e-4) * (Math.sinh(volts / 0.5) / Math.sinh(6));
    for (const [volts, seconds] of [
      [3, 1e-4],
      [2.5, 1e-4],
      [2, 4e-4],
      [3.5, 1e-4],
    ] as const) {
      const after = pulse(volts, seconds);
      expect(after.get('f')! / law(volts, seconds)).toBeCloseTo(1, 9);
      expect(after.get('w')).toBe(0);
    }
  });

  test('sets the long-term part by 100 pulses of 4 V and 500 us, the less the nearer it is to its end', () => {
    let values: Values = start(0.6);
    const trace = Array.from({ length: 100 }, () => (values = pulse(4, 5e-4, values)).get('w')!);
    expect(trace[0]! / 40e-9).toBeCloseTo(1 - Math.exp(-0.5 / 10.86), 12);
    expect(trace[99]! / 40e-9).toBeCloseTo(0.99, 3);
    expect(values.get('f')).toBe(0);
    // Two pulses do what one of their whole length does
    expect(pulse(4, 1e-3).get('w')! / trace[1]!).toBeCloseTo(1, 12);
  });

  test('spends 3.1 pJ a step at the mean change of a game', () => {
    // 2.35 nJ a synapse and game, 750 steps a game
    const values = start(0.6).set('change.f', 5e-9);
    expect(Math.abs(valueOf(device.pulseEnergy, values) / (2.35e-9 / 750) - 1)).toBeLessThan(0.1);
  });
});
