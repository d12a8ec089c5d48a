/** Lists of broken cells and lines: one `tile,row,column,kind,value` a line, a heading and `#` comments apart. */
import type { TileFault } from '../core/tile-fault.js';

export interface FaultMapList {
  readonly kind: 'faults';
  /** In the order of the file. */
  readonly all: readonly TileFault[];
}

/** Why a text is no list of faults. */
export interface FaultMapFault {
  readonly kind: 'map-fault';
  /** Counted from 1; 0 where the whole text is meant. */
  readonly line: number;
  /** In words for a message: lower case, no full stop. */
  readonly reason: string;
}

/** Exclusive bounds of tiles and lines. */
export interface FaultLimits {
  readonly tiles: number;
  readonly rows: number;
  readonly columns: number;
}

const HEADING = 'tile,row,column,kind,value';
const KINDS = ['stuck', 'open', 'row', 'column'] as const;
type Kind = (typeof KINDS)[number];

/** The fields that a kind needs beside the tile; the others stay empty. */
const NEEDED: Readonly<Record<Kind, readonly ('row' | 'column' | 'value')[]>> = {
  stuck: ['row', 'column', 'value'],
  open: ['row', 'column'],
  row: ['row'],
  column: ['column'],
};

/** The faults in `bytes`, every index below its bound and none listed twice; never throws. */
export function readFaultMap(bytes: Uint8Array, limits: FaultLimits): FaultMapList | FaultMapFault {
  const text = decode(bytes);
  if (text === undefined) return { kind: 'map-fault', line: 0, reason: 'it is not UTF-8 text' };
  const all: TileFault[] = [];
  const known = new Map<string, number>();
  for (const [index, row] of text.split('\n').entries()) {
    const line = index + 1;
    const content = row.replace(/#.*/, '').trim();
    if (content === '' || content.replaceAll(/\s/g, '') === HEADING) continue;
    const fault = faultOf(content, limits);
    if (typeof fault === 'string') return { kind: 'map-fault', line, reason: fault };
    const place = placeOf(fault);
    const before = known.get(place);
    if (before !== undefined) return { kind: 'map-fault', line, reason: `line ${String(before)} is about the same` };
    known.set(place, line);
    all.push(fault);
  }
  return { kind: 'faults', all };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function placeOf(fault: TileFault): string {
  const lines = fault.kind === 'stuck' ? [fault.row, fault.column] : [fault.kind, fault.kind === 'row' ? fault.row : fault.column]; // prettier-ignore
  return [fault.tile, ...lines].join();
}

/** The fault of a line, or what is wrong with it. */
function faultOf(content: string, limits: FaultLimits): TileFault | string {
  const [tile = '', row = '', column = '', kind = '', value = '', ...more] = content.split(/[,;\t]/).map((field) => field.trim()); // prettier-ignore
  if (!isKind(kind) || more.length > 0) {
    return `expected \`${HEADING}\` with a kind of ${KINDS.join(', ')}; found ${shown(content)}`;
  }
  const reason = formFault(kind, { row, column, value }) ?? placeFault({ tile, row, column }, limits);
  if (reason !== undefined) return reason;
  const at = { tile: Number(tile) };
  if (kind === 'row') return { ...at, kind, row: Number(row) };
  if (kind === 'column') return { ...at, kind, column: Number(column) };
  const siemens = kind === 'open' ? 0 : siemensOf(value);
  if (siemens === undefined) return `a conductance in siemens is a number of 0 or more; found ${shown(value)}`;
  return { ...at, kind: 'stuck', row: Number(row), column: Number(column), siemens };
}

/** Which field is missing, or is one too many. */
function formFault(kind: Kind, fields: Readonly<Record<'row' | 'column' | 'value', string>>): string | undefined {
  for (const [name, text] of Object.entries(fields)) {
    const isNeeded = NEEDED[kind].some((each) => each === name);
    if (isNeeded && text === '') return `\`${kind}\` has a ${name}`;
    if (!isNeeded && text !== '') return `\`${kind}\` has no ${name}, and the field stays empty; found ${shown(text)}`;
  }
  return undefined;
}

function placeFault(
  { tile, row, column }: Readonly<Record<'tile' | 'row' | 'column', string>>,
  { tiles, rows, columns }: FaultLimits,
): string | undefined {
  const reason = beyond(tile, 'tile', tiles) ?? (row === '' ? undefined : beyond(row, 'row', rows));
  return reason ?? (column === '' ? undefined : beyond(column, 'column', columns));
}

function isKind(text: string): text is Kind {
  return KINDS.some((kind) => kind === text);
}

function siemensOf(text: string): number | undefined {
  const isNumber = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
  return isNumber && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

function beyond(digits: string, what: string, size: number): string | undefined {
  if (!/^\d+$/.test(digits)) return `a ${what} is a whole number; found ${shown(digits)}`;
  if (Number(digits) < size) return undefined;
  return `${what} ${digits} does not exist; there are ${String(size)}, counted from 0`;
}

function shown(content: string): string {
  return JSON.stringify(content.length > 40 ? `${content.slice(0, 40)}…` : content);
}
