/** What the clauses of a device become in its model, and what is refused. */
import { describe, expect, it } from 'vitest';
import { parseModule } from '../../../src/ir/parse.js';
import { printModule } from '../../../src/ir/print.js';
import { compileText } from '../../support/compile-text.js';
import { compileDevice, deviceText, ORIGIN, report, reportsOf } from '../../support/device-text.js';
import { equation } from '../../support/equation.js';

const reports = (clauses: string, without: Parameters<typeof deviceText>[1] = []) =>
  reportsOf(deviceText(clauses, without));

describe('parameters', () => {
  it('keep their unit and their range', () => {
    const { parameters } = compileDevice(
      deviceText(`param size : nS = 2 * 5 nS in 1 nS .. 1 uS ${ORIGIN}
        evolve g = size / pulse.width * v / pulse.voltage`),
    );
    expect(parameters).toMatchObject([
      { name: 'size', value: 1e-8, unit: { symbol: 'nS', scale: 1e-9 }, bounds: { low: 1e-9, high: 1e-6 } },
    ]);
  });

  it.each([
    ['param a : nS = 1 V', 'dsl/unexpected-dimension', 'parameter `a` must be conductance (S), found voltage (V)'],
    ['param a : bananas = 1 V', 'dsl/unknown-unit', 'unknown unit `bananas`'],
    ['param a = 5 V in 0 V .. 4 V', 'dsl/out-of-range', 'parameter `a` must be from 0 V to 4 V, found 5 V'],
    [
      'param a = 5 V in 0 nS .. 4 nS',
      'dsl/unexpected-dimension',
      'range of `a` must be voltage (V), found conductance (S)',
    ],
    [
      'param a = 5 V in 6 V .. 4 V',
      'dsl/empty-range',
      'range of `a` runs from 6 V to 4 V: the first must be the smaller one',
    ],
    [
      'param a = 5 V ~ normal(5 V, 1 V) per device',
      'dsl/unexpected-dimension',
      'mean of `a` must be a plain number, found voltage (V)',
    ],
    [
      'param a = 5 V ~ normal(1, 1 %) per cell',
      'dsl/unknown-word',
      'unknown occasion `cell`, known: `device`, `pulse`, `read`',
    ],
  ])('%s', (clause, code, message) => {
    expect(reports(`${clause} ${ORIGIN}`)[0]).toMatchObject({ code, message });
  });

  it('with a spread are multiplied by it in equations, and nominal in figures', () => {
    const device = compileDevice(
      deviceText(`param size : nS = 10 nS ~ logNormal(1, 5 %) per device ${ORIGIN}
        window all = 1 uS .. 2 uS step size ${ORIGIN}
        evolve g = size / pulse.width * v / pulse.voltage`),
    );
    expect(device.windows[0]!.step).toBe(1e-8);
    expect(device.spreads).toMatchObject([
      { name: 'size.factor', distribution: 'logNormal', mean: 1, deviation: 0.05, per: 'device', scales: 'size' },
    ]);
    expect(device.states[0]!.rate).toEqual(equation('size * size.factor / pulse.width * v / pulse.voltage'));
  });

  it('with a spread per read are unknown to what sees no reads', () => {
    const [found] = reports(`param size = 10 nS ~ normal(1, 5 %) per read ${ORIGIN}
      evolve g = size / pulse.width * v / pulse.voltage`);
    expect(found).toMatchObject(
      report(
        'dsl/name-unavailable',
        '`size` cannot be used here: it is drawn per read, which `evolve` does not see',
        'size',
      ),
    );
  });
});

describe('spreads', () => {
  it.each([
    ['normal(2 V, 1 V)', { distribution: 'normal', mean: 2, deviation: 1 }],
    ['foldedNormal(1 V, 20 mV)', { distribution: 'foldedNormal', mean: 1, deviation: 0.02 }],
    ['logNormal(1 V, 20 %)', { distribution: 'logNormal', mean: 1, deviation: 0.2 }],
    ['uniform(1 V, 4 V)', { distribution: 'uniform', mean: 2.5, deviation: 1.5 }],
  ])('%s', (distribution, spread) => {
    const text = deviceText(`spread shift ~ ${distribution} per read ${ORIGIN}\n current = g * (v + shift)`);
    expect(compileDevice(text).spreads).toMatchObject([{ name: 'shift', per: 'read', ...spread }]);
  });

  it.each([
    ['gauss(1, 2)', 'dsl/unknown-word'],
    ['normal(1)', 'dsl/argument-count'],
    ['normal(1, 2, 3)', 'dsl/argument-count'],
    ['normal(1 V, 2 S)', 'dsl/unexpected-dimension'],
    ['normal(1 V, -2 V)', 'dsl/out-of-range'],
    ['foldedNormal(-1 V, 2 V)', 'dsl/out-of-range'],
    ['logNormal(0 V, 20 %)', 'dsl/out-of-range'],
    ['logNormal(1 V, 1 V)', 'dsl/unexpected-dimension'],
    ['uniform(4 V, 1 V)', 'dsl/empty-range'],
  ])('%s is refused', (distribution, code) => {
    const [found] = reports(`spread shift ~ ${distribution} per read ${ORIGIN}`);
    expect(found!.code).toBe(code);
  });
});

describe('experiments', () => {
  it('switch the spread of a parameter off by the name of the parameter, and calibrate it', () => {
    const device = deviceText(`param size : nS = 10 nS ~ normal(1, 5 %) per device ${ORIGIN}
      evolve g = size / pulse.width * v / pulse.voltage`);
    const { network, codes } = compileText(
      `${device}
      chip Board {
        clock 10 MHz
        bus apb
        tile 1 x 1 {
          bias half
          rails -2 V .. 2 V by 8 bit
          timer 16 bit
          settle 10 us
          adc 0 A .. 1 uA by 8 bit in 2 us settle 10 us shared by 1
          lines 1 pF ${ORIGIN}
        }
      }
      program Write {
        device cell
        from "a.csv"
        write serial
        disturb at most 10 %
      }
      experiment Off {
        run Write on Board
        seeds 1 from 1
        without size
      }
      experiment Measured {
        run Write on Board
        seeds 1 from 1
        calibrate size with 5 pulses
      }`,
      { 'a.csv': '0.5\n' },
    );
    expect(codes).toEqual([]);
    expect(network!.experiments).toMatchObject([
      { without: ['size.factor'] },
      { calibration: { spread: 'size.factor', pulses: 5 } },
    ]);
  });
});

describe('values and functions', () => {
  it('that depend on numbers keep their names, all others stand for their value', () => {
    const device = compileDevice(
      deviceText(`param size = 10 nS ${ORIGIN}
        spread cycle ~ normal(0, 1 %) per pulse ${ORIGIN}
        let twice(x) = 2 * x
        let step = twice(size)
        let noisy = step * (1 + cycle)
        let law(u) = noisy * u / pulse.voltage
        evolve g = law(v) / pulse.width`),
    );
    expect(device.derived.map(({ name, value }) => [name, value])).toEqual([['step', equation('2 * size')]]);
    expect(device.states[0]!.rate).toEqual(equation('step * (1 + cycle) * v / pulse.voltage / pulse.width'));
  });

  it('are unknown where something that they use is', () => {
    const clauses = `spread cycle ~ normal(0, 1 %) per pulse ${ORIGIN}
      let noisy = 1 + cycle
      let again(x) = x * noisy`;
    expect(reports(`${clauses}\n current = g * v * noisy`)[0]).toMatchObject(
      report(
        'dsl/name-unavailable',
        '`noisy` cannot be used here: it uses `cycle`, and it is drawn per pulse, which `current` does not see',
      ),
    );
    expect(reports(`${clauses}\n current = g * again(v)`)[0]!.code).toBe('dsl/name-unavailable');
    expect(reports(`${clauses}\n state g : S in 0.5 uS .. 4 uS = noisy * 1 uS`)[0]!.message).toContain(
      'it depends on what changes while the device works',
    );
  });

  it('report a mistake once, however many equations use them', () => {
    const used = `let wrong = v + g\n current = wrong * 1 uS / 1 V * v\n evolve g = wrong / 1 s`;
    expect(reports(used).map(({ code }) => code)).toEqual(['dsl/dimension-mismatch']);
  });
});

describe('modulators', () => {
  it('start with a value inside their range and are seen by equations', () => {
    const device = compileDevice(
      deviceText(`modulator field : mT in 0 mT .. 100 mT = 20 mT
        evolve g = 10 nS / pulse.width * v / pulse.voltage * field / 1 mT`),
    );
    expect(device.modulators).toMatchObject([
      { name: 'field', unit: { symbol: 'mT', scale: 1e-3 }, initial: 0.02, bounds: { low: 0, high: 0.1 } },
    ]);
    expect(reports('modulator field : mT in 0 mT .. 100 mT = 1 T')[0]).toMatchObject(report('dsl/out-of-range'));
    expect(reports(`modulator field : mT = 1 mT\n param a = field ${ORIGIN}`)[0]!.code).toBe('dsl/unknown-name');
  });

  it('hold the temperature where equations use it', () => {
    const rate = 'evolve g = 10 nS / pulse.width * v / pulse.voltage * temperature / 300 K';
    expect(compileDevice(deviceText(rate)).modulators).toMatchObject([
      { name: 'temperature', initial: 300, unit: { symbol: 'K', scale: 1 } },
    ]);
    const declared = compileDevice(deviceText(`modulator temperature : K in 250 K .. 400 K = 310 K\n ${rate}`));
    expect(declared.modulators).toMatchObject([{ initial: 310, bounds: { low: 250, high: 400 } }]);
    expect(compileDevice(deviceText('invariant g > 0 S')).modulators).toEqual([]);
    expect(reports('modulator temperature : V = 1 V')[0]).toMatchObject(report('dsl/unexpected-dimension'));
    expect(reports(`param temperature = 300 K ${ORIGIN}`)[0]).toMatchObject(report('dsl/reserved-name'));
  });
});

describe('states', () => {
  it('may move by themselves, by pulses, by both, and depend on each other', () => {
    const device = compileDevice(
      deviceText(`state f : S in 0 S .. 1 uS = 0 S
        state x : pulses in 0 pulses .. 9 pulses = 0 pulses
        evolve f = (g - f) / 1 s
        on pulse when v > 0 V { f += 1 nS * pulse.duration / pulse.width
          x += 1 pulses }`),
    );
    expect(device.states.map(({ name, rate }) => [name, rate !== undefined])).toEqual([
      ['g', true],
      ['f', true],
      ['x', false],
    ]);
    const [step] = device.pulseSteps;
    expect(step!.condition).toEqual(equation('v > 0'));
    expect(step!.body).toMatchObject([
      { kind: 'assign', target: 'f', value: equation('f + 1e-9 * duration / pulse.width') },
      { kind: 'assign', target: 'x' },
    ]);
  });

  it('that nothing moves are refused', () => {
    expect(reports('state f : S in 0 S .. 1 uS = 0 S')).toMatchObject([
      report('dsl/missing-clause', 'device `cell` has no `evolve f`'),
    ]);
    expect(reports('evolve h = 1 S / 1 s')[0]).toMatchObject(report('dsl/unknown-name', 'unknown state `h`'));
  });

  it('need a conductance only where there is a window', () => {
    const counting = `state x : pulses in 0 pulses .. 9 pulses = 0 pulses
      on pulse { x += 1 pulses }
      current = v * x * 1 nS / 1 pulses`;
    const text = deviceText(counting, ['window', 'state g', 'evolve g', 'current']);
    expect(compileDevice(text)).toMatchObject({ windows: [] });
    expect(compileDevice(text)).not.toHaveProperty('defaultWindow');
    expect(reports(counting, ['state g', 'evolve g', 'current'])[0]!.code).toBe('dsl/conductance-state');
    const [found] = reports(`${counting}\n let low = window.low\n invariant low > 0 S`, [
      'window',
      'state g',
      'evolve g',
      'current',
    ]);
    expect(found).toMatchObject(
      report('dsl/name-unavailable', '`window.low` cannot be used here: the device has no window'),
    );
  });
});

describe('energy and power', () => {
  it('are sums of their shares, as well founded as the least of them', () => {
    const device = compileDevice(
      deviceText(
        `energy gate = 1 pF * v ^ 2 source "a" confidence derived
        energy ions = 1 nC/S * abs(change.g) * v source "b" confidence estimate
        power hold = v ^ 2 * g source "c" confidence measured`,
        ['energy'],
      ),
    );
    expect(device.pulseEnergy).toEqual(equation('1e-12 * v ^ 2 + 1e-9 * abs(change.g) * v'));
    expect(device.pulseEnergyProvenance).toEqual({ source: 'a; b', confidence: 'estimate' });
    expect(device.energyTerms.map(({ name }) => name)).toEqual(['gate', 'ions']);
    expect(device.powerTerms).toMatchObject([{ name: 'hold', value: equation('v ^ 2 * g') }]);
  });

  it.each([
    ['energy gate = 1 pJ\n energy gate = 2 pJ', 'dsl/duplicate-name'],
    ['energy gate = 1 pJ\n power gate = 2 pW', 'dsl/duplicate-name'],
    ['energy = 1 pJ\n energy gate = 2 pJ', 'dsl/duplicate-clause'],
    ['energy gate = 1 pW', 'dsl/unexpected-dimension'],
    ['energy gate = 1 pJ\n power hold = v * g', 'dsl/unexpected-dimension'],
    ['energy gate = 1 pJ\n power hold = v ^ 2 * change.g', 'dsl/name-unavailable'],
  ])('%s', (clauses, code) => {
    const sourced = clauses.replaceAll(/(energy|power)[^\n]*/g, (line) => `${line} ${ORIGIN}`);
    expect(reports(sourced, ['energy'])[0]!.code).toBe(code);
  });
});

describe('what a device withstands', () => {
  it('is kept with its origin', () => {
    const device = compileDevice(
      deviceText(`retention 5 % in 1000 s ${ORIGIN}
        endurance 1e8 pulses ${ORIGIN}
        maximum voltage 2 V ${ORIGIN}
        maximum duration 1 s ${ORIGIN}
        maximum current 1 uA ${ORIGIN}
        maximum temperature 85 degC ${ORIGIN}`),
    );
    expect(device.retention).toMatchObject({ loss: 0.05, seconds: 1000, provenance: { source: 'test' } });
    expect(device.endurance).toMatchObject({ pulses: 1e8 });
    expect(device.ratings.map(({ quantity, max }) => [quantity, max])).toEqual([
      ['voltage', 2],
      ['duration', 1],
      ['current', 1e-6],
      ['temperature', 358.15],
    ]);
  });

  it.each([
    [`retention 5 % in 10 V ${ORIGIN}`, 'dsl/unexpected-dimension'],
    [`retention -5 % in 10 s ${ORIGIN}`, 'dsl/out-of-range'],
    ['retention 5 % in 10 s', 'dsl/missing-source'],
    [`endurance 1e8 ${ORIGIN}`, 'dsl/unexpected-dimension'],
    [`endurance 1 pulses ${ORIGIN}\n endurance 2 pulses ${ORIGIN}`, 'dsl/duplicate-clause'],
    [`maximum pressure 2 V ${ORIGIN}`, 'dsl/unknown-word'],
    [`maximum current 2 V ${ORIGIN}`, 'dsl/unexpected-dimension'],
    [`maximum voltage 0.5 V ${ORIGIN}`, 'dsl/device-fault'],
  ])('%s', (clauses, code) => {
    expect(reports(clauses)[0]!.code).toBe(code);
  });

  it('includes invariants, as written', () => {
    const device = compileDevice(deviceText('invariant g >= 0.5 uS and g <= 4 uS'));
    expect(device.invariants).toMatchObject([{ text: 'g >= 0.5 uS and g <= 4 uS' }]);
    expect(reports('invariant g')[0]!.code).toBe('dsl/truth-value');
  });
});

describe('names', () => {
  it('that nobody uses are told, but not those of the library', () => {
    const unused = `param a = 1 V ${ORIGIN}\n let b = 2\n spread c ~ normal(0, 1) per device ${ORIGIN}\n modulator d : T = 0 T`;
    expect(reports(unused)).toMatchObject(
      ['a', 'b', 'c', 'd'].map((name) => report('dsl/unused-name', undefined, name)),
    );
    const extended = `import device yszEcram from "std/devices"\ndevice other extends yszEcram { param stepExponent = 0.9 ${ORIGIN} }`;
    expect(reportsOf(extended)).toEqual([]);
  });

  it('that hide a parameter of the file are told', () => {
    const device = deviceText(`param a = 1 ${ORIGIN}\n current = a * g * v`);
    expect(reportsOf(`param a = 2\n${device}`)).toMatchObject([
      report('dsl/shadowed-name', 'parameter `a` hides the parameter `a` of the file', 'a'),
    ]);
  });

  it.each(['__proto__', 'constructor', 'toString', 'module', 'class'])('may be `%s`', (name) => {
    const text = deviceText(`param ${name} = 10 nS ~ normal(1, 1 %) per device ${ORIGIN}
      evolve g = ${name} / pulse.width * v / pulse.voltage`);
    expect(compileDevice(text).parameters.map((parameter) => parameter.name)).toEqual([name]);
  });
});

describe('the text of the IR', () => {
  it('holds everything that a device can say', () => {
    const { network, diagnostics } = compileText(
      deviceText(
        `param size : nS = 10 nS in 1 nS .. 1 uS ~ uniform(0.9, 1.1) per device ${ORIGIN}
        modulator field : mT in 0 mT .. 100 mT = 0 mT ${ORIGIN}
        let strength = size * (1 + field / 1 T)
        state x : pulses in 0 pulses .. 9 pulses = 0 pulses
        on pulse when v > 0 V { let half = strength / 2
          if half > 1 nS { g += half } else { x += 1 pulses } }
        energy gate = 1 pJ ${ORIGIN}
        power hold = v ^ 2 * g ${ORIGIN}
        retention 5 % in 1000 s ${ORIGIN}
        endurance 1e8 pulses ${ORIGIN}
        maximum temperature 400 K ${ORIGIN}
        invariant g > 0 S`,
        ['energy'],
      ),
    );
    expect(diagnostics).toEqual([]);
    expect(parseModule(printModule(network!))).toEqual(network);
  });
});
