/** Why a cell is what it is: every pulse that moved it, and what it did by itself between them. */
import { programWords, type ProgramWord } from '../../ir/source-map.js';
import type { Occasion, ProgramLearning } from '../../ir/occasion.js';
import type { DataSet } from '../../ir/scheduled.js';
import type { ObservedCommit } from '../comparison.js';
import type { SeedJob } from '../job.js';
import { cellsOf, type Cell } from './cell-range.js';
import { LineVoltages } from './line-voltages.js';
import type { CellRange } from './observation.js';
import type { JobObserver, SeenCommit } from './observer.js';
import { spikesBefore, type SpikeMoments } from './spikes-before.js';
import type { WatchedArray } from './watched-array.js';

/** One cell over a run. */
export interface CellHistory extends Cell {
  /** Before the first data set [S]. */
  readonly initialSiemens: number;
  readonly changes: readonly CellChange[];
  /** Whether there were more changes than are kept; the first ones are. */
  readonly isCut: boolean;
}

/** What moved a cell: a pulse, even one that left it where it was, or a rest in which it moved by itself. */
export interface CellChange {
  readonly cause: 'pulse' | 'rest';
  /** Whether the row of the cell, its column, both or neither were driven. */
  readonly selected: 'both' | 'row' | 'column' | 'neither';
  /** Name of the data set; times count from its first commit. */
  readonly dataSet: string;
  readonly clock: number;
  readonly seconds: number;
  readonly durationSeconds: number;
  /** Row minus column, as the rails make them [V]. */
  readonly volts: number;
  /** Driven lines; absent where they are many. */
  readonly lines?: { readonly rows: readonly number[]; readonly columns: readonly number[] };
  /** The last spikes of both lines of the cell before the pulse; absent where nothing spikes. */
  readonly spikes?: SpikeMoments;
  /** The rules that the pulse is of: that of the cell that it was meant for, where it is one. */
  readonly rules?: ProgramLearning['rules'];
  /** Where the experiment was when a host asked for it. */
  readonly occasion?: Occasion;
  /** What the controller executed. */
  readonly word?: ProgramWord;
  readonly changeSiemens: number;
  /** Afterwards. */
  readonly siemens: number;
}

/** Lines of a side that are told one by one, at most. */
const TOLD_LINES = 8;
const MAX_CHANGES = 100_000;

/** Lines between two commits. */
interface Stretch {
  readonly found: ObservedCommit;
  readonly word: ProgramWord | undefined;
}

class History {
  readonly cell: Cell;
  readonly initialSiemens: number;
  readonly changes: CellChange[] = [];
  isCut = false;
  siemens: number;
  /** Of the stretch that goes on. */
  volts = 0;

  constructor(cell: Cell, siemens: number) {
    this.cell = cell;
    this.initialSiemens = siemens;
    this.siemens = siemens;
  }

  add(change: CellChange): void {
    if (this.changes.length < MAX_CHANGES) this.changes.push(change);
    else this.isCut = true;
  }
}

export class CellHistories implements JobObserver {
  readonly #run: SeedJob;
  readonly #array: WatchedArray;
  readonly #histories: readonly History[];
  readonly #words: readonly ProgramWord[];
  readonly #lines: LineVoltages;
  #dataSet: DataSet | undefined;
  #stretch: Stretch | undefined;

  constructor(ranges: readonly CellRange[], run: SeedJob, array: WatchedArray) {
    const { program } = run.scheduled;
    this.#run = run;
    this.#array = array;
    this.#histories = cellsOf(ranges, program).map((cell) => new History(cell, this.#siemensOf(cell)));
    this.#words = programWords(run.legal);
    this.#lines = new LineVoltages(program);
  }

  finish(): readonly CellHistory[] {
    return this.#histories.map(({ cell, initialSiemens, changes, isCut }) => ({
      ...cell,
      initialSiemens,
      changes,
      isCut,
    }));
  }

  beginDataSet(index: number): void {
    this.#dataSet = this.#run.scheduled.program.dataSets[index];
    this.#stretch = undefined;
  }

  commit({ found, address }: SeenCommit): void {
    const before = this.#stretch;
    // Lines of several levels are integrated when a line or the firing changes: till then it is one stretch
    if (before && found.levels && isSame(before.found, found)) return;
    if (before) this.#close(before, found.clock);
    this.#stretch = { found, word: this.#words[address] };
    this.#lines.apply(found);
    for (const history of this.#histories) {
      const { row, column } = history.cell;
      history.volts = (this.#lines.rows[row] ?? NaN) - (this.#lines.columns[column] ?? NaN);
    }
  }

  endDataSet(): void {
    this.#stretch = undefined;
  }

  /** A stretch is over at `clock`: its change is what the array shows now. */
  #close({ found, word }: Stretch, clock: number): void {
    const { clockHz } = this.#run.scheduled.program;
    for (const history of this.#histories) {
      const siemens = this.#siemensOf(history.cell);
      const isPulse = found.fires && history.volts !== 0;
      const changeSiemens = siemens - history.siemens;
      history.siemens = siemens;
      if (!isPulse && changeSiemens === 0) continue;
      const spikes =
        this.#dataSet && spikesBefore(history.cell, this.#dataSet, this.#run.scheduled.program, found.clock);
      const rules = isPulse ? this.#rulesOf(history.cell, found) : [];
      const occasion = this.#dataSet?.occasion;
      history.add({
        cause: isPulse ? 'pulse' : 'rest',
        selected: selectionOf(history.cell, found),
        dataSet: this.#dataSet?.name ?? '',
        clock: found.clock,
        seconds: found.clock / clockHz,
        durationSeconds: (clock - found.clock) / clockHz,
        volts: history.volts,
        ...toldLines(found),
        ...(spikes && { spikes }),
        ...(rules.length > 0 && { rules }),
        ...(occasion && { occasion }),
        ...(word && { word }),
        changeSiemens,
        siemens,
      });
    }
  }

  #siemensOf({ row, column }: Cell): number {
    return this.#array.conductance[row * this.#run.scheduled.program.columns + column] ?? NaN;
  }

  /** Rules that a pulse is of: a line that drives many cells drives them for all rules of the program. */
  #rulesOf(cell: Cell, found: ObservedCommit): ProgramLearning['rules'] {
    const { learning, columns } = this.#run.scheduled.program;
    if (!learning) return [];
    const { rules, ofCells } = learning;
    if (!ofCells) return rules;
    const { row, column } = selectionOf(cell, found) === 'both' ? cell : (onlyCell(found) ?? cell);
    const rule = ofCells[row * columns + column];
    return typeof rule === 'number' ? rules.slice(rule, rule + 1) : [];
  }
}

/** The one cell that is driven on both of its lines. */
function onlyCell({ rows, columns }: ObservedCommit): Cell | undefined {
  const [row, column] = [rows[0], columns[0]];
  const isOne = rows.length === 1 && columns.length === 1 && row !== undefined && column !== undefined;
  return isOne ? { row, column } : undefined;
}

function selectionOf({ row, column }: Cell, { rows, columns }: ObservedCommit): CellChange['selected'] {
  const [hasRow, hasColumn] = [rows.includes(row), columns.includes(column)];
  if (hasRow) return hasColumn ? 'both' : 'row';
  return hasColumn ? 'column' : 'neither';
}

function toldLines({ rows, columns }: ObservedCommit): Pick<CellChange, 'lines'> {
  const isShort = rows.length <= TOLD_LINES && columns.length <= TOLD_LINES;
  return isShort ? { lines: { rows, columns } } : {};
}

function isSame(one: ObservedCommit, other: ObservedCommit): boolean {
  const lists = ({ rows, columns, levels }: ObservedCommit) => [
    rows,
    columns,
    levels?.rows ?? [],
    levels?.columns ?? [],
  ];
  const [left, right] = [lists(one), lists(other)];
  const isOfOneSet = one.railSet === other.railSet && one.negative === other.negative && one.fires === other.fires;
  return (
    isOfOneSet &&
    left.every(
      (list, at) => list.length === right[at]?.length && list.every((value, index) => value === right[at]?.[index]),
    )
  );
}
