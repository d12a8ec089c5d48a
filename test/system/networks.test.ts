/** Experiments on networks from the command line as processes: interrupts, checkpoints, co-simulation. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { interruptIonloom, ionloom } from '../support/ionloom.js';
import { ROWS, trainingText } from '../support/small-training.js';
import { stdpText } from '../support/stdp-study.js';

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'ionloom-networks-'));
  fs.writeFileSync(path.join(folder, 'pairs.csv'), ROWS);
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

const place = (name: string): string => path.join(folder, name);
function write(text: string): string {
  fs.writeFileSync(place('input.ion'), text);
  return place('input.ion');
}

interface Document {
  readonly ok: boolean;
  readonly diagnostics: readonly unknown[];
  readonly experiments: readonly Readonly<Record<string, unknown>>[];
}
const documentOf = ({ stdout }: { readonly stdout: string }): Document => JSON.parse(stdout) as Document;

/** Everything that an experiment came to, but for the computer's time. */
const figuresOf = (document: Document): unknown => document.experiments.map((each) => ({ ...each, seconds: 0 }));

describe('an interrupt', () => {
  it('ends with 130 and leaves a checkpoint that goes on to the same figures', async () => {
    const file = write(trainingText(4000, ''));
    const whole = documentOf(ionloom('sim', file, '--json'));
    const run = await interruptIonloom(6, 'sim', file, '--checkpoint', place('state'));
    // On a fast machine it may have finished before
    expect([0, 130]).toContain(run.status);
    if (run.status === 130)
      expect(run.stderr).toContain(`interrupted; the same command goes on from \`${place('state')}\``);
    expect(fs.readdirSync(folder).sort()).toEqual(['input.ion', 'pairs.csv', 'state']);
    const resumed = documentOf(ionloom('sim', file, '--checkpoint', place('state'), '--json'));
    expect(figuresOf(resumed)).toEqual(figuresOf(whole));
  }, 120_000);
});

describe('co-simulation', () => {
  it('plays spike timing on the controller without a difference', () => {
    const text = stdpText({ clauses: ['pair pre with post at -39 ms .. 39 ms step 6 ms'] });
    const run = ionloom('cosim', write(text), '--steps', '2', '--json');
    const [experiment] = documentOf(run).experiments;
    expect([run.status, experiment?.['mismatches'], experiment?.['name']]).toEqual([0, 0, 'Try']);
    expect(experiment?.['events']).toBeGreaterThan(10);
  }, 180_000);
});
