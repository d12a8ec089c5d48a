/** Field values of the words of a program. */
import { invariant, unreachable } from '../core/invariant.js';
import type { AssembledWord } from './assemble.js';
import type { Lanes, OpFieldName } from './legal.js';
import {
  CONDITION_CODE,
  CONTROL_BITS,
  CONTROL_CODE,
  MARKS_CODE,
  POLARITY_CODE,
  REST_CODE,
  SAMPLE_CODE,
  SAMPLE_NEGATE,
  SELECT_CODE,
  SET_BITS,
  UNIT_CODE,
  WORD_KIND,
  type LoopDepth,
} from './microcode.js';
import { takesEntry } from './operation-facts.js';
import type { WordContent } from './program-graph.js';
import type { LineSelection, PlaneSource, SegmentOperation } from './scheduled.js';
import { hasEvenParity, packWord, type WordFormat } from './word-format.js';

export type OpFields = Record<OpFieldName, number>;

type SegmentContent = Extract<WordContent, { kind: 'segment' }>;

/** A word of zeros. */
export const STOP_FIELDS: OpFields = {
  kind: WORD_KIND.stop,
  end: 0,
  next: 0,
  entry: 0,
  row: 0,
  row_plane: 0,
  row_level: 0,
  column: 0,
  column_plane: 0,
  column_level: 0,
  rail: 0,
  polarity: 0,
  fires: 0,
  hold: 0,
  samples: 0,
  rest: 0,
  timed: 0,
  tiles: 0,
  dwell: 0,
  parity: 0,
};

/** The word with these field values, whose parity follows from the others. */
export function packOp(format: WordFormat<OpFieldName>, fields: OpFields): Lanes {
  const even = packWord(format, { ...fields, parity: 0 });
  return hasEvenParity(even) ? even : packWord(format, { ...fields, parity: 1 });
}

/** Field values of `word`. */
export function encodeOp({ node, next }: AssembledWord): OpFields {
  const { content, ends } = node;
  const fields = {
    ...STOP_FIELDS,
    next,
    end: ends.reduce<number>((mask, counter) => mask | (1 << counter), 0),
  };
  switch (content.kind) {
    case 'stop':
      return STOP_FIELDS;
    case 'segment':
      return { ...fields, kind: WORD_KIND.segment, ...segmentFields(content) };
    case 'wait':
      return { ...fields, ...controlFields('wait', { condition: CONDITION_CODE[content.condition] }) };
    case 'branch': {
      const condition = CONDITION_CODE[content.operation.condition];
      return { ...fields, ...controlFields('branch', { condition, invert: Number(content.inverts) }) };
    }
    case 'command': {
      const { unit, argument } = content;
      return { ...fields, ...controlFields('command', { condition: UNIT_CODE[unit], argument }) };
    }
    case 'set':
      return { ...fields, kind: WORD_KIND.set, dwell: content.counter + content.last * 2 ** SET_BITS.value.lsb };
    default:
      return unreachable(content);
  }
}

function controlFields(
  control: keyof typeof CONTROL_CODE,
  parts: { readonly condition: number; readonly invert?: number; readonly argument?: number },
): Pick<OpFields, 'kind' | 'dwell'> {
  const { condition, invert = 0, argument = 0 } = parts;
  const dwell =
    CONTROL_CODE[control] +
    condition * 2 ** CONTROL_BITS.condition.lsb +
    invert * 2 ** CONTROL_BITS.invert.lsb +
    argument * 2 ** CONTROL_BITS.argument.lsb;
  return { kind: WORD_KIND.control, dwell };
}

function segmentFields(content: SegmentContent): Omit<OpFields, 'kind' | 'end' | 'next' | 'parity'> {
  const { segment } = content;
  const { row, column, levels, dwell } = segment;
  return {
    entry: entryCode(content),
    row: selectCode(row, content),
    row_plane: planeBase(row),
    row_level: levels.row,
    column: selectCode(column, content),
    column_plane: planeBase(column),
    column_level: levels.column,
    rail: segment.railSet,
    polarity: POLARITY_CODE[segment.polarity],
    fires: Number(segment.fires),
    hold: Number(segment.holds),
    samples: sampleCode(segment),
    rest: REST_CODE[segment.rest],
    timed: Number(dwell.kind === 'entry'),
    tiles: segment.tiles,
    dwell: dwell.kind === 'clocks' ? dwell.clocks : 0,
  };
}

function entryCode({ segment, entryCounter }: SegmentContent): number {
  if (!takesEntry(segment)) return 0;
  invariant(entryCounter !== undefined, 'entries are numbered by a loop around the segment');
  return entryCounter + 1;
}

function sampleCode({ samples }: SegmentOperation): number {
  if (samples === 'never') return SAMPLE_CODE.never;
  return SAMPLE_CODE[samples.mode] + (samples.negate ? SAMPLE_NEGATE : 0);
}

function selectCode(selection: LineSelection, content: SegmentContent): number {
  switch (selection.kind) {
    case 'none':
    case 'all':
    case 'entry':
    case 'keep':
      return SELECT_CODE[selection.kind];
    case 'counter':
      return SELECT_CODE.counter + hardwareCounter(selection.counter, content);
    case 'plane':
      return planeCode(selection.source, content);
    default:
      return unreachable(selection);
  }
}

function planeCode(source: PlaneSource, content: SegmentContent): number {
  switch (source.kind) {
    case 'entry':
      return SELECT_CODE.entryPlane;
    case 'fixed':
      return SELECT_CODE.plane;
    case 'counter':
      return SELECT_CODE.counterPlane + hardwareCounter(source.counter, content);
    case 'random':
    case 'age':
    case 'marks':
      return SELECT_CODE[source.kind];
    default:
      return unreachable(source);
  }
}

function planeBase(selection: LineSelection): number {
  if (selection.kind !== 'plane') return 0;
  const { source } = selection;
  switch (source.kind) {
    case 'entry':
    case 'counter':
    case 'random':
      return source.base;
    case 'fixed':
      return source.plane;
    case 'age':
      return source.ticks;
    case 'marks':
      return MARKS_CODE[source.direction];
    default:
      return unreachable(source);
  }
}

function hardwareCounter(counter: number, { counters }: SegmentContent): LoopDepth {
  const depth = counters.get(counter);
  invariant(depth !== undefined, 'a line is selected by a loop around it');
  return depth;
}
