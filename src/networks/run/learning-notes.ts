/** How rules at samples are carried out by pulses on devices, and how finely: figures of the nominal cell and the chip. */
import { createCell, type Cell } from '../../devices/advance.js';
import type { DeviceModel } from '../../devices/device-model.js';
import { windowOf } from '../../ir/encoding-window.js';
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import type { RealizationNote } from '../../ir/study-result.js';
import { programmingNote } from '../arrays/programming-notes.js';
import { realizationOf, settingOf } from '../arrays/realization.js';
import { nominalStep } from '../arrays/step-inverse.js';

/** Places in the window at which the nominal cell is asked. */
const PLACES = 17;

/** Notes on the rules of all projections that pulses on devices carry out. */
export function learningNotes(mapped: MappedNetwork): readonly RealizationNote[] {
  return mapped.projections.flatMap(
    (projection) => programmingNote(mapped, projection) ?? noteOf(projection, mapped) ?? [],
  );
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
  if (method !== 'pulses') return undefined;
  // Errors of a device that has no window of conductances are parts of a pulse
  const content =
    device.windows.length === 0
      ? countedFigures(projection, device, mapped)
      : countedContent(subjectOf(projection, device, mapped));
  return { projection: name, rule: first.rule.name, method, ...content, origin: first.origin };
}

function subjectOf(projection: MappedProjection, device: DeviceModel, mapped: MappedNetwork): Subject {
  const window = windowOf(projection.encoding, device);
  return { projection, mapped, device, window, cell: createCell(device, window) };
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
