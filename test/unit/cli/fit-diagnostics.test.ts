/** Every diagnostic of `ionloom fit` has a table that provokes it, and the text that a user then reads. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'vitest';
import { FIT_ENTRIES } from '../../../src/cli/catalogue-fit.js';
import { registerFit } from '../../../src/cli/commands/fit.js';
import { expectGolden, REPOSITORY } from '../../support/golden.js';
import { runCli } from '../../support/run-cli.js';

describe('every diagnostic of fits', () => {
  it.each(Object.keys(FIT_ENTRIES))('cli/%s', async (key) => {
    const folder = `test/golden/diagnostics/cli/${key}`;
    expectGolden(`${folder}/expected.txt`, await tell(path.join(REPOSITORY, folder)));
  });
});

/** What `ionloom fit` says of `input.csv` in `source` with the options of `args.txt`; output goes elsewhere. */
async function tell(source: string): Promise<string> {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'ionloom-fit-'));
  try {
    const place = (name: string) => path.join(source, name);
    const options = fs.existsSync(place('args.txt'))
      ? fs.readFileSync(place('args.txt'), 'utf8').trim().split(' ')
      : [];
    const placed = options.map((option) => (option.endsWith('.ion') ? place(option) : option));
    const output = options.includes('--verify') ? [] : ['-o', path.join(folder, 'made.ion')];
    const { status, stderr } = await runCli(registerFit, 'fit', place('input.csv'), ...placed, ...output);
    return `${stderr.replaceAll(`${source}/`, '').trimEnd()}\n\nexit status ${status}\n`;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
