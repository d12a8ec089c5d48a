import { describe, expect, it } from 'vitest';
import type { LearningRule } from '../../../src/ir/rule.js';
import { parseModule } from '../../../src/ir/parse.js';
import { printModule } from '../../../src/ir/print.js';
import { defaultRealization, REALIZATION_NAMES } from '../../../src/dsl/rule/realizations.js';
import { REALIZATION_METHODS } from '../../../src/ir/rule.js';
import { compileText } from '../../support/compile-text.js';

/** Rules of the literature, each whole; none of them may cause a diagnostic. */
const RULES: Readonly<Record<string, string>> = {
  'pair STDP with traces': `rule pairStdp "Bi and Poo" {
  param aPlus : nS = 0.6 nS
  param aMinus : nS = 0.63 nS
  param tauPlus : ms = 17 ms
  param tauMinus : ms = 34 ms
  weight w : nS in 10 nS .. 200 nS
  trace r : 1 per pre
  trace o : 1 per post
  evolve r = -r / tauPlus
  evolve o = -o / tauMinus
  on pre {
    r += 1
    w -= aMinus * o
  }
  on post {
    o += 1
    w += aPlus * r
  }
}`,
  'triplet STDP': `rule triplet "Pfister and Gerstner 2006, minimal all-to-all" {
  param a2minus : nS = 0.5 nS
  param a3plus : nS per synapse = 0.1 nS in 0 nS .. 1 nS
  weight w : nS
  trace r1 : 1 per pre
  trace o1 : 1 per post
  trace o2 : 1 per post
  let decay(x, tau) = -x / tau
  evolve r1 = decay(r1, 16.8 ms)
  evolve o1 = decay(o1, 33.7 ms)
  evolve o2 = decay(o2, 114 ms)
  on pre {
    w -= a2minus * o1
    r1 += 1
  }
  on post {
    w += a3plus * r1 * o2
    o1 += 1
    o2 += 1
  }
}`,
  'neuromodulated STDP': `rule dopamine "Izhikevich 2007" {
  param a : 1 = 0.1
  param tauC = 1 s
  param tauN = 200 ms
  param baseline = 0.01
  weight w : 1 in 0 .. 10
  modulator reward : 1 = 0
  trace r : 1 per pre
  trace n : 1 per post
  trace c : 1 per synapse
  evolve r = -r / 20 ms
  evolve c = -c / tauC
  evolve n = -n / tauN
  on pre { r += 1 }
  on post { c += a * r }
  on reward { n += reward }
  every 1 ms { w += c * (n - baseline) * dt / tauC }
}`,
  'Tsodyks-Markram short-term plasticity': `rule tsodyksMarkram "Release probability u, resources x" {
  param U per pre = 0.5 in 0 .. 1
  param tauRecovery = 800 ms
  param tauFacilitation = 50 ms
  weight w : 1
  trace u : 1 per pre = U
  trace x : 1 per pre = 1
  evolve u = (U - u) / tauFacilitation
  evolve x = (1 - x) / tauRecovery
  transmit = w * u * x
  on pre {
    x -= u * x
    u += U * (1 - u)
  }
  realize host
}`,
  'short-term plasticity network': `rule stpn "Fast Hebbian part beside the weight" {
  param decay per synapse = 0.5 in 0 .. 1
  param gain per synapse = 0.001
  weight w : 1
  trace f : 1 per synapse
  transmit = w + f
  every 66.7 ms { f = decay * f + gain * pre.value * post.value }
  realize bias { least = 0.08, most = 0.92 }
}`,
  'delta rule': `rule delta {
  param rate : uS = 0.1 uS
  weight w : uS in 2 uS .. 4 uS
  on sample when post.error != 0 { w -= rate * post.error * pre.value }
}`,
  'reward-modulated Hebb': `rule rewarded {
  param rate = 0.01
  weight w : 1
  modulator reward : 1 in -1 .. 1 = 0
  trace e : 1 per synapse
  evolve e = -e / 500 ms
  on pre { e += 0.1 }
  on reward when abs(reward) > 0.1 { w += rate * reward * e }
}`,
  'homeostasis at intervals': `rule homeostasis {
  param target = 5 Hz
  param rate : nS*s = 0.1 nS*s
  weight w : nS in 0 nS .. 100 nS
  every 10 s when post.rate > 2 * target or post.rate < target / 2 {
    w += rate * (target - post.rate)
  }
  invariant w >= 0 nS
}`,
  'kernel of spike timing': `rule window {
  param a : nS = 0.6 nS
  weight w : nS
  let tau = 20 ms
  kernel dw(dt) = dt > 0 s ? a * exp(-dt / tau) : -a * exp(dt / tau)
}`,
};

function ruleOf(text: string): LearningRule {
  const { network, diagnostics } = compileText(text);
  expect(diagnostics).toEqual([]);
  return network!.rules[0]!;
}

function withoutOrigins(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'origin' ? undefined : inner)));
}

describe('rules of the literature', () => {
  it.each(Object.entries(RULES))('%s is without a fault, and its IR survives printing', (_, text) => {
    const { network, diagnostics } = compileText(text);
    expect(diagnostics).toEqual([]);
    expect(parseModule(printModule(network!))).toEqual(network);
  });

  it.each([
    ['pair STDP with traces', 'pulses'],
    ['neuromodulated STDP', 'pulses'],
    ['kernel of spike timing', 'superposition'],
    ['delta rule', 'pulses'],
    ['homeostasis at intervals', 'host'],
    ['short-term plasticity network', 'bias'],
    ['Tsodyks-Markram short-term plasticity', 'host'],
  ])('%s is realized by %s', (name, method) => {
    expect(ruleOf(RULES[name]!).realization.method).toBe(method);
  });
});

describe('lowering a rule', () => {
  it('keeps parameters with unit, place and bounds in SI', () => {
    const [, a3] = ruleOf(RULES['triplet STDP']!).parameters;
    expect(withoutOrigins(a3)).toEqual({
      name: 'a3plus',
      value: 0.1e-9,
      unit: { symbol: 'nS', scale: 1e-9 },
      per: 'synapse',
      bounds: { low: 0, high: 1e-9 },
    });
  });

  it('makes assignments of handlers and rates of traces', () => {
    const rule = ruleOf(RULES['pair STDP with traces']!);
    expect(rule.traces.map(({ name, per, rate }) => [name, per, rate !== undefined])).toEqual([
      ['r', 'pre', true],
      ['o', 'post', true],
    ]);
    expect(withoutOrigins(rule.handlers[0])).toMatchObject({
      event: { kind: 'pre' },
      body: [
        { kind: 'assign', target: 'r', value: { kind: 'binary', operator: '+' } },
        { kind: 'assign', target: 'w', value: { kind: 'binary', operator: '-' } },
      ],
    });
  });

  it('inlines functions and keeps named values', () => {
    const rule = ruleOf(RULES['triplet STDP']!);
    expect(rule.derived).toEqual([]);
    expect(JSON.stringify(rule.traces[0]!.rate)).toContain('0.0168');
    const { derived, kernels } = ruleOf(RULES['kernel of spike timing']!);
    expect(derived).toMatchObject([{ name: 'tau', value: { kind: 'number', value: 0.02 } }]);
    expect(kernels[0]).toMatchObject({ name: 'dw', argument: 'dt' });
    expect(JSON.stringify(kernels[0]!.value)).toContain('{"kind":"reference","name":"tau"}');
  });

  it('fills in the settings of the method', () => {
    const { realization } = ruleOf(RULES['delta rule']!);
    expect(realization).toMatchObject({
      isDefault: true,
      settings: [
        { name: 'fraction', value: 0 },
        { name: 'stochastic', value: 0 },
      ],
    });
  });

  it('brings rules of imported files', () => {
    const text = 'import rule pairStdp from "./rules.ion"\n';
    const { network, diagnostics } = compileText(text, { 'rules.ion': RULES['pair STDP with traces']! });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(network!.rules.map(({ name }) => name)).toEqual(['pairStdp']);
  });

  it('names the methods of the IR', () => {
    expect([...REALIZATION_NAMES]).toEqual([...REALIZATION_METHODS]);
    expect(defaultRealization({ hasKernel: true, events: ['sample'] })).toBe('superposition');
    expect(defaultRealization({ hasKernel: false, events: ['reward'] })).toBe('host');
  });
});

describe('rules with mistakes', () => {
  const rule = (body: string) => `rule faulty {
  param tau = 20 ms
  weight w : nS in 10 nS .. 200 nS
  trace r : 1 per pre
  trace s : 1 per synapse
  evolve r = -r / tau
  ${body}
  on post { w += r * 1 nS + s * 1 nS }
}
`;

  /** The code of each mistake, and what it marks. */
  it.each([
    ['on pre { r += 1 / tau }', 'dsl/dimension-mismatch', '1 / tau'],
    ['evolve s = -s', 'dsl/unexpected-dimension', '-s'],
    ['evolve q = -q / tau', 'dsl/unknown-name', 'q'],
    ['evolve w = -w / tau', 'dsl/wrong-kind', 'w'],
    ['evolve r = r / tau', 'dsl/duplicate-clause', 'evolve r = r / tau'],
    ['on spike { r += 1 }', 'dsl/unknown-word', 'spike'],
    ['on pre { tau = 3 ms }', 'dsl/not-assignable', 'tau'],
    ['on pre { w += post.error * 1 nS }', 'dsl/name-unavailable', 'post.error'],
    ['on sample { w += dt * 1 nS/s }', 'dsl/name-unavailable', 'dt'],
    ['on pre { r = s }', 'dsl/trace-residence', 'r = s'],
    ['on pre { if s > 1 { r = 0 } }', 'dsl/trace-residence', 'r = 0'],
    ['trace q : 1 per post = s', 'dsl/trace-residence', 'trace q : 1 per post = s'],
    ['every 0 ms { r = 0 }', 'dsl/out-of-range', '0 ms'],
    ['every tau { r = 0 }', 'dsl/name-unavailable', 'tau'],
    ['every 5 V { r = 0 }', 'dsl/unexpected-dimension', '5 V'],
    ['kernel dw(dt) = dt', 'dsl/unexpected-dimension', 'dt'],
    ['kernel dw(a, b) = 1 nS', 'dsl/argument-count', 'dw'],
    ['kernel dw(tau) = 1 nS * tau / 1 s', 'dsl/duplicate-name', 'tau'],
    ['let twice(x) = 2 * x\n  kernel dw(twice) = 1 nS * twice / 1 s', 'dsl/duplicate-name', 'twice'],
    ['kernel dw(t) = 1 nS\n  kernel dv(t) = 1 nS', 'dsl/duplicate-clause', 'kernel dv(t) = 1 nS'],
    ['param a = 5 in 0 .. 1', 'dsl/out-of-range', '5'],
    ['param a : ms = 5 nS', 'dsl/unexpected-dimension', '5 nS'],
    ['let r = 3', 'dsl/duplicate-name', 'r'],
    ['let dt = 3', 'dsl/reserved-name', 'dt'],
    ['modulator reward : 1 in 0 .. 1 = 2', 'dsl/out-of-range', '2'],
    ['realize hosting', 'dsl/unknown-word', 'hosting'],
    ['realize pulses { fractions = 4 bit }', 'dsl/unknown-word', 'fractions'],
    ['realize programming { by = columns }', 'dsl/unknown-word', 'columns'],
    ['realize programming { by = 3 }', 'dsl/unexpected-type', '3'],
    ['realize pulses { fraction = 4 }', 'dsl/unexpected-dimension', '4'],
    ['realize pulses { fraction = 99 bit }', 'dsl/integer-range', '99 bit'],
    ['kernel dw(t) = 1 nS\n  realize superposition { sampler = 0 ms }', 'dsl/out-of-range', '0 ms'],
    ['transmit = r', 'dsl/unexpected-dimension', 'r'],
    ['invariant w', 'dsl/truth-value', 'w'],
    ['param unused = 3', 'dsl/unused-name', 'unused'],
    ['trace q : 1 per pre\n  on pre { q = q * 2 }', 'dsl/unused-name', 'q'],
  ])('%s', (body, code, marked) => {
    const text = rule(body);
    const { diagnostics } = compileText(text);
    const [first] = diagnostics.filter((diagnostic) => diagnostic.code === code);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
    expect(text.slice(first?.span?.start.offset, first?.span?.end.offset)).toBe(marked);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.length).toBeLessThanOrEqual(1);
  });

  it('need a weight', () => {
    expect(compileText('rule none {\n  param a = 1\n}\n').codes).toEqual(['dsl/missing-clause']);
  });

  it('warn of a rule that changes nothing', () => {
    expect(compileText('rule idle {\n  weight w : nS\n}\n').codes).toEqual(['dsl/rule-without-effect']);
    // Training by gradient finds it
    expect(compileText('rule trained {\n  weight w : nS\n  realize host\n}\n').codes).toEqual([]);
  });

  it('may add up over the synapses of a neuron', () => {
    expect(compileText(rule('on pre { r += s }')).diagnostics).toEqual([]);
  });

  it('find the dimension error that NESTML lets through', () => {
    const text = `rule neuromodulated {
  param A = 0.1
  param tau = 20 ms
  weight w : 1
  trace n : 1 per post
  evolve n = -n / tau
  on post { n += A / tau }
  on pre { w += n }
}
`;
    const { diagnostics } = compileText(text);
    expect(diagnostics.map(({ code }) => code)).toEqual(['dsl/dimension-mismatch']);
    const { start, end } = diagnostics[0]!.span!;
    expect(text.slice(start.offset, end.offset)).toBe('A / tau');
    expect(diagnostics[0]!.message).toBe(
      '`+=` needs the same dimension on both sides, found a plain number and frequency or rate (1/s)',
    );
  });
});
