/** Experiments on networks as commands run them: checkpoints, faults, progress, texts. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkpointIn } from '../../../src/cli/checkpoint-saver.js';
import type { CommandContext } from '../../../src/cli/command.js';
import { durationText, ProgressMeter } from '../../../src/cli/progress-meter.js';
import { runStudies, type RunChoice } from '../../../src/cli/run-studies.js';
import { renderNote, renderStudy, studyDocument } from '../../../src/cli/study-text.js';
import { mapStudyPoints } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../src/core/disk.js';
import { invariant } from '../../../src/core/invariant.js';
import { PLAIN_PAINTER } from '../../../src/core/render-diagnostic.js';
import { compileSource } from '../../../src/dsl/front-end.js';
import type { MappedNetwork } from '../../../src/ir/mapped-network.js';
import { STUDY_CATALOGUE } from '../../../src/ir/study-catalogue.js';
import { driftingRun } from '../../support/drifting-run.js';
import { memoryHost } from '../../support/memory-host.js';
import { BENCH, experimentOn, SPIKING } from '../../support/study-text.js';

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'ionloom-runs-'));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

function studiesOf(sweep = 'sweep stdp.a in [1 nS, 2 nS]'): readonly MappedNetwork[] {
  const text = BENCH + SPIKING + experimentOn('Net', 'wait 1 s', sweep, 'expect rate(post) < 5 Hz');
  const host = memoryHost({ 'input.ion': text });
  const diagnostics = new DiagnosticBag();
  const network = compileSource('input.ion', host, new Map(), diagnostics);
  const [study] = network?.studies ?? [];
  invariant(network && study, JSON.stringify(diagnostics.all));
  return mapStudyPoints({ network, study }, { file: 'input.ion', host, overrides: new Map() }, diagnostics);
}

function contextOf(lines: string[] = []): CommandContext {
  const plain = (text: string): string => text;
  const ignore = (): void => undefined;
  return {
    host: createDiskHost(),
    diagnostics: new DiagnosticBag(),
    terminal: {
      colors: { strong: plain, faint: plain, good: plain, bad: plain },
      painter: PLAIN_PAINTER,
      isLive: true,
      print: ignore,
      tell: ignore,
      progress: ignore,
      status: (text) => lines.push(text),
    },
  };
}

async function run(choice: RunChoice, studies = studiesOf()) {
  const context = contextOf();
  const results = await runStudies(studies, choice, context);
  return { results, codes: context.diagnostics.all.map(({ code }) => code) };
}

/** Stops a run the hard way. */
class Stop extends Error {}

describe('checkpoints', () => {
  const checkpoint = (): string => path.join(folder, 'state.bin');

  it('are written at intervals, and gone on from bit by bit', async () => {
    const whole = await run({ create: driftingRun(6) });
    let time = 0;
    const stopping = driftingRun(6, (step) => {
      time += 40_000;
      if (step === 5) throw new Stop();
    });
    await expect(run({ create: stopping, keep: checkpointIn(checkpoint(), () => time) })).rejects.toThrow(Stop);
    const steps: number[] = [];
    const resumed = await run({ create: driftingRun(6, (step) => steps.push(step)), keep: checkpointIn(checkpoint()) });
    expect(resumed).toEqual(whole);
    // Saved after steps 0 to 1 and 0 to 3; the second point runs whole
    expect(steps).toEqual([4, 5, 0, 1, 2, 3, 4, 5]);
  });

  it('of finished runs give the results again', async () => {
    const first = await run({ create: driftingRun(3), keep: checkpointIn(checkpoint()) });
    const second = await run({ create: driftingRun(3, () => { throw new Stop(); }), keep: checkpointIn(checkpoint()) }); // prettier-ignore
    expect(second).toEqual(first);
  });

  it('of other experiments are refused and left alone', async () => {
    await run({ create: driftingRun(3), keep: checkpointIn(checkpoint()) }, studiesOf('sweep stdp.a in [1 nS, 3 nS]'));
    const before = fs.readFileSync(checkpoint());
    const { results, codes } = await run({ create: driftingRun(3), keep: checkpointIn(checkpoint()) });
    expect([results, codes]).toEqual([undefined, ['cli/checkpoint-other']]);
    expect(fs.readFileSync(checkpoint())).toEqual(before);
  });

  it('that are none are refused and left alone', async () => {
    fs.writeFileSync(checkpoint(), 'my notes');
    const { codes } = await run({ create: driftingRun(3), keep: checkpointIn(checkpoint()) });
    expect(codes).toEqual(['cli/checkpoint-unusable']);
    expect(fs.readFileSync(checkpoint(), 'utf8')).toBe('my notes');
  });

  it('that cannot be written are told, and leave nothing half-written', async () => {
    fs.mkdirSync(path.join(folder, 'place'));
    const { codes } = await run({ create: driftingRun(1), keep: checkpointIn(path.join(folder, 'place')) });
    expect(codes).toEqual(['cli/unreadable-file']);
    fs.writeFileSync(path.join(folder, 'file'), '');
    const below = await run({ create: driftingRun(1), keep: checkpointIn(path.join(folder, 'file', 'state.bin')) });
    expect(below.codes).toEqual(['cli/output-refused']);
    // A full disk must not cost what has been computed
    expect(below.results).toHaveLength(2);
    expect(fs.readdirSync(folder).sort()).toEqual(['file', 'place']);
  });
});

describe('faults of runs', () => {
  it('become diagnostics', async () => {
    const fault = Object.assign(new Error('no'), {
      report: (diagnostics: DiagnosticBag) => {
        diagnostics.report(STUDY_CATALOGUE, 'empty-part', { samples: 'a.b', count: 0 });
      },
    });
    const create = driftingRun(3, () => { throw fault; }); // prettier-ignore
    expect(await run({ create })).toEqual({ results: undefined, codes: ['study/empty-part'] });
    // Nothing has finished
    expect(await run({ create, keepsFinished: true })).toEqual({ results: undefined, codes: ['study/empty-part'] });
  });

  it('leave what has finished before, where it is wanted', async () => {
    const whole = await run({ create: driftingRun(3) });
    const fault = Object.assign(new Error('no'), {
      report: (diagnostics: DiagnosticBag) => {
        diagnostics.report(STUDY_CATALOGUE, 'empty-part', { samples: 'a.b', count: 0 });
      },
    });
    let steps = 0;
    const create = () => driftingRun(3, () => { if (++steps === 5) throw fault; }); // prettier-ignore
    expect(await run({ create: create() })).toEqual({ results: undefined, codes: ['study/empty-part'] });
    steps = 0;
    const partial = await run({ create: create(), keepsFinished: true });
    expect(partial).toEqual({ results: whole.results?.slice(0, 1), codes: ['study/empty-part'] });
  });
});

/** A terminal whose status lines and told lines are caught. */
const liveTerminal = (lines: string[]) => ({
  isLive: true,
  status: (text: string) => lines.push(text),
  tell: (text: string) => lines.push(`${text}\n`),
});

describe('progress', () => {
  const progress = { text: 'epoch 2', total: 400, figures: { accuracy: 0.91 }, name: 'Try', point: 0, points: 2 };

  it('tells rate and remaining time, ten times a second at most', () => {
    const lines: string[] = [];
    let time = 0;
    const meter = new ProgressMeter(liveTerminal(lines), { now: () => time });
    for (time = 0; time < 1000; time += 50) meter.show({ ...progress, done: 100 + time / 10 });
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe('25 %  run 1 of 2  Try: epoch 2  accuracy 0.910');
    expect(lines[9]).toBe('47 %  3 s left of this run  100 steps/s  run 1 of 2  Try: epoch 2  accuracy 0.910');
    meter.end();
    expect(lines.at(-1)).toBe('');
  });

  it('gives advice once where a run is not quick', () => {
    const lines: string[] = [];
    let time = 0;
    const meter = new ProgressMeter(liveTerminal(lines), { advice: 'ask for less', now: () => time });
    for (time = 0; time < 30_000; time += 1000) meter.show({ ...progress, done: 100 });
    expect(lines.filter((line) => line === 'ask for less\n')).toHaveLength(1);
    expect(lines.indexOf('ask for less\n')).toBe(10);
  });

  it('leaves lines in a log at doubling intervals, and none of what is quick', () => {
    const logOf = (seconds: number): readonly string[] => {
      const lines: string[] = [];
      let time = 0;
      const meter = new ProgressMeter({ ...liveTerminal(lines), isLive: false }, { now: () => time });
      for (time = 0; time <= 1000 * seconds; time += 1000) meter.show({ ...progress, done: time / 1000, total: 1000 });
      meter.end();
      return lines;
    };
    expect(logOf(9)).toEqual([]);
    expect(logOf(100).map((line) => line.split('  ')[0])).toEqual([
      '1 %',
      '2 %',
      '4 %',
      '8 %',
      'ended after 1 min 41 s\n',
    ]);
    expect(logOf(7200)).toHaveLength(7 + Math.floor((7200 - 640) / 600) + 1);
    expect(logOf(20)[0]).toBe(
      '1 %  16 min 30 s left of this run  1 steps/s  run 1 of 2  Try: epoch 2  accuracy 0.910\n',
    );
  });

  it('tells durations in words', () => {
    expect([0.4, 75, 3725].map(durationText)).toEqual(['1 s', '1 min 15 s', '1 h 2 min']);
  });
});

describe('results', () => {
  it('are told to people and scripts', async () => {
    const { results = [] } = await run({ create: driftingRun(2) });
    const [result] = results;
    invariant(result, 'there is a result');
    const text = renderStudy(result, contextOf().terminal.colors);
    expect(text).toMatch(/^Try \(stdp\.a = 1e-9\), seed 1/);
    expect(text).toMatch(/rate\(post\) +-?[\d.]+ m?Hz/);
    expect(text).toMatch(/pass {2}rate\(post\) < 5 Hz {2}worst -?[\d.]+ m?Hz against 5 Hz/);
    expect(studyDocument(result)).toMatchObject({
      name: 'Try',
      seeds: 1,
      point: { 'stdp.a': 1e-9 },
      metrics: { 'rate(post)': { unit: 'Hz' } },
      expectations: [{ text: 'rate(post) < 5 Hz', limit: 5, ok: true }],
    });
  });

  it('have published figures for scripts in the unit that stands beside them', async () => {
    const { results: [result] = [] } = await run({ create: driftingRun(2) });
    invariant(result, 'there is a result');
    const provenance = { source: 'a paper', confidence: 'secondary' } as const;
    const baselines = [{ name: 'written', value: 0.5e-3, unit: { symbol: 'mJ', scale: 1e-3 }, provenance }];
    expect(studyDocument({ ...result, baselines })).toMatchObject({
      baselines: [{ name: 'written', value: 0.5, unit: 'mJ', source: 'a paper', confidence: 'secondary' }],
    });
  });

  it('say how hardware carries out rules', () => {
    const note = { projection: 'first', rule: 'stdp', method: 'superposition', summary: ['Waveforms add up.'], figures: [{ name: 'worst error', value: 0.02, unit: '1' }, { name: 'time an update', value: 2e-3, unit: 's' }], origin: {} as never }; // prettier-ignore
    expect(renderNote(note, contextOf().terminal.colors)).toBe(
      'first, rule stdp: superposition\n  Waveforms add up.\n  worst error     0.0200\n  time an update  2 ms',
    );
  });
});
