/** Whole files: imports, parameters and declarations. */
import { CHIP } from './chip.js';
import { DEVICE } from './device.js';
import { DATA } from './data.js';
import { EXPERIMENT } from './experiment.js';
import { MODULE, NETWORK } from './network.js';
import type { Block } from './nodes.js';
import { PROGRAM } from './program.js';
import { RULE } from './rule.js';
import { declares, IMPORTS } from './name-role.js';
import {
  clause,
  clauseSet,
  enumeration,
  expression,
  mark,
  name,
  nodes,
  optional,
  shape,
  text,
  unit,
  word,
  type ClauseOf,
  type NodeOf,
} from './shape.js';

/** What a file can offer to others. */
export const EXPORT_KINDS = ['device', 'rule', 'module', 'network', 'chip', 'program', 'data'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

export const IMPORTED_NAME = shape(
  'imported-name',
  'A name of another file; without a kind it has that of the name before it.',
  optional(enumeration('exportKind', EXPORT_KINDS)),
  name('name', IMPORTS),
);
export const IMPORT = clause(
  'import',
  'Brings names of the standard library or of another file into this one.',
  word('import'),
  nodes('names', () => IMPORTED_NAME),
  word('from'),
  text('path'),
);
export const PARAM = clause(
  'param',
  'A number or a text with a name, which the command line can replace.',
  word('param'),
  name('name', declares('param')),
  optional(mark(':'), unit('unit')),
  mark('='),
  expression('value'),
);

export const ITEMS = clauseSet('item', [IMPORT, PARAM, DEVICE, RULE, MODULE, NETWORK, CHIP, PROGRAM, DATA, EXPERIMENT]);

export type ImportedName = NodeOf<typeof IMPORTED_NAME>;
export type ImportItem = NodeOf<typeof IMPORT>;
export type ParamItem = NodeOf<typeof PARAM>;
export type Item = ClauseOf<typeof ITEMS>;

/** Items that give a name to something. */
export type Declaration = Exclude<Item, ImportItem>;

/** A source file. */
export interface SourceFile {
  readonly file: string;
  readonly items: Block<Item>;
}
