/** Chips of phase `network`: the tile and everything around it. All numbers are SI base units. */
import type { Span } from '../core/span.js';
import type { TileFault } from '../core/tile-fault.js';
import type { Provenance } from '../devices/device-model.js';

/** Buses on which a host can speak to the controller. */
export const BUS_PROTOCOLS = ['apb', 'axi4lite', 'wishbone'] as const;
export type BusProtocol = (typeof BUS_PROTOCOLS)[number];

/**
 * How unselected lines are biased: V/2, V/3 on every unselected cell, all at ground, or left floating.
 */
export const BIAS_SCHEMES = ['half', 'third', 'ground', 'floating'] as const;
export type BiasScheme = (typeof BIAS_SCHEMES)[number];

/** Quantities that a chip must never exceed, with the unit of each. */
export const LIMIT_UNITS = {
  current: 'A',
  voltage: 'V',
  power: 'W',
  energy: 'J',
  time: 's',
  temperature: 'K',
  frequency: 'Hz',
} as const;
export type LimitedQuantity = keyof typeof LIMIT_UNITS;

/** Temperature of an array whose chip names none [K]. */
export const ROOM_TEMPERATURE = 300;

/** Registers of the controller that a tile's clauses set: reset values, or constants of the hardware. */
export const TUNED_REGISTERS = ['rest', 'adc_settle', 'adc_limit'] as const;
export type TunedRegister = (typeof TUNED_REGISTERS)[number];

export interface Chip {
  readonly name: string;
  readonly origin: Span;
  readonly clockHz: number;
  readonly bus: { readonly protocol: BusProtocol; readonly origin: Span };
  readonly tile: Tile;
  /** Ports for address events, at most one of each direction. */
  readonly aer: readonly AerPort[];
  /** Applies a magnetic field to the whole array. */
  readonly coil?: Coil;
  readonly limits: readonly ChipLimit[];
  /** Of the array; without an origin where it is the default. */
  readonly temperature: { readonly kelvin: number; readonly origin?: Span };
}

/** A port for spikes: an address of `bits` bits for every event. */
export interface AerPort {
  readonly direction: 'in' | 'out';
  readonly bits: number;
  readonly origin: Span;
}

export interface Coil {
  readonly minTesla: number;
  readonly maxTesla: number;
  readonly bits: number;
  readonly settleSeconds: number;
  /** Its electrical side; absent where nobody says. */
  readonly drive?: CoilDrive;
  readonly provenance: Provenance;
  readonly origin: Span;
}

/** What a coil takes: the current of its strongest field, resistance and inductance. */
export interface CoilDrive {
  readonly amperes: number;
  readonly ohms: number;
  readonly henries: number;
}

export interface ChipLimit {
  readonly quantity: LimitedQuantity;
  readonly max: number;
  readonly provenance: Provenance;
  readonly origin: Span;
}

/** A crossbar with its periphery, `grid` of them side by side. */
export interface Tile {
  readonly origin: Span;
  readonly rows: number;
  readonly columns: number;
  readonly grid: { readonly rows: number; readonly columns: number };
  readonly bias: { readonly scheme: BiasScheme; readonly origin: Span };
  /** Range and resolution of the rail converters. */
  readonly rails: VoltageConverter;
  /** Converters that play waveforms on the lines, where there are any. */
  readonly dac?: VoltageConverter & { readonly samplesPerSecond: number };
  /** Magnitude bits of a pulse width. */
  readonly timer: { readonly bits: number; readonly origin: Span };
  /** Rest after every pulse. */
  readonly settleSeconds: number;
  readonly adc: Converter;
  /** Those that are no registers because the source says `const`; absent where there are none. */
  readonly constants?: readonly TunedRegister[];
  readonly line: Line;
  /** Lines among `rows` and `columns` that stand in for those that fail; none where absent. */
  readonly spare?: { readonly rows: number; readonly columns: number; readonly origin: Span };
  /** What is broken on the tiles of the chip; nothing known where absent. */
  readonly faults?: FaultList;
  /** Geometry of the array; absent where its lines are known by their capacitance alone. */
  readonly pitch?: Pitch;
  /** Ideal, at one end, where absent. */
  readonly drivers?: LineDrivers;
}

/** Broken cells and lines as a file lists them. */
export interface FaultList {
  /** File name as the user gave it. */
  readonly file: string;
  readonly all: readonly TileFault[];
  readonly origin: Span;
}

export interface VoltageConverter {
  readonly minVolts: number;
  readonly maxVolts: number;
  readonly bits: number;
  readonly origin: Span;
}

/** Column converters: each serves `sharedBy` columns in turn. */
export interface Converter {
  readonly origin: Span;
  readonly bits: number;
  readonly minAmperes: number;
  readonly maxAmperes: number;
  readonly conversionSeconds: number;
  /** Settling before each conversion. */
  readonly settleSeconds: number;
  readonly sharedBy: number;
}

export interface Line {
  readonly farads: number;
  /** Resistance from one cell to the next; absent where it does not matter. */
  readonly ohmsPerCell?: number;
  readonly provenance: Provenance;
  readonly origin: Span;
}

/** From one line to the next, and what a cell between two lines adds to their capacitance. */
export interface Pitch {
  readonly metres: number;
  /** A usual value where absent. */
  readonly cellFarads?: number;
  readonly provenance: Provenance;
  readonly origin: Span;
}

/**
 * What drives a line: an ideal source behind a resistance, before the first cell and, where lines are driven at
 * both ends, behind the last one, too. Rows begin at column 0, columns at row 0.
 */
export interface LineDrivers {
  readonly ohms: number;
  readonly bothEnds: boolean;
  readonly provenance: Provenance;
  readonly origin: Span;
}
