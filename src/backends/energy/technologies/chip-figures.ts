/** Figures that the chip technologies share, and those that they scale. */
import type { AdcChoice, ConversionTerm, Term } from '../technology.js';
import type { FigureAt, Process } from './scale.js';

/** Where the digital figures hold. */
export const DIGITAL_BASE: Process = { nanometres: 45, volts: 0.9 };

const SURVEY = 'Murmann ADC survey to 2025, SAR';

/** Clock of one flip-flop, one edge that captures [J]. */
export const FLIP_FLOP_EDGE: Term = {
  low: 1e-15,
  typical: 2e-15,
  high: 4e-15,
  source: 'about 2 fJ for the clock of a flip-flop at 45 nm and 0.9 V',
  confidence: 'estimate',
};

/** The output of a gate or flip-flop changes [J]. */
export const GATE_TOGGLE: Term = {
  low: 0.4e-15,
  typical: 0.9e-15,
  high: 2e-15,
  source:
    'addition of 32 bits 0.1 pJ at 45 nm and 0.9 V (Horowitz, via PMC8934428), of 32 full adders of 7 gate equivalents of which half toggle',
  confidence: 'derived',
};

/** One word of the program is fetched [J]. */
export const PROGRAM_FETCH: Term = {
  low: 0.14e-12,
  typical: 0.3e-12,
  high: 1.2e-12,
  source: 'fetch of one program word about 0.3 pJ at 45 nm and 0.9 V',
  confidence: 'estimate',
};

/** One word of a small memory is read or written [J]. */
export const MEMORY_WORD: Term = {
  low: 0.14e-12,
  typical: 0.3e-12,
  high: 2.5e-12,
  source:
    'as the fetch of a program word; upper end 16 of the 64 bits that an 8 kB SRAM reads for 10 pJ at 45 nm and 0.9 V (Horowitz, via PMC8934428)',
  confidence: 'estimate',
};

/** Driver of a line on a chip [F]. */
export const LINE_DRIVER_FARADS: Term = {
  low: 20e-15,
  typical: 70e-15,
  high: 200e-15,
  source:
    'a choice: with it the lines of the reference pulse reach 0.47 pJ; gate and junctions of a high-voltage switch are not published, 20 to 200 fF an order of magnitude',
  confidence: 'estimate',
};

/** Class AB buffer of a rail while it is powered [W]. */
export const RAIL_BUFFER: FigureAt<Pick<Process, 'volts'>> = {
  volts: 5,
  term: {
    low: 10e-6,
    typical: 50e-6,
    high: 500e-6,
    source: 'class AB buffer for one rail at 5 V',
    confidence: 'estimate',
  },
};

/** Input that holds a column’s current while it settles and converts [W]. */
export const CURRENT_INPUT: Term = {
  low: 10e-6,
  typical: 22e-6,
  high: 50e-6,
  source: 'integrating current input, 10 to 50 µW',
  confidence: 'estimate',
};

/** A converter that waits [W]. */
export const CONVERTER_IDLE: Term = {
  low: 0,
  typical: 1e-9,
  high: 100e-9,
  source: 'leakage of a gated SAR',
  confidence: 'estimate',
};

/** A wire across a chip: 1 mm at 0.2 fF/µm, half C V² per edge [J]. */
export function busEdgeAt(volts: number): Term {
  const joules = (farads: number): number => Number((0.5 * farads * volts ** 2).toPrecision(2));
  return {
    low: joules(0.05e-12),
    typical: joules(0.2e-12),
    high: joules(1e-12),
    source: `½ C V² of a wire of 1 mm at 0.2 fF/µm (NeuroSim) and ${volts} V; 0.25 to 5 mm`,
    confidence: 'derived',
  };
}

/** Area of a two-input NAND [m²]. */
export const GATE_AREA: FigureAt<Pick<Process, 'nanometres'>> = {
  nanometres: 130,
  term: {
    low: 4e-12,
    typical: 5e-12,
    high: 7e-12,
    source: 'about 5 µm² per gate equivalent at 130 nm, routing at 70 % density in the upper end',
    confidence: 'estimate',
  },
};

/** Area of a converter of 8 bits [m²]. */
export const CONVERTER_AREA: FigureAt<Pick<Process, 'nanometres'>> = {
  nanometres: 32,
  term: {
    low: 600e-12,
    typical: 1200e-12,
    high: 5000e-12,
    source:
      'ISAAC (Shafiee et al., ISCA 2016) in the component library of hwcomponents: 9600 µm² for 8 ADCs of 8 bits at 32 nm, the part Kull et al., ISSCC 2013; 627 µm² at 6 bits and 3002 µm² at 10 there, in the interval',
    confidence: 'secondary',
  },
};

const survey = (low: number, typical: number, high: number, source: string): ConversionTerm => ({
  kind: 'per-step',
  joules: { low, typical, high, source: `${SURVEY}: ${source}; resolution taken as ENOB`, confidence: 'secondary' },
});

/** Power of NeuroSim's column converter at a node: of every bit, and of none [µW]. */
export interface ColumnConverter {
  readonly slope_uW: number;
  readonly offset_uW: number;
}

/**
 * Converters of a chip: three presets after the survey, whose figures are of all nodes together, and a small one per
 * column after the table of NeuroSim.
 */
export function chipConversions(
  nanometres: number,
  { slope_uW, offset_uW }: ColumnConverter,
): Readonly<Record<AdcChoice, ConversionTerm>> {
  return {
    best: survey(0.35e-15, 1e-15, 3.4e-15, 'best figure of merit 0.35 fJ per step, mean of the best five 0.67 fJ'),
    good: survey(3.4e-15, 15e-15, 25e-15, '10th percentiles 25 fJ per step at ENOB 6, 18 at 8, 3.4 at 10'),
    typical: survey(10e-15, 50e-15, 150e-15, 'medians 62 fJ per step at ENOB 6, 52 at 8, 12 at 10, 10 at 11'),
    column: {
      kind: 'column',
      wattsPerBit: slope_uW * 1e-6,
      watts: offset_uW * 1e-6,
      stepSeconds: 1e-9,
      factor: {
        low: 0.5,
        typical: 1,
        high: 2,
        source: `NeuroSim, SAR of columns at ${nanometres} nm: (${slope_uW} log2 L + ${offset_uW}) µW for (log2 L + 1) ns`,
        confidence: 'secondary',
      },
    },
  };
}
