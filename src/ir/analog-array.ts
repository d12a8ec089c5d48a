/**
 * The analog side of a tile: a device kernel behind rails and converters. The interpreter and the RTL
 * drive the same object, so a difference in conductance can only come from a difference in pulses.
 */
import { invariant } from '../core/invariant.js';
import type { TileDrive, TileKernel } from '../devices/kernel.js';
import { roundHalfAwayFromZero } from '../numerics/rounding.js';
import { CellVolts, type LeveledLines } from './cell-volts.js';
import type { SegmentEvent } from './events.js';
import type { RailSet } from './mapped.js';
import { RestingCells } from './resting-cells.js';
import type { ConverterScan, RestBias } from './scheduled.js';

/** What the array needs to know of a program. */
export interface ArrayBoundary {
  readonly clockHz: number;
  readonly railSets: readonly RailSet[];
  readonly scan: ConverterScan;
  readonly restBias?: RestBias;
}

/** What a commit puts on the lines. */
export type LineState = Pick<SegmentEvent, 'rows' | 'columns' | 'levels' | 'railSet' | 'negative' | 'fires'>;

/** Lines between two commits. */
interface Stretch {
  readonly fires: boolean;
  /** Whether it goes on with the pulse of the stretch before. */
  continues: boolean;
  /** Two voltages a side; lines of several levels have theirs in the voltages of the cells. */
  readonly drive: TileDrive | undefined;
  clocks: number;
}

export class AnalogArray {
  readonly kernel: TileKernel;
  readonly #boundary: ArrayBoundary;
  readonly #cells: CellVolts;
  readonly #resting: RestingCells | undefined;
  /** Of the stretch that goes on, and of the commit that comes. */
  #volts: Float64Array;
  #next: Float64Array;
  #stretch: Stretch | undefined;
  #currents: Float64Array | undefined;

  constructor(kernel: TileKernel, boundary: ArrayBoundary) {
    this.kernel = kernel;
    this.#boundary = boundary;
    this.#cells = new CellVolts(boundary.railSets, kernel.rows, kernel.columns);
    this.#resting = boundary.restBias && new RestingCells(kernel, boundary.restBias);
    this.#volts = new Float64Array(kernel.rows * kernel.columns);
    this.#next = this.#volts.slice();
  }

  /** Integrates one whole segment. */
  apply(segment: SegmentEvent): void {
    this.begin(segment);
    this.end(segment.clocks);
  }

  /** Lines as of a commit; from here on the converters see them. */
  begin(lines: LineState): void {
    const { levels, fires } = lines;
    this.#currents = undefined;
    if (levels) {
      this.#beginLevels({ ...lines, levels });
      return;
    }
    const continues = (this.#stretch?.fires ?? false) && fires;
    this.#stretch = { fires, continues, drive: driveOf(lines, this.#boundary.railSets), clocks: 0 };
  }

  /**
   * Integrates what `begin` set up over `clocks`; firing segments without a rest between them are one pulse. In all
   * others cells rest: read voltages are taken as far too low to move them. Lines of several levels are integrated
   * when a voltage changes or the firing ends, so that commits that change no line leave no trace.
   */
  end(clocks: number): void {
    const stretch = this.#stretch;
    if (!stretch) return;
    stretch.clocks += clocks;
    if (stretch.drive) this.#integrate(stretch);
  }

  /** Codes of all converters at one share of the scan, (converters); one read event per segment. */
  sample(share: number): readonly number[] {
    const stretch = this.#stretch;
    invariant(stretch, 'converters sample inside a segment');
    this.#currents ??= stretch.drive ? this.kernel.read(stretch.drive) : this.#readLevels(stretch);
    const { scan } = this.#boundary;
    const currents = this.#currents;
    return Array.from({ length: scan.converters }, (_, converter) => {
      const amperes = currents[converter * scan.shares + share];
      return amperes === undefined ? 0 : convert(amperes, scan);
    });
  }

  #beginLevels(lines: LeveledLines & Pick<LineState, 'fires'>): void {
    const before = this.#stretch;
    const { fires } = lines;
    this.#cells.fill(this.#next, lines);
    const isSame = this.#next.every((volts, cell) => volts === this.#volts[cell]);
    if (before && !before.drive && isSame && before.fires === fires) return;
    if (before && !before.drive) this.#integrate(before);
    [this.#volts, this.#next] = [this.#next, this.#volts];
    this.#stretch = { fires, continues: (before?.fires ?? false) && fires, drive: undefined, clocks: 0 };
  }

  #readLevels(stretch: Stretch): Float64Array {
    this.#integrate(stretch);
    return this.kernel.readCells(this.#volts);
  }

  #integrate(stretch: Stretch): void {
    const { drive, fires, continues, clocks } = stretch;
    stretch.clocks = 0;
    if (clocks === 0) return;
    const seconds = clocks / this.#boundary.clockHz;
    if (!drive) stretch.continues = fires;
    if (!fires) this.#rest(drive, seconds);
    else if (drive) this.kernel.pulse(drive, seconds, continues);
    else this.kernel.pulseCells(this.#volts, seconds, continues);
  }

  #rest(drive: TileDrive | undefined, seconds: number): void {
    this.#resting?.hold(drive ?? this.#volts);
    this.kernel.rest(seconds);
  }
}

/** Voltages of the four groups of cells of a segment. */
function driveOf({ rows, columns, railSet, negative }: LineState, railSets: readonly RailSet[]): TileDrive {
  const set = railSets[railSet];
  invariant(set, 'the rail set of a segment exists');
  const { row, column } = negative ? set.negative : set.positive;
  return {
    rows,
    columns,
    both: row.select.volts - column.select.volts,
    rowOnly: row.select.volts - column.rest.volts,
    columnOnly: row.rest.volts - column.select.volts,
    neither: row.rest.volts - column.rest.volts,
  };
}

/** The steps of a converter, computed once where many currents are converted. */
export interface ConverterSteps {
  readonly minAmperes: number;
  /** From one code to the next [A]. */
  readonly lsbAmperes: number;
  readonly lastCode: number;
}

/** See {@link ConverterSteps}. */
export function converterSteps({
  minAmperes,
  maxAmperes,
  bits,
}: Pick<ConverterScan, 'minAmperes' | 'maxAmperes' | 'bits'>): ConverterSteps {
  return { minAmperes, lsbAmperes: (maxAmperes - minAmperes) / 2 ** bits, lastCode: 2 ** bits - 1 };
}

/** Code of a current, saturating at both ends. */
export function codeOf(amperes: number, { minAmperes, lsbAmperes, lastCode }: ConverterSteps): number {
  return Math.min(lastCode, Math.max(0, roundHalfAwayFromZero((amperes - minAmperes) / lsbAmperes)));
}

/** {@link codeOf} a single current. */
export function convert(amperes: number, scan: ConverterScan): number {
  return codeOf(amperes, converterSteps(scan));
}

/** Current that a code stands for [A]. */
export function amperesOf(code: number, scan: ConverterScan): number {
  const { minAmperes, lsbAmperes } = converterSteps(scan);
  return minAmperes + code * lsbAmperes;
}
