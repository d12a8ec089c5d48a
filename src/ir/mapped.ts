/**
 * Phase `mapped`: one experiment on one tile. Every pixel has a cell, every line a driver with rails,
 * every column a converter. Still physical units; no time yet. Experiments on networks: see mapped-network.ts.
 */
import type { Span } from '../core/span.js';
import type { DeviceModel, Provenance } from '../devices/device-model.js';
import type { Wires } from '../devices/wires.js';
import type { BiasScheme, BusProtocol, Pitch, Tile, TunedRegister } from './chip.js';
import type { Experiment, ImageTarget } from './network.js';

/** Bias schemes for which pulses are scheduled. */
export type PulseBias = Extract<BiasScheme, 'half' | 'third'>;

/** A device on a tile of a chip, whatever it is used for. */
export interface MappedArray {
  /** File name as the user gave it. */
  readonly source: string;
  readonly device: DeviceModel;
  readonly clockHz: number;
  readonly bus: BusProtocol;
  /** Where the chip declares its tile. */
  readonly tileOrigin: Span;
  readonly rows: number;
  readonly columns: number;
  readonly railSets: readonly RailSet[];
  readonly timer: Tile['timer'];
  readonly settleSeconds: number;
  readonly converters: ConverterBank;
  /** Constants of the hardware that would else be registers; absent where there are none. */
  readonly constants?: readonly TunedRegister[];
  readonly lineFarads: number;
  readonly lineProvenance: Provenance;
  /** Geometry of the array; absent where the chip gives none. */
  readonly pitch?: Pitch;
  /** Absent where lines and drivers are ideal. */
  readonly wires?: Wires & { readonly origin: Span };
  readonly bias: PulseBias;
}

/** An experiment that writes pictures. */
export interface MappedModule extends MappedArray {
  readonly phase: 'mapped';
  readonly experiment: Experiment;
  /** Pixel (r, c) lives in cell (r, c); cells outside the picture keep their start. */
  readonly images: readonly ImageTarget[];
}

/** A voltage as its converter makes it. */
export interface RailLevel {
  readonly code: number;
  readonly volts: number;
}

/** Voltages of one side's lines: level 0 is `rest`, level 1 `select`, others are in `more`. */
export interface SideLevels {
  readonly rest: RailLevel;
  readonly select: RailLevel;
  /** Levels from 2 on, where every line has a converter of its own. */
  readonly more?: readonly RailLevel[];
  /** Lines whose converters have other waveform banks: what their levels mean from 1 on. */
  readonly banks?: readonly WaveformBank[];
}

/** Levels from 1 on of some lines, a list of indices. */
export interface WaveformBank {
  readonly lines: readonly number[];
  readonly levels: readonly RailLevel[];
}

/** What the level codes mean while this set is chosen, for both polarities. */
export interface RailSet {
  readonly name: 'idle' | 'write' | 'read' | 'waveform';
  readonly positive: { readonly row: SideLevels; readonly column: SideLevels };
  readonly negative: { readonly row: SideLevels; readonly column: SideLevels };
}

/** Column converters; converter `a` serves columns `a * sharedBy` to `(a + 1) * sharedBy - 1`. */
export interface ConverterBank {
  readonly origin: Span;
  readonly count: number;
  readonly sharedBy: number;
  readonly bits: number;
  readonly minAmperes: number;
  readonly maxAmperes: number;
  readonly settleSeconds: number;
  readonly conversionSeconds: number;
}
