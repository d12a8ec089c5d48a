import { describe, expect, it } from 'vitest';
import type { Network } from '../../../src/ir/graph.js';
import { NEURON_MODELS } from '../../../src/ir/graph.js';
import { parseModule } from '../../../src/ir/parse.js';
import { printModule } from '../../../src/ir/print.js';
import { NEURON_NAMES } from '../../../src/dsl/network/neuron-models.js';
import { compileText } from '../../support/compile-text.js';

const RULES = `rule hebbian {
  param a : nS = 0.6 nS in 0 nS .. 2 nS
  weight w : S in 10 nS .. 200 nS
  kernel dw(dt) = dt > 0 s ? a * exp(-dt / 20 ms) : -a * exp(dt / 20 ms)
}

rule rewarded {
  param rate : nS = 1 nS
  weight w : S
  modulator dopamine : Hz in 0 Hz .. 100 Hz = 0 Hz
  on dopamine { w += rate * dopamine * 1 s }
}

rule plain {
  weight w : 1
  on sample { w -= post.error * pre.value }
}
`;

const DEVICES = ['protonEis', 'magnetoIonic'];

/** A network with the clauses of `body`, and the devices that they name. */
function network(body: string): string {
  const imports = DEVICES.filter((name) => body.includes(name)).map(
    (name) => `import device ${name} from "std/devices"\n`,
  );
  return `${imports.join('')}${RULES}
network Net {
  population a : spikes[8]
  population b : lif[8]
  population grid : spikes[4, 4] { spacing = 10 um }
  population sheet : lif[4, 4] { spacing = 10 um }
  population image : rates[1, 28, 28]
  population maps : relu[8, 24, 24]
  projection a -> b all-to-all
  projection grid -> sheet all-to-all
  projection image -> maps convolution 5 x 5
  ${body}
}
`;
}

function compile(text: string, files: Record<string, string> = {}): Network {
  const { network: module, diagnostics } = compileText(text, files);
  expect(diagnostics).toEqual([]);
  return module!.networks.at(-1)!;
}

function projectionOf(body: string, files: Record<string, string> = {}) {
  return compile(network(body), files).wiring.projections.at(-1)!;
}

/** Objects and arrays in a value: its size without the numbers of neurons in it. */
function countNodes(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, inner) => sum + countNodes(inner), 1);
}

describe('populations', () => {
  it('have all settings of their model', () => {
    const { populations } = compile(network('population p : lif[8] { tau = 10 ms }\n  projection p -> b all-to-all'));
    const p = populations.find(({ name }) => name === 'p')!;
    expect(p).toMatchObject({ model: 'lif', shape: [8] });
    expect(Object.fromEntries(p.settings.map(({ name, value }) => [name, value]))).toEqual({
      tau: 0.01,
      threshold: 1,
      reset: 0,
      rest: 0,
      refractory: 0,
      gain: 1,
      subtract: 0,
    });
  });

  it('have settings with a number for each neuron', () => {
    const body = 'population p : cubaLif[2] { tau from "tau.csv", gain = 2 }\n  projection p -> b all-to-all';
    const { populations } = compile(network(body), { 'tau.csv': '0.01, 0.02\n' });
    const { tables, settings } = populations.find(({ name }) => name === 'p')!;
    expect(tables).toEqual([{ name: 'tau', values: [0.01, 0.02] }]);
    expect(settings.find(({ name }) => name === 'gain')).toMatchObject({ value: 2 });
  });

  it.each([
    ['lif[2] { tau from "tau.csv" }', 'it holds 1 numbers, expected 2'],
    ['lif { tau from "none.csv" }', 'none.csv'],
    ['lif { spacing from "tau.csv" }', '`spacing` of `lif` is the same for all neurons'],
    ['relu { gain from "tau.csv" }', '`gain` of `relu` is the same for all neurons'],
    ['lif { tau from "negative.csv" }', '`tau` of neuron 0 in `negative.csv` must be positive, found -1 s'],
    ['lif { tau from "tau.csv", tau = 1 ms }', '`tau`'],
    ['lif { volume from "tau.csv" }', '`volume`'],
  ])('whose settings do not fit are refused: %s', (text, message) => {
    const files = { 'tau.csv': '0.01\n', 'negative.csv': '-1\n' };
    const { diagnostics } = compileText(network(`population p : ${text}\n  projection p -> b all-to-all`), files);
    expect(diagnostics.map((each) => each.message).join('\n')).toContain(message);
  });

  it('are of the models of the IR', () => {
    expect([...NEURON_NAMES]).toEqual([...NEURON_MODELS]);
  });

  it('take sizes from parameters of the file and of the network', () => {
    const text = `param side = 2
network Net {
  param factor = 3
  let count = side * factor
  population p : spikes[count, 2 * count]
  population q : lif
  projection p -> q all-to-all
}
`;
    expect(compile(text).populations.map(({ shape }) => shape)).toEqual([[6, 12], [1]]);
  });
});

describe('connectivity', () => {
  it.each([
    ['all-to-all', { kind: 'all-to-all' }],
    ['one-to-one', { kind: 'one-to-one' }],
    ['dense', { kind: 'dense' }],
    ['probability 10 % seed 3', { kind: 'probability', probability: 0.1, seed: 3 }],
    ['in-degree 5 seed 3', { kind: 'in-degree', degree: 5, seed: 3 }],
    ['where pre.index < post.index', { kind: 'where', condition: { kind: 'compare', operator: '<' } }],
    ['from "pairs.csv"', { kind: 'list', pre: [0, 7], post: [1, 7] }],
  ])('%s', (text, connectivity) => {
    const files = { 'pairs.csv': '# pre,post\n0,1\n\n7, 7\n' };
    expect(projectionOf(`projection p : a -> b ${text}`, files).connectivity).toMatchObject(connectivity);
  });

  it('by positions', () => {
    const { connectivity } = projectionOf(
      'projection p : grid -> sheet where distance(pre, post) <= 20 um and pre.row != post.row or pre.x > post.y',
    );
    const text = JSON.stringify(connectivity);
    for (const name of ['pre.x', 'pre.y', 'post.x', 'post.y', 'pre.row', 'post.row', 'sqrt'])
      expect(text).toContain(name);
  });

  it.each([
    ['rates[1, 28, 28]', 'relu[8, 24, 24]', 'convolution 5 x 5'],
    ['rates[28, 28]', 'relu[24, 24]', 'convolution 5 x 5'],
    ['rates[1, 84, 84]', 'relu[16, 20, 20]', 'convolution 8 x 8 stride 4'],
    ['rates[3, 32, 32]', 'relu[8, 32, 32]', 'convolution 3 x 3 padding 1'],
    ['relu[8, 24, 24]', 'linear[8, 12, 12]', 'pool max 2 x 2'],
    ['relu[8, 25, 25]', 'linear[8, 12, 12]', 'pool average 3 x 3 stride 2'],
  ])('%s to %s by %s', (from, to, text) => {
    compile(`network Net {\n  population a : ${from}\n  population b : ${to}\n  projection a -> b ${text}\n}\n`);
  });
});

describe('projections', () => {
  it('hold device, rules, weights, delay, encoding and modulators', () => {
    const projection = projectionOf(`projection p : a -> b all-to-all on protonEis {
    learn hebbian when post.index % 2 == 0 { a = 1 nS }
    learn rewarded { dopamine = 0.5 * b.rate }
    weights ~ normal(100 nS, 10 nS) seed 4
    delay 1 ms + 0.1 ms * post.index
    encode differential window 10 nS .. 200 nS
  }`);
    expect(projection).toMatchObject({
      name: 'p',
      device: 'protonEis',
      learning: [
        { rule: 'hebbian', condition: { kind: 'compare' }, settings: [{ name: 'a', value: 1e-9 }], modulations: [] },
        { rule: 'rewarded', settings: [], modulations: [{ modulator: 'dopamine', value: { kind: 'binary' } }] },
      ],
      weights: { kind: 'drawn', distribution: { name: 'normal' }, seed: 4 },
      delay: { kind: 'binary' },
      encoding: { scheme: 'differential', window: { low: 1e-8 } },
    });
  });

  it('set modulators of their device', () => {
    const projection = projectionOf('projection p : a -> b all-to-all on magnetoIonic { modulate field = 50 mT }');
    expect(projection.modulations).toMatchObject([{ modulator: 'field', value: { kind: 'number', value: 0.05 } }]);
  });

  it('hold plain numbers where a scale makes them conductances', () => {
    const projection = projectionOf(`projection p : image -> maps convolution 5 x 5 on protonEis {
    learn plain
    weights ~ uniform(-0.1, 0.1)
    encode differential scale 100 nS
  }`);
    expect(projection.encoding).toEqual({ scheme: 'differential', siemensPerUnit: 1e-7 });
  });

  it('may come back to where they begin, and to parts', () => {
    expect(projectionOf('projection b -> b where pre.index != post.index').to.path).toEqual([{ name: 'b' }]);
    const part = projectionOf('projection p : a[0 .. 3] -> b[4 .. 7] one-to-one');
    expect(part.from.path[0]).toMatchObject({ name: 'a', index: { kind: 'range', high: { value: 3 } } });
  });

  it('are called by their ends where they have no name', () => {
    const { wiring } = compile(network('projection a -> b dense'));
    expect(wiring.projections.map(({ name }) => name)).toEqual([
      'a -> b',
      'grid -> sheet',
      'image -> maps',
      'a -> b #2',
    ]);
  });

  it('keep their names apart inside loops, too', () => {
    const { wiring } = compile(network('for i in 0 .. 3 { projection a[2 * i] -> b all-to-all { delay i * 1 ms } }'));
    expect(wiring.loops[0]!.body.projections.map(({ name }) => name)).toEqual(['a -> b #2']);
  });

  it('read weights from files', () => {
    const files = { 'w.csv': Array(8).fill('1,2,3,4,5,6,7,8').join('\n'), 'x.nir': 'any' };
    expect(projectionOf('projection a -> b all-to-all { weights from "w.csv" }', files).weights).toEqual({
      kind: 'file',
      file: 'w.csv',
      format: 'csv',
    });
    const nir = projectionOf('projection a -> b all-to-all { weights from nir "x.nir" at "fc1/weight" }', files);
    expect(nir.weights).toMatchObject({ node: 'fc1/weight', format: 'nir' });
  });
});

const LAYER = `module Layer {
  param size = 4
  param tau : ms = 20 ms in 1 ms .. 1 s
  input x : spikes[size]
  population cells : lif[size] { tau = tau }
  projection forward : x -> cells one-to-one { weights = 1 }
  output y = cells
}
`;

describe('modules', () => {
  const chain = `${LAYER}
network Deep {
  population source : spikes[8]
  use Layer[5] as stage { size = 8 }
  use Layer as other { size = 8, tau = 30 ms }
  connect source -> stage[0].x
  connect stage[4].y -> other.x
  for i in 0 .. 3 { connect stage[i].y -> stage[i + 1].x }
}
`;

  it('are elaborated once for each combination of settings', () => {
    const { network: module, diagnostics } = compileText(chain);
    expect(diagnostics).toEqual([]);
    expect(module!.networks.map(({ name }) => name)).toEqual([
      'Layer',
      'Layer(size = 8)',
      'Layer(size = 8, tau = 0.03 s)',
      'Deep',
    ]);
    const deep = module!.networks.at(-1)!;
    expect(deep.instances).toMatchObject([
      { name: 'stage', module: 'Layer(size = 8)', count: 5, settings: [{ name: 'size', value: 8 }] },
      { name: 'other', module: 'Layer(size = 8, tau = 0.03 s)' },
    ]);
    expect(deep.wiring.loops).toMatchObject([{ index: 'i', low: 0, high: 3, body: { connections: [{}] } }]);
    expect(module!.networks[1]!.populations[0]!.shape).toEqual([8]);
  });

  it('nest, and come from other files with the names that they use', () => {
    const files = {
      'layer.ion': `param gain = 2\nrule local {\n  weight w : 1\n  on pre { w += 1 }\n}\n${LAYER.replace(
        '{ weights = 1 }',
        '{\n    weights = gain\n    learn local\n  }',
      )}`,
    };
    const text = `import module Layer from "./layer.ion"

module Pair {
  input x : spikes[4]
  use Layer[2] as layer
  connect x -> layer[0].x
  connect layer[0].y -> layer[1].x
  output y = layer[1].y
}

network Top {
  population source : spikes[4]
  population sink : leakyIntegrator[4]
  use Pair as pair
  connect source -> pair.x
  projection pair.y -> sink one-to-one
}
`;
    const { network: module, diagnostics } = compileText(text, files);
    expect(diagnostics).toEqual([]);
    expect(module!.networks.map(({ name }) => name)).toEqual(['Layer', 'Pair', 'Top']);
    expect(module!.rules.map(({ name }) => name)).toEqual(['local']);
  });

  it('of one name from different files are refused', () => {
    const part = (name: string) => `${LAYER}
network ${name} {
  population source : spikes[4]
  use Layer as layer
  connect source -> layer.x
}
`;
    const text = 'import network A from "./a.ion"\nimport network B from "./b.ion"\n';
    const { diagnostics } = compileText(text, { 'a.ion': part('A'), 'b.ion': part('B') });
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ message, span }) => [message, span?.file])).toEqual([['`Layer` is declared twice', 'b.ion']]);
  });

  it('survive printing', () => {
    const { network: module } = compileText(chain);
    expect(parseModule(printModule(module!))).toEqual(module);
  });

  it('leave out loops that never run', () => {
    const text = chain.replace('[5]', '[1]').replace('stage[4]', 'stage[0]').replace('0 .. 3', '0 .. -1');
    expect(compile(text).wiring.loops).toEqual([]);
  });
});

describe('size', () => {
  const sized = (n: number, connectivity: string) =>
    `network Big {\n  population a : spikes[${n}]\n  population b : lif[${n}]\n  projection p : a -> b ${connectivity}\n}\n`;

  it.each(['all-to-all', 'where pre.index % 2 == post.index % 2', 'probability 1 % seed 1', 'in-degree 3 seed 1'])(
    '%s costs the same for any number of neurons',
    (connectivity) => {
      const [small, large, huge] = [4, 4096, 2 ** 31].map((n) => countNodes(compile(sized(n, connectivity))));
      expect(large).toBe(small);
      expect(huge).toBe(small);
      expect(small).toBeLessThan(400);
    },
  );

  it('of arrays and loops does not matter either', () => {
    const text = (n: number) => `${LAYER}
network Long {
  population source : spikes[4]
  use Layer[${n}] as stage
  connect source -> stage[0].x
  for i in 0 .. ${n - 2} { connect stage[i].y -> stage[i + 1].x }
}
`;
    expect(countNodes(compile(text(2 ** 30)))).toBe(countNodes(compile(text(8))));
  });
});

describe('networks with mistakes', () => {
  const files = { 'bad.csv': '0,0\n1,2\n3,8\n', 'text.csv': '1;x\n', 'w.csv': '1,2\n3,4\n' };

  /** A clause of the network, the code of its mistake, and what it marks. */
  it.each([
    ['population p : lof[8]', 'dsl/unknown-word', 'lof'],
    ['population p : lif[0]', 'dsl/integer-range', '0'],
    ['population p : lif[1.5]', 'dsl/integer-range', '1.5'],
    ['population p : lif[2, 2, 2, 2]', 'dsl/out-of-range', 'p'],
    ['population p : lif[100000, 100000]', 'dsl/population-too-large', 'p'],
    ['population p : lif[8] { taw = 1 ms }', 'dsl/unknown-word', 'taw'],
    ['population p : lif[8] { tau = 1 mV }', 'dsl/unexpected-dimension', '1 mV'],
    ['population p : lif[8] { tau = 0 ms }', 'dsl/out-of-range', '0 ms'],
    ['population p : lif[8] { tau = 1 ms, tau = 2 ms }', 'dsl/duplicate-name', 'tau'],
    ['population a : lif[8]', 'dsl/duplicate-name', 'a'],
    ['population p : lif[8]', 'dsl/unconnected', 'p'],
    ['projection c -> b all-to-all', 'dsl/unknown-name', 'c'],
    ['projection a -> b[8] all-to-all', 'dsl/index-out-of-range', '8'],
    ['projection a[0 .. 8] -> b all-to-all', 'dsl/index-out-of-range', '8'],
    ['projection a[3 .. 1] -> b all-to-all', 'dsl/empty-range', '3 .. 1'],
    ['projection a.x -> b all-to-all', 'dsl/wrong-kind', 'a'],
    ['projection a -> grid one-to-one', 'dsl/size-mismatch', 'one-to-one'],
    ['projection a -> b where pre.row == 1', 'dsl/name-unavailable', 'pre.row'],
    ['projection a -> b where pre.x > 1 um', 'dsl/name-unavailable', 'pre.x'],
    ['projection grid[0 .. 3] -> b where pre.x > 1 um', 'dsl/name-unavailable', 'pre.x'],
    ['projection a -> b where pre.index', 'dsl/truth-value', 'pre.index'],
    ['projection grid -> sheet where distance(pre, 3) < 1 um', 'dsl/unexpected-type', '3'],
    ['projection a -> b probability 120 % seed 1', 'dsl/out-of-range', '120 %'],
    ['projection a -> b probability 10 % seed -1', 'dsl/integer-range', '-1'],
    ['projection a -> b in-degree 9 seed 1', 'dsl/integer-range', '9'],
    ['projection a -> b from "none.csv"', 'dsl/pairs-file', '"none.csv"'],
    ['projection a -> b from "bad.csv"', 'dsl/pairs-file', '"bad.csv"'],
    ['projection a -> b from "text.csv"', 'dsl/pairs-file', '"text.csv"'],
    ['projection image -> maps convolution 3 x 3', 'dsl/size-mismatch', 'convolution 3 x 3'],
    ['projection image -> maps convolution 29 x 3', 'dsl/size-mismatch', 'convolution 29 x 3'],
    ['projection a -> maps convolution 3 x 3', 'dsl/size-mismatch', 'convolution 3 x 3'],
    ['projection maps -> image pool max 2 x 2', 'dsl/size-mismatch', 'pool max 2 x 2'],
    ['projection maps -> image pool max 2 x 3', 'dsl/missing-clause', 'pool max 2 x 3'],
    ['projection a -> b all-to-all on nowhere', 'dsl/unknown-name', 'nowhere'],
    ['projection a -> b all-to-all { learn hebb }', 'dsl/unknown-name', 'hebb'],
    ['projection a -> b all-to-all { learn hebbian { a = 3 nS } }', 'dsl/out-of-range', '3 nS'],
    ['projection a -> b all-to-all { learn hebbian { b = 3 nS } }', 'dsl/unknown-word', 'b'],
    ['projection a -> b all-to-all { learn rewarded { dopamine = b.value } }', 'dsl/unknown-name', 'b.value'],
    ['projection a -> b all-to-all { learn rewarded { dopamine = 200 Hz } }', 'dsl/out-of-range', '200 Hz'],
    ['projection a -> b all-to-all {\n learn hebbian\n learn rewarded }', 'dsl/unreachable-rule', 'rewarded'],
    [
      'projection a -> b all-to-all {\n learn hebbian when pre.index == 1\n learn plain }',
      'dsl/rule-quantities',
      'plain',
    ],
    ['projection a -> b all-to-all on protonEis { learn plain }', 'dsl/weight-encoding', 'plain'],
    ['projection a -> b all-to-all on protonEis { weights = 3 }', 'dsl/unexpected-dimension', '3'],
    ['projection a -> b all-to-all { weights ~ gauss(0, 1) }', 'dsl/unknown-word', 'gauss'],
    ['projection a -> b all-to-all { weights ~ normal(0) }', 'dsl/argument-count', 'normal(0)'],
    ['projection a -> b all-to-all { weights ~ normal(0, -1) }', 'dsl/out-of-range', '-1'],
    ['projection a -> b all-to-all { weights ~ logNormal(-1, 0.2) }', 'dsl/out-of-range', '-1'],
    ['projection a -> b all-to-all { weights ~ foldedNormal(-1, 0.2) }', 'dsl/out-of-range', '-1'],
    ['projection a -> b all-to-all {\n learn hebbian\n weights = 1 uS }', 'dsl/out-of-range', '1 uS'],
    ['projection a -> b all-to-all { weights ~ uniform(1, 0) }', 'dsl/empty-range', 'uniform(1, 0)'],
    ['projection a -> b all-to-all { weights from "none.csv" }', 'dsl/weights-file', '"none.csv"'],
    ['projection a -> b all-to-all { weights from "w.csv" }', 'dsl/weights-file', '"w.csv"'],
    ['projection a -> b all-to-all { weights from "w.csv" at "x" }', 'dsl/weights-file', '"w.csv"'],
    ['projection a -> b all-to-all { delay 1 V }', 'dsl/unexpected-dimension', '1 V'],
    ['projection a -> b all-to-all { delay -1 ms }', 'dsl/out-of-range', '-1 ms'],
    ['projection a -> b all-to-all {\n delay 1 ms\n delay 2 ms }', 'dsl/duplicate-clause', 'delay 2 ms'],
    ['projection a -> b all-to-all { encode single }', 'dsl/missing-device', 'encode single'],
    ['projection a -> b all-to-all on protonEis { encode single window none }', 'dsl/unknown-name', 'none'],
    ['projection a -> b all-to-all on protonEis { encode single scale 0 S }', 'dsl/out-of-range', '0 S'],
    ['projection a -> b all-to-all { modulate field = 1 mT }', 'dsl/missing-device', 'modulate field = 1 mT'],
    ['projection a -> b all-to-all on protonEis { modulate field = 1 mT }', 'dsl/unknown-name', 'field'],
    ['projection maps -> maps pool max 1 x 1 { weights = 1 }', 'dsl/no-weights', 'weights = 1'],
    ['for i in 0 .. -2 { projection a[i] -> b all-to-all }', 'dsl/empty-loop', '0 .. -2'],
    ['for i in 0 .. 8 { projection a[i] -> b all-to-all }', 'dsl/index-out-of-range', 'i'],
    ['for i in 0 .. 3 { projection a[2 * i + 2] -> b all-to-all }', 'dsl/index-out-of-range', '2 * i + 2'],
    ['for i in 0 .. 3 { projection a[i / 2] -> b all-to-all }', 'dsl/index-out-of-range', 'i / 2'],
    ['for i in 0 .. 9000 { projection a[i % 8] -> b all-to-all }', 'dsl/index-unproven', 'i % 8'],
    ['for i in 0 .. 3 { projection a -> b probability 0.5 seed i }', 'dsl/name-unavailable', 'i'],
    ['for i in 0 .. 3 { for i in 0 .. 3 { projection a[i] -> b all-to-all } }', 'dsl/duplicate-name', 'i'],
    ['for i in 0 .. 3 { projection a -> b all-to-all { delay i * 1 V } }', 'dsl/unexpected-dimension', 'i * 1 V'],
    ['param p = 1', 'dsl/unused-name', 'p'],
    ['param p = 1 ~ normal(0, 1) per device', 'dsl/parameter-spread', 'normal(0, 1)'],
    ['use Nothing as n', 'dsl/unknown-name', 'Nothing'],
    ['use hebbian as n', 'dsl/wrong-kind', 'hebbian'],
    ['invariant a.rate > 3 ms', 'dsl/dimension-mismatch', '3 ms'],
  ])('%s', (body, code, marked) => {
    const text = network(body);
    const { diagnostics } = compileText(text, files);
    const found = diagnostics.find((diagnostic) => diagnostic.code === code);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
    expect(text.slice(found?.span?.start.offset, found?.span?.end.offset)).toBe(marked);
    expect(diagnostics.filter(({ severity }) => severity === 'error').length).toBeLessThanOrEqual(1);
  });

  it.each([
    ['connect source -> stage.x', 'dsl/index-missing'],
    ['connect source -> stage[0 .. 1].x', 'dsl/index-missing'],
    ['connect source -> single[0].x', 'dsl/index-unexpected'],
    ['connect source -> stage[3].x', 'dsl/index-out-of-range'],
    ['connect source -> stage[0].z', 'dsl/unknown-name'],
    ['connect source -> stage[0].y', 'dsl/wrong-kind'],
    ['connect source -> stage[0]', 'dsl/wrong-kind'],
    ['connect source -> source', 'dsl/wrong-kind'],
    ['connect wide -> stage[0].x', 'dsl/port-mismatch'],
    ['connect slow -> stage[0].x', 'dsl/port-mismatch'],
    ['connect source -> stage[2].x', 'dsl/port-driven-twice'],
    ['projection source -> stage[0].x all-to-all', 'dsl/wrong-kind'],
    ['use Layer as bad { size = 1.5 }', 'dsl/integer-range'],
    ['use Layer as bad { tau = 5 s }', 'dsl/out-of-range'],
    ['use Layer as bad { width = 5 }', 'dsl/unknown-word'],
  ])('%s', (clause, code) => {
    const text = `${LAYER}
network Net {
  population source : spikes[4]
  population wide : spikes[5]
  population slow : rates[4]
  population sink : lif[4]
  use Layer[3] as stage
  use Layer as single
  connect source -> single.x
  for i in 0 .. 1 { connect single.y -> stage[i + 1].x }
  ${clause}
  projection wide -> sink all-to-all
  projection slow -> sink all-to-all
}
`;
    const { diagnostics } = compileText(text);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map((diagnostic) => diagnostic.code)).toEqual([code]);
  });

  it('contain themselves', () => {
    const text = 'module A {\n  use B as b\n}\nmodule B {\n  use A as a\n}\n';
    const { diagnostics } = compileText(text);
    expect(diagnostics.filter(({ code }) => code === 'dsl/module-cycle').map(({ message }) => message)).toEqual([
      'modules contain each other: A -> B -> A',
    ]);
  });

  it('ask for more modules than there may be', () => {
    const level = (depth: number) => `module M${depth} {
  param n = 1
  use M${depth + 1} as left { n = 2 * n }
  use M${depth + 1} as right { n = 2 * n + 1 }
}
`;
    const text = `${Array.from({ length: 20 }, (_, depth) => level(depth)).join('')}
module M20 {
  param n = 1
  population p : spikes[n]
}
`;
    expect(compileText(text).codes).toContain('dsl/too-many-modules');
  });

  it('lie deeper than modules may', () => {
    const modules = Array.from({ length: 200 }, (_, depth) => `module M${depth} {\n  use M${depth + 1} as m\n}\n`);
    const { codes } = compileText(`${modules.join('')}module M200 {\n  population p : spikes\n}\n`);
    expect(codes).toContain('dsl/too-many-modules');
  });

  it('warn of ports that nothing drives', () => {
    const text = `${LAYER}
network Net {
  use Layer[3] as stage
  connect stage[0].y -> stage[1].x
}
`;
    expect(compileText(text).diagnostics.map(({ message }) => message)).toEqual([
      'nothing drives `stage[0].x` (and 1 more of the same)',
    ]);
  });
});
