/** `ionloom fit` as a process: statuses, and what an interrupt leaves. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { interruptIonloom, ionloom } from '../support/ionloom.js';

const TRAINS = 'examples/fit-from-csv/trains.csv';

let folder = '';
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'ionloom-fit-'));
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

const place = (name: string): string => path.join(folder, name);

/** The longest table that is read; all laws take many seconds for it. */
function writeLongTable(): string {
  const rows = Array.from({ length: 20_000 }, (_, pulse) => {
    const along = (pulse % 200) / 100;
    const x = along < 1 ? 1 - Math.exp(-4 * along) : Math.exp(-4 * (along - 1));
    return `${pulse},${along > 0 && along <= 1 ? 'up' : 'down'},${(20 + 60 * x + Math.sin(pulse * pulse)).toFixed(4)}`;
  });
  fs.writeFileSync(place('long.csv'), ['pulse,direction,conductance (uS)', ...rows, ''].join('\n'));
  return place('long.csv');
}

describe('ionloom fit', () => {
  it('makes a device that `ionloom check` accepts', () => {
    const fit = ionloom('fit', TRAINS, '-o', place('a.ion'), '--json');
    expect([fit.status, fit.stderr]).toEqual([0, '']);
    expect(JSON.parse(fit.stdout)).toMatchObject({ ok: true, model: 'soft-bounds' });
    const check = ionloom('check', '--json', place('a.ion'));
    expect(JSON.parse(check.stdout)).toEqual({ ok: true, diagnostics: [] });
  });

  it('ends wrong usage with status 2', () => {
    expect(ionloom('fit', TRAINS).status).toBe(2);
    expect(ionloom('fit', TRAINS, '-o', place('b.ion'), '--model', 'cubic').status).toBe(2);
    expect(ionloom('fit').status).toBe(2);
    expect(ionloom('fit', TRAINS, '-o', place('b.csv')).status).toBe(2);
    const own = 'examples/fit-from-csv/voltage-width.csv';
    expect(ionloom('fit', own, '-o', place('b.ion'), '--amplitude', '1 V').status).toBe(2);
    expect(fs.existsSync(place('b.ion'))).toBe(false);
  });

  it('leaves everything as it was when it is interrupted', async () => {
    fs.mkdirSync(place('out'));
    fs.writeFileSync(place('out/c.ion'), 'before');
    const run = await interruptIonloom(2, 'fit', writeLongTable(), '-o', place('out/c.ion'));
    expect(run.status).toBe(130);
    expect(fs.readdirSync(place('out'))).toEqual(['c.ion']);
    expect(fs.readFileSync(place('out/c.ion'), 'utf8')).toBe('before');
  });
});
