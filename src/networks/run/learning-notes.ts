/** How rules at samples are carried out by pulses on devices, and how finely: figures of the nominal cell and the chip. */
import { createCell, type Cell } from '../../devices/advance.js';
import type { DeviceModel } from '../../devices/device-model.js';
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import type { RealizationNote } from '../../ir/study-result.js';
import { synapseMatrix } from '../../ir/synapse-matrix.js';
import { realizationOf, settingOf } from '../arrays/realization.js';
import { nominalStep, tickOf } from '../arrays/step-inverse.js';
import { windowOf } from '../arrays/weight-cells.js';

/** Places in the window at which the nominal cell is asked. */
const PLACES = 17;

/** Notes on the rules of all projections that pulses on devices carry out. */
export function learningNotes(mapped: MappedNetwork): readonly RealizationNote[] {
  return mapped.projections.flatMap((projection) => noteOf(projection, mapped) ?? []);
}

interface Window {
  readonly low: number;
  readonly high: number;
}

/** What a note is made of. */
interface Subject {
  readonly projection: MappedProjection;
  readonly mapped: MappedNetwork;
  readonly device: DeviceModel;
  readonly window: Window;
  readonly cell: Cell;
}

type Figures = RealizationNote['figures'];
type Content = Pick<RealizationNote, 'summary' | 'figures'>;

function noteOf(projection: MappedProjection, mapped: MappedNetwork): RealizationNote | undefined {
  const { device, learning, name } = projection;
  const method = realizationOf(learning);
  const [first] = learning;
  if (!device || !first) return undefined;
  const content =
    device.windows.length === 0
      ? countedWithoutWindow(method, projection, device, mapped)
      : contentOf(method, subjectOf(projection, device, mapped));
  return content && { projection: name, rule: first.rule.name, method: method ?? '', ...content, origin: first.origin };
}

function subjectOf(projection: MappedProjection, device: DeviceModel, mapped: MappedNetwork): Subject {
  const window = windowOf(projection.encoding, device);
  return { projection, mapped, device, window, cell: createCell(device, window) };
}

function contentOf(method: string | undefined, subject: Subject): Content | undefined {
  if (method === 'programming') return programmingContent(subject);
  if (method === 'outerProduct') return outerProductContent(subject);
  return method === 'pulses' ? countedContent(subject) : undefined;
}

/** One pulse for a change, its width from the equations; the timer rounds it. */
function programmingContent({ projection, mapped: { chip, populations }, device, window, cell }: Subject): Content {
  const attempts = settingOf(projection.learning, 'attempts') ?? 1;
  const tick = tickOf(device, chip);
  const { volts } = device.pulse;
  const rates = placesIn(window).flatMap((siemens) => [volts, -volts].map((each) => Math.abs(cell.rateAt(siemens, each)))); // prettier-ignore
  const longest = Math.max(
    cell.secondsTo(window.low, window.high, volts) ?? NaN,
    cell.secondsTo(window.high, window.low, -volts) ?? NaN,
  );
  const { rows } = synapseMatrix(projection, populations);
  return {
    summary: [
      'The host keeps the weights and what it believes of the cells; a changed weight is one pulse whose width follows from the equations of the device.',
      attempts > 1
        ? 'Cells that were pulsed are read and pulsed again until they are near enough.'
        : 'Nobody reads what the pulse has done.',
    ],
    figures: [
      ...errorFigures(0.5 * tick * Math.max(...rates), projection),
      { name: 'pulses an update at most', value: attempts, unit: '1' },
      { name: 'longest pulse', value: longest, unit: 's' },
      { name: 'time an update at most, row by row', value: rows * attempts * 2 * (longest + chip.tile.settleSeconds), unit: 's' }, // prettier-ignore
    ],
  };
}

/** Random trains that coincide in a cell. */
function outerProductContent(subject: Subject): Content {
  const { projection, mapped, device } = subject;
  const slots = settingOf(projection.learning, 'slots') ?? 31;
  return {
    summary: [
      'Rows and columns carry random trains of pulses; a cell gets one where both have it, so that the mean change is the product of their rates.',
    ],
    figures: [
      ...stepFigures(subject),
      { name: 'pulses an update at most', value: slots, unit: '1' },
      { name: 'time an update', value: 2 * slots * (device.pulse.seconds + mapped.chip.tile.settleSeconds), unit: 's' },
    ],
  };
}

/** Changes as numbers of pulses. */
function countedContent(subject: Subject): Content {
  const { projection, window, device, mapped } = subject;
  const steps = stepsOf(subject);
  const { summary, figures } = countedFigures(projection, device, mapped);
  return {
    summary,
    figures: [
      ...errorFigures(roundingOf(projection) * Math.max(...steps), projection),
      ...stepFigures(subject),
      { name: 'pulses through the window', value: (window.high - window.low) / meanOf(steps), unit: '1' },
      ...figures,
    ],
  };
}

/** The same of a device that has no window of conductances: errors are parts of a pulse. */
function countedWithoutWindow(
  method: string | undefined,
  projection: MappedProjection,
  device: DeviceModel,
  mapped: MappedNetwork,
): Content | undefined {
  return method === 'pulses' ? countedFigures(projection, device, mapped) : undefined;
}

function countedFigures({ learning }: MappedProjection, device: DeviceModel, { chip }: MappedNetwork): Content {
  const bits = settingOf(learning, 'fraction') ?? 0;
  const refresh = settingOf(learning, 'refresh');
  return {
    summary: [
      bits > 0
        ? `Each change is a number of pulses, the last one with a width of ${bits} bits.`
        : 'Each change is a whole number of pulses.',
      refresh === undefined
        ? 'Cells are not refreshed.'
        : `Pairs of cells are refreshed after ${refresh} pulses, which leaves their weight as it is.`,
    ],
    figures: [
      { name: 'worst error of a change', value: 0.5 * 2 ** -bits, unit: 'pulses' },
      { name: 'time of a pulse', value: device.pulse.seconds + chip.tile.settleSeconds, unit: 's' },
      ...(refresh === undefined ? [] : [{ name: 'pulses to a refresh', value: refresh, unit: '1' }]),
    ],
  };
}

/** Part of a pulse by which rounding may err. */
function roundingOf({ learning }: MappedProjection): number {
  return 0.5 * 2 ** -(settingOf(learning, 'fraction') ?? 0);
}

function errorFigures(siemens: number, { encoding: { siemensPerUnit } }: MappedProjection): Figures {
  return [
    { name: 'worst error', value: siemens, unit: 'S' },
    ...(siemensPerUnit === undefined
      ? []
      : [{ name: 'worst weight error', value: siemens / siemensPerUnit, unit: '1' }]),
  ];
}

function stepFigures(subject: Subject): Figures {
  const steps = stepsOf(subject);
  return [
    { name: 'smallest step of a pulse', value: Math.min(...steps), unit: 'S' },
    { name: 'largest step of a pulse', value: Math.max(...steps), unit: 'S' },
  ];
}

/** Changes by a nominal pulse over the window, the mean of both polarities [S]. */
function stepsOf({ device, window }: Subject): readonly number[] {
  return placesIn(window).map((siemens) => Math.abs(nominalStep(device, window, siemens)));
}

/** From end to end but for the ends themselves, at which cells cannot go on. */
function placesIn({ low, high }: Window): readonly number[] {
  return Array.from({ length: PLACES }, (_, index) => low + ((high - low) * (index + 0.5)) / PLACES);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
