/** The interop back end: netlists for ngspice of all devices of a design, and of the tiles that its programs write. */
import type { Artifact } from '../../core/artifact.js';
import type { DiagnosticBag } from '../../core/diagnostic.js';
import type { Span } from '../../core/span.js';
import type { DeviceModel } from '../../devices/device-model.js';
import type { Expression } from '../../devices/expression.js';
import type { ScheduledModule } from '../../ir/scheduled.js';
import { INTEROP_CATALOGUE } from './catalogue.js';
import { deviceSubcircuit, type Subcircuit } from './device-subcircuit.js';
import { countTerms, pulseResults } from './pulse-result.js';
import { runNotes, type TileNote } from './run-notes.js';
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
  const isWritable = devices.map((device) => checkLengths(device, diagnostics));
  if (devices.length === 0 || isWritable.includes(false)) return [];
  const names = new SpiceNames();
  const cells = devices.map((device) => deviceSubcircuit(device, circuitName(names, device.name)));
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
  const longest = clausesOf(device).filter(({ value }) => countTerms(value) > MAX_TERMS);
  for (const { clause, value, origin } of longest) {
    const params = { device: device.name, clause, terms: countTerms(value), limit: MAX_TERMS };
    diagnostics.report(INTEROP_CATALOGUE, 'equation-too-long', params, { span: origin });
  }
  return longest.length === 0;
}

interface Clause {
  readonly clause: string;
  readonly value: Expression;
  readonly origin: Span;
}

function clausesOf(device: DeviceModel): readonly Clause[] {
  const { states, derived, current, pulseSteps, origin } = device;
  const pulseOrigin = pulseSteps[0]?.origin ?? origin;
  return [
    ...derived.map(({ name, value, origin: place }) => ({ clause: `let ${name}`, value, origin: place })),
    ...states.flatMap(({ name, rate, origin: place }) =>
      rate ? [{ clause: `evolve ${name}`, value: rate, origin: place }] : [],
    ),
    ...Array.from(pulseResults(device).values(), (value) => ({ clause: 'on pulse', value, origin: pulseOrigin })),
    { clause: 'current', value: current, origin },
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
  const { experiment, rows, columns, device, converters } = scheduled.mapped;
  const { chip } = experiment;
  if (rows * columns > MAX_CELLS) {
    const params = { chip, rows, columns, limit: MAX_CELLS };
    diagnostics.report(INTEROP_CATALOGUE, 'tile-too-large', params, { span: converters.origin });
    return { chip, reason: `its ${String(rows)} x ${String(columns)} cells would take ngspice minutes` };
  }
  const cell = cells.find((candidate) => candidate.device.name === device.name);
  const text = cell && tileNetlist(scheduled, cell);
  if (text === undefined) return { chip, reason: 'its program writes nothing' };
  const file = `${circuitName(names, chip)}.cir`;
  return { chip, file, artifact: netlist(file, text) };
}
