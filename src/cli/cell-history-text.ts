/** Histories of cells for people and for scripts. */
import type { CellChange, CellHistory } from '../cosim/observe/cell-history.js';
import { formatQuantity } from '../units/format-quantity.js';
import { renderTable } from './table.js';
import { wordText } from './run-cosim.js';

/** Digits of conductances: changes of half-selected cells are small beside them. */
const SIEMENS_DIGITS = 6;

/** One line for each pulse on both lines of the cell, and one for all on its row or its column that came between two. */
export function renderHistory(tile: string, history: CellHistory): string {
  const { row, column, initialSiemens, changes, isCut } = history;
  const pulses = changes.filter(({ cause }) => cause === 'pulse').length;
  const begin = formatQuantity(initialSiemens, 'S', SIEMENS_DIGITS);
  const head = `${tile}[${row},${column}] begins at ${begin} and sees ${pulses} pulses${isCut ? ' and more' : ''}`;
  const groups = groupChanges(changes);
  const rows = groups.map((group) => groupRow(group));
  if (rows.length === 0) return head;
  const title = ['data set', 'time', 'cause', 'voltage, duration', 'change', 'conductance', 'source'];
  const table = renderTable([title, ...rows], ['left', 'right', 'left', 'right', 'right', 'right', 'left']);
  return [head, table, ...wordLines(groups.map(([first]) => first))].join('\n');
}

/** Neighbours on one line of the cell, which are told together; any other change is alone. */
function groupChanges(changes: readonly CellChange[]): readonly (readonly [CellChange, ...CellChange[]])[] {
  const groups: [CellChange, ...CellChange[]][] = [];
  const kindOf = ({ cause, selected, dataSet }: CellChange): string =>
    cause === 'pulse' && selected === 'both' ? 'own' : `${cause} ${dataSet}`;
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
  const seconds = group.reduce((total, { durationSeconds }) => total + durationSeconds, 0);
  const volts = new Set(group.map((change) => change.volts));
  const [only] = volts;
  return [
    first.dataSet,
    formatQuantity(first.seconds, 's', 6),
    causeText(group),
    `${volts.size === 1 && only !== undefined ? formatQuantity(only, 'V') : 'several'}, ${formatQuantity(seconds, 's')}`,
    `${sum < 0 ? '' : '+'}${formatQuantity(sum, 'S')}`,
    formatQuantity(last.siemens, 'S', SIEMENS_DIGITS),
    sourceText(first),
  ];
}

function causeText(group: readonly [CellChange, ...CellChange[]]): string {
  const [first] = group;
  if (first.cause === 'rest') return 'by itself';
  const spikes = spikeText(first);
  if (first.selected === 'both') return `pulse${spikes}`;
  const line = first.selected === 'neither' ? 'unselected' : `half-selected by its ${first.selected}`;
  if (group.length > 1) return `${group.length} pulses of one line`;
  return `pulse${cellText(first)}, ${line}${spikes}`;
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
  return parts.length === 0 ? ' before any spike' : ` after spikes: ${parts.join(', ')}`;
}

function sourceText({ word }: CellChange): string {
  const start = word?.origin?.start;
  return start ? `line ${start.line}, w${word.address}` : '';
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
  const start = word?.origin?.start;
  return {
    ...{ cause, selected, dataSet, time_s: seconds, clock, duration_s: durationSeconds, volts_V: volts },
    ...(lines && { lines }),
    ...(spikes && { spikes_s: spikes }),
    change_S: change.changeSiemens,
    conductance_S: change.siemens,
    ...(start && { source: { file: word.origin?.file, line: start.line, column: start.column } }),
    ...(word && { listing: { address: word.address, line: word.listingLine, text: word.text } }),
  };
}
