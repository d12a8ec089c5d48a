/** Convolutions trained in the array as a user trains them: the run of seconds, and the layers of VGG-8 on their tiles. */
import { copyFileSync, cpSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RealizationNote, StudyResult } from '../../src/ir/study-result.js';
import { ionloom } from '../support/ionloom.js';
import { findTestData } from '../support/test-data.js';
import { inWorkFolder } from '../support/work-folder.js';

const FILES = ['t10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'];
const found = FILES.map((file) => findTestData(`mnist/${file}`));
const hasData = found.every((file) => file !== undefined);

/** A command on a copy of the example, with its data where there are any. */
function run(...words: readonly string[]): unknown {
  return inWorkFolder((folder) => {
    cpSync('examples/ecram-mushroom', folder, { recursive: true });
    for (const file of found) if (file) copyFileSync(file, path.join(folder, path.basename(file)));
    const { status, stdout, stderr } = ionloom(...words, path.join(folder, 'vgg-digits.ion'), '--json');
    expect(stderr).not.toContain('error');
    expect(status).toBe(0);
    return JSON.parse(stdout);
  });
}

// Where the files are not there, vitest says so
describe.skipIf(!hasData)('digits in the array', () => {
  it('are learnt by two convolutions from 1,200 samples', () => {
    const { ok, experiments } = run('sim', '--experiment', 'FewDigits') as {
      ok: boolean;
      experiments: Pick<StudyResult, 'activity'>[];
    };
    expect(ok).toBe(true);
    const [result] = experiments;
    // 196 and 25 windows and one dense vector of 2,400 and 1,000 samples, dense rows on four tiles
    expect(result?.activity.reads).toBe(3400 * (196 + 25 + 4));
    expect(result?.activity.pulses).toBeGreaterThan(1e5);
  }, 240_000);
});

describe('the layers of VGG-8 with a sixteenth of their channels', () => {
  it('are explained: cells and tiles of each', () => {
    const notes = (
      run('explain', '--realization') as { experiments: { name: string; realizations: RealizationNote[] }[] }
    ).experiments.find(({ name }) => name === 'Digits')?.realizations;
    const valueOf = (note: RealizationNote, name: string) => note.figures.find((figure) => figure.name === name)?.value;
    expect(notes?.map((note) => [valueOf(note, 'cells'), valueOf(note, 'tiles')])).toEqual([
      [2 * 9 * 8, 1],
      [2 * 72 * 8, 1],
      [2 * 72 * 16, 1],
      [2 * 144 * 16, 2],
      [2 * 144 * 32, 2],
      [2 * 288 * 32, 3],
      [2 * 513 * 64, 5],
      [2 * 65 * 10, 1],
    ]);
  });
});
