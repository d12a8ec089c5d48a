import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Crossbar } from '../../../src/numerics/crossbar/crossbar.js';
import { solveCrossbar } from '../../../src/numerics/crossbar/solve-crossbar.js';
import { REPOSITORY } from '../../support/golden.js';
import { openEnd, sameEnd, uniform } from '../../support/random-crossbar.js';

const PAGE = join(REPOSITORY, 'docs/ir-drop.md');

/** Levels of an input coded in time. */
const LEVELS = 16;

type Coding = 'all on' | 'half on' | 'in time' | 'in amplitude';

interface Case {
  readonly size: number;
  readonly ohmsPerCell: number;
  readonly coding: Coding;
}

const CASES: readonly Case[] = [
  { size: 64, ohmsPerCell: 0.5, coding: 'all on' },
  { size: 64, ohmsPerCell: 0.5, coding: 'half on' },
  { size: 64, ohmsPerCell: 0.5, coding: 'in time' },
  { size: 64, ohmsPerCell: 0.5, coding: 'in amplitude' },
  { size: 256, ohmsPerCell: 0.5, coding: 'all on' },
  { size: 256, ohmsPerCell: 0.5, coding: 'half on' },
  { size: 256, ohmsPerCell: 0.5, coding: 'in time' },
  { size: 256, ohmsPerCell: 0.5, coding: 'in amplitude' },
  { size: 512, ohmsPerCell: 0.5, coding: 'all on' },
  { size: 512, ohmsPerCell: 0.5, coding: 'in amplitude' },
  { size: 512, ohmsPerCell: 2, coding: 'all on' },
  { size: 512, ohmsPerCell: 2, coding: 'in amplitude' },
  { size: 512, ohmsPerCell: 5, coding: 'all on' },
];

/** Losses as fractions of the current without wires. */
interface Losses {
  readonly bitLines: number;
  readonly formula: number;
  readonly allLines: number;
}

function lossesOf({ size, ohmsPerCell, coding }: Case): Losses {
  const random = uniform(size);
  const siemens = Float64Array.from({ length: size * size }, () => 1e-6 + 24e-6 * random());
  const inputs = Float64Array.from({ length: size }, () => Math.floor(LEVELS * random()) / (LEVELS - 1));
  if (coding === 'all on') inputs.fill(1);
  if (coding === 'half on') for (const [row, input] of inputs.entries()) inputs[row] = Math.round(input);
  const ideal = sum(siemens.map((value, at) => value * inputs[Math.floor(at / size)]!));
  const exact = (wordOhms: number): number => {
    const currentOf = (volts: Float64Array, cells: Float64Array): number =>
      readCurrent(readCrossbar(volts, ohmsPerCell, wordOhms), cells);
    const isGated = coding !== 'in amplitude';
    return 1 - (isGated ? gatedCurrent(inputs, siemens, currentOf) : currentOf(inputs, siemens)) / ideal;
  };
  return {
    bitLines: exact(0),
    formula: formulaLoss(siemens, inputs, ohmsPerCell) / ideal,
    allLines: exact(ohmsPerCell),
  };
}

/** Mean over all parts of the time of what the rows that are on then give, the others cut off. */
function gatedCurrent(
  inputs: Float64Array,
  siemens: Float64Array,
  currentOf: (volts: Float64Array, cells: Float64Array) => number,
): number {
  const parts = Array.from({ length: LEVELS - 1 }, (_, part) => {
    const isOn = inputs.map((input) => (Math.round(input * (LEVELS - 1)) > part ? 1 : 0));
    return currentOf(
      isOn,
      siemens.map((value, at) => value * isOn[Math.floor(at / inputs.length)]!),
    );
  });
  return sum(parts) / parts.length;
}

/** Ideal sources at the rows' near ends, ideal ground at the columns' near ends. */
function readCrossbar(volts: Float64Array, bitOhms: number, wordOhms: number): Crossbar {
  const size = volts.length;
  const near = { siemens: new Float64Array(size).fill(Infinity), volts };
  return {
    rows: size,
    columns: size,
    rowLines: { ohmsPerCell: wordOhms, near, far: openEnd(size) },
    columnLines: { ohmsPerCell: bitOhms, near: sameEnd(size, Infinity, 0), far: openEnd(size) },
  };
}

function readCurrent(crossbar: Crossbar, siemens: Float64Array): number {
  const solution = solveCrossbar(crossbar, siemens);
  if (solution.kind !== 'solution') throw new Error(solution.kind);
  return -sum(solution.columnCurrents('near'));
}

/** Current that the closed formula takes off all columns together. */
function formulaLoss(siemens: Float64Array, inputs: Float64Array, ohmsPerCell: number): number {
  const size = inputs.length;
  const columns = Array.from({ length: size }, (_, column) => {
    const currents = inputs.map((input, row) => siemens[row * size + column]! * input);
    const a = size * ohmsPerCell * sum(currents);
    const height = 0.05 * a ** 3 - 0.2 * a ** 2 + 0.5 * a;
    return height * sum(currents.map((current, row) => current * (1 - (1 - row / size) ** 2)));
  });
  return sum(columns);
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

const losses = new Map(CASES.map((of) => [of, lossesOf(of)]));

function percent(value: number): string {
  return `${(100 * value).toFixed(value < 0.1 ? 2 : 1)} %`;
}

const HEADER = `| cells | wire per cell | inputs | bit lines, exact | formula | with word lines, exact |
| - | - | - | - | - | - |
`;

function tableText(): string {
  const rows = [...losses].map(([{ size, ohmsPerCell, coding }, { bitLines, formula, allLines }]) => {
    const numbers = [bitLines, formula, allLines].map(percent).join(' | ');
    return `| ${size} x ${size} | ${ohmsPerCell} ohm | ${coding} | ${numbers} |\n`;
  });
  return HEADER + rows.join('');
}

describe('the page on IR drop', () => {
  it('has a table that says what is computed', () => {
    const page = readFileSync(PAGE, 'utf8');
    const written = page.replace(
      /(<!-- table: losses -->\n).*?(?=<!-- end -->)/s,
      (_, open: string) => open + tableText(),
    );
    if (process.env['UPDATE_GOLDENS'] === '1' && page !== written) writeFileSync(PAGE, written);
    else expect(page).toBe(written);
  });

  const of = (size: number, ohmsPerCell: number, coding: Coding): Losses =>
    [...losses].find(([key]) => key.size === size && key.ohmsPerCell === ohmsPerCell && key.coding === coding)![1];

  it('says rightly that the formula is good for inputs that are on or off', () => {
    for (const coding of ['all on', 'half on'] as const) {
      const { bitLines, formula } = of(64, 0.5, coding);
      // Which rows happen to be on matters a little
      expect(Math.abs(formula / bitLines - 1)).toBeLessThan(0.1);
    }
  });

  it('says rightly that the formula has three quarters of the loss for inputs coded in time', () => {
    const { bitLines, formula } = of(64, 0.5, 'in time');
    expect(Math.abs(formula / bitLines - 0.75)).toBeLessThan(0.05);
  });

  it('says rightly that the formula has half of the loss for inputs coded in amplitude', () => {
    const { bitLines, formula } = of(64, 0.5, 'in amplitude');
    expect(formula / bitLines).toBeCloseTo(0.5, 1);
  });

  it('says rightly that word lines cost about as much again', () => {
    for (const coding of ['all on', 'in amplitude'] as const) {
      const { bitLines, allLines } = of(64, 0.5, coding);
      expect(allLines / bitLines).toBeGreaterThan(1.7);
    }
  });

  it('says rightly that the formula loses more than there is', () => {
    const { bitLines, formula } = of(512, 5, 'all on');
    expect(bitLines).toBeLessThan(1);
    expect(formula).toBeGreaterThan(2);
  });
});
