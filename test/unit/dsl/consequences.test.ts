/** What follows from a mistake that has been reported stays silent, however far away it is. */
import { describe, expect, it } from 'vitest';
import { compileText } from '../../support/compile-text.js';

const NETWORK = `import device protonEis from "std/devices"

rule stdp {
  param a : nS = 0.5 nS
  param tau = 20 ms
  weight w : nS in 10 nS .. 200 nS
  trace x : 1 per pre
  evolve x = -x / tau
  on pre { x += 1 }
  on post { w += a * x }
}

network Net {
  population a : spikes[8]
  population b : lif[8] { tau = 20 ms }
  projection s : a -> b all-to-all on protonEis {
    learn stdp
    delay 1 ms
  }
}

chip Bench {
  clock 50 MHz
  bus apb
  temperature 25 degC
  tile 64 x 64 {
    bias half
    rails -2 V .. 2 V by 8 bit
    timer 16 bit
    settle 10 us
    adc 0 A .. 1 uA by 10 bit in 2 us settle 10 us shared by 8
    lines 20 pF source "layout" confidence derived
  }
}

experiment Run {
  run Net on Bench
  set stdp.a = 0.4 nS
  stimulate a with poisson(20 Hz) for 1 s
  record b.spikes, s.w
  expect rate(b) <= 50 Hz
  expect mean(s.w) >= 50 nS where pre.index == 0
}
`;

const DEVICE = `device cell {
  pulse 1 V for 10 us source "a" confidence measured
  read 50 mV source "a" confidence measured
  window full = 1 uS .. 10 uS source "a" confidence measured
  state g : S in 0.5 uS .. 12 uS = window.low
  evolve g = (window.low - g) / 1 s
  on pulse when v > 0 V { g += 10 nS }
  on pulse when v < 0 V { g -= 10 nS }
  current = g * v
  energy = 1 fJ source "a" confidence estimate
  retention 5 % in 10000 s source "a" confidence measured
  invariant g > 0 S
}
`;

/** Codes and places of what is said after `correct` has become `wrong`. */
function after(source: string, correct: string, wrong: string) {
  expect(source).toContain(correct);
  const text = source.replace(correct, wrong);
  return compileText(text).diagnostics.map(({ code, span, help }) => ({
    code: code.replace('dsl/', ''),
    marked: text.slice(span?.start.offset, span?.end.offset),
    help,
  }));
}

describe('the consequences of one mistake', () => {
  it('has none where there is no mistake', () => {
    expect(after(NETWORK, 'network Net', 'network Net')).toEqual([]);
    expect(after(DEVICE, 'device cell', 'device cell')).toEqual([]);
  });

  it.each([
    ['a : spikes[8]', 'a : spike[8]', 'unknown-word', 'spike'],
    ['b : lif[8]', 'b : lfi[8]', 'unknown-word', 'lfi'],
    ['import device', 'import rule', 'wrong-kind', 'protonEis'],
    ['a : spikes[8]', 'a : spikes[0]', 'integer-range', '0'],
    ['a -> b all-to-all', 'a -> z all-to-all', 'unknown-name', 'z'],
    ['on protonEis', 'on protonEIS', 'unknown-name', 'protonEIS'],
    ['on protonEis', 'on stdp', 'wrong-kind', 'stdp'],
    ['learn stdp', 'learn stpd', 'unknown-name', 'stpd'],
    ['tau = 20 ms\n', 'tau = ln(5 s) * 1 s\n', 'unexpected-dimension', '5 s'],
    ['tau = 20 ms\n', 'tau = "20 ms"\n', 'number-expected', '"20 ms"'],
    ['tau = 20 ms\n', 'tau = 1e400 ms\n', 'number-out-of-range', '1e400 ms'],
  ])('stay silent in a network: %j as %j', (correct, wrong, code, marked) => {
    expect(after(NETWORK, correct, wrong)).toEqual([expect.objectContaining({ code, marked })]);
  });

  it('does not hide a second mistake', () => {
    const text = NETWORK.replace('learn stdp', 'learn stpd').replace('b.spikes', 'b.spike');
    expect(compileText(text).codes).toEqual(['dsl/unknown-name', 'dsl/unknown-name']);
  });

  it.each([
    ['g : S in', 'g : V in', 'conductance-state', 'V'],
    ['retention 5 %', 'retention 5', 'out-of-range', '5'],
    ['= window.low\n', '= 20 uS\n', 'device-fault', 'state g : S in 0.5 uS .. 12 uS = 20 uS'],
    ['10 us', '10 Us', 'unknown-unit', 'Us'],
  ])('stay silent in a device: %j as %j', (correct, wrong, code, marked) => {
    expect(after(DEVICE, correct, wrong)).toEqual([expect.objectContaining({ code, marked })]);
  });
});

describe('help', () => {
  it.each([
    [NETWORK, 'clock 50 MHz', 'clock 50 Mhz', 'did you mean `MHz`?'],
    [NETWORK, 'temperature 25 degC', 'temperature 25 C', 'did you mean `degC`?'],
    [NETWORK, 'rate(b) <=', 'energy <= 1 J and rate(b) <=', undefined],
    [NETWORK, 'weight w : nS in', 'weight w in', undefined],
    [NETWORK, 'trace x : 1 per pre', 'trace x : 1', undefined],
    [NETWORK, '"std/devices"', '"devices.ion"', 'a path relative to this file starts with a dot: "./devices.ion"'],
    [
      NETWORK,
      'x += 1 }',
      'x += 1  w -= a }',
      '`w` was read as a part of what stands before it: begin a new line with it',
    ],
    [NETWORK, 'on post {', 'on post when x = 1 {', 'conditions compare with `==`'],
  ])('says what may be meant', (source, correct, wrong, help) => {
    expect(after(source, correct, wrong)).toEqual([expect.objectContaining({ help })]);
  });
});
