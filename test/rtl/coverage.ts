/**
 * `npm run coverage:rtl`: line and toggle coverage of the cells by everything that the tests of the hardware do,
 * counted by Verilator. A bit that no run toggles counts unless a parameter ties it off in every design.
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { buildReplay, exerciseTraces } from '../support/verilator-replay.js';
import { storedDesigns } from '../support/trace-store.js';
import { inWorkFolder } from '../support/work-folder.js';
import { collectPoints, type CoveragePoint } from './coverage-points.js';
import { printTable, secondsSince } from './table.js';

const FLAGS = ['--coverage-line', '--coverage-toggle'];
const LINE_GOAL = 1;
const TOGGLE_GOAL = 0.95;

/** Prints the share of lines and bits of each cell, and the lines that nothing reaches. */
export function main(args: readonly string[], store: string): boolean {
  const start = performance.now();
  const points = new Map<string, CoveragePoint>();
  for (const { source, traces } of storedDesigns(store)) {
    inWorkFolder((folder) => {
      const program = buildReplay(folder, { source, flags: FLAGS, isBrief: true });
      const { isGood, output } = exerciseTraces(program, traces);
      if (!isGood) throw new Error(output);
      collectPoints(readFileSync(path.join(folder, 'coverage.dat'), 'latin1'), points);
    });
  }
  const cells = readdirSync('hw').flatMap((name) => (name.endsWith('.sv') ? [name] : []));
  const rows = cells.sort().map((file) =>
    cellRow(
      file,
      [...points.values()].filter((point) => point.file === file),
    ),
  );
  printTable(
    ['cell', 'lines', 'line %', 'bits', 'toggle %', 'lines never reached'],
    rows.map(({ cells: text }) => text),
  );
  process.stdout.write(`${secondsSince(start)} s\n`);
  if (args.includes('--bits')) printMissed([...points.values()]);
  return rows.every(({ isGood }) => isGood);
}

function printMissed(points: readonly CoveragePoint[]): void {
  const missed = points.filter(({ kind, hits }) => kind === 'toggle' && hits === 0);
  printTable(
    ['cell', 'line', 'bit never toggled'],
    missed.map(({ file, line, name }) => [file, line, name]),
  );
}

function cellRow(
  file: string,
  points: readonly CoveragePoint[],
): { readonly cells: string[]; readonly isGood: boolean } {
  const lines = points.filter(({ kind }) => kind === 'line');
  const bits = points.filter(({ kind }) => kind === 'toggle');
  const share = (of: readonly CoveragePoint[]): number =>
    of.length === 0 ? 1 : of.filter(({ hits }) => hits > 0).length / of.length;
  const percent = (of: readonly CoveragePoint[]): string => (of.length === 0 ? '-' : (100 * share(of)).toFixed(1));
  const missed = [...new Set(lines.filter(({ hits }) => hits === 0).map(({ line }) => line))].sort((a, b) => a - b);
  return {
    cells: [
      file.replace(/\.sv$/, ''),
      String(lines.length),
      percent(lines),
      String(bits.length),
      percent(bits),
      missed.join(' '),
    ],
    isGood: points.length > 0 && share(lines) >= LINE_GOAL && share(bits) >= TOGGLE_GOAL,
  };
}
