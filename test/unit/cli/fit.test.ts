/** `ionloom fit` as a user meets it: what it writes, prints and refuses. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registerFit } from '../../../src/cli/commands/fit.js';
import { registerFmt } from '../../../src/cli/commands/fmt.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../src/core/disk.js';
import { compileSource } from '../../../src/dsl/front-end.js';
import { runCli, type CliRun } from '../../support/run-cli.js';

const TRAINS = 'examples/fit-from-csv/trains.csv';
const FIELD = 'examples/fit-from-csv/voltage-width.csv';

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'ionloom-fit-'));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

const place = (name: string): string => path.join(folder, name);
const fit = (...args: readonly string[]): Promise<CliRun> => runCli(registerFit, 'fit', ...args);
const textOf = (name: string): string => fs.readFileSync(place(name), 'utf8');

interface Document {
  readonly ok: boolean;
  readonly model: string;
  readonly parameters: readonly { readonly name: string; readonly value: number; readonly standardError: number }[];
  readonly candidates: readonly { readonly model: string; readonly bic: number }[];
  readonly diagnostics: readonly { readonly code: string; readonly line: number; readonly column: number }[];
}

const documentOf = ({ stdout }: CliRun): Document => JSON.parse(stdout) as Document;

describe('fit', () => {
  it('writes a device that checks without a word, its plot and its record', async () => {
    const run = await fit(TRAINS, '-o', place('oxide.ion'));
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toMatch(/soft-bounds .*chosen/);
    expect(fs.readdirSync(folder).sort()).toEqual(['oxide.fit.json', 'oxide.ion', 'oxide.svg']);
    const diagnostics = new DiagnosticBag();
    const network = compileSource(place('oxide.ion'), createDiskHost(), new Map(), diagnostics);
    expect(diagnostics.all).toEqual([]);
    expect(network?.devices.map(({ name }) => name)).toEqual(['oxide']);
    const formatted = await runCli(registerFmt, 'fmt', '--check', place('oxide.ion'));
    expect(formatted.status).toBe(0);
    expect(textOf('oxide.svg')).toMatch(/^<\?xml[^]*<svg[^]*<\/svg>\n$/);
    expect(textOf('oxide.svg')).not.toMatch(/NaN|undefined|href/);
  });

  it('finds what the tables were made with', async () => {
    const trains = documentOf(await fit(TRAINS, '--json', '-o', place('a.ion')));
    expect(trains).toMatchObject({ ok: true, kind: 'train', points: 600, devices: 3, model: 'soft-bounds' });
    // Up and down, the step changes by 0.05 and 0.06 of the way; the mean gain of the devices leaves the ratio alone
    const [upLow = NaN, upHigh = NaN, downHigh = NaN, downLow = NaN] = trains.parameters.map(({ value }) => value);
    const ratio = (upLow - upHigh) / (downHigh - downLow) / (0.05 / 0.06);
    expect(Math.abs(ratio - 1)).toBeLessThan(0.05);
    const field = documentOf(await fit(FIELD, '--json', '-o', place('b.ion')));
    expect(field.model).toBe('field-power');
    const truths = [2e-9, 1.8e-9, 0.6, 0.7];
    field.parameters.forEach(({ value, standardError }, index) => {
      expect(Math.abs(value - truths[index]!)).toBeLessThan(3 * standardError);
    });
  });

  it('prints one JSON document', async () => {
    const run = await fit(TRAINS, '--json', '-o', place('a.ion'), '--model', 'linear', '--model', 'soft-bounds');
    const document = documentOf(run);
    expect(document).toMatchObject({
      output: place('a.ion'),
      plot: place('a.svg'),
      record: place('a.fit.json'),
      device: 'a',
      diagnostics: [],
    });
    expect(document.candidates.map(({ model }) => model)).toEqual(['linear', 'soft-bounds']);
    expect(document.candidates[1]!.bic).toBeLessThan(document.candidates[0]!.bic);
  });

  it('takes name and pulse from the options', async () => {
    const options = ['--name', 'agSi', '--amplitude', '3.2 V', '--width', '300us', '--read', '0.5 V'];
    await fit(TRAINS, '-o', place('a.ion'), '--model', 'linear', ...options);
    expect(textOf('a.ion')).toMatch(/device agSi .*\n {2}pulse 3.2 V for 300 us +source "given with/);
    await fit(TRAINS, '-o', place('my device-2.ion'), '--model', 'linear');
    expect(textOf('my device-2.ion')).toContain('device myDevice2 ');
  });

  it.each([
    ['--amplitude', '1 V', 'voltages'],
    ['--width', '1 us', 'widths'],
  ])('refuses %s for a table with pulses of its own', async (option, value, own) => {
    const message = `error: '${option}' does not suit '${FIELD}', which has ${own} of its own`;
    await expect(fit(FIELD, '-o', place('a.ion'), option, value)).rejects.toThrow(message);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it('never writes over the table', async () => {
    const bytes = fs.readFileSync(TRAINS);
    for (const name of ['a.ion', 'a.svg', 'a.fit.json']) {
      fs.writeFileSync(place(name), bytes);
      await expect(fit(place(name), '-o', place('a.ion'))).rejects.toThrow('would be written over it');
      expect(fs.readFileSync(place(name))).toEqual(bytes);
      fs.rmSync(place(name));
    }
    fs.writeFileSync(place('mu.csv'), bytes);
    await expect(fit(place('mu.csv'), '-o', place('mu.csv'))).rejects.toThrow("does not end in '.ion'");
    expect(fs.readFileSync(place('mu.csv'))).toEqual(bytes);
    fs.symlinkSync(place('mu.csv'), place('b.ion'));
    await expect(fit(place('mu.csv'), '-o', place('b.ion'))).rejects.toThrow('would be written over it');
  });

  it.each([
    ['a pulse of 10 kV', /^2,1,/m, '10000,1,', 'cli/fit-undetermined'],
    ['a conductance of 1e300', /100\.6940/, '1e300', 'cli/table-value'],
    ['a conductance of 1e200', /100\.6940/, '1e200', 'cli/table-value'],
  ])('tells of %s and writes nothing', async (_, before, after, code) => {
    fs.writeFileSync(place('odd.csv'), fs.readFileSync(FIELD, 'utf8').replace(before, after));
    const run = await fit(place('odd.csv'), '-o', place('a.ion'), '--json');
    expect([run.status, documentOf(run).diagnostics[0]?.code]).toEqual([1, code]);
    expect(fs.readdirSync(folder)).toEqual(['odd.csv']);
  });

  it('says what it assumed, and nothing where all was given', async () => {
    const run = await fit(TRAINS, '-o', place('a.ion'), '--model', 'linear', '--width', '2 ms');
    expect(run.stdout).toContain(
      'note: assumed amplitude 1 V, read voltage 100 mV; give --amplitude, --read where known\n',
    );
    const all = ['--amplitude', '3 V', '--width', '2 ms', '--read', '0.2 V', '--model', 'linear'];
    expect((await fit(TRAINS, '-o', place('a.ion'), ...all)).stdout).not.toContain('assumed');
    const document = JSON.parse((await fit(FIELD, '-o', place('a.ion'), '--json')).stdout) as object;
    expect(document).toMatchObject({ pulse: { amplitude_V: 3, width_s: 1e-3, read_V: 0.1, assumed: ['read'] } });
  });

  it('replaces what it wrote before, and leaves it whole where a table is refused', async () => {
    await fit(TRAINS, '-o', place('a.ion'), '--name', 'first', '--model', 'linear');
    await fit(TRAINS, '-o', place('a.ion'), '--name', 'second', '--model', 'linear');
    const texts = ['a.ion', 'a.svg', 'a.fit.json'].map(textOf);
    expect(texts.every((text) => text.includes('second') && !text.includes('first'))).toBe(true);
    fs.writeFileSync(place('gaps.csv'), 'pulse,direction,conductance (uS)\n1,up,\n');
    const run = await fit(place('gaps.csv'), '-o', place('a.ion'), '--json');
    expect(run.status).toBe(1);
    expect(documentOf(run).diagnostics).toMatchObject([{ code: 'cli/table-value', line: 2, column: 6 }]);
    expect(['a.ion', 'a.svg', 'a.fit.json'].map(textOf)).toEqual(texts);
  });

  it('writes through no link', async () => {
    fs.writeFileSync(place('mine.txt'), 'mine');
    fs.symlinkSync(place('mine.txt'), place('a.ion'));
    const run = await fit(TRAINS, '-o', place('a.ion'), '--json', '--model', 'linear');
    expect(run.status).toBe(3);
    expect(fs.readdirSync(folder).sort()).toEqual(['a.ion', 'mine.txt']);
    expect(textOf('mine.txt')).toBe('mine');
  });

  it('ends with status 3 where there is no table', async () => {
    const run = await fit(place('none.csv'), '-o', place('a.ion'), '--json');
    expect([run.status, documentOf(run).diagnostics[0]?.code]).toEqual([3, 'cli/unreadable-file']);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['neither output nor device', [TRAINS]],
    ['both', [TRAINS, '-o', 'a.ion', '--verify', 'b.ion']],
    ['an unknown model', [TRAINS, '-o', 'a.ion', '--model', 'soft-bound']],
    ['a number without a unit', [TRAINS, '-o', 'a.ion', '--amplitude', '3.2']],
    ['a unit of something else', [TRAINS, '-o', 'a.ion', '--width', '3 V']],
    ['an output that is no device', [TRAINS, '-o', 'a.csv']],
    ['a width that nobody makes', [TRAINS, '-o', 'a.ion', '--width', '1e200 s']],
    ['a pulse of nothing', [TRAINS, '-o', 'a.ion', '--width', '0 s']],
  ])('refuses %s as wrong usage', async (_, args) => {
    await expect(fit(...args)).rejects.toMatchObject({ name: 'CommanderError', exitCode: 1 });
  });
});

describe('fit --verify', () => {
  it('accepts a device and its table, and writes nothing', async () => {
    await fit(TRAINS, '-o', place('a.ion'), '--model', 'linear');
    const before = fs.readdirSync(folder).map((name) => [name, textOf(name)]);
    const run = await fit(TRAINS, '--verify', place('a.ion'));
    expect(run.status).toBe(0);
    expect(run.stdout).toMatch(/^a holds: residual [\d.]+ nS rms/);
    expect(fs.readdirSync(folder).map((name) => [name, textOf(name)])).toEqual(before);
  });

  it('refuses a device that was changed, and another table', async () => {
    await fit(FIELD, '-o', place('a.ion'));
    const text = textOf('a.ion');
    fs.writeFileSync(place('a.ion'), text.replace(/widthExponent = 0\.\d/, 'widthExponent = 0.3'));
    const changed = await fit(FIELD, '--verify', place('a.ion'), '--json');
    expect(changed.status).toBe(1);
    expect(documentOf(changed)).toMatchObject({ ok: false, sameTable: true, diagnostics: [{ code: 'cli/fit-worse' }] });
    fs.writeFileSync(place('a.ion'), text);
    const other = await fit(TRAINS, '--verify', place('a.ion'));
    expect(other.status).toBe(1);
    expect(other.stderr).toContain('the table is not the one that was fitted');
  });

  it('wants the record', async () => {
    await fit(FIELD, '-o', place('a.ion'));
    fs.rmSync(place('a.fit.json'));
    expect((await fit(FIELD, '--verify', place('a.ion'))).status).toBe(3);
    fs.writeFileSync(place('a.fit.json'), 'nonsense');
    expect((await fit(FIELD, '--verify', place('a.ion'))).stderr).toContain('cli/fit-record');
  });
});
