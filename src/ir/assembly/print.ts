/**
 * Writes program words in assembly language: one word a line behind the label of its address, `w0` and on. A word
 * that the language has no words for is a number.
 */
import { DiagnosticBag } from '../../core/diagnostic.js';
import { packOp, STOP_FIELDS, type OpFields } from '../encode-op.js';
import type { Lanes, OpFieldName } from '../legal.js';
import {
  CONDITION_CODE,
  CONTROL_BITS,
  CONTROL_CODE,
  LOOP_DEPTHS,
  SAMPLE_NEGATE,
  SET_BITS,
  UNIT_CODE,
  WORD_KIND,
} from '../microcode.js';
import { fromLanes, hasEvenParity, unpackWord, type WordFormat } from '../word-format.js';
import { parseInstruction } from './instruction.js';
import { nameOf, POLARITY_NAMES, REST_NAMES, SAMPLE_NAMES, SELECT_NAMES } from './names.js';
import { sourceLines } from './source-line.js';

type Format = WordFormat<OpFieldName>;

/** Text of all `words`; {@link parseAssembly} reads it back to the same words. */
export function printAssembly(words: readonly Lanes[], format: Format): string {
  const width = labelOf(words.length).length + 1;
  return words
    .map((lanes, address) => {
      const label = `${labelOf(address)}:`.padEnd(width);
      return `${label} ${printWord(lanes, format, words.length)}\n`;
    })
    .join('');
}

/** The instruction of one word; successors below `labelled` are labels. */
export function printWord(lanes: Lanes, format: Format, labelled = Infinity): string {
  const fields: OpFields = { ...STOP_FIELDS, ...unpackWord(format, lanes) };
  const text = instructionText(fields, format, labelled);
  const isExact = text !== undefined && isSame(readBack(text, format), lanes);
  if (isExact) return text;
  return `.word 0x${fromLanes(lanes).toString(16)}${hasEvenParity(lanes) ? '' : ' ; parity is wrong'}`;
}

/** The label of an address in what is printed. */
export function labelOf(address: number): string {
  return `w${String(address)}`;
}

function instructionText(fields: OpFields, format: Format, labelled: number): string | undefined {
  const { next } = fields;
  const parts = partsOf(fields, format);
  if (!parts || fields.kind === WORD_KIND.stop) return parts?.join(' ');
  const ends = LOOP_DEPTHS.filter((depth) => (fields.end >> depth) % 2 === 1);
  const target = next < labelled ? labelOf(next) : String(next);
  return [...parts, ...(ends.length > 0 ? [`ends=${ends.join(',')}`] : []), '->', target].join(' ');
}

function partsOf(fields: OpFields, format: Format): readonly string[] | undefined {
  switch (fields.kind) {
    case WORD_KIND.stop:
      return ['stop'];
    case WORD_KIND.segment:
      return segmentParts(fields, format);
    case WORD_KIND.control:
      return controlParts(fields.dwell);
    default: {
      const step = 2 ** SET_BITS.value.lsb;
      return ['set', String(fields.dwell % step), String(Math.floor(fields.dwell / step))];
    }
  }
}

function controlParts(dwell: number): readonly string[] | undefined {
  const part = (name: keyof typeof CONTROL_BITS): number =>
    Math.floor(dwell / 2 ** CONTROL_BITS[name].lsb) % 2 ** CONTROL_BITS[name].width;
  const control = nameOf(CONTROL_CODE, part('control'));
  const isCommand = control === 'command';
  const what = nameOf(isCommand ? UNIT_CODE : CONDITION_CODE, part('condition'));
  if (control === undefined || what === undefined) return undefined;
  return [control, ...(part('invert') === 1 ? ['not'] : []), what, ...(isCommand ? [String(part('argument'))] : [])];
}

function segmentParts(fields: OpFields, format: Format): readonly string[] {
  const tiles = format.fields.find(({ name }) => name === 'tiles')?.width ?? 0;
  return [
    fields.fires === 1 ? 'fire' : 'drive',
    `rows=${selectionText(fields.row, fields.row_plane)}`,
    ...unless(fields.row_level === 1, `row-level=${String(fields.row_level)}`),
    `columns=${selectionText(fields.column, fields.column_plane)}`,
    ...unless(fields.column_level === 1, `column-level=${String(fields.column_level)}`),
    `rail=${String(fields.rail)}`,
    ...unless(fields.polarity === 0, `polarity=${nameOf(POLARITY_NAMES, fields.polarity) ?? '?'}`),
    fields.timed === 1 ? 'for=entry' : `for=${String(fields.dwell)}`,
    ...unless(fields.entry === 0, `entry=${String(fields.entry - 1)}`),
    ...unless(fields.hold === 0, 'hold'),
    ...unless(fields.samples === 0, sampleText(fields.samples)),
    ...unless(fields.rest === 0, `rest=${nameOf(REST_NAMES, fields.rest) ?? '?'}`),
    ...unless(tiles === 0 || fields.tiles === 2 ** tiles - 1, `tiles=${String(fields.tiles)}`),
  ];
}

/** What an instruction means anyway is not written. */
function unless(isDefault: boolean, text: string): readonly string[] {
  return isDefault ? [] : [text];
}

function sampleText(samples: number): string {
  const mode = nameOf(SAMPLE_NAMES, samples % SAMPLE_NEGATE) ?? '?';
  return `sample=${samples >= SAMPLE_NEGATE ? '-' : ''}${mode}`;
}

function selectionText(code: number, base: number): string {
  const name = nameOf(SELECT_NAMES, code) ?? '?';
  const isNumbered = base > 0 || ['plane', 'spikes', 'marks'].includes(name);
  return isNumbered ? `${name}(${String(base)})` : name;
}

/** The word that `text` stands for, undefined where it means nothing. */
function readBack(text: string, format: Format): Lanes | undefined {
  const diagnostics = new DiagnosticBag();
  const [line] = sourceLines(text, '');
  const addressOfLabel = (label: string): number => Number(label.slice(1));
  const fields = parseInstruction(line?.tokens ?? [], { format, address: 0, addressOfLabel, diagnostics });
  return diagnostics.hasErrors ? undefined : packOp(format, fields);
}

function isSame(found: Lanes | undefined, lanes: Lanes): boolean {
  return found !== undefined && fromLanes(found) === fromLanes(lanes);
}
