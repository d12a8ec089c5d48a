/** Files that frameworks have written: what they break, what is understood of them, and the description they become. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { registerCheck } from '../../../src/cli/commands/check.js';
import { registerImport } from '../../../src/cli/commands/import.js';
import { expectGolden } from '../../support/golden.js';
import { runCli } from '../../support/run-cli.js';
import { findTestData } from '../../support/test-data.js';
import { withWorkFolder } from '../../support/work-folder.js';

const NAMES = [
  'braille_noDelay_bias_zero',
  'braille_noDelay_bias_zero_subgraph',
  'cnn_sinabs',
  'lif_norse',
  'lif_rockpool',
  'norse_braille',
  'snntorch_lif',
  'snntorch_scnn_mnist',
  'two_lif_neurons',
];

interface ImportDocument {
  readonly repairs: readonly { readonly repair: string; readonly node: string; readonly text: string }[];
  readonly time: { readonly reasons: readonly string[] };
  readonly tables: readonly string[];
}

describe.each(NAMES)('%s', (name) => {
  const file = findTestData(`nir/${name}.nir`);

  it.skipIf(file === undefined)('is imported, its repairs listed, and passes the check', async () => {
    await withWorkFolder(async (folder) => {
      const place = path.join(folder, `${name}.ion`);
      const { status, stdout } = await runCli(registerImport, 'import', 'nir', file ?? '', '-o', place, '--json');
      expect(status).toBe(0);
      const { repairs, time, tables } = JSON.parse(stdout) as ImportDocument;
      // The first line has a digest that the golden need not repeat
      const text = readFileSync(place, 'utf8').replace(/^.*\n/, '');
      const listed = repairs.map(({ repair, node, text: told }) => `// ${repair}, ${node}: ${told}\n`).join('');
      expectGolden(`test/golden/nir/${name}.ion`, `${listed}${text}`);
      expect(time.reasons.length).toBeGreaterThan(0);
      const sizes = tables.map((table) => {
        const rows = readFileSync(table, 'utf8').trim().split('\n').slice(1);
        return `${path.basename(table)} ${rows.length} x ${rows[0]?.split(',').length ?? 0}\n`;
      });
      expectGolden(`test/golden/nir/${name}.tables`, sizes.join(''));
      expect(await runCli(registerCheck, 'check', place)).toMatchObject({ status: 0, stderr: '' });
    });
  });
});
