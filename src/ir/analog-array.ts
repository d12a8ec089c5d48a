/**
 * The analog side of a tile: a device kernel behind rails and converters. The interpreter and the RTL
 * drive the same object, so a difference in conductance can only come from a difference in pulses.
 */
import { invariant } from '../core/invariant.js';
import type { TileDrive, TileKernel } from '../devices/kernel.js';
import { roundHalfAwayFromZero } from '../numerics/rounding.js';
import type { SegmentEvent } from './events.js';
import type { RailSet } from './mapped.js';
import type { ConverterScan } from './scheduled.js';

/** What the array needs to know of a program. */
export interface ArrayBoundary {
  readonly clockHz: number;
  readonly railSets: readonly RailSet[];
  readonly scan: ConverterScan;
}

/** What a commit puts on the lines. */
export type LineState = Pick<SegmentEvent, 'rows' | 'columns' | 'railSet' | 'negative' | 'fires'>;

export class AnalogArray {
  readonly kernel: TileKernel;
  readonly #boundary: ArrayBoundary;
  #pulses = false;
  #continues = false;
  #drive: TileDrive | undefined;
  #currents: Float64Array | undefined;

  constructor(kernel: TileKernel, boundary: ArrayBoundary) {
    this.kernel = kernel;
    this.#boundary = boundary;
  }

  /** Integrates one whole segment. */
  apply(segment: SegmentEvent): void {
    this.begin(segment);
    this.end(segment.clocks);
  }

  /** Lines as of a commit; from here on the converters see them. */
  begin(lines: LineState): void {
    this.#drive = driveOf(lines, this.#boundary.railSets);
    this.#continues = this.#pulses && lines.fires;
    this.#pulses = lines.fires;
    this.#currents = undefined;
  }

  /**
   * Integrates what `begin` set up over `clocks`; firing segments without a rest between them are one pulse. In all
   * others cells rest: read voltages are taken as far too low to move them.
   */
  end(clocks: number): void {
    const seconds = clocks / this.#boundary.clockHz;
    if (this.#pulses && this.#drive) this.kernel.pulse(this.#drive, seconds, this.#continues);
    else this.kernel.rest(seconds);
  }

  /** Codes of all converters at one share of the scan, (converters); one read event per segment. */
  sample(share: number): readonly number[] {
    invariant(this.#drive, 'converters sample inside a segment');
    this.#currents ??= this.kernel.read(this.#drive);
    const { scan } = this.#boundary;
    const currents = this.#currents;
    return Array.from({ length: scan.converters }, (_, converter) => {
      const amperes = currents[converter * scan.shares + share];
      return amperes === undefined ? 0 : convert(amperes, scan);
    });
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

const lsbAmperes = ({ minAmperes, maxAmperes, bits }: ConverterScan): number => (maxAmperes - minAmperes) / 2 ** bits;

/** Code of a current, saturating at both ends. */
export function convert(amperes: number, scan: ConverterScan): number {
  const code = roundHalfAwayFromZero((amperes - scan.minAmperes) / lsbAmperes(scan));
  return Math.min(2 ** scan.bits - 1, Math.max(0, code));
}

/** Current that a code stands for [A]. */
export function amperesOf(code: number, scan: ConverterScan): number {
  return scan.minAmperes + code * lsbAmperes(scan);
}
