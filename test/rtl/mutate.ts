/**
 * `npm run mutate [-- --per-cell N] [--cell NAME]`: faults seeded into the cells, and who finds them: the recorded
 * tests of the cell, those of whole controllers, or a proof; of the rest ABC says which are no faults at all.
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { PROOFS } from '../proofs.js';
import { storedDesigns, type RecordedDesign } from '../support/trace-store.js';
import { buildReplay, replayTraces, shownMutants } from '../support/verilator-replay.js';
import { inWorkFolder } from '../support/work-folder.js';
import { cellUnderTest } from './design-name.js';
import { brokenByProof, compareMutant, demandJudges, unprovenMutants, type Comparison } from './judge-mutants.js';
import { remembered, rememberedChoice } from './memo.js';
import { baseNetlist, listMutants, SELECTOR, switchableNetlist } from './mutant-netlist.js';
import { cellOfModule, type Mutant } from './mutants.js';
import { argumentFor } from './survivors.js';
import { printTable, secondsSince } from './table.js';

const GOAL = 0.97;
/** Designs of a cell, and controllers, on which its mutants are tried; those with the longest runs. */
const MAX_CELL_DESIGNS = 4;
const MAX_CONTROLLERS = 20;

type Judge = 'cell test' | 'controller' | 'proof' | 'argued' | Comparison;

interface Trial {
  readonly cell: string;
  readonly mutant: Mutant;
  /** The design from which the mutant was listed. */
  readonly design: RecordedDesign;
  judge?: Judge;
}

/** Prints a row for each cell and a line for each survivor. */
export function main(args: readonly string[], store: string): boolean {
  const start = performance.now();
  const { values } = parseArgs({
    args: [...args],
    options: { 'per-cell': { type: 'string', default: '24' }, cell: { type: 'string' } },
  });
  demandJudges();
  const designs = [...storedDesigns(store)].sort((a, b) => clocksOf(b) - clocksOf(a) || (a.key < b.key ? -1 : 1));
  const cells = readdirSync('hw').flatMap((name) => (name.endsWith('.sv') ? [name.slice(0, -3)] : []));
  const chosen = cells.sort().filter((cell) => values.cell === undefined || cell === values.cell);
  const trials = chosen.flatMap((cell) => trialsOf(cell, designs, Number(values['per-cell'])));
  for (const cell of chosen)
    tryCellTests(
      cell,
      designs,
      trials.filter((trial) => trial.cell === cell),
    );
  tryControllers(designs.filter(isController), trials);
  const openOf = (cell: string): readonly Trial[] => trials.filter((trial) => trial.cell === cell && !trial.judge);
  for (const cell of chosen) judgeByProof(cell, openOf(cell), brokenByProof);
  const differing = trials.filter((trial) => !trial.judge && judgeByComparison(trial));
  for (const cell of chosen)
    judgeByProof(
      cell,
      differing.filter((trial) => trial.cell === cell),
      unprovenMutants,
    );
  report(chosen, trials);
  process.stdout.write(`${secondsSince(start)} s\n`);
  return score(trials) >= GOAL && !trials.some(isSurvivor);
}

function clocksOf({ traces }: RecordedDesign): number {
  return traces.reduce((sum, { clocks }) => sum + clocks, 0);
}

function isController({ source }: RecordedDesign): boolean {
  return cellUnderTest(source) === undefined;
}

/** Mutants of a cell, from its own longest test, or from a controller where it has none. */
function trialsOf(cell: string, designs: readonly RecordedDesign[], count: number): readonly Trial[] {
  const own = designs.filter(({ source }) => cellUnderTest(source) === cell);
  const others = designs.filter((design) => hasFile(design, cell) && !own.includes(design));
  for (const design of [...own, ...others]) {
    const mutants = mutantsIn(design, cell, count);
    if (mutants.length > 0) return mutants.map((mutant) => ({ cell, mutant, design }));
  }
  return [];
}

function mutantsIn(design: RecordedDesign, cell: string, count: number): readonly Mutant[] {
  return remembered(['list', toolHash(), design.key, cell, String(count)], () =>
    inWorkFolder((folder) => listMutants(baseNetlist(folder, design.source), cell, count)),
  );
}

/** The longest tests of a cell, and of cells that have it inside. */
function tryCellTests(cell: string, designs: readonly RecordedDesign[], trials: readonly Trial[]): void {
  process.stderr.write(`# ${cell}: ${String(trials.length)} mutants\n`);
  const tests = designs.filter((design) => !isController(design) && hasFile(design, cell));
  const isOwn = ({ source }: RecordedDesign): boolean => cellUnderTest(source) === cell;
  const [own, around] = [tests.filter(isOwn), tests.filter((design) => !isOwn(design))];
  for (const design of [...own.slice(0, MAX_CELL_DESIGNS), ...around.slice(0, MAX_CELL_DESIGNS)])
    judgeByRuns(design, trials, 'cell test');
}

function hasFile({ source }: RecordedDesign, cell: string): boolean {
  return source.files.some(({ name }) => name === `${cell}.sv`);
}

/** Every cell in the longest runs of controllers that have it. */
function tryControllers(designs: readonly RecordedDesign[], trials: readonly Trial[]): void {
  const tries = new Map<string, number>();
  for (const design of designs) {
    const open = trials.filter(({ cell, judge }) => !judge && (tries.get(cell) ?? 0) < MAX_CONTROLLERS);
    if (open.length === 0) return;
    const held = open.filter(({ cell }) => hasFile(design, cell));
    if (held.length === 0) continue;
    process.stderr.write(
      `# controller ${design.key.slice(0, 6)}: ${String(held.length)} of ${String(open.length)} mutants left\n`,
    );
    judgeByRuns(design, held, 'controller');
    for (const cell of new Set(held.map((trial) => trial.cell))) tries.set(cell, (tries.get(cell) ?? 0) + 1);
  }
}

/** Marks the trials that the recorded runs of a design show; a mutant is found again by its place in the source. */
function judgeByRuns(design: RecordedDesign, trials: readonly Trial[], judge: Judge): void {
  const open = trials.filter((trial) => !trial.judge);
  const cells = [...new Set(open.map(({ cell }) => cell))];
  const parts = ['runs', toolHash('support/verilator-replay', 'support/replay-loop'), design.key, design.runs];
  const shown = rememberedChoice(
    parts,
    open.map(({ mutant }) => mutant.key),
    (keys) => new Set(shownKeys(design, cells, keys)),
  );
  for (const trial of open) if (shown.has(trial.mutant.key)) trial.judge = judge;
}

function shownKeys(design: RecordedDesign, cells: readonly string[], keys: ReadonlySet<string>): readonly string[] {
  return inWorkFolder((folder) => {
    const base = baseNetlist(folder, design.source);
    const held = new Set(base.modules.map(cellOfModule));
    const known = cells.filter((cell) => held.has(cell)).flatMap((cell) => listMutants(base, cell, Infinity));
    const mutants = known.filter(({ key }) => keys.has(key));
    if (mutants.length === 0) return [];
    const text = switchableNetlist(base, mutants);
    const source = { ...design.source, files: [{ name: 'mutants.v', text }] };
    const program = buildReplay(folder, { source, selector: SELECTOR });
    const difference = replayTraces(program, design.traces);
    if (difference) throw new Error(`without a mutant the netlist differs: ${JSON.stringify(difference)}`);
    const shown = shownMutants(
      program,
      design.traces,
      mutants.map((_, index) => index + 1),
    );
    return [...shown].map((index) => mutants[index - 1]!.key);
  });
}

function judgeByProof(cell: string, trials: readonly Trial[], judge: typeof brokenByProof): void {
  const text = readFileSync(path.join('hw', `${cell}.sv`), 'utf8');
  for (const proof of PROOFS.filter((row) => row.cell === cell)) {
    const open = trials.filter((trial) => trial.judge !== 'proof');
    const chosen = rememberedChoice(
      [judge.name, toolHash('rtl/judge-mutants'), text, JSON.stringify(proof)],
      open.map(({ mutant }) => mutant.key),
      (keys) =>
        judge(
          proof,
          open.flatMap(({ mutant }) => (keys.has(mutant.key) ? [mutant] : [])),
        ),
    );
    for (const trial of open) if (chosen.has(trial.mutant.key)) trial.judge = 'proof';
  }
}

/** Whether a mutant is a fault for all that is known. */
function judgeByComparison(trial: Trial): boolean {
  const verdict = comparison(trial);
  trial.judge = verdict !== 'equivalent' && argumentFor(trial.cell, trial.mutant) ? 'argued' : verdict;
  return isSurvivor(trial);
}

function comparison({ design, mutant }: Trial): Comparison {
  return remembered(['compare', toolHash('rtl/judge-mutants'), design.key, mutant.key], () =>
    inWorkFolder((folder) => compareMutant(baseNetlist(folder, design.source), mutant)),
  );
}

/** Results are those of this code; what one judge finds does not depend on the others. */
function toolHash(...judges: readonly string[]): string {
  return ['rtl/mutants', 'rtl/mutant-netlist', ...judges]
    .map((name) => readFileSync(path.join('test', `${name}.ts`), 'utf8'))
    .join('\n');
}

function isKilled({ judge }: Trial): boolean {
  return judge === 'cell test' || judge === 'controller' || judge === 'proof';
}

function isSurvivor({ judge }: Trial): boolean {
  return judge === 'different' || judge === 'open';
}

/** Share of the faults that are killed; what is only argued to be none counts as one. */
function score(trials: readonly Trial[]): number {
  const faults = trials.filter(({ judge }) => judge !== 'equivalent');
  return faults.length === 0 ? 0 : faults.filter(isKilled).length / faults.length;
}

function report(cells: readonly string[], trials: readonly Trial[]): void {
  const row = (name: string, of: readonly Trial[]): readonly (string | number)[] => {
    const count = (judge: Judge): number => of.filter((trial) => trial.judge === judge).length;
    const survivors = of.filter(isSurvivor).length;
    const percent = of.length === 0 ? '-' : (100 * score(of)).toFixed(1);
    return [
      name,
      of.length,
      count('cell test'),
      count('controller'),
      count('proof'),
      count('equivalent'),
      count('argued'),
      survivors,
      percent,
    ];
  };
  const header = ['cell', 'mutants', 'cell test', 'controller', 'proof', 'equivalent', 'argued', 'survive', 'killed %'];
  const rows = cells.map((cell) =>
    row(
      cell,
      trials.filter((trial) => trial.cell === cell),
    ),
  );
  printTable(header, [...rows, row('all', trials)]);
  const place = ({ mutant }: Trial): string => mutant.place;
  const argued = trials.filter(({ judge }) => judge === 'argued');
  const survivors = trials.filter(isSurvivor);
  const reason = ({ cell, mutant }: Trial): string => argumentFor(cell, mutant) ?? '';
  if (argued.length > 0)
    printTable(
      ['no fault', 'because'],
      argued.map((trial) => [place(trial), reason(trial)]),
    );
  if (survivors.length > 0)
    printTable(
      ['survivor', 'against the design'],
      survivors.map((trial) => [place(trial), trial.judge ?? '']),
    );
}
