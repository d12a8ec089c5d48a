/**
 * Costs of the parts around the array, as data. Every number has an interval, a source and a confidence;
 * what depends on the design (line capacitance, device energy) comes from the source file instead.
 */
import type { Confidence, Provenance } from '../../devices/device-model.js';

/** A cost per event [J] or per time [W], with the interval in which it is believed to lie. */
export interface Term extends Provenance {
  readonly low: number;
  readonly typical: number;
  readonly high: number;
}

/** Cost of one conversion: of a given part, or growing with resolution as 2^bits. */
export type ConversionTerm =
  { readonly kind: 'per-conversion'; readonly joules: Term } | { readonly kind: 'per-step'; readonly joules: Term };

/** Clock tree and registers: clocked for ever, or only in clocks in which something can change. */
export type ClockTerm =
  | { readonly kind: 'free-running'; readonly perClock: Term }
  | { readonly kind: 'gated'; readonly perFlipFlopEdge: Term; readonly perSegment: Term };

export interface Technology {
  readonly name: TechnologyName;
  readonly summary: string;
  /** One line changes its level [J]. */
  readonly lineSwitch: Term;
  /** One rail voltage is set anew [J]. */
  readonly railUpdate: Term;
  /** One rail's converter and buffer while powered [W]. */
  readonly railBuffer: Term;
  readonly conversion: ConversionTerm;
  /** One converter while it waits [W]. */
  readonly converterIdle: Term;
  /** One converter's current input while it settles and converts [W]. */
  readonly currentInput: Term;
  readonly clock: ClockTerm;
  /** Controller with its clock stopped [W]. */
  readonly controllerStatic: Term;
}

export const TECHNOLOGY_NAMES = ['board', '130 nm'] as const;
export type TechnologyName = (typeof TECHNOLOGY_NAMES)[number];

/** Rails of a tile: rest and select, of rows and of columns. */
export const RAIL_COUNT = 4;

/** Clocks per segment or converter step in which the controller cannot be gated; equals those that time warp cannot skip. */
export const BUSY_CLOCKS_PER_STEP = 3;

/**
 * Flip-flops of a controller: a sequencer, and a shadow and an active bit per line.
 * 564 at 64 + 64 lines in a synthesis of this architecture for iCE40, two of them per line.
 */
export const CONTROLLER_FLIP_FLOPS = { base: 308, perLine: 2 } as const;

/** Factor either way for a figure whose source gives no interval; a convention, not a statistic. */
export const INTERVAL_FACTOR: Readonly<Record<Confidence, number>> = {
  measured: 1.1,
  secondary: 1.3,
  derived: 1.5,
  estimate: 2,
};

const ICE40_MEASUREMENT = 'github.com/tinyvision-ai-inc/ice40_power, iCE40UP5K core current at 1.219 V and 12 MHz';

const board: Technology = {
  name: 'board',
  summary: 'printed circuit board: small FPGA, analog switches, discrete converters',
  lineSwitch: {
    low: 2.4e-9,
    typical: 15e-9,
    high: 30e-9,
    source: 'ADG412 data sheet: 35 pF on, 2 × 9 pF off, so 17 pF of gate over 12 to 33 V, two switches per line',
    confidence: 'derived',
  },
  railUpdate: {
    low: 1e-9,
    typical: 4e-9,
    high: 20e-9,
    source: '24-bit serial word, clock and data of 10 pF at 3.3 V',
    confidence: 'estimate',
  },
  railBuffer: {
    low: 3e-3,
    typical: 12e-3,
    high: 50e-3,
    source: 'bipolar 12-bit converter with output amplifier, about 1 mA from ±6 V per channel',
    confidence: 'estimate',
  },
  conversion: {
    kind: 'per-conversion',
    joules: {
      low: 0.9e-9,
      typical: 1.05e-9,
      high: 3e-9,
      source:
        'AD7091R data sheet, 12 bit: 349 µA at 3 V and 1 MS/s; upper end with serial interface and reference buffer',
      confidence: 'secondary',
    },
  },
  converterIdle: {
    low: 0.8e-6,
    typical: 27e-6,
    high: 84e-6,
    source: 'AD7091 data sheet: 9.1 µA typical, 28 µA maximum at 3 V, static; 264 nA powered down (AD7091R)',
    confidence: 'secondary',
  },
  currentInput: {
    low: 0.5e-3,
    typical: 5e-3,
    high: 20e-3,
    source: 'transimpedance amplifier of about 0.5 mA from ±5 V',
    confidence: 'estimate',
  },
  clock: {
    kind: 'free-running',
    perClock: {
      low: 53e-12,
      typical: 92e-12,
      high: 300e-12,
      source: `${ICE40_MEASUREMENT}: 996 µA with 208 cells of logic, 614 µA with a counter, 86 µA blank; upper end for 1000 cells`,
      confidence: 'derived',
    },
  },
  controllerStatic: {
    low: 104e-6,
    typical: 125e-6,
    high: 5e-3,
    source: `${ICE40_MEASUREMENT}: blank design, core and banks; upper end for larger parts`,
    confidence: 'secondary',
  },
};

const node130: Technology = {
  name: '130 nm',
  summary: 'chip in 130 nm CMOS with 5 V devices for the lines',
  lineSwitch: {
    low: 0.3e-12,
    typical: 0.6e-12,
    high: 1.2e-12,
    source: 'level shifter and driver gate, 130 nm, 5 V',
    confidence: 'estimate',
  },
  railUpdate: {
    low: 0.8e-12,
    typical: 3e-12,
    high: 10e-12,
    source: 'CiMLoop tables: 0.79 pJ (65 nm, 8 bit), 0.33 to 5.2 pJ (7 nm) per conversion, scaled up',
    confidence: 'estimate',
  },
  railBuffer: {
    low: 10e-6,
    typical: 50e-6,
    high: 500e-6,
    source: 'class AB buffer for one rail',
    confidence: 'estimate',
  },
  conversion: {
    kind: 'per-step',
    joules: {
      low: 15e-15,
      typical: 50e-15,
      high: 150e-15,
      source: 'Murmann ADC survey, SAR: 15 fJ per conversion step is good, 50 fJ typical; resolution taken as ENOB',
      confidence: 'secondary',
    },
  },
  converterIdle: { low: 0, typical: 1e-9, high: 100e-9, source: 'leakage of a gated SAR', confidence: 'estimate' },
  currentInput: {
    low: 10e-6,
    typical: 22e-6,
    high: 50e-6,
    source: 'integrating current input, 10 to 50 µW',
    confidence: 'estimate',
  },
  clock: {
    kind: 'gated',
    perFlipFlopEdge: {
      low: 5e-15,
      typical: 10e-15,
      high: 20e-15,
      source: '2 fJ at 45 nm and 0.9 V, scaled by node and by the square of 1.2 V',
      confidence: 'estimate',
    },
    perSegment: {
      low: 0.7e-12,
      typical: 1.5e-12,
      high: 6e-12,
      source: 'fetch of one program word: 0.3 pJ at 45 nm and 0.9 V, scaled by node and by the square of 1.2 V',
      confidence: 'estimate',
    },
  },
  controllerStatic: {
    low: 0.1e-6,
    typical: 1e-6,
    high: 10e-6,
    source: 'leakage of some thousand gates at 130 nm',
    confidence: 'estimate',
  },
};

/** Presets by name. */
export const TECHNOLOGIES: Readonly<Record<TechnologyName, Technology>> = { board, '130 nm': node130 };
