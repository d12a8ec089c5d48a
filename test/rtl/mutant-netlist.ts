/** Yosys's side of mutation: a design as a netlist, the list of its mutants, and one netlist that holds many. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ModelSource } from '../../src/cosim/engine.js';
import { mustRunIn, runIn, type CommandEnd } from '../support/work-folder.js';
import { cellOfModule, formalLinesOf, listedOptions, parseMutants, type FormalLines, type Mutant } from './mutants.js';

/** A design in a folder: `base.il` is its netlist with assertions, hierarchy and names of the source. */
export interface BaseNetlist {
  readonly folder: string;
  readonly top: string;
  readonly modules: readonly string[];
  readonly formalLines: FormalLines;
}

/** Width of the input that chooses a mutant. */
const SELECT_WIDTH = 12;

export const SELECTOR = 'mutant_select';

/** Reads the design; `parameters` are options of `hierarchy`. */
export function baseNetlist(
  folder: string,
  { files, top }: Pick<ModelSource, 'files' | 'top'>,
  parameters = '',
): BaseNetlist {
  for (const { name, text } of files) writeFileSync(path.join(folder, name), text);
  const names = files.map(({ name }) => name).filter((name) => /\.s?v$/.test(name));
  yosys(folder, [
    `read_verilog -sv -formal -DFORMAL ${names.join(' ')}`,
    `hierarchy -check -top ${top} ${parameters}`,
    'proc; opt_expr; opt_clean; write_rtlil base.il; tee -o modules.txt ls',
  ]);
  const modules = readFileSync(path.join(folder, 'modules.txt'), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => cellOfModule(line) !== '');
  return { folder, top, modules, formalLines: formalLinesOf(files) };
}

/** At most `count` mutants of a cell, the same for the same design; every instance of it has all of them. */
export function listMutants(base: BaseNetlist, cell: string, count: number): readonly Mutant[] {
  const modules = base.modules.filter((module) => cellOfModule(module) === cell);
  if (modules.length === 0) return [];
  const list = (size: number): string => {
    yosys(base.folder, ['read_rtlil base.il', `mutate -list ${String(size)} -seed 1 -o list.txt ${modules.join(' ')}`]);
    return readFileSync(path.join(base.folder, 'list.txt'), 'utf8');
  };
  const all = parseMutants(list(1_000_000), base.formalLines);
  if (count === Infinity) return all;
  const owners = new Map(all.flatMap((mutant) => [mutant.options, ...mutant.twins].map((option) => [option, mutant])));
  // Assertions have mutants, too, which are dropped
  const chosen = new Set(listedOptions(list(4 * count)).flatMap((option) => owners.get(option) ?? []));
  return [...chosen].slice(0, count);
}

/** Verilog in which the input `mutant_select` of the top chooses among the mutants, counted from one. */
export function switchableNetlist(base: BaseNetlist, mutants: readonly Mutant[]): string {
  if (mutants.length >= 2 ** SELECT_WIDTH) throw new Error('more mutants than the selector can number');
  const select = (index: number): string => `-ctrl ${SELECTOR} ${String(SELECT_WIDTH)} ${String(index + 1)}`;
  yosys(base.folder, [
    'read_rtlil base.il',
    ...mutants.flatMap(({ options, twins }, index) =>
      [options, ...twins].map((option) => `mutate ${select(index)} ${option}`),
    ),
    'chformal -remove',
    'flatten',
    `select ${base.top}`,
    `add -input ${SELECTOR} ${String(SELECT_WIDTH)}`,
    'select -clear',
    'opt_expr; opt_clean; write_verilog -noattr mutants.v',
  ]);
  const text = readFileSync(path.join(base.folder, 'mutants.v'), 'utf8');
  // The input of each flattened instance is a wire that nothing drives yet
  const wire = new RegExp(`^  wire (\\[\\d+:0\\]) (\\\\\\S+\\.${SELECTOR} );$`, 'gm');
  return text.replace(wire, `  wire $1 $2 = ${SELECTOR};`);
}

/** Runs a list of Yosys commands; throws where one fails. */
export function yosys(folder: string, commands: readonly string[]): void {
  writeFileSync(path.join(folder, 'commands.ys'), `${commands.join('\n')}\n`);
  mustRunIn(folder, 'yosys', ['-q', 'commands.ys']);
}

/** Runs a list of Yosys commands and gives what they print. */
export function askYosys(folder: string, commands: readonly string[], seconds: number): CommandEnd {
  writeFileSync(path.join(folder, 'commands.ys'), `${commands.join('\n')}\n`);
  return runIn(folder, 'timeout', [String(seconds), 'yosys', 'commands.ys']);
}
