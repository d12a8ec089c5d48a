/** Runs of several points, their checkpoints as files, and their results as a table. */
import { describe, expect, it } from 'vitest';
import { mapStudy } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { invariant } from '../../../src/core/invariant.js';
import { compileSource } from '../../../src/dsl/front-end.js';
import { sweepPoints } from '../../../src/ir/sweep-points.js';
import { decodeCheckpoint, encodeCheckpoint } from '../../../src/networks/run/checkpoint-file.js';
import { studyCsv } from '../../../src/networks/run/result-csv.js';
import { PointRuns, type RunPoint } from '../../../src/networks/run/run-points.js';
import { driftingRun } from '../../support/drifting-run.js';
import { memoryHost } from '../../support/memory-host.js';
import { BENCH, experimentOn, SPIKING } from '../../support/study-text.js';

/** Three points of a sweep, made of the text with `extra` at its end. */
function pointsOf(extra = '', sweep = 'sweep stdp.a in [1 nS, 2 nS, 3 nS]'): readonly RunPoint[] {
  const text = BENCH + SPIKING + experimentOn('Net', 'wait 1 s', sweep, 'expect time < 1 s') + extra;
  const host = memoryHost({ 'input.ion': text });
  const diagnostics = new DiagnosticBag();
  const network = compileSource('input.ion', host, new Map(), diagnostics);
  const [study] = network?.studies ?? [];
  invariant(network && study, JSON.stringify(diagnostics.all));
  const source = { file: 'input.ion', host, overrides: new Map() };
  return sweepPoints(study).flatMap((point) => {
    const mapped = mapStudy({ network, study, point }, source, diagnostics);
    return mapped ? [{ mapped, samples: () => ({ count: 0, shape: [1], features: new Float32Array(), classes: [] }) }] : []; // prettier-ignore
  });
}

function finish(runs: PointRuns): PointRuns {
  while (runs.step());
  return runs;
}

describe('runs of several points', () => {
  const whole = finish(new PointRuns(pointsOf(), driftingRun(5)));

  it('give a result for every point, in order', () => {
    expect(whole.results.map(({ point }) => point[0]?.value)).toEqual([1e-9, 2e-9, 3e-9]);
    expect(whole.results[0]?.curve).toHaveLength(5);
  });

  it('say where they are', () => {
    const progress = new PointRuns(pointsOf(), driftingRun(5)).step();
    expect(progress).toMatchObject({ name: 'Try (stdp.a = 1e-9)', point: 0, points: 3, done: 1, total: 5 });
  });

  it.each([0, 1, 4, 5, 6, 7, 11, 17])('go on bit by bit from a checkpoint after %i steps', (count) => {
    const first = new PointRuns(pointsOf(), driftingRun(5));
    for (let step = 0; step < count; step++) first.step();
    const second = new PointRuns(pointsOf(), driftingRun(5));
    expect(second.resume(encodeCheckpoint(first.checkpoint()))).toBeUndefined();
    expect(finish(second).results).toEqual(whole.results);
  });

  it('do not go on from a checkpoint of others, nor from one that no run has made', () => {
    const [runs, others] = [new PointRuns(pointsOf(), driftingRun(5)), new PointRuns(pointsOf(), driftingRun(5))];
    others.step();
    const made = others.checkpoint();
    expect(runs.resume(encodeCheckpoint({ ...made, spec: 'another' }))).toMatchObject({ isOther: true });
    const forged = [undefined, 7, [], { done: 7 }, { done: [], current: 7 }, { current: made.position }];
    for (const position of forged) {
      expect(runs.resume(encodeCheckpoint({ ...made, position }))).toMatchObject({ kind: 'checkpoint-fault' });
    }
    expect(finish(runs).results).toEqual(whole.results);
  });

  it('have a digest that comments do not change, and values do', () => {
    const { spec } = whole;
    expect(new PointRuns(pointsOf('// nothing\n'), driftingRun(5)).spec).toBe(spec);
    expect(new PointRuns(pointsOf('', 'sweep stdp.a in [1 nS, 2 nS, 4 nS]'), driftingRun(5)).spec).not.toBe(spec);
  });
});

describe('checkpoint files', () => {
  const state = {
    spec: 'a spec',
    position: { numbers: [NaN, -0, Infinity, 0.1], words: 'ü' },
    arrays: {
      first: { weights: Float32Array.of(0.1, NaN), counters: Uint32Array.of(1, 2 ** 31) },
      'stage[1].second': { state: Float64Array.of(-0, Math.PI), signs: Int32Array.of(-1), none: new Float32Array() },
    },
  };

  it('keep every bit', () => {
    expect(decodeCheckpoint(encodeCheckpoint(state))).toEqual(state);
  });

  it('are refused when anything of them is missing or changed', () => {
    const bytes = encodeCheckpoint(state);
    const reasons = [bytes.subarray(0, -1), bytes.map((byte, at) => (at === bytes.length - 20 ? byte ^ 1 : byte))].map((damaged) => decodeCheckpoint(damaged)); // prettier-ignore
    for (const reason of reasons) expect(reason).toMatchObject({ kind: 'checkpoint-fault' });
    const other = decodeCheckpoint(new TextEncoder().encode('something else'));
    expect(other).toEqual({ kind: 'checkpoint-fault', reason: 'it is no checkpoint of this version' });
  });
});

describe('results as CSV', () => {
  it('have a line for every figure', () => {
    const lines = studyCsv(finish(new PointRuns(pointsOf(), driftingRun(2))).results).split('\n');
    expect(lines[0]).toBe('experiment,point,kind,series,x,quantity,value');
    expect(lines[1]).toMatch(/^Try,stdp\.a=1e-9,measure,time,,mean,-?[\d.e-]+$/);
    expect(lines[4]).toMatch(/^Try,stdp\.a=1e-9,train,kinds\.train,1,accuracy,[\d.e-]+$/);
    expect(lines[6]).toBe('Try,stdp.a=1e-9,window,synapses stdp,-0.01,change,-1e-9');
    expect(lines).toHaveLength(1 + 3 * (3 + 2 + 6) + 1);
  });
});
