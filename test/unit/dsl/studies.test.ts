import { describe, expect, it } from 'vitest';
import { parseModule } from '../../../src/ir/parse.js';
import { printModule } from '../../../src/ir/print.js';
import { compileText } from '../../support/compile-text.js';
import { BENCH, CLASSIFIER, experimentOn, idxHeader, SPIKING } from '../../support/study-text.js';

const DATA = `data digits {
  from "images-ubyte"
  labels "labels-ubyte"
  split train 80 %, test 20 %
}
`;
const FILES = { 'images-ubyte': idxHeader(60, 4, 4), 'labels-ubyte': idxHeader(60), 'spikes.csv': '0,1\n' };

const PARAMS = 'param rounds = 3\nparam tempo = rounds * 1 Hz\n';
const spiking = (...clauses: readonly string[]) => {
  // A parameter that nothing uses is a warning
  const params = clauses.some((clause) => clause.includes('tempo')) ? PARAMS : '';
  return compileText(`${params}${BENCH}${SPIKING}${experimentOn('Net', ...clauses)}`, FILES);
};
const classifying = (...clauses: readonly string[]) =>
  compileText(`${BENCH}${CLASSIFIER}${DATA}${experimentOn('Classifier', ...clauses)}`, FILES);

function study({ network, codes }: ReturnType<typeof compileText>) {
  expect(codes).toEqual([]);
  expect(parseModule(printModule(network!))).toEqual(network);
  return network!.studies[0]!;
}

describe('experiments on networks', () => {
  it('say what happens, step by step', () => {
    const { schedule, seedCount, chip, network } = study(
      spiking(
        'seeds 3 from 7',
        'stimulate pre[0 .. 3] with poisson(tempo) for 2 s',
        'stimulate post with regular(10 Hz)',
        'stimulate stages[1].inner with recorded("spikes.csv")',
        'pair pre with post at -20 ms .. 20 ms step 5 ms repeat 4',
        'phase learning repeat rounds { modulate reward = 0.5 }',
        'phase rest { wait 1 s }',
      ),
    );
    expect({ seedCount, chip, network }).toEqual({ seedCount: 3, chip: 'Bench', network: 'Net' });
    expect(schedule).toMatchObject([
      {
        kind: 'stimulate',
        target: { path: [{ name: 'pre', index: { kind: 'range', low: { value: 0 }, high: { value: 3 } } }] },
        pattern: { kind: 'poisson', hertz: 3 },
        seconds: 2,
      },
      { kind: 'stimulate', pattern: { kind: 'regular', hertz: 10 } },
      { kind: 'stimulate', target: { path: [{ name: 'stages' }, { name: 'inner' }] }, pattern: { kind: 'recorded' } },
      { kind: 'pair', firstSeconds: -0.02, lastSeconds: 0.02, stepSeconds: 0.005, repeat: 4 },
      { kind: 'phase', name: 'learning', repeat: 3, steps: [{ kind: 'modulate', modulator: 'reward' }] },
      { kind: 'phase', name: 'rest', repeat: 1, steps: [{ kind: 'wait', seconds: 1 }] },
    ]);
  });

  it('train and test on samples', () => {
    const { schedule } = study(
      classifying(
        'train on digits.train { batch = 32, epochs = 2, loss = crossEntropy, rate = 1 % }',
        'test on digits.test { duration = 10 ms }',
        'stimulate pixels with digits',
      ),
    );
    expect(schedule).toMatchObject([
      {
        kind: 'train',
        samples: { data: 'digits', split: 'train' },
        settings: [
          { name: 'batch', value: 32 },
          { name: 'epochs', value: 2 },
          { name: 'rate', value: 0.01 },
        ],
        loss: 'crossEntropy',
      },
      {
        kind: 'test',
        settings: [
          { name: 'batch', value: 1 },
          { name: 'duration', value: 0.01 },
        ],
      },
      { kind: 'stimulate', pattern: { kind: 'samples', samples: { data: 'digits' } } },
    ]);
  });

  it('set and sweep parameters of rules, networks and the file', () => {
    const { settings, sweeps } = study(
      spiking(
        'wait 1 s',
        'set stdp.a = 2 nS',
        'set Net.size = 16',
        'sweep stdp.tau in 10 ms .. 50 ms step 10 ms',
        'sweep stdp.a in [for i in 1 .. 3 : i * 1 nS]',
        'sweep rounds in [1, 2]',
        'sweep tempo in [1 Hz]',
      ),
    );
    expect(settings.map(({ name, value }) => [name, value])).toEqual([
      ['stdp.a', 2e-9],
      ['Net.size', 16],
    ]);
    expect(sweeps).toMatchObject([
      { parameter: 'stdp.tau', values: { kind: 'range', low: 0.01, high: 0.05, step: 0.01 } },
      { parameter: 'stdp.a', values: { kind: 'list', values: [1e-9, 2e-9, 3e-9] } },
      { parameter: 'rounds', values: { kind: 'list', values: [1, 2] } },
      { parameter: 'tempo', values: { kind: 'list', values: [1] } },
    ]);
  });

  it('record signals of populations, projections and modules', () => {
    const { recordings, invariants } = study(
      spiking(
        'wait 1 s',
        'record pre.spikes, post.potential, synapses.dw every 1 ms',
        'record stages.first.w',
        'invariant synapses.w >= 10 nS and post.rate < 100 Hz',
      ),
    );
    expect(recordings.map(({ signal, intervalSeconds }) => [signal, intervalSeconds])).toEqual([
      ['pre.spikes', 0.001],
      ['post.potential', 0.001],
      ['synapses.dw', 0.001],
      ['stages.first.w', undefined],
    ]);
    expect(invariants).toMatchObject([
      { condition: { kind: 'logical', left: { left: { kind: 'reference', name: 'synapses.w' } } } },
    ]);
  });

  it('expect conditions on measures and baselines', () => {
    const { baselines, expectations } = study(
      classifying(
        'test on digits.test',
        'baseline published = 95 % source "paper" confidence measured',
        'expect accuracy(digits.test) >= published - 1 %',
        'expect mean(accuracy(digits.test)) >= 90 % and loss(digits.test) < 1',
        'expect energy(total) / time <= 1 mW',
        'expect max(time, 1 s) < 2 s',
        'expect min(first.w) > -5 where pre.row == post.index',
        'expect max(digit.value) <= 1 where index < 5',
      ),
    );
    expect(baselines).toMatchObject([{ name: 'published', value: 0.95, unit: { symbol: '%', scale: 0.01 } }]);
    expect(expectations.map(({ measures }) => measures.map(({ name }) => name))).toEqual([
      ['accuracy(digits.test)'],
      ['mean(accuracy(digits.test))', 'loss(digits.test)'],
      ['energy(total)', 'time'],
      ['time'],
      ['min(first.w)'],
      ['max(digit.value)'],
    ]);
    expect(expectations[0]?.condition).toMatchObject({ right: { left: { kind: 'reference', name: 'published' } } });
    expect(expectations[4]?.selection).toMatchObject({ left: { name: 'pre.row' } });
  });

  it('compare what was learned with the kernel of the rule', () => {
    const { expectations } = study(
      spiking('pair pre with post at -20 ms .. 20 ms step 5 ms', 'expect correlation(synapses.dw, stdp.dw) > 99 %'),
    );
    expect(expectations[0]?.measures).toMatchObject([
      {
        operands: [
          { kind: 'signal', name: 'synapses.dw' },
          { kind: 'kernel', rule: 'stdp', name: 'dw' },
        ],
      },
    ]);
  });
});

it('expectations of spike timing know how far off, how uneven and how balanced a window is', () => {
  const { expectations } = study(
    spiking(
      'pair pre with post at -20 ms .. 20 ms step 5 ms repeat 9',
      'expect error(synapses.dw, stdp.dw) <= 5 %',
      'expect variation(synapses.dw) <= 2 % where pre.index == 0',
      'expect drift(synapses.dw) <= 1 %',
      'expect energy(total) / pulses <= 1 fJ / 1 pulses',
    ),
  );
  expect(expectations.map(({ measures }) => measures.map(({ kind }) => kind))).toEqual([
    ['error'],
    ['variation'],
    ['drift'],
    ['energy', 'pulses'],
  ]);
});

it('accuracies are of samples, or of samples in a phase', () => {
  const { expectations } = study(
    classifying(
      'phase early { test on digits.test }',
      'phase late { phase last { test on digits.test } }',
      'expect accuracy(digits.test) >= accuracy(digits.test, early)',
      'expect loss(digits.test, last) < 1',
    ),
  );
  expect(expectations.flatMap(({ measures }) => measures)).toMatchObject([
    { name: 'accuracy(digits.test)', operands: [{ kind: 'samples' }] },
    { name: 'accuracy(digits.test, early)', operands: [{ kind: 'samples' }, { kind: 'phase', name: 'early' }] },
    { name: 'loss(digits.test, last)', operands: [{ kind: 'samples' }, { kind: 'phase', name: 'last' }] },
  ]);
});

describe('experiments on spiking networks refuse', () => {
  it.each([
    ['stimulate pre with poisson(20 ms)', 'dsl/unexpected-dimension'],
    ['stimulate pre with poison(20 Hz)', 'dsl/unknown-word'],
    ['stimulate pre with poisson(1 Hz, 2 Hz)', 'dsl/argument-count'],
    ['stimulate pre with recorded(5)', 'dsl/unexpected-type'],
    ['stimulate pre with 5 Hz', 'dsl/unexpected-type'],
    ['stimulate pree with poisson(1 Hz)', 'dsl/unknown-name'],
    ['stimulate pre[8] with poisson(1 Hz)', 'dsl/index-out-of-range'],
    ['stimulate stages.inner with poisson(1 Hz)', 'dsl/index-missing'],
    ['pair pre with post at 5 ms .. -5 ms step 1 ms', 'dsl/empty-range'],
    ['pair pre with post at -5 ms .. 5 ms step 0 ms', 'dsl/out-of-range'],
    ['pair pre with post at -5 ms .. 5 ms step 1 mV', 'dsl/unexpected-dimension'],
    ['pair post with pre at -5 ms .. 5 ms step 1 ms', 'dsl/pair-unjoined'],
    ['wait 0 s', 'dsl/out-of-range'],
    ['phase p repeat 0 { wait 1 s }', 'dsl/integer-range'],
    ['modulate rewad = 1', 'dsl/unknown-name'],
    ['modulate reward = 1 V', 'dsl/unexpected-dimension'],
  ])('%s', (clause, code) => {
    expect(spiking(clause).codes).toEqual([code]);
  });

  it.each([
    ['set stdp.a = 2 ms', 'dsl/unexpected-dimension'],
    ['set stdp.a = 2 nS\n  set stdp.a = 3 nS', 'dsl/duplicate-name'],
    ['sweep stdp.a in [1 nS]\n  sweep stdp.a in [2 nS]', 'dsl/duplicate-name'],
    ['set stdp.aa = 2 nS', 'dsl/unknown-name'],
    ['set rstdp.a = 2 nS', 'dsl/unknown-name'],
    ['set Net.size.x = 2', 'dsl/unknown-name'],
    ['sweep stdp.a in [1 nS, 1 V]', 'dsl/vector-elements'],
    ['sweep stdp.a in [1 V]', 'dsl/unexpected-dimension'],
    ['sweep stdp.a in 1 nS', 'dsl/unexpected-type'],
    ['sweep stdp.a in 1 nS .. 9 nS step 1 nS', 'dsl/setting-out-of-bounds'],
    ['record synapses.v', 'dsl/unknown-name'],
    ['record post', 'dsl/unknown-name'],
    ['record post.spikes, post.spikes', 'dsl/duplicate-name'],
    ['record post.spikes every 0 s', 'dsl/out-of-range'],
    ['without gain', 'dsl/unknown-name'],
    ['expect rate(post)', 'dsl/truth-value'],
    ['expect rate(post) < 5 V', 'dsl/dimension-mismatch'],
    ['expect rate(pst) < 5 Hz', 'dsl/unknown-name'],
    ['expect energy(hold) < 5 J', 'dsl/unknown-name'],
    ['expect time() < 5 s', 'dsl/measure-operand'],
    ['expect pulses < 5 s', 'dsl/dimension-mismatch'],
    ['expect error(synapses.dw) < 5 %', 'dsl/measure-operand'],
    ['expect variation(post) < 5 %', 'dsl/unknown-name'],
    ['expect drift(synapses.dw, stdp.dw) < 5 %', 'dsl/measure-operand'],
    ['expect mean(synapses.w) < 5 nS where pre.x > 1 mm', 'dsl/name-unavailable'],
    ['expect mean(synapses.w) < limit', 'dsl/unknown-name'],
    ['baseline b = 5 s', 'dsl/missing-source'],
    ['invariant synapses.w > 5 V', 'dsl/dimension-mismatch'],
    ['invariant synapses.x > 5', 'dsl/unknown-name'],
    ['from', 'dsl/syntax'],
  ])('%s', (clause, code) => {
    expect(spiking('wait 1 s', clause).codes).toEqual([code]);
  });

  it('to do nothing', () => {
    expect(spiking('record post.spikes').codes).toEqual(['dsl/missing-clause']);
  });

  it('two phases of one name', () => {
    expect(spiking('phase p { wait 1 s }', 'phase p { wait 1 s }').codes).toEqual(['dsl/duplicate-name']);
  });
});

describe('experiments on samples refuse', () => {
  it.each([
    ['train on digits.trial', 'dsl/unknown-name'],
    ['train on digit.train', 'dsl/unknown-name'],
    ['train on digits.train { bach = 3 }', 'dsl/unknown-word'],
    ['train on digits.train { batch = 0 }', 'dsl/integer-range'],
    ['train on digits.train { loss = entropy }', 'dsl/unknown-word'],
    ['train on digits.train { loss = 5 }', 'dsl/unexpected-type'],
    ['train on digits.train { loss = meanSquare, loss = meanSquare }', 'dsl/duplicate-name'],
    ['test on digits.test { epochs = 3 }', 'dsl/unknown-word'],
    ['train on digits.train { scale = 2 }', 'dsl/unknown-word'],
    ['expect accuracy(digits.test, late) > 5 %', 'dsl/unknown-name'],
    ['expect accuracy(digits.test, late, last) > 5 %', 'dsl/measure-operand'],
    ['stimulate pixels[0 .. 7] with digits', 'dsl/sample-size'],
    ['stimulate digit with digits', 'dsl/no-place'],
  ])('%s', (clause, code) => {
    expect(classifying(clause).codes).toContain(code);
  });
});

it('a misspelt setting of `train` lists all there are, `loss` among them', () => {
  const [fault] = classifying('train on digits.train { los = meanSquare }').diagnostics;
  expect(fault?.message).toBe(
    'unknown setting of `train` `los`, known: `batch`, `epochs`, `rate`, `duration`, `forwardNoise`, `backwardNoise`, `shuffle`, `loss`',
  );
  expect(fault?.help).toBe('did you mean `loss`?');
});

it('an experiment names a program or a network, and nothing else', () => {
  const { diagnostics } = compileText(`${BENCH}${CLASSIFIER}experiment Try {\n  run Clasifier on Bench\n}\n`);
  expect(diagnostics.map(({ message, help }) => [message, help])).toEqual([
    ['unknown program or network `Clasifier`', 'did you mean `Classifier`?'],
  ]);
});
