/** The same bytes wherever a build is made, and whoever asks is told where they are not. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isReproducible } from '../../src/cli/verify-reproducible.js';
import { DiagnosticBag } from '../../src/core/diagnostic.js';
import { createDiskHost } from '../../src/core/disk.js';
import { recordReads } from '../../src/core/recording-host.js';
import { PLAIN_PAINTER } from '../../src/core/render-diagnostic.js';
import { keepRecord } from '../support/hostile/trust-record.js';
import { REPOSITORY } from '../support/golden.js';
import { ionloom, ionloomIn } from '../support/ionloom.js';

/** Built in `npm test`; all that `IONLOOM_TRUST_RUNS` has time for otherwise. */
const USUAL = ['half-select/passive.ion'];

const EXAMPLES = [
  ...USUAL,
  ...['ecram-image/image.ion', 'ecram-image/rows.ion', 'ecram-mushroom/mushrooms.ion', 'eis-stdp/stdp.ion'],
  ...['magneto-ionic/reduced.ion', 'oxide-wires/wires.ion', 'sto-stpn/reduced.ion', 'tiki-taka/tiki-taka.ion'],
];

let folder = '';

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'ionloom-reproducible-'));
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

describe('a build', () => {
  const chosen = process.env['IONLOOM_TRUST_RUNS'] === undefined ? USUAL : EXAMPLES;

  it.each(chosen)(
    'of %s has the same bytes in another folder, locale and time zone',
    (example) => {
      const out = path.join(folder, path.basename(example));
      const run = ionloom('build', `examples/${example}`, '-o', out, '--verify-reproducible', '--json');
      expect(run.status, run.stderr).toBe(0);
      const { sources } = JSON.parse(fs.readFileSync(path.join(out, 'manifest.json'), 'utf8')) as {
        readonly sources: readonly { readonly path: string; readonly sha256?: string }[];
      };
      expect(sources.map((source) => source.path)).toContain(`examples/${example}`);
      for (const source of sources) expect(source.path).toMatch(/^examples\//);
      keepRecord({ what: 'build twice, elsewhere', tried: 1, faults: { 'differing builds': 0 } });
    },
    300_000,
  );

  it('goes by its sources, however they are named', () => {
    const inside = path.join(REPOSITORY, 'docs');
    const out = path.join(folder, 'from-docs');
    const run = ionloomIn(inside, 'build', '../examples/ecram-image/rows.ion', '-o', out, '--target', 'energy', '--verify-reproducible'); // prettier-ignore
    expect(run.status, run.stderr).toBe(0);
    expect(run.stdout).toContain('the same bytes in another folder, locale and time zone');
  });

  it('that comes out otherwise the second time is told, and where', async () => {
    const diagnostics = new DiagnosticBag();
    const host = recordReads(createDiskHost());
    const file = path.join(REPOSITORY, 'examples', 'half-select', 'passive.ion');
    const text = JSON.stringify({ artifacts: [{ path: 'energy/energy.json', sha256: 'of something else' }] });
    const built = { file, artifacts: [{ path: 'manifest.json', kind: 'json', text }] } as const;
    const plain = (words: string): string => words;
    const terminal = {
      colors: { strong: plain, faint: plain, good: plain, bad: plain },
      ...{ painter: PLAIN_PAINTER, isLive: false },
      ...{ print: () => undefined, tell: () => undefined, progress: () => undefined, status: () => undefined },
    };
    const choice = { target: 'energy', freeze: false, set: new Map<string, string>() };
    expect(await isReproducible(built, choice, { host, diagnostics, terminal })).toBe(false);
    const [found] = diagnostics.all;
    expect(found).toMatchObject({ code: 'cli/not-reproducible', severity: 'error' });
    expect(found?.help).toContain('energy/energy.json');
  });
});
