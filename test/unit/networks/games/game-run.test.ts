/** Experiments about games: the example with a small agent and short games, and what is refused. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mapStudy } from '../../../../src/compiler.js';
import { DiagnosticBag } from '../../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../../src/core/disk.js';
import { invariant } from '../../../../src/core/invariant.js';
import { compileSource } from '../../../../src/dsl/front-end.js';
import { withStandardLibrary } from '../../../../src/dsl/standard-library.js';
import type { MappedNetwork } from '../../../../src/ir/mapped-network.js';
import type { StudyResult } from '../../../../src/ir/study-result.js';
import { parseModule } from '../../../../src/ir/parse.js';
import { printModule } from '../../../../src/ir/print.js';
import { createStudyJobs } from '../../../../src/networks/run/create-study-jobs.js';
import { createStudyRun } from '../../../../src/networks/run/create-study-run.js';
import { realizationsOf } from '../../../../src/networks/run/realizations.js';
import type { StudyCheckpoint, StudyRun } from '../../../../src/networks/run/study-run.js';
import { StudyFault } from '../../../../src/networks/study-fault.js';
import { SampleLoader } from '../../../../src/load-samples.js';

const FILE = 'examples/sto-stpn/agent.ion';
const TEXT = readFileSync(join(import.meta.dirname, '../../../..', FILE), 'utf8');
const SMALL = [
  ['param edges = 16', 'param edges = 2'],
  ['param maps = 32', 'param maps = 3'],
  ['param neurons = 64', 'param neurons = 4'],
  ['param epochs = 20', 'param epochs = 3'],
  ['points = 21', 'points = 2'],
  ['steps = 20000', 'steps = 500'],
  ['test on game { batch = 20 }', 'test on game { batch = 3 }'],
] as const;

function replaced(text: string, changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((changed, [from, to]) => {
    expect(changed).toContain(from);
    return changed.replace(from, to);
  }, text);
}

function compile(text: string, diagnostics = new DiagnosticBag()): MappedNetwork | undefined {
  const disk = withStandardLibrary(createDiskHost());
  const host: typeof disk = {
    ...disk,
    resolve: (from, file) => disk.resolve(from, file),
    readBytes: (file, limit) => (file.endsWith(FILE) ? new TextEncoder().encode(text) : disk.readBytes(file, limit)),
  };
  const source = { file: FILE, host, overrides: new Map<string, string>() };
  const network = compileSource(FILE, host, source.overrides, diagnostics);
  const study = network?.studies.find(({ name }) => name === 'Play');
  const mapped = network && study && mapStudy({ network, study, point: [] }, source, diagnostics);
  return mapped && new SampleLoader(host).load(mapped, diagnostics) ? mapped : undefined;
}

function mappedOf(text: string): MappedNetwork {
  const mapped = compile(text);
  invariant(mapped, 'the example compiles');
  return mapped;
}

const NO_SAMPLES = (): never => {
  throw new Error('there are no samples');
};
const small = mappedOf(replaced(TEXT, SMALL));
const runOf = (mapped: MappedNetwork, checkpoint?: StudyCheckpoint): StudyRun =>
  createStudyRun(mapped, NO_SAMPLES, checkpoint);

function finish(run: StudyRun): StudyResult {
  while (run.step()) continue;
  return run.result();
}

describe('an agent that learns', () => {
  const result = finish(runOf(small));

  it('has a learning curve of games, and is tested at its end', () => {
    expect(result.curve.map(({ kind, samples }) => `${kind} ${samples}`)).toEqual([
      ...['train game', 'train game', 'train game'],
      'test game',
    ]);
    for (const { kind, steps = 0, count, score = NaN, wins = NaN, loss } of result.curve) {
      expect(steps).toBeGreaterThan(kind === 'train' ? 499 : 20);
      expect(count).toBeGreaterThanOrEqual(3);
      expect(Math.abs(score)).toBeLessThanOrEqual(2);
      expect(wins).toBeGreaterThanOrEqual(0);
      expect(loss === undefined).toBe(kind === 'test');
    }
    expect(result.curve[3]).toMatchObject({ count: 3, score: result.measures['score(game)']?.mean });
    expect(result.measures['wins(game)']?.mean).toBe(result.curve[3]?.wins);
  });

  it('goes on from a checkpoint with the same bits, in training and in tests', () => {
    const broken = runOf(small);
    const checkpoints: StudyCheckpoint[] = [];
    while (broken.step()) checkpoints.push(structuredClone(broken.checkpoint()));
    expect({ ...broken.result(), seconds: 0 }).toEqual({ ...result, seconds: 0 });
    for (const at of [1, checkpoints.length - 2]) {
      const resumed = runOf(small, checkpoints[at]);
      expect({ ...finish(resumed), seconds: 0 }).toEqual({ ...result, seconds: 0 });
    }
  });

  it('plays otherwise with another seed', () => {
    const other = { ...small, study: { ...small.study, firstSeed: 2 } };
    expect(finish(runOf(other)).curve).not.toEqual(result.curve);
  });

  it('refuses the checkpoint of another experiment', () => {
    const checkpoint = runOf(small).checkpoint();
    const games = small.games?.map((game) => ({ ...game, settings: [] }));
    const other = { ...small, ...(games && { games }) };
    expect(() => runOf(other, checkpoint)).toThrow(StudyFault);
  });
});

it('is not written as pulse programs', () => {
  expect(realizationsOf(small)).toEqual([]);
  expect(() => createStudyJobs(small, NO_SAMPLES, undefined)).toThrow(StudyFault);
});

describe('what is no agent', () => {
  const faultOf = (text: string): string => {
    try {
      runOf(mappedOf(text));
    } catch (error) {
      invariant(error instanceof StudyFault, String(error));
      return error.reason;
    }
    return '';
  };

  it.each([
    ['softmax[3]', 'softmax[4]', 'has 3 actions, not 4'],
    ['linear[1]', 'linear[2]', 'one neuron estimates rewards'],
    ['map : relu[maps, 9, 9]', 'map : sigmoid[maps, 9, 9]', '`relu` behind a convolution'],
    ['memory : tanh[neurons]', 'memory : tanh[neurons] { gain = 2 }', 'settings'],
    ['value dense { learn trained }', 'value dense', 'does not learn by one rule'],
    ['action dense { learn trained }', 'action dense { learn stpn }', 'fast part'],
    ['inputLength = 4', 'weightLength = 1', 'scale inputs, not weights'],
    ['param gain per synapse', 'param gain per post', 'per synapse'],
    ['loss = actorCritic, ', '', 'no `loss`'],
    ['memory -> memory all-to-all', 'memory -> memory one-to-one', '`all-to-all` between whole'],
    ['  test on game', '  wait 1 s\n  test on game', 'plays games only'],
  ])('is refused: %s', (from, to, reason) => {
    expect(faultOf(replaced(TEXT, [...SMALL, [from, to]]))).toContain(reason);
  });

  it('is refused: a screen of other sides with as many neurons', () => {
    const sides = [
      ['rates[1, 84, 84]', 'rates[1, 42, 168]'],
      ['relu[edges, 20, 20]', 'relu[edges, 9, 41]'],
      ['relu[maps, 9, 9]', 'relu[maps, 3, 19]'],
    ] as const;
    expect(faultOf(replaced(TEXT, [...SMALL, ...sides]))).toContain('the screen of `game` is [1, 84, 84]');
  });

  it('is refused: cells that nothing would compute with', () => {
    const cells = [
      ['import chip', 'import device stoMemristor from "std/devices"\nimport chip'],
      [
        'map -> memory dense { learn stpn }',
        'map -> memory dense on stoMemristor { learn stpn encode single scale 1 uS }',
      ],
    ] as const;
    expect(faultOf(replaced(TEXT, [...SMALL, ...cells]))).toContain('numbers of the host');
  });
});

describe('a game in the language', () => {
  const codesOf = (from: string, to: string): readonly string[] => {
    const diagnostics = new DiagnosticBag();
    compile(replaced(TEXT, [[from, to]]), diagnostics);
    return diagnostics.all.map(({ code }) => code);
  };

  it.each([
    ['environment pong', 'environment chess', 'dsl/unknown-word'],
    ['points = 21', 'points = 0', 'dsl/integer-range'],
    ['points = 21', 'goals = 21', 'dsl/unknown-word'],
    ['data game {', 'data game {\n  scale 2', 'dsl/data-shape'],
    ['rates[1, 84, 84]', 'rates[1, 42, 42]', 'dsl/sample-size'],
    ['loss = actorCritic', 'loss = crossEntropy', 'dsl/unknown-word'],
    ['rate = 3', 'shuffle = 16', 'dsl/unknown-word'],
    ['score(game)', 'accuracy(game)', 'dsl/no-labels'],
    ['score(game)', 'score(memory)', 'dsl/unknown-name'],
    ['train on game', 'train on game.first', 'dsl/unknown-name'],
  ])('reports `%s` as `%s`', (from, to, code) => {
    expect(codesOf(from, to)).toContain(code);
  });

  it('survives the text form of the IR', () => {
    expect(small.games).toMatchObject([{ name: 'game', game: 'pong', samples: { shape: [1, 84, 84] } }]);
    expect(parseModule(printModule(small))).toMatchObject({ games: small.games });
  });
});
