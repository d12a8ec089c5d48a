/** Plays waveforms in single cells: samples that are held stretch by stretch, samples that are joined ramp by ramp. */
import type { Exposure } from './exposure.js';
import type { VoltageRamp } from './tile-physics.js';

/** Voltages of the two lines of a cell [V]; it sees their difference. */
export interface CellWaveform {
  readonly row: Float64Array;
  readonly column: Float64Array;
  readonly sampleSeconds: number;
}

/** One cell through samples that are held; returns the energy spent [J]. Equal neighbours are one stretch. */
export function playHeld(exposure: Exposure, cell: number, { row, column, sampleSeconds }: CellWaveform): number {
  let energy = 0;
  let start = 0;
  while (start < row.length) {
    const volts = (row[start] ?? NaN) - (column[start] ?? NaN);
    let end = start + 1;
    while (end < row.length && (row[end] ?? NaN) - (column[end] ?? NaN) === volts) end++;
    energy += exposure.holdPart(cell, cell, volts, (end - start) * sampleSeconds);
    start = end;
  }
  return energy;
}

/** One cell through samples that are joined by lines; returns the energy spent [J]. */
export function playJoined(exposure: Exposure, cell: number, waveform: CellWaveform): number {
  const pieces = piecesOf(waveform);
  if (exposure.isCounting) return playCounted(exposure, cell, splitAtZero(pieces));
  let energy = 0;
  for (const piece of pieces) energy += playPiece(exposure, cell, piece);
  return energy;
}

/** A ramp or, between equal ends, a stretch of constant voltage. */
interface Piece extends VoltageRamp {
  readonly seconds: number;
}

function piecesOf({ row, column, sampleSeconds }: CellWaveform): readonly Piece[] {
  const volts = Array.from(row, (sample, index) => sample - (column[index] ?? NaN));
  const pieces: Piece[] = [];
  for (let index = 0; index + 1 < volts.length; index++) {
    const [from, to] = [volts[index] ?? NaN, volts[index + 1] ?? NaN];
    const last = pieces.at(-1);
    if (last && last.from === from && last.to === from && to === from) {
      pieces[pieces.length - 1] = { from, to, seconds: last.seconds + sampleSeconds };
    } else {
      pieces.push({ from, to, seconds: sampleSeconds });
    }
  }
  return pieces;
}

/** Ramps through 0 V as two, so that every piece has one sign. */
function splitAtZero(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.flatMap((piece) => {
    const { from, to, seconds } = piece;
    if (from * to >= 0) return [piece];
    const share = from / (from - to);
    return [
      { from, to: 0, seconds: seconds * share },
      { from: 0, to, seconds: seconds * (1 - share) },
    ];
  });
}

function playPiece(exposure: Exposure, cell: number, piece: Piece): number {
  return piece.from === piece.to
    ? exposure.holdPart(cell, cell, piece.from, piece.seconds)
    : exposure.rampPart(cell, cell, piece, piece.seconds);
}

/** Every stretch of one sign is a counted pulse at its largest voltage. */
function playCounted(exposure: Exposure, cell: number, pieces: readonly Piece[]): number {
  let energy = 0;
  let peak = 0;
  let seconds = 0;
  const close = (): void => {
    if (peak !== 0) energy += exposure.closePulse(cell, cell, peak, seconds);
    peak = 0;
    seconds = 0;
  };
  for (const piece of pieces) {
    const larger = Math.abs(piece.from) > Math.abs(piece.to) ? piece.from : piece.to;
    if (larger * peak <= 0) {
      close();
      if (larger !== 0) exposure.openPulse(cell);
    }
    if (larger === 0) {
      exposure.holdPart(cell, cell, 0, piece.seconds);
    } else {
      exposure.rampPart(cell, cell, piece, piece.seconds);
      seconds += piece.seconds;
      if (Math.abs(larger) > Math.abs(peak)) peak = larger;
    }
  }
  close();
  return energy;
}
