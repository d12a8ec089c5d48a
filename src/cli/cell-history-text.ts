/** Histories of cells for people and for scripts. */
import type { CellChange, CellHistory } from '../cosim/observe/cell-history.js';
import { formatQuantity } from '../units/format-quantity.js';
import { occasionDocument, occasionLines } from './occasion-text.js';
import { renderTable } from './table.js';
import { wordText } from './run-cosim.js';

/** Digits of conductances: changes of half-selected cells are small beside them. */
const SIEMENS_DIGITS = 6;

/** One line for each pulse on both lines of the cell, and one for all on its row or its column that came between two. */
export function renderHistory(tile: string, history: CellHistory): string {
  const { row, column, initialSiemens, changes, isCut } = history;
  const pulses = changes.filter(({ cause }) => cause === 'pulse').length;
  const begin = formatQuantity(initialSiemens, 'S', SIEMENS_DIGITS);
  const head = `${tile}[${row},${column}] begins at ${begin} and sees ${pulseCount(pulses)}${isCut ? ' and more' : ''}`;
  const groups = groupChanges(changes);
  const rows = groups.map((group) => groupRow(group));
  if (rows.length === 0) return head;
  const title = ['data set', 'time', 'cause', 'voltage, duration', 'change', 'conductance', 'source'];
  const table = renderTable([title, ...rows], ['left', 'right', 'left', 'right', 'right', 'right', 'left']);
  const firsts = groups.map((group) => group.find(({ cause }) => cause === 'pulse') ?? group[0]);
  return [head, table, ...occasionLines(firsts), ...ruleLines(changes), ...wordLines(firsts)].join('\n');
}

/** What comes between two pulses on both lines of the cell is told together, for each data set; such a pulse is alone. */
function groupChanges(changes: readonly CellChange[]): readonly (readonly [CellChange, ...CellChange[]])[] {
  const groups: [CellChange, ...CellChange[]][] = [];
  const kindOf = ({ cause, selected, dataSet }: CellChange): string =>
    cause === 'pulse' && selected === 'both' ? 'own' : `other ${dataSet}`;
  for (const change of changes) {
    const last = groups.at(-1);
    if (last && kindOf(change) !== 'own' && kindOf(last[0]) === kindOf(change)) last.push(change);
    else groups.push([change]);
  }
  return groups;
}

function groupRow(group: readonly [CellChange, ...CellChange[]]): readonly string[] {
  const [first] = group;
  const last = group.at(-1) ?? first;
  const sum = group.reduce((total, { changeSiemens }) => total + changeSiemens, 0);
  const pulses = group.filter(({ cause }) => cause === 'pulse');
  const told: readonly CellChange[] = pulses.length > 0 ? pulses : group;
  const [named = first] = told;
  const seconds = told.reduce((total, { durationSeconds }) => total + durationSeconds, 0);
  const volts = new Set(told.map((change) => change.volts));
  const [only] = volts;
  return [
    first.dataSet,
    formatQuantity(named.seconds, 's', 6),
    causeText(group),
    `${volts.size === 1 && only !== undefined ? formatQuantity(only, 'V') : 'several'}, ${formatQuantity(seconds, 's')}`,
    `${sum < 0 ? '' : '+'}${formatQuantity(sum, 'S')}`,
    formatQuantity(last.siemens, 'S', SIEMENS_DIGITS),
    sourceText(named),
  ];
}

function pulseCount(pulses: number): string {
  return pulses === 1 ? '1 pulse' : `${pulses} pulses`;
}

function causeText(changes: readonly [CellChange, ...CellChange[]]): string {
  const [first, ...others] = changes.filter(({ cause }) => cause === 'pulse');
  if (!first) return 'by itself';
  const text = pulsesText([first, ...others]);
  return others.length + 1 < changes.length ? `${text}, and by itself` : text;
}

function pulsesText(group: readonly [CellChange, ...CellChange[]]): string {
  const [first] = group;
  const spikes = spikeText(first);
  const rule = ruleText(group);
  if (first.selected === 'both') return `pulse${rule}${spikes}`;
  const line = first.selected === 'neither' ? 'unselected' : `half-selected by its ${first.selected}`;
  const place = group.some(({ selected }) => selected === 'neither') ? 'other cells' : 'one line';
  if (group.length > 1) return `${group.length} pulses of ${place}${rule}`;
  return `pulse${cellText(first)}${rule}, ${line}${spikes}`;
}

/** The rules that all of a group have asked for. */
function ruleText(group: readonly CellChange[]): string {
  const texts = new Set(group.map(({ rules = [] }) => rules.map(({ name }) => name).join(' and ')));
  const [only = ''] = texts;
  return texts.size > 1 || only === '' ? '' : ` by ${only}`;
}

/** The one cell that a pulse of another cell was meant for. */
function cellText({ lines }: CellChange): string {
  return lines?.rows.length === 1 && lines.columns.length === 1
    ? ` of [${lines.rows.join()},${lines.columns.join()}]`
    : '';
}

function spikeText({ spikes }: CellChange): string {
  if (!spikes) return '';
  const { row, column } = spikes;
  const parts = [
    ...(row === undefined ? [] : [`row ${formatQuantity(row, 's')}`]),
    ...(column === undefined ? [] : [`column ${formatQuantity(column, 's')}`]),
  ];
  const apart = row === undefined || column === undefined ? '' : ` (${formatQuantity(column - row, 's')})`;
  return parts.length === 0 ? ' before any spike' : ` after spikes: ${parts.join(', ')}${apart}`;
}

function sourceText({ word }: CellChange): string {
  const start = word?.origin?.start;
  return start ? `line ${start.line}, w${word.address}` : '';
}

/** The rules of all pulses, each once. */
function ruleLines(changes: readonly CellChange[]): readonly string[] {
  const rules = new Map(changes.flatMap((change) => (change.rules ?? []).map((rule) => [rule.name, rule] as const)));
  return [...rules.values()].map(({ name, origin }) => `  rule \`${name}\`, line ${origin.start.line}`);
}

/** Words that are told in full, at most: programs of waveforms have one for every level. */
const TOLD_WORDS = 8;

/** The words that the sources name, each once. */
function wordLines(changes: readonly CellChange[]): readonly string[] {
  const words = new Map(changes.flatMap(({ word }) => (word ? [[word.address, word] as const] : [])));
  const sorted = [...words.values()].sort((one, other) => one.address - other.address);
  const lines = sorted.slice(0, TOLD_WORDS).map((word) => `  ${wordText(word)}`);
  return sorted.length > TOLD_WORDS ? [...lines, `  and ${sorted.length - TOLD_WORDS} other words`] : lines;
}

/** A history as `cosim --json` lists it; times in seconds from the first commit of the data set. */
export function historyDocument(tile: string, { row, column, initialSiemens, changes, isCut }: CellHistory): object {
  return { tile, row, column, initial_S: initialSiemens, isCut, changes: changes.map(changeDocument) };
}

function changeDocument(change: CellChange): object {
  const { cause, selected, dataSet, seconds, clock, durationSeconds, volts, lines, spikes, word } = change;
  const { rules, occasion } = change;
  const start = word?.origin?.start;
  return {
    ...{ cause, selected, dataSet, time_s: seconds, clock, duration_s: durationSeconds, volts_V: volts },
    ...(lines && { lines }),
    ...(spikes && { spikes_s: spikes }),
    ...(rules && { rules: rules.map(({ name, origin }) => ({ name, file: origin.file, line: origin.start.line })) }),
    ...(occasion && { occasion: occasionDocument(occasion) }),
    change_S: change.changeSiemens,
    conductance_S: change.siemens,
    ...(start && { source: { file: word.origin?.file, line: start.line, column: start.column } }),
    ...(word && { listing: { address: word.address, line: word.listingLine, text: word.text } }),
  };
}
