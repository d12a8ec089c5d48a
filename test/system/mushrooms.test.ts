/** The mushrooms as a user trains them: accuracy on three seeds, and the first steps with the RTL in the loop. */
import { copyFileSync, cpSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ionloom } from '../support/ionloom.js';
import { findTestData } from '../support/test-data.js';
import { inWorkFolder } from '../support/work-folder.js';

const DATA = findTestData('mushroom/agaricus-lepiota.data');

interface Document {
  readonly ok: boolean;
  readonly experiments: readonly {
    readonly mismatches?: number;
    readonly events?: number;
    readonly samples?: number;
    readonly expectations: readonly { readonly text: string; readonly ok: boolean }[];
  }[];
}

/** A command on a copy of the example with its data. */
function run(command: string, ...options: readonly string[]): Document {
  return inWorkFolder((folder) => {
    cpSync('examples/ecram-mushroom', folder, { recursive: true });
    copyFileSync(DATA ?? '', path.join(folder, 'agaricus-lepiota.data'));
    const { status, stdout, stderr } = ionloom(command, path.join(folder, 'mushrooms.ion'), ...options, '--json');
    expect(stderr).not.toContain('error');
    expect(status).toBe(0);
    return JSON.parse(stdout) as Document; // the shape is what these tests are about
  });
}

describe.skipIf(DATA === undefined)(`examples/ecram-mushroom${DATA === undefined ? ': no data here' : ''}`, () => {
  it('finds the poisonous ones as often as published', () => {
    const { ok, experiments } = run('sim');
    expect(ok).toBe(true);
    expect(experiments[0]?.expectations).toMatchObject([{ text: 'accuracy(mushrooms.test) >= published', ok: true }]);
  }, 120_000);

  it.each(['wasm', 'verilator'])(
    'takes the same steps with the RTL in the loop on %s',
    (engine) => {
      const { experiments } = run('cosim', '--engine', engine, '--steps', '3');
      expect(experiments[0]?.mismatches).toBe(0);
      expect(experiments[0]?.events).toBeGreaterThan(1000);
      expect(experiments[0]?.samples).toBeGreaterThan(20_000);
    },
    240_000,
  );
});
