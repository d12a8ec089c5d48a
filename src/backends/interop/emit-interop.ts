/** The interop back end: netlists for ngspice of all devices of a design, and of the tiles that its programs write. */
import type { Artifact } from '../../core/artifact.js';
import type { DiagnosticBag } from '../../core/diagnostic.js';
import type { Span } from '../../core/span.js';
import type { DeviceModel } from '../../devices/device-model.js';
import type { Expression } from '../../devices/expression.js';
import type { ScheduledModule } from '../../ir/scheduled.js';
import { INTEROP_CATALOGUE } from './catalogue.js';
import { countTerms } from './count-terms.js';
import { deviceSubcircuit, type Subcircuit } from './device-subcircuit.js';
import { pulseResults } from './pulse-result.js';
import { runNotes, type TileNote } from './run-notes.js';
import type { SpiceVocabulary } from './spice-expression.js';
import { circuitName, commentText, SpiceNames } from './spice-names.js';
import { tileNetlist } from './tile-netlist.js';

/** Folder of all files of this back end, below the output folder. */
const FOLDER = 'spice';

/** Terms of one equation, at most: ngspice parses and differentiates it for every cell. */
const MAX_TERMS = 4000;

/** Cells of a tile, at most: beyond, ngspice takes minutes. */
const MAX_CELLS = 1024;

/** A design as this back end sees it. */
export interface InteropDesign {
  /** File that it was compiled from. */
  readonly source: string;
  readonly devices: readonly DeviceModel[];
  readonly scheduled: readonly ScheduledModule[];
}

/** Files for `design`; devices that cannot be translated and tiles that are too large are reported. */
export function emitInterop(
  { source, devices, scheduled }: InteropDesign,
  diagnostics: DiagnosticBag,
): readonly Artifact[] {
  if (devices.length === 0) diagnostics.report(INTEROP_CATALOGUE, 'no-device', { source: commentText(source) });
  const writable = devices.filter((device) => checkLengths(device, diagnostics));
  if (writable.length === 0) {
    if (devices.length > 0) diagnostics.report(INTEROP_CATALOGUE, 'nothing-left', { source: commentText(source) });
    return [];
  }
  const names = new SpiceNames();
  const cells = writable.map((device) => deviceSubcircuit(device, circuitName(names, device.name)));
  const tiles = firstOnEachChip(scheduled).map((module) => emitTile(module, cells, names, diagnostics));
  return [
    ...cells.map(({ name, text }) => netlist(`${name}.sub`, text)),
    ...tiles.flatMap(({ artifact }) => artifact ?? []),
    { path: `${FOLDER}/README.md`, kind: 'markdown', text: runNotes(cells, tiles) },
  ];
}

function netlist(file: string, text: string): Artifact {
  return { path: `${FOLDER}/${file}`, kind: 'other', text };
}

/** Experiments on one chip differ in seeds and calibration, hardly in their first pulse. */
function firstOnEachChip(scheduled: readonly ScheduledModule[]): readonly ScheduledModule[] {
  const chipOf = ({ mapped }: ScheduledModule): string => mapped.experiment.chip;
  return scheduled.filter(
    (module, index) => scheduled.findIndex((other) => chipOf(other) === chipOf(module)) === index,
  );
}

/** Reports every equation of `device` that is too long; false where there is one. */
function checkLengths(device: DeviceModel, diagnostics: DiagnosticBag): boolean {
  const counted = clausesOf(device).map((each) => ({ ...each, terms: countTerms(each.value, each.place) }));
  const longest = counted.filter(({ terms }) => terms > MAX_TERMS);
  for (const { clause, terms, origin } of longest) {
    const params = { device: device.name, clause, terms, limit: MAX_TERMS };
    diagnostics.report(INTEROP_CATALOGUE, 'equation-too-long', params, { span: origin });
  }
  return longest.length === 0;
}

interface Clause {
  readonly clause: string;
  readonly value: Expression;
  readonly place: SpiceVocabulary['place'];
  readonly origin: Span;
}

function clausesOf(device: DeviceModel): readonly Clause[] {
  const { states, derived, current, pulseSteps, origin } = device;
  const pulseOrigin = pulseSteps[0]?.origin ?? origin;
  const running = [
    ...states.flatMap(({ name, rate, origin: place }) =>
      rate ? [{ clause: `evolve ${name}`, value: rate, origin: place }] : [],
    ),
    ...Array.from(pulseResults(device).values(), (value) => ({ clause: 'on pulse', value, origin: pulseOrigin })),
    { clause: 'current', value: current, origin },
  ];
  return [
    ...derived.map(({ name, value, origin: at }) => {
      return { clause: `let ${name}`, value, place: 'parameter' as const, origin: at };
    }),
    ...running.map((each) => ({ ...each, place: 'source' as const })),
  ];
}

interface EmittedTile extends TileNote {
  readonly artifact?: Artifact;
}

function emitTile(
  scheduled: ScheduledModule,
  cells: readonly Subcircuit[],
  names: SpiceNames,
  diagnostics: DiagnosticBag,
): EmittedTile {
  const { experiment, rows, columns, device, tileOrigin } = scheduled.mapped;
  const { chip } = experiment;
  if (rows * columns > MAX_CELLS) {
    const params = { chip, rows, columns, limit: MAX_CELLS };
    diagnostics.report(INTEROP_CATALOGUE, 'tile-too-large', params, { span: tileOrigin });
    return { chip, reason: `its ${String(rows)} x ${String(columns)} cells would take ngspice minutes` };
  }
  const cell = cells.find((candidate) => candidate.device.name === device.name);
  if (!cell) return { chip, reason: `its device ${commentText(device.name)} has none` };
  const text = tileNetlist(scheduled, cell);
  if (text === undefined) return { chip, reason: 'its program writes nothing' };
  const file = `${circuitName(names, chip)}.cir`;
  return { chip, file, artifact: netlist(file, text) };
}
