/** Measured pulses as fits see them: sequences of readings with the pulses between them. All numbers are SI. */

/** A reading and the equal pulses that lie between it and the reading before. */
export interface MeasuredPulse {
  /** 1 for a pulse that is meant to raise the conductance, -1 for one that lowers it. */
  readonly direction: 1 | -1;
  /** How many pulses; more than one where not every pulse was read. */
  readonly count: number;
  /** Amplitude, positive in both directions [V], and width [s]; absent where the table does not say. */
  readonly volts?: number;
  readonly seconds?: number;
  /** The reading behind the pulses [S]. */
  readonly siemens: number;
}

/** An unbroken sequence on one device. */
export interface MeasuredSeries {
  readonly device: string;
  readonly cycle: string;
  /** The reading with which it begins [S]. */
  readonly start: number;
  readonly pulses: readonly MeasuredPulse[];
}

/** Amplitude [V] and width [s] of the pulse to which fitted steps refer. */
export interface ReferencePulse {
  readonly volts: number;
  readonly seconds: number;
}

/** What a table of measured pulses holds. */
export interface Measurement {
  /** `train`: every pulse of a direction is the same; `field`: amplitudes and widths vary. */
  readonly kind: 'train' | 'field';
  readonly series: readonly MeasuredSeries[];
  /** Smallest and largest reading [S]. */
  readonly low: number;
  readonly high: number;
  /** Amplitude where the table has voltages, width where it has widths. */
  readonly reference: Partial<ReferencePulse>;
  /** The largest amplitude [V]. */
  readonly maxVolts?: number;
}

/** Readings that a fit can explain: all but the first of each series. */
export function countTransitions({ series }: Pick<Measurement, 'series'>): number {
  return series.reduce((sum, { pulses }) => sum + pulses.length, 0);
}

/** Names of the devices in the order in which they appear. */
export function devicesOf({ series }: Pick<Measurement, 'series'>): readonly string[] {
  return [...new Set(series.map(({ device }) => device))];
}
