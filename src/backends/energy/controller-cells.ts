/**
 * Cells of controllers and what they do, measured by `npm run toggles`: synthesis by Yosys to gates; registers counted on
 * the embedded engine clock by clock while pulses run and rows are read; and the same run on the gates in Icarus Verilog.
 */
import type { Provenance } from '../../devices/device-model.js';

/** Cells of the serial controller of so many lines: straight lines through those of 64 + 64 and 256 + 256. */
const CELLS = {
  flipFlops: { base: 856, perLine: 1.97 },
  gateEquivalents: { base: 12_300, perLine: 15.5 },
} as const;

/** Gate equivalents of a flip-flop with a reset. */
export const GATES_PER_FLIP_FLOP = 6;

/** How far other programs lie from the serial one of equal size: 16 + 16 lines have less, levels of three bits more. */
export const CELL_SPREAD = { low: 0.95, high: 1.25 } as const;

/** Flip-flops that toggle in a clock in which the controller works: serial; least with levels, most by rows. */
export const TOGGLES_PER_CLOCK = { low: 18, typical: 29, high: 80 } as const;

/**
 * Gate equivalents between the flip-flops that toggle in such a clock, each gate by its size and once a clock: glitches
 * are not counted. Serial of 64 + 64 lines; least with levels, most by rows; of larger ones not measured.
 */
export const GATE_TOGGLES_PER_CLOCK = { low: 230, typical: 460, high: 590 } as const;

export const CELLS_PROVENANCE: Provenance = {
  source:
    'npm run toggles: Yosys and the embedded engine on controllers of 16 + 16 to 256 + 256 lines; gates that toggle in Icarus Verilog, of 16 + 16 to 64 + 64 lines',
  confidence: 'derived',
};

/** Cells of a controller of `lines` rows and columns together. */
export interface ControllerSize {
  readonly flipFlops: number;
  readonly gateEquivalents: number;
}

/** What a controller of so many lines comes to. */
export function controllerSize(lines: number): ControllerSize {
  const at = ({ base, perLine }: { readonly base: number; readonly perLine: number }): number =>
    Math.round(base + perLine * lines);
  return { flipFlops: at(CELLS.flipFlops), gateEquivalents: at(CELLS.gateEquivalents) };
}

/** All gates of a controller, flip-flops among them [GE]. */
export function totalGates({ flipFlops, gateEquivalents }: ControllerSize): number {
  return gateEquivalents + GATES_PER_FLIP_FLOP * flipFlops;
}
