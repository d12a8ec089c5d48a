/** What a sweep has found: files in its folder, the terminal, JSON. */
import path from 'node:path';
import { paretoFront, type Objective, type ParetoFront } from '../sweep/pareto.js';
import { readPlan, removeOwn, ResultStore } from '../sweep/sweep-folder.js';
import type { SweepPlan } from '../sweep/sweep-plan.js';
import { sweepTable, type SweepTable, type TableRow } from '../sweep/sweep-table.js';
import { tableCsv, tableDocument, tableJson } from '../sweep/table-files.js';
import { CLI_CATALOGUE } from './catalogue.js';
import type { CommandContext, CommandResult } from './command.js';
import { objectivesOf, type SweepOptions } from './sweep-options.js';
import { paretoPlotOf, sweepPageOf } from './sweep-page.js';
import { renderSweepText } from './sweep-text.js';
import { writeFiles } from './write-output.js';

/** Where a sweep lies, and what it is called. */
export interface SweepPlace {
  readonly folder: string;
  /** The folder as it was given. */
  readonly shown: string;
  /** Name of the source file. */
  readonly source: string;
}

/** Writes table, page and plot into the folder and tells what they hold; undefined after reporting why that cannot be. */
export async function reportSweep(
  plan: SweepPlan,
  place: SweepPlace,
  objectives: readonly Objective[],
  context: CommandContext,
): Promise<CommandResult | undefined> {
  const { table, front } = readTable(plan, place.folder, objectives);
  const files = await renderFiles(table, front, place);
  const isWritten = await writeFiles(
    files.map(({ name, text }) => ({ path: path.join(place.folder, name), text })),
    context.diagnostics,
  );
  // A plot of an earlier table would not belong to this one
  if (!files.some(({ name }) => name === PARETO)) removeOwn(path.join(place.folder, PARETO));
  if (!isWritten) return undefined;
  reportFaulty(table, context);
  return resultOf({ table, front }, { shown: place.shown, files: files.map(({ name }) => name) }, context);
}

/** What the sweep in `folder` has found so far; nothing is written. */
export function sweepStatus(folder: string, options: SweepOptions, context: CommandContext): CommandResult | undefined {
  const plan = readPlan(folder);
  if (!plan) {
    context.diagnostics.report(CLI_CATALOGUE, 'sweep-no-folder', { folder });
    return undefined;
  }
  const { table, front } = readTable(plan, folder, objectivesOf(options));
  return resultOf({ table, front }, { shown: folder, files: [] }, context);
}

function readTable(plan: SweepPlan, folder: string, objectives: readonly Objective[]): Found {
  const store = new ResultStore(folder, plan);
  const table = sweepTable(plan, (point) => store.read(point));
  return { table, front: objectives.length > 0 ? paretoFront(table.groups, objectives) : undefined };
}

const PARETO = 'pareto.svg';

async function renderFiles(
  table: SweepTable,
  front: ParetoFront | undefined,
  { source }: SweepPlace,
): Promise<readonly { readonly name: string; readonly text: string }[]> {
  const { renderPareto, renderSweep } = await import('../report/render-sweep.js');
  const plot = front && paretoPlotOf(table, front, source);
  return [
    { name: 'table.csv', text: tableCsv(table) },
    { name: 'table.json', text: tableJson(table, front) },
    { name: 'sweep.html', text: await renderSweep(sweepPageOf(table, front, plot, source)) },
    ...(plot ? [{ name: PARETO, text: await renderPareto(plot) }] : []),
  ];
}

interface Found {
  readonly table: SweepTable;
  readonly front: ParetoFront | undefined;
}

function resultOf(
  { table, front }: Found,
  { shown, files }: { readonly shown: string; readonly files: readonly string[] },
  { terminal }: CommandContext,
): CommandResult {
  const written = files.map((name) => path.posix.join(shown.replaceAll(path.sep, '/'), name));
  return {
    fields: { output: shown, files: written, ...tableDocument(table, front) },
    text: renderSweepText(table, front, written, terminal.colors),
    passed: table.groups.every(({ passed }) => passed),
  };
}

/** Points of which the input is to blame, those with the same message together. */
function reportFaulty({ rows }: SweepTable, { diagnostics }: CommandContext): void {
  const groups = new Map<string, TableRow[]>();
  for (const row of rows) {
    const error = row.state === 'failed' ? row.notes.find(({ severity }) => severity === 'error') : undefined;
    if (!error) continue;
    const key = JSON.stringify(error);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  for (const members of groups.values()) {
    const [first] = members;
    const error = first?.notes.find(({ severity }) => severity === 'error');
    if (!first || !error) continue;
    const shared = first.settings.filter(([name, value]) =>
      members.every(({ settings }) => settings.some((each) => each[0] === name && each[1] === value)),
    );
    const values = shared.length === 0 ? '' : ` with ${shared.map(([name, value]) => `${name} = ${value}`).join(', ')}`;
    const { message, place } = error;
    diagnostics.report(CLI_CATALOGUE, 'sweep-point-faulty', { points: members.length, values, message, place });
  }
}
