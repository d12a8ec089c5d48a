/** Files of tables, and what stands in for what when devices with tables are extended. */
import { describe, expect, it } from 'vitest';
import { readMeasuredTable } from '../../../src/data/measured-table.js';
import { compileText } from '../../support/compile-text.js';
import { deviceText, ORIGIN } from '../../support/device-text.js';

const same = (value: number): number => value;
const curve = (text: string) => readMeasuredTable(new TextEncoder().encode(text), { x: same, value: same });
const grid = (text: string) => readMeasuredTable(new TextEncoder().encode(text), { x: same, y: same, value: same });

describe('a file of a table', () => {
  it.each([
    ['0,1\n2,3', 'commas'],
    ['\uFEFFx;y\r\n0;1\r\n2;3\r\n', 'a byte order mark, words, semicolons and line ends of DOS'],
    ['# first\n\n 0\t+1.0 # one\n2e0\t.3e1\n', 'comments, tabs and other ways to write a number'],
  ])('%j is read: %s', (text) => {
    expect(curve(text)).toEqual({ kind: 'table', xs: [0, 2], values: [1, 3] });
  });

  it('of two axes has rows along the first', () => {
    const expected = { kind: 'table', xs: [0, 1, 4], ys: [5, 9], values: [1, 2, 3, 4, 5, 6] };
    expect(grid(',5,9\n0,1,2\n1,3,4\n4,5,6\n')).toEqual(expected);
    expect(grid('NaN,5,9\n0,1,2\n1,3,4\n4,5,6\n')).toEqual(expected);
  });

  it.each([
    ['nan,inf\n0,1\n1,2', { fault: 'number', line: 1, column: 1, found: '"nan"' }],
    ['0,1\n1,1e999', { fault: 'number', line: 2, column: 2, found: '"1e999"' }],
    ['0,1\n1,0x10', { fault: 'number', line: 2, column: 2, found: '"0x10"' }],
    ['0;0,5\n1;1,5', { fault: 'number', line: 1, column: 2, found: '"0,5"' }],
    ['0,1\n1,2,', { fault: 'columns', line: 2, expected: 2, found: 3 }],
    ['0,1\n0,2', { fault: 'axis', line: 2, column: 1 }],
    ['x,y', { fault: 'points', reason: 'a curve has at least two points, found 0' }],
  ])('%j is none', (text, fault) => {
    expect(curve(text)).toEqual({ kind: 'table-fault', ...fault });
  });
});

describe('devices with tables', () => {
  const files = { 'rise.csv': '0,1\n1,3\n', 'parts/rise.csv': '0,10\n1,30\n' };
  const base = deviceText(`table rise(part) : nS from "rise.csv" ${ORIGIN}
let step = rise(0.5)
on pulse { g += step }`);
  const stepOf = (text: string, more: Readonly<Record<string, string>> = {}) => {
    const { network, codes } = compileText(text, { ...files, ...more });
    const device = network?.devices.find(({ name }) => name === 'own') ?? network?.devices[0];
    return { codes, step: device?.derived.find(({ name }) => name === 'step')?.value };
  };

  it('give a function to the device', () => {
    expect(stepOf(base)).toMatchObject({ codes: [], step: { kind: 'interpolate', xs: [0, 1] } });
  });

  it('are extended with functions in place of tables, and tables in place of functions', () => {
    const { codes, step } = stepOf(`${base}device own extends cell {\n  let rise(part) = part * 7 nS\n}\n`);
    expect(codes).toEqual([]);
    expect(JSON.stringify(step)).not.toContain('interpolate');
    const computed = base.replace(/table .*/, 'let rise(part) = part * 7 nS');
    const own = `device own extends cell {\n  table rise(part) : nS from "rise.csv" ${ORIGIN}\n}\n`;
    expect(stepOf(computed + own)).toMatchObject({ codes: [], step: { kind: 'interpolate' } });
  });

  it('read the table beside the file that names it', () => {
    const text = 'import device cell from "./parts/cell.ion"\n\ndevice own extends cell {}\n';
    const { codes, step } = stepOf(text, { 'parts/cell.ion': base });
    expect(codes).toEqual([]);
    expect(step).toMatchObject({ kind: 'interpolate', ys: [1e-8, 3e-8] });
  });

  it('are no values', () => {
    const { codes } = stepOf(`${base.replace('rise(0.5)', '2 nS')}device own extends cell {\n  let rise = 2\n}\n`);
    expect(codes).toContain('dsl/duplicate-name');
  });

  it.each([
    [`table other(x, x) from "rise.csv" ${ORIGIN}`, ['dsl/duplicate-name']],
    [`table other(x) from "rise.csv"`, ['dsl/missing-source']],
    [`table other(x : furlong) from "rise.csv" ${ORIGIN}`, ['dsl/unknown-unit']],
    [`table v(x) from "rise.csv" ${ORIGIN}`, ['dsl/reserved-name']],
    [`table other(x) from "rise.csv" ${ORIGIN}`, ['dsl/unused-name']],
  ])('report %s', (clause, expected) => {
    expect(stepOf(`${base}device own extends cell {\n  ${clause}\n}\n`).codes).toEqual(expected);
  });
});
