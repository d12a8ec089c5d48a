/** From options of `cosim` to what shall be seen of a tile. */
import path from 'node:path';
import type { DiagnosticBag } from '../core/diagnostic.js';
import { fits } from '../cosim/observe/cell-range.js';
import type { CellRange, ObservationPlan } from '../cosim/observe/observation.js';
import type { DiagramPlan } from '../cosim/observe/trace-recorder.js';
import type { Span } from '../core/span.js';
import { CLI_CATALOGUE } from './catalogue.js';
import type { CellChoice } from './cell-choice.js';

/** Events on both sides that a mismatch is told with. */
const KEPT_EVENTS = 1000;

export interface ObservationOptions {
  readonly wave?: string;
  /** Whether a timing diagram is wanted that goes to no file of its own. */
  readonly diagram?: boolean;
  /** What a timing diagram shows. */
  readonly window?: DiagramPlan;
  /** Cells whose conductances a wave shows. */
  readonly watch?: readonly CellChoice[];
  readonly why?: readonly CellChoice[];
  readonly breakOn?: 'mismatch';
  /** Folder of a reproducing experiment. */
  readonly output?: string;
}

/** A tile of an experiment. */
export interface TilePlace {
  /** The names of all tiles of the experiment; each has `tile` and its number, and some another one. */
  readonly tiles: readonly (readonly string[])[];
  /** Which of them. */
  readonly index: number;
  readonly rows: number;
  readonly columns: number;
  readonly origin: Span;
}

const WAVE_FORMATS = ['.vcd', '.fst', '.json', '.svg'] as const;

/** The format that the ending of a file names. */
export function waveFormat(file: string): (typeof WAVE_FORMATS)[number] | undefined {
  return WAVE_FORMATS.find((format) => format === path.extname(file));
}

/** Whether `--wave` names a format; reports where it does not. */
export function checkWaveFormat({ wave }: ObservationOptions, diagnostics: DiagnosticBag): boolean {
  if (wave === undefined || waveFormat(wave)) return true;
  diagnostics.report(CLI_CATALOGUE, 'wave-format', { path: wave });
  return false;
}

/** What to watch on one tile; absent where nothing is. Cells that do not exist are reported. */
export function planObservation(
  { wave, diagram, window = {}, watch, why, breakOn }: ObservationOptions,
  place: TilePlace,
  diagnostics: DiagnosticBag,
): ObservationPlan | undefined {
  const watched = rangesOn(watch, place, diagnostics);
  const asked = rangesOn(why, place, diagnostics);
  const format = wave === undefined ? undefined : waveFormat(wave);
  const isDiagram = format === '.json' || format === '.svg';
  const plan: ObservationPlan = {
    ...(format && !isDiagram && { wave: watched ? { cells: watched } : {} }),
    ...((isDiagram || diagram) && { diagram: window }),
    ...(asked && asked.length > 0 && { why: asked }),
    ...(breakOn && { stopAtMismatch: { keptEvents: KEPT_EVENTS } }),
  };
  return Object.keys(plan).length > 0 ? plan : undefined;
}

/** The cells of this tile among `choices`; undefined where nothing was chosen. */
function rangesOn(
  choices: readonly CellChoice[] | undefined,
  { tiles, index, rows, columns, origin }: TilePlace,
  diagnostics: DiagnosticBag,
): readonly CellRange[] | undefined {
  return choices?.flatMap(({ text, tile, range }) => {
    const chosen =
      tile === undefined && tiles.length === 1 ? 0 : tiles.findIndex((names) => names.includes(tile ?? ''));
    // Said once, with the first tile
    if (chosen < 0 && index === 0) {
      const known = tiles.map((names) => names.join(' or '));
      diagnostics.report(CLI_CATALOGUE, 'unknown-tile', { choice: text, known }, { span: origin });
    }
    if (chosen !== index) return [];
    if (!fits(range, { rows, columns }))
      diagnostics.report(CLI_CATALOGUE, 'cell-outside', { choice: text, rows, columns }, { span: origin });
    return [range];
  });
}

/** Names of tiles of which some have projections. */
export function tileNames(projections: readonly (string | undefined)[]): TilePlace['tiles'] {
  return projections.map((projection, index) => [`tile${index}`, ...(projection === undefined ? [] : [projection])]);
}
