/** The reduced magneto-ionic training as a user runs it: its accuracy, and its first steps with the RTL in the loop. */
import { copyFileSync, cpSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ionloom } from '../support/ionloom.js';
import { findTestData } from '../support/test-data.js';
import { inWorkFolder } from '../support/work-folder.js';

const IMAGES = findTestData('mnist/t10k-images-idx3-ubyte.gz');
const FILES = ['t10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'];

interface Document {
  readonly ok: boolean;
  readonly experiments: readonly {
    readonly name: string;
    readonly mismatches: number;
    readonly events: number;
    readonly samples: number;
    readonly pulses: number;
    readonly expectations: readonly { readonly text: string; readonly ok: boolean }[];
  }[];
}

describe.skipIf(IMAGES === undefined)(`examples/magneto-ionic${IMAGES === undefined ? ': no data here' : ''}`, () => {
  it.each(['wasm', 'verilator'])(
    'learns on tiles, and takes the same steps with the RTL in the loop on %s',
    (engine) => {
      inWorkFolder((folder) => {
        cpSync('examples/magneto-ionic', folder, { recursive: true });
        for (const file of FILES) copyFileSync(path.join(path.dirname(IMAGES ?? ''), file), path.join(folder, file));
        const run = ionloom('cosim', path.join(folder, 'reduced.ion'), '--engine', engine, '--steps', '6', '--json');
        expect(run.stderr).not.toContain('error');
        expect(run.status).toBe(0);
        const { ok, experiments } = JSON.parse(run.stdout) as Document; // the shape is what this test is about
        expect(ok).toBe(true);
        expect(experiments).toHaveLength(1);
        expect(experiments[0]).toMatchObject({ name: 'InField', mismatches: 0 });
        expect(experiments[0]?.events).toBeGreaterThan(10_000);
        expect(experiments[0]?.pulses).toBeGreaterThan(5000);
        expect(experiments[0]?.samples).toBeGreaterThan(60_000);
        expect(experiments[0]?.expectations.map(({ text }) => text)).toEqual([
          'accuracy(few.test, training) >= 90 %',
          'accuracy(few.test, relaxed) >= 84 %',
        ]);
      });
    },
    240_000,
  );

  it('counts batches, and not that the field is set before them', () => {
    inWorkFolder((folder) => {
      cpSync('examples/magneto-ionic', folder, { recursive: true });
      for (const file of FILES) copyFileSync(path.join(path.dirname(IMAGES ?? ''), file), path.join(folder, file));
      const run = ionloom('cosim', path.join(folder, 'reduced.ion'), '--steps', '1', '--json');
      expect(run.status).toBe(0);
      const { experiments } = JSON.parse(run.stdout) as Document; // as above
      expect(experiments[0]).toMatchObject({ mismatches: 0 });
      // Nine planes of 128 vectors on either of two tiles
      expect(experiments[0]?.samples).toBeGreaterThan(2 * 128 * 8);
    });
  }, 240_000);
});
