/** `extends`: what is taken over, what is replaced, and what cannot be. */
import { describe, expect, it } from 'vitest';
import { initialValues, valueOf } from '../../../src/devices/interpret-device.js';
import { compileText } from '../../support/compile-text.js';
import { compileDevice, deviceText, ORIGIN, report, reportsOf } from '../../support/device-text.js';
import { equation } from '../../support/equation.js';

const BASE = deviceText(
  `param size : nS = 10 nS in 1 nS .. 1 uS ~ normal(1, 5 %) per device ${ORIGIN}
  param ratio = 2 ${ORIGIN}
  param step = ratio * size ${ORIGIN}
  let law = size / pulse.width * v / pulse.voltage
  evolve g = law * step / size
  on pulse when v > 10 V { g += 1 nS }
  energy gate = 1 pJ ${ORIGIN}
  energy ions = 2 pJ ${ORIGIN}
  maximum voltage 2 V ${ORIGIN}
  invariant g > 0 S`,
  ['energy'],
);

const derive = (clauses: string) => `${BASE}device other extends cell "another" {\n${clauses}\n}\n`;
const other = (clauses: string) => compileDevice(derive(clauses), 'other');

describe('a device that extends another', () => {
  it('takes over everything that it does not say', () => {
    const { origin, name, summary, ...same } = other('');
    const { origin: place, name: itself, summary: words, ...base } = compileDevice(BASE);
    expect(same).toEqual(base);
    expect([name, summary, itself, words]).toEqual(['other', 'another', 'cell', '']);
    expect(origin).not.toEqual(place);
  });

  it('replaces the values of parameters, which keep unit, range and spread; what depends on them follows', () => {
    const device = other(`param size = 50 nS source "elsewhere" confidence measured`);
    expect(device.parameters).toMatchObject([
      {
        name: 'size',
        value: 5e-8,
        unit: { symbol: 'nS' },
        bounds: { low: 1e-9, high: 1e-6 },
        provenance: { source: 'elsewhere', confidence: 'measured' },
      },
      { name: 'ratio', value: 2 },
      { name: 'step', value: 1e-7 },
    ]);
    expect(device.spreads).toMatchObject([{ scales: 'size', deviation: 0.05 }]);
  });

  it('may compute what it replaces from names of its own', () => {
    const device = other(`param thickness = 4 ${ORIGIN}\n param size = thickness * 5 nS ${ORIGIN}`);
    expect(device.parameters.find(({ name }) => name === 'step')?.value).toBeCloseTo(4e-8, 20);
    const circle = reportsOf(derive(`param size = step / 2 ${ORIGIN}`));
    expect(circle.map(({ code }) => code)).toContain('dsl/used-before-declared');
  });

  it('replaces windows, figures, equations and shares by name', () => {
    const device = other(
      `window all = 1 uS .. 3 uS ${ORIGIN}
      read 0.2 V ${ORIGIN}
      evolve g = -law
      current = 2 * g * v
      energy ions = 5 pJ ${ORIGIN}
      maximum voltage 3 V ${ORIGIN}
      on pulse { g -= 1 nS }
      invariant g > 1 nS`.replace('evolve g = -law', 'evolve g = law'),
    );
    expect(device.windows.map(({ high }) => high)).toEqual([3e-6]);
    expect(device.readVoltage.volts).toBe(0.2);
    expect(device.current).toEqual(equation('2 * g * v'));
    const energies = device.energyTerms.map(({ name, value }) => [name, valueOf(value, initialValues(device))]);
    expect(energies).toEqual([
      ['gate', 1e-12],
      ['ions', 5e-12],
    ]);
    expect(device.ratings.map(({ max }) => max)).toEqual([3]);
    expect(device.pulseSteps).toHaveLength(1);
    expect(device.pulseSteps[0]).not.toHaveProperty('condition');
    expect(device.invariants.map(({ text }) => text)).toEqual(['g > 0 S', 'g > 1 nS']);
  });

  it('gives the energy as a whole in place of shares', () => {
    const { energyTerms } = other(`energy = 7 pJ ${ORIGIN}`);
    expect(energyTerms).toHaveLength(1);
    expect(energyTerms[0]).not.toHaveProperty('name');
  });

  it('sees the parameters of its own file; what it takes over sees those of the other', () => {
    const files = { 'base.ion': `param scale = 3\n${deviceText('current = scale * g * v')}` };
    const text = `import device cell from "./base.ion"
      param scale = 5
      device other extends cell { energy = scale * 1 pJ ${ORIGIN} }`;
    const { network, diagnostics } = compileText(text, files);
    expect(diagnostics).toEqual([]);
    const device = network!.devices.find(({ name }) => name === 'other')!;
    expect(device.current).toEqual(equation('3 * g * v'));
    expect(device.pulseEnergy).toEqual(equation('5 * 1e-12'));
  });

  it('can be extended in its turn', () => {
    const text = `${derive(`param size = 50 nS ${ORIGIN}`)}device third extends other { param ratio = 3 ${ORIGIN} }`;
    const values = compileDevice(text, 'third').parameters.map(({ name, value }) => [name, value]);
    expect(values).toEqual([
      ['size', 5e-8],
      ['ratio', 3],
      ['step', 3 * 5e-8],
    ]);
  });
});

describe('mistakes', () => {
  it.each([
    [
      `param size = 1 V ${ORIGIN}`,
      'dsl/unexpected-dimension',
      'parameter `size` must be conductance (S), found voltage (V)',
    ],
    [
      `param ratio = 1 V ${ORIGIN}`,
      'dsl/unexpected-dimension',
      'parameter `ratio` must be a plain number, found voltage (V)',
    ],
    [`param size = 2 uS ${ORIGIN}`, 'dsl/out-of-range', 'parameter `size` must be from 1 nS to 1 µS, found 2 µS'],
    ['param size = 2 nS', 'dsl/missing-source', 'parameter `size` does not say where its number comes from'],
    ['let size = 2 nS', 'dsl/duplicate-name', '`size` is declared twice'],
    [`param extra = 2 nS ${ORIGIN}`, 'dsl/unused-name', 'parameter `extra` is never used'],
  ])('%s', (clauses, code, message) => {
    expect(reportsOf(derive(clauses))[0]).toMatchObject({ code, message });
  });

  it('of the other device are told once', () => {
    const broken = BASE.replace('let law = size', 'let law = sise');
    const codes = reportsOf(`${broken}device other extends cell {}\n`).map(({ code }) => code);
    expect(codes).toEqual(['dsl/unknown-name']);
  });

  it('cost little, however many devices there are', () => {
    const many = Array.from({ length: 2000 }, (_, index) => index);
    const circle = many.map((index) => `device d${index} extends d${(index + 1) % many.length} {}`).join('\n');
    expect(reportsOf(circle)).toMatchObject([
      report(
        'dsl/device-cycle',
        'devices extend each other in a circle: d0 -> d1 -> d2 -> d3 -> d4 -> d5 -> d6 -> d7 -> … -> d0',
      ),
    ]);
    const chain = many
      .toReversed()
      .map((index) => `device d${index + 1} extends ${index === 0 ? 'cell' : `d${index}`} {}`);
    expect(reportsOf(BASE + chain.join('\n'))).toMatchObject([
      report('dsl/extension-limit', 'too much is extended: a chain of more than 32 devices', 'd32'),
    ]);
    const wide = many.map((index) => `device d${index} extends cell {}`).join('\n');
    expect(reportsOf(BASE + wide)).toMatchObject([report('dsl/extension-limit')]);
  });

  it('in what is extended are told: unknown, of another kind, in a circle', () => {
    expect(reportsOf('device a extends nothing {}')).toMatchObject([
      report('dsl/unknown-name', 'unknown device `nothing`', 'nothing'),
    ]);
    expect(reportsOf('device a extends b {}\nparam b = 1')).toMatchObject([report('dsl/wrong-kind')]);
    expect(reportsOf('device a extends a {}')).toMatchObject([
      report('dsl/device-cycle', 'devices extend each other in a circle: a -> a', 'a'),
    ]);
    const three = 'device a extends b {}\ndevice b extends c {}\ndevice c extends b {}';
    expect(reportsOf(three)).toMatchObject([
      report('dsl/device-cycle', 'devices extend each other in a circle: b -> c -> b', 'c'),
    ]);
  });
});
