/** What a technology says: costs of the parts around the array, each with an interval, a source and a confidence. */
import type { Provenance } from '../../devices/device-model.js';

/** A number in SI units with the interval in which it is believed to lie: an energy per event, a power, an area. */
export interface Term extends Provenance {
  readonly low: number;
  readonly typical: number;
  readonly high: number;
}

/**
 * Cost of one conversion: of a given part; growing with resolution as 2^bits; or of a converter of columns, which takes
 * a power of (slope x bits + offset) for (bits + 1) times its step.
 */
export type ConversionTerm =
  | { readonly kind: 'per-conversion'; readonly joules: Term }
  | { readonly kind: 'per-step'; readonly joules: Term }
  | {
      readonly kind: 'column';
      readonly wattsPerBit: number;
      readonly watts: number;
      readonly stepSeconds: number;
      /** Factor on what the formula gives. */
      readonly factor: Term;
    };

/** The controller: clocked for ever on a part, or gated and priced by its cells on a chip. */
export type DigitalTerms = FreeRunning | Gated;

export interface FreeRunning {
  readonly kind: 'free-running';
  /** One clock [J]. */
  readonly perClock: Term;
  /** With its clock stopped [W]. */
  readonly static: Term;
}

export interface Gated {
  readonly kind: 'gated';
  /** The clock of one flip-flop, one edge that captures [J]. */
  readonly perFlipFlopEdge: Term;
  /** The output of one gate or flip-flop changes [J]. */
  readonly perGateToggle: Term;
  /** One word of the program is fetched [J]. */
  readonly perFetch: Term;
  /** One word of a small memory is read or written [J]. */
  readonly perMemoryWord: Term;
  /** Leakage of one gate equivalent [W]. */
  readonly staticPerGate: Term;
}

/** Area on a chip; parts on boards have none. */
export interface AreaTerms {
  /** One gate equivalent [m²]. */
  readonly perGate: Term;
  /** One column converter [m²]. */
  readonly perConverter: Term;
}

/** Choices of converter on a chip. */
export const ADC_CHOICES = ['best', 'good', 'typical', 'column'] as const;
export type AdcChoice = (typeof ADC_CHOICES)[number];

export const TECHNOLOGY_NAMES = ['board', '130 nm', '65 nm', '22 nm'] as const;
export type TechnologyName = (typeof TECHNOLOGY_NAMES)[number];

export interface Technology {
  readonly name: TechnologyName;
  readonly summary: string;
  /** Highest voltage of lines for which the figures hold; parts on boards take what they need. */
  readonly lineVolts?: number;
  /** One line changes its level [J]. */
  readonly lineSwitch: Term;
  /** Driver of a line beside what the line itself has, where a tile gives its pitch [F]. */
  readonly driverFarads: Term;
  /** One rail voltage is set anew [J]. */
  readonly railUpdate: Term;
  /** One rail's converter and buffer while powered [W]. */
  readonly railBuffer: Term;
  readonly conversion: ConversionTerm;
  /** What else the conversion can be; absent where the converter is a given part. */
  readonly conversions?: Readonly<Record<AdcChoice, ConversionTerm>>;
  /** One converter while it waits [W]. */
  readonly converterIdle: Term;
  /** One converter's current input while it settles and converts [W]. */
  readonly currentInput: Term;
  readonly digital: DigitalTerms;
  /** One edge of a wire of the bus for address events [J]. */
  readonly busEdge: Term;
  readonly area?: AreaTerms;
}
