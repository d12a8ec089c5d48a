/** Samples of experiments: read, checked against the network, with a diagnostic for what does not fit. */
import { describe, expect, it } from 'vitest';
import { mapStudy } from '../../src/compiler.js';
import { DiagnosticBag } from '../../src/core/diagnostic.js';
import { invariant } from '../../src/core/invariant.js';
import { compileSource } from '../../src/dsl/front-end.js';
import { SampleLoader } from '../../src/load-samples.js';
import { memoryHost } from '../support/memory-host.js';
import { BENCH, experimentOn } from '../support/study-text.js';

const DATA = `data kinds {
  from "kinds.csv"
  labels column 0
  features columns 1 .. 2 encoded oneHot
  split train 75 %, test 25 %
}
`;
const network = (inputs: number, outputs: number) =>
  `network Net {\n  population word : rates[${inputs}]\n  population kind : softmax[${outputs}]\n  projection first : word -> kind dense\n}\n`; // prettier-ignore

const ROWS = 'a,x,u\nb,y,u\nc,x,v\nb,x,v\n';

type Files = Readonly<Record<string, string | Uint8Array>>;

/** Codes and messages of warnings. */
function warningsOf(text: string, files: Files) {
  const warnings = loadAll(text, files).diagnostics.filter(({ severity }) => severity === 'warning');
  return warnings.map(({ code, message }) => [code, message]);
}

/** What loading the samples of an experiment gives, or the codes of what is reported. */
function load(text: string, files: Files) {
  const { samplesOf, diagnostics } = loadAll(text, files);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return samplesOf ? samplesOf('kinds') : errors.map(({ code, span }) => [code, span?.start.line !== undefined]);
}

function loadAll(text: string, files: Files) {
  const host = memoryHost({ 'input.ion': text, ...files });
  const diagnostics = new DiagnosticBag();
  const module = compileSource('input.ion', host, new Map(), diagnostics);
  const [study] = module?.studies ?? [];
  invariant(module && study, JSON.stringify(diagnostics.all));
  const source = { file: 'input.ion', host, overrides: new Map() };
  const mapped = mapStudy({ network: module, study, point: [] }, source, diagnostics);
  invariant(mapped, JSON.stringify(diagnostics.all));
  const samplesOf = new SampleLoader(host).load(mapped, diagnostics);
  return { samplesOf, diagnostics: diagnostics.all };
}

const TRAINING = experimentOn('Net', 'train on kinds.train { loss = crossEntropy }', 'test on kinds.test');

describe('loading samples', () => {
  it('gives those of the experiment', () => {
    const samples = load(BENCH + DATA + network(4, 3) + TRAINING, { 'kinds.csv': ROWS });
    expect(samples).toMatchObject({ count: 4, shape: [4], classes: ['a', 'b', 'c'] });
  });

  it.each<[string, string, Readonly<Record<string, string | Uint8Array>>]>([
    ['study/data-unreadable', BENCH + DATA + network(4, 3) + TRAINING, {}],
    ['study/data-malformed', BENCH + DATA + network(4, 3) + TRAINING, { 'kinds.csv': `${ROWS}d,x\n` }],
    ['study/sample-size', BENCH + DATA + network(5, 3) + TRAINING, { 'kinds.csv': ROWS }],
    ['study/class-count', BENCH + DATA + network(4, 2) + TRAINING, { 'kinds.csv': ROWS }],
    ['study/empty-part', BENCH + DATA.replace('75 %, test 25 %', '99 %, test 1 %') + network(4, 3) + TRAINING, { 'kinds.csv': ROWS }], // prettier-ignore
  ])('reports %s with its place', (code, text, files) => {
    const found = load(text, files);
    expect(found).toEqual(expect.arrayContaining([[code, true]]));
    expect(Array.isArray(found) && found.every(([each]) => each === code)).toBe(true);
  });
});

it.each([
  [3, 'kinds.train', []],
  [4, 'kinds.train', ['a batch of 4 is more than the 3 samples of `kinds.train`: weights change once in an epoch']],
  [4, 'kinds', []],
  [5, 'kinds', ['a batch of 5 is more than the 4 samples of `kinds`: weights change once in an epoch']],
])(
  'a batch of %i for the samples of %s is told where it is too large (study/batch-beyond-data)',
  (batch, samples, told) => {
    const training = experimentOn('Net', `train on ${samples} { loss = crossEntropy, batch = ${batch} }`, 'test on kinds.test { batch = 50 }'); // prettier-ignore
    expect(warningsOf(BENCH + DATA + network(4, 3) + training, { 'kinds.csv': ROWS })).toEqual(
      told.map((message) => ['study/batch-beyond-data', message]),
    );
  },
);

describe('sequences', () => {
  const SEQUENCES = DATA.replace('oneHot', 'sequence');

  it('are shown step by step to as many neurons as there are words', () => {
    expect(load(BENCH + SEQUENCES + network(4, 3) + TRAINING, { 'kinds.csv': ROWS })).toMatchObject({ steps: 2 });
    const tooMany = load(BENCH + SEQUENCES + network(8, 3) + TRAINING, { 'kinds.csv': ROWS });
    expect(tooMany).toEqual([['study/sample-size', true], ['study/sample-size', true]]); // prettier-ignore
  });
});
