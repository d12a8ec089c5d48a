/**
 * `npm run coverage:rtl [-- --bits] [--cell NAME]`: line and toggle coverage of the cells by what the tests of the hardware do,
 * counted by Verilator. A bit counts when some design leaves it free to change, whether anybody reads it or not; see
 * constant-bits.ts. `--bits` names those that no run changes; `--cell` counts one cell alone, in the designs
 * that hold it.
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildReplay, exerciseTraces } from '../support/verilator-replay.js';
import { hashOf, storedDesigns, wordsToBytes, type RecordedDesign } from '../support/trace-store.js';
import { inWorkFolder } from '../support/work-folder.js';
import { changingBits } from './constant-bits.js';
import { addPoint, pointsOf, type CoveragePoint } from './coverage-points.js';
import { cellUnderTest } from './design-name.js';
import { remembered } from './memo.js';
import { printTable, secondsSince, tellProgress } from './table.js';

const FLAGS = ['--coverage-line', '--coverage-toggle'];
const LINE_GOAL = 1;
const TOGGLE_GOAL = 0.95;

const HEADER = ['cell', 'lines', 'line %', 'bits', 'constant', 'counted', 'toggle %', 'lines never reached'];

/** Prints the share of lines and bits of each cell, and the lines that nothing reaches. */
export function main(args: readonly string[], store: string): boolean {
  const start = performance.now();
  const { values: asked } = parseArgs({
    args: [...args],
    options: { bits: { type: 'boolean', default: false }, cell: { type: 'string' } },
  });
  const isAsked = (file: string): boolean => asked.cell === undefined || file === `${asked.cell}.sv`;
  const points = new Map<string, CoveragePoint>();
  const designs = chosenDesigns([...storedDesigns(store)]).filter(({ source }) =>
    source.files.some(({ name }) => isAsked(name)),
  );
  for (const [index, design] of designs.entries()) {
    tellProgress(index, designs.length, cellUnderTest(design.source) ?? `${design.source.top} ${design.key}`);
    for (const point of designPoints(design)) addPoint(points, point);
  }
  const cells = readdirSync('hw').flatMap((name) => (name.endsWith('.sv') && isAsked(name) ? [name] : []));
  const all = [...points.values()].filter(({ file }) => isAsked(file));
  const rows = [
    ...cells.sort().map((file) =>
      tableRow(
        file.replace(/\.sv$/, ''),
        all.filter((point) => point.file === file),
      ),
    ),
    tableRow('all', all),
  ];
  printTable(
    HEADER,
    rows.map(({ cells: text }) => text),
  );
  const controllers = designs.filter(({ source }) => cellUnderTest(source) === undefined).length;
  const kinds = `${String(designs.length - controllers)} single cells, ${String(controllers)} controllers`;
  process.stdout.write(`${kinds}, ${String(clocksOf(designs))} clocks, ${secondsSince(start)} s\n`);
  if (asked.bits) printMissed(all);
  return rows.every(({ isGood }) => isGood);
}

/**
 * All single cells, and of controllers that consist of the same cells two that stand for all: the one with the longest
 * runs, and the one with the widest ports.
 */
function chosenDesigns(designs: readonly RecordedDesign[]): readonly RecordedDesign[] {
  const kinds = new Map<string, RecordedDesign[]>();
  for (const design of [...designs].sort((a, b) => clocksOf([b]) - clocksOf([a]))) {
    const names = design.source.files.map(({ name }) => name);
    const kind = cellUnderTest(design.source) === undefined ? names.sort().join(' ') : design.key;
    kinds.set(kind, [...(kinds.get(kind) ?? []), design]);
  }
  return [...kinds.values()].flatMap((kind) => {
    const [widest] = [...kind].sort((a, b) => portBits(b) - portBits(a));
    return [...new Set([...kind.slice(0, 1), ...(widest ? [widest] : [])])];
  });
}

function portBits({ source }: RecordedDesign): number {
  return source.ports.reduce((sum, { width }) => sum + width, 0);
}

function clocksOf(designs: readonly RecordedDesign[]): number {
  return designs.flatMap(({ traces }) => traces).reduce((sum, { clocks }) => sum + clocks, 0);
}

function designPoints({ key, source, traces }: RecordedDesign): readonly CoveragePoint[] {
  const runs = hashOf(traces.map(({ inputs }) => wordsToBytes([inputs])));
  const tools = ['constant-bits', 'coverage-points'].map((name) =>
    readFileSync(path.join('test', 'rtl', `${name}.ts`), 'utf8'),
  );
  return remembered(['coverage', ...tools, key, runs], () =>
    inWorkFolder((folder) => {
      const program = buildReplay(folder, { source, flags: FLAGS, isBrief: true });
      const { isGood, output } = exerciseTraces(program, traces);
      if (!isGood) throw new Error(output);
      const filesOf = (pattern: RegExp): readonly string[] =>
        readdirSync(folder).flatMap((name) =>
          pattern.test(name) ? [readFileSync(path.join(folder, name), 'latin1')] : [],
        );
      const bits = changingBits(source);
      return pointsOf(
        filesOf(/^coverage\d+\.dat$/),
        filesOf(/^before_coverage\d+\.dat$/),
        (place) => bits.get(place) === false,
      ).filter(({ file }) => file.startsWith('ion_'));
    }),
  );
}

function printMissed(points: readonly CoveragePoint[]): void {
  const missed = points.filter(({ kind, hits, changes }) => kind === 'toggle' && changes && hits === 0);
  printTable(
    ['cell', 'line', 'bit never changed'],
    missed.map(({ file, line, name }) => [file, line, name]),
  );
}

function tableRow(
  name: string,
  points: readonly CoveragePoint[],
): { readonly cells: readonly (string | number)[]; readonly isGood: boolean } {
  const lines = points.filter(({ kind }) => kind === 'line');
  const bits = points.filter(({ kind }) => kind === 'toggle');
  const counted = bits.filter(({ changes }) => changes);
  const share = (of: readonly CoveragePoint[]): number =>
    of.length === 0 ? 1 : of.filter(({ hits }) => hits > 0).length / of.length;
  const percent = (of: readonly CoveragePoint[]): string => (of.length === 0 ? '-' : (100 * share(of)).toFixed(1));
  const missed = [...new Set(lines.filter(({ hits }) => hits === 0).map(({ line }) => line))].sort((a, b) => a - b);
  return {
    cells: [
      name,
      lines.length,
      percent(lines),
      bits.length,
      bits.length - counted.length,
      counted.length,
      percent(counted),
      name === 'all' ? '' : missed.join(' '),
    ],
    isGood: points.length > 0 && share(lines) >= LINE_GOAL && share(counted) >= TOGGLE_GOAL,
  };
}
