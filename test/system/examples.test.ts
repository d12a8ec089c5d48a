/** Every example on the engines, from the command line: the same events, samples and conductances, told by digests. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ENGINE_NAMES, type EngineName } from '../../src/cosim/engine.js';
import {
  copyExample,
  EXAMPLE_RUNS,
  exampleFiles,
  hasDataOf,
  WITHOUT_CONTROLLER,
  WITHOUT_DATA,
  type ExampleRun,
} from '../support/example-engines.js';
import { ionloom, ionloomWithin } from '../support/ionloom.js';
import { hasCocotb, hasIcarus, hasVerilator } from '../support/model-fixture.js';

const folder = fs.mkdtempSync(path.join(tmpdir(), 'ionloomexamples'));
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const isThere: Readonly<Record<EngineName, boolean>> = {
  wasm: true,
  verilator: await hasVerilator(),
  icarus: await hasIcarus(),
  cocotb: await hasCocotb(),
};
const runsAll = Boolean(process.env['IONLOOM_ALL_ENGINES']);

/** Longest run on one engine [s]. */
const LIMIT_SECONDS = runsAll ? 3600 : 120;

interface Document {
  readonly diagnostics: readonly { readonly code: string; readonly message: string }[];
  readonly experiments?: readonly {
    readonly name: string;
    readonly digest: string;
    readonly mismatches: number;
    readonly events: number;
    readonly engineVersion: string;
  }[];
}

function enginesOf({ inTests }: ExampleRun): readonly EngineName[] {
  const wanted = runsAll || inTests === 'all' ? ENGINE_NAMES : ENGINE_NAMES.slice(0, 2);
  return wanted.filter((name) => isThere[name]);
}

/** A line of the table that `npm run replay:engines` prints. */
function note(...columns: readonly (string | number)[]): void {
  const file = process.env['IONLOOM_ENGINES_TABLE'];
  if (file !== undefined) fs.appendFileSync(file, `| ${columns.join(' | ')} |\n`);
}

function runOn(engine: EngineName, run: ExampleRun) {
  const args = ['cosim', copyExample(run, folder), ...(run.options ?? []), '--engine', engine, '--json'];
  const begin = performance.now();
  const { status, stdout } = ionloomWithin(LIMIT_SECONDS, ...args);
  const seconds = (performance.now() - begin) / 1000;
  const { experiments = [] } = JSON.parse(stdout) as Document; // the shape is what this test is about
  const events = experiments.reduce((sum, each) => sum + each.events, 0);
  note(run.file, run.experiments.join(', '), engine, events, seconds.toFixed(0), experiments[0]?.engineVersion ?? '');
  return { status, figures: experiments.map(({ name, digest, mismatches }) => ({ name, digest, mismatches })) };
}

const isBuilt = fs.existsSync('dist/cli/main.js');
const chosen = EXAMPLE_RUNS.filter(({ inTests }) => runsAll || inTests !== undefined);

describe.skipIf(!isBuilt)('engines', () => {
  it.for(chosen)(
    'agree on $file, $experiments (skipped without its data)',
    { timeout: 4 * LIMIT_SECONDS * 1000 },
    (run, { skip }) => {
      if (!hasDataOf(run)) skip();
      const [first, ...others] = enginesOf(run);
      const expected = runOn(first!, run);
      expect(expected.status).toBe(0);
      expect(expected.figures.map(({ name, mismatches }) => [name, mismatches])).toEqual(
        run.experiments.map((name) => [name, 0]),
      );
      for (const engine of others) expect([engine, runOn(engine, run)]).toEqual([engine, expected]);
    },
  );

  it.for(WITHOUT_CONTROLLER)('have nothing to do for $file, $experiments', (left, { skip }) => {
    if (!hasDataOf(left)) skip();
    const file = copyExample(left, folder);
    for (const experiment of left.experiments) {
      const { status, stdout } = ionloom('cosim', file, '--experiment', experiment, '--json');
      const { diagnostics } = JSON.parse(stdout) as Document; // as above
      expect([status, diagnostics.map(({ code }) => code)]).toEqual([1, ['study/not-runnable']]);
      expect(diagnostics[0]?.message).toContain(left.reason);
    }
  });
});

it('every experiment of an example is run, or known to have no controller or no data', () => {
  const known = [...EXAMPLE_RUNS, ...WITHOUT_CONTROLLER, ...WITHOUT_DATA].flatMap(({ file, experiments }) =>
    experiments.map((name) => `${file} ${name}`),
  );
  const found = exampleFiles().flatMap((file) => {
    const text = fs.readFileSync(path.join('examples', file), 'utf8');
    return [...text.matchAll(/^experiment (\w+)/gm)].map(([, name]) => `${file} ${name}`);
  });
  expect(known.sort()).toEqual(found.sort());
});
