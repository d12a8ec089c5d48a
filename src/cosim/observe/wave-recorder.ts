/** Records a run as a wave: what changes at every commit and every converter strobe, at its clock of the design. */
import { programWords, type ProgramWord } from '../../ir/source-map.js';
import type { ObservedCommit } from '../comparison.js';
import type { SeedJob } from '../job.js';
import { cellsOf, type Cell } from './cell-range.js';
import { LineVoltages } from './line-voltages.js';
import type { WavePlan } from './observation.js';
import type { JobObserver, SeenCommit, SeenSample } from './observer.js';
import type { WatchedArray } from './watched-array.js';
import { WaveChanges, type WaveRecord } from './wave-record.js';
import { waveSignals, type SideIds, type WaveSignals } from './wave-signals.js';

/** Cells of a tile whose conductances are recorded where nobody says which. */
const SMALL_TILE_CELLS = 256;

/** Some hundred megabytes. */
const MAX_CHANGES = 2 ** 23;

export class WaveRecorder implements JobObserver {
  readonly #run: SeedJob;
  readonly #array: WatchedArray;
  readonly #cells: readonly Cell[];
  readonly #signals: WaveSignals;
  readonly #changes: WaveChanges;
  readonly #words: readonly ProgramWord[];
  /** What drives, and what lines have that are not driven by a tile that takes no part. */
  readonly #volts: LineVoltages;
  readonly #rest: LineVoltages;
  readonly #levels: Readonly<Record<'rows' | 'columns', Uint8Array>>;
  readonly #dataSets: { readonly name: string; readonly clock: number }[] = [];
  #dataSet = 0;
  #isFirstCommit = false;
  #endClock = 0;

  constructor({ cells, maxChanges = MAX_CHANGES }: WavePlan, run: SeedJob, array: WatchedArray) {
    const { program } = run.scheduled;
    const isSmall = program.rows * program.columns <= SMALL_TILE_CELLS;
    const everything = [{ rows: { first: 0 }, columns: { first: 0 } }];
    this.#run = run;
    this.#array = array;
    this.#cells = cellsOf(cells ?? (isSmall ? everything : []), program);
    this.#signals = waveSignals(run.legal, this.#cells);
    this.#changes = new WaveChanges(maxChanges);
    this.#words = programWords(run.legal);
    this.#volts = new LineVoltages(program);
    this.#rest = new LineVoltages(program);
    this.#levels = { rows: new Uint8Array(program.rows), columns: new Uint8Array(program.columns) };
    this.#begin();
  }

  /** The record of everything so far. */
  finish(): WaveRecord {
    return {
      clockHz: this.#run.scheduled.program.clockHz,
      signals: this.#signals.signals,
      ...this.#changes.sorted(),
      dataSets: this.#dataSets,
      endClock: Math.min(this.#endClock, this.#changes.end),
      isCut: this.#changes.isCut,
    };
  }

  beginDataSet(index: number): void {
    this.#dataSet = index;
    this.#isFirstCommit = true;
  }

  commit({ found, clock, address }: SeenCommit): void {
    const { run } = this.#signals.ids;
    if (this.#isFirstCommit) this.#beginAt(clock);
    this.#endClock = clock;
    const word = this.#words[address];
    this.#set(clock, run.fire, Number(found.fires));
    this.#set(clock, run.polarity, Number(found.negative));
    this.#set(clock, run.rail, found.railSet);
    this.#set(clock, run.address, address);
    this.#set(clock, run.listing_line, word?.listingLine ?? 0);
    this.#set(clock, run.source_line, word?.origin?.start.line ?? 0);
    this.#showLines(clock, found);
    this.#showCells(clock);
  }

  sample({ found, clock, codes }: SeenSample): void {
    const { run, codes: ids } = this.#signals.ids;
    this.#set(clock, run.convert, 1);
    this.#set(clock + 1, run.convert, 0);
    this.#set(clock, run.share, found.share);
    const answer = clock + this.#run.legal.scan.conversionClocks;
    codes.forEach((code, converter) => {
      this.#set(answer, ids[converter], code);
    });
  }

  endDataSet(): void {
    this.#set(this.#endClock, this.#signals.ids.run.running, 0);
  }

  /** Everything at its value after the reset. */
  #begin(): void {
    const { ids } = this.#signals;
    for (const id of Object.values(ids.run)) this.#set(0, id, 0);
    for (const id of ids.codes) this.#set(0, id, 0);
    const idle: ObservedCommit = {
      ...{ kind: 'segment', clock: 0, rows: [], columns: [] },
      ...{ railSet: 0, negative: false, fires: false },
    };
    this.#showLines(0, idle);
    this.#showCells(0);
  }

  #beginAt(clock: number): void {
    const { run } = this.#signals.ids;
    this.#isFirstCommit = false;
    const name = this.#run.scheduled.program.dataSets[this.#dataSet]?.name ?? '';
    this.#dataSets.push({ name, clock });
    this.#set(clock, run.running, 1);
    this.#set(clock, run.data_set, this.#dataSet);
  }

  #showLines(clock: number, found: ObservedCommit): void {
    const { railSet, negative, tiles = 1 } = found;
    this.#volts.apply(found);
    this.#rest.apply({ rows: [], columns: [], railSet, negative });
    for (const side of ['rows', 'columns'] as const) {
      const levels = this.#levels[side];
      levels.fill(0);
      found[side].forEach((line, at) => {
        levels[line] = found.levels?.[side][at] ?? 1;
      });
      this.#signals.ids.tiles.forEach((ids, tile) => {
        const takesPart = Math.floor(tiles / 2 ** tile) % 2 === 1;
        const volts = (takesPart ? this.#volts : this.#rest)[side];
        this.#showSide(clock, ids[side], { levels: takesPart ? levels : undefined, volts });
      });
    }
  }

  #showSide(
    clock: number,
    ids: SideIds,
    lines: { readonly levels: Uint8Array | undefined; readonly volts: Float64Array },
  ) {
    ids.levels.forEach((id, line) => {
      this.#set(clock, id, lines.levels?.[line] ?? 0);
    });
    ids.volts.forEach((id, line) => {
      this.#set(clock, id, lines.volts[line] ?? NaN);
    });
  }

  #showCells(clock: number): void {
    const { conductance } = this.#array;
    const { columns } = this.#run.scheduled.program;
    this.#cells.forEach(({ row, column }, index) => {
      this.#set(clock, this.#signals.ids.cells[index], conductance[row * columns + column] ?? NaN);
    });
  }

  #set(clock: number, id: number | undefined, value: number): void {
    if (id !== undefined) this.#changes.add(clock, id, value);
  }
}
