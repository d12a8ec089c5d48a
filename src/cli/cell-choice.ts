/** Cells as the command line names them: `tile0[3,7]`, `[0..3,*]`, `synapses[3,7]`, `3,7`. */
import { InvalidArgumentError } from 'commander';
import type { CellRange, LineRange } from '../cosim/observe/observation.js';

/** Some cells of a tile; of the only one where it is not named. */
export interface CellChoice {
  /** As it was given. */
  readonly text: string;
  readonly tile?: string;
  readonly range: CellRange;
}

const LINES = String.raw`\d+(?:\.\.\d+)?|\*`;
const CHOICE = new RegExp(String.raw`^(?:(\w+)?\[(${LINES}),(${LINES})\]|(${LINES}),(${LINES}))$`);

/** Adds a choice to the ones before; commander hands over what it has collected so far. */
export function parseCells(text: string, before: readonly CellChoice[] = []): readonly CellChoice[] {
  const match = CHOICE.exec(text.replaceAll(' ', ''));
  const [, tile, row, column, bareRow, bareColumn] = match ?? [];
  const range = { rows: parseLines(row ?? bareRow), columns: parseLines(column ?? bareColumn) };
  return [...before, { text, ...(tile !== undefined && { tile }), range }];
}

function parseLines(text: string | undefined): LineRange {
  if (text === undefined) throw new InvalidArgumentError('expected cells such as tile0[3,7], [0..3,*] or 3,7');
  if (text === '*') return { first: 0 };
  const [first = NaN, last = first] = text.split('..').map(Number);
  if (last < first) throw new InvalidArgumentError(`\`${text}\` ends before it begins`);
  return { first, last };
}
