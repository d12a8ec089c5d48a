/**
 * A device as a subcircuit of ngspice, from its equations. States are voltages on capacitors that sources charge;
 * counted pulses are taken in by a small sequencer (see pulse-sequencer.ts).
 */
import type { ConductanceWindow, DeviceModel, Provenance, Spread } from '../../devices/device-model.js';
import { numberText } from '../../devices/expression-writer.js';
import { displayQuantity } from '../../devices/display-quantity.js';
import { initialValues } from '../../devices/interpret-device.js';
import type { Expression } from '../../devices/expression.js';
import { referencesOf } from '../../devices/symbolic.js';
import { deviceVocabulary, type DeviceVocabulary } from './device-vocabulary.js';
import { comment, continued, notedLines, type NotedLine } from './netlist-text.js';
import { pulseResults, tidy } from './pulse-result.js';
import { onLine, sequencerLines, takeInText } from './pulse-sequencer.js';
import { commentText, placeText } from './spice-names.js';
import { stateScales, type StateScale } from './state-scale.js';

/** What another netlist needs to know of a subcircuit. */
export interface Subcircuit {
  readonly name: string;
  readonly text: string;
  readonly device: DeviceModel;
  readonly scales: readonly StateScale[];
  /** Node that holds a state, inside the subcircuit. */
  readonly nodeOf: (state: string) => string;
  /** Where a state starts in a window. */
  readonly startOf: (state: string, window: Window) => number;
  /** Parameters of an instance in a window; none in the window that the subcircuit has by itself. */
  readonly settingsIn: (window: Window) => readonly string[];
}

type Window = Pick<ConductanceWindow, 'low' | 'high'>;

/** The subcircuit of `device`, called `name`, in its default window. */
export function deviceSubcircuit(device: DeviceModel, name: string): Subcircuit {
  const circuit = circuitOf(device);
  const lines = [
    ...headerLines(circuit),
    '',
    ...toleranceLines(circuit),
    `.subckt ${name} row column`,
    ...notedLines(instanceParameters(circuit)),
    ...parameterLines(circuit),
    ...derivedLines(circuit),
    ...stateLines(circuit),
    ...pulseLines(circuit),
    ...currentLines(circuit),
    `.ends ${name}`,
  ];
  return { name, text: `${lines.join('\n')}\n`, device, scales: circuit.scales, ...usesOf(circuit) };
}

function circuitOf(device: DeviceModel): Circuit {
  const window = device.windows.find((candidate) => candidate.name === device.defaultWindow) ?? device.windows[0];
  const results = pulseResults(device);
  return {
    device,
    vocabulary: deviceVocabulary(device),
    window,
    scales: stateScales(device, window),
    results,
    used: usedNames(device, results),
  };
}

function usesOf({ device, vocabulary, window }: Circuit): Pick<Subcircuit, 'nodeOf' | 'startOf' | 'settingsIn'> {
  const { stateOf } = vocabulary;
  const startOf = (state: string, chosen: Window): number => initialValues(device, chosen).get(state) ?? NaN;
  return {
    nodeOf: (state) => `x_${stateOf(state).base}`,
    startOf,
    settingsIn: (chosen) => {
      if (window && chosen.low === window.low && chosen.high === window.high) return [];
      const ends = [`window_low=${numberText(chosen.low)}`, `window_high=${numberText(chosen.high)}`];
      const starts = device.states.map(
        ({ name }) => `start_${stateOf(name).base}=${numberText(startOf(name, chosen))}`,
      );
      return [...(window ? ends : []), ...starts];
    },
  };
}

interface Circuit {
  readonly device: DeviceModel;
  readonly vocabulary: DeviceVocabulary;
  readonly window: ConductanceWindow | undefined;
  readonly scales: readonly StateScale[];
  /** States that counted pulses change, with what they leave. */
  readonly results: ReadonlyMap<string, Expression>;
  /** Names of numbers that the equations use; those of energies are none. */
  readonly used: ReadonlySet<string>;
}

/** The voltage of the cell in an equation. */
const CELL_VOLTS = 'v(row,column)';

function headerLines({ device, window }: Circuit): readonly string[] {
  const { name, summary, origin, ratings, windows } = device;
  return [
    `${commentText(name)}: ${commentText(summary)}`,
    `Made by Ionloom from ${placeText(origin.file, origin.start.line)}. All numbers are SI base units.`,
    '',
    'row is the gate or upper terminal, column the channel or lower one; the voltage of the cell is v(row,column).',
    'p_ are parameters, d_ what follows from them, r_ spreads (here at their means; set them for each instance),',
    'm_ modulators. A node x_ holds a state: value_ of it is start_ + span_*v(x_), with 0 V at the beginning.',
    ...windows.map((each) => {
      const range = `window ${commentText(each.name)}: ${numberText(each.low)} to ${numberText(each.high)} S`;
      return `${range}${each === window ? ' (chosen here)' : ''}, ${noteOf(each.provenance)}`;
    }),
    ...ratings.map(({ quantity, max, provenance }) => `maximum ${quantity}: ${numberText(max)}, ${noteOf(provenance)}`),
  ].map(comment);
}

/** Names that running equations refer to, also through derived values. */
function usedNames({ states, current, derived }: DeviceModel, results: Circuit['results']): ReadonlySet<string> {
  const roots = [...states.flatMap(({ rate }) => (rate ? [rate] : [])), ...results.values(), current];
  const used = new Set(roots.flatMap((root) => [...referencesOf(root)]));
  for (const { name, value } of derived.toReversed()) {
    if (used.has(name)) for (const reference of referencesOf(value)) used.add(reference);
  }
  return used;
}

/** With ngspice's own tolerance, a step over the short phases behind a pulse may leave any value. */
function toleranceLines({ results }: Circuit): readonly string[] {
  if (results.size === 0) return [];
  return [
    comment('Counted pulses need this in the whole netlist: the default of 1e-3 steps over them'),
    '.options reltol=1e-5',
    '',
  ];
}

function noteOf({ source, confidence }: Provenance): string {
  return `${commentText(source)} (${confidence})`;
}

function section(title: string): readonly string[] {
  return ['', comment(title)];
}

/** What every instance may set for itself. */
function instanceParameters({ device, vocabulary, window, scales, used }: Circuit): readonly NotedLine[] {
  const { nameOf, stateOf } = vocabulary;
  const set = (name: string, value: number, note: string): NotedLine => ({
    text: `+ ${name}=${numberText(value)}`,
    note,
  });
  return [
    ...(window ? [set('window_low', window.low, `window ${commentText(window.name)} [S]`)] : []),
    ...(window ? [set('window_high', window.high, 'its other end [S]')] : []),
    ...scales.map(({ state, start }) =>
      set(`start_${stateOf(state.name).base}`, start, `${commentText(state.name)} at the beginning`),
    ),
    ...device.modulators
      .filter(({ name }) => used.has(name))
      .map(({ name, initial, unit, provenance }) => {
        const value = commentText(`${name} = ${displayQuantity(initial, unit)}`);
        return set(nameOf(name), initial, provenance ? `${value}, ${noteOf(provenance)}` : value);
      }),
    ...device.spreads
      .filter(({ name }) => used.has(name))
      .map((spread) => set(nameOf(spread.name), spread.mean, spreadNote(spread))),
  ];
}

function spreadNote({ name, distribution, mean, deviation, per, provenance }: Spread): string {
  const law = `${distribution}(${numberText(mean)}, ${numberText(deviation)}) per ${per}`;
  return `${commentText(name)} ~ ${law}, ${noteOf(provenance)}`;
}

function parameterLines({ device, vocabulary, used }: Circuit): readonly string[] {
  const { pulse, readVoltage, parameters } = device;
  const numbers: readonly NotedLine[] = [
    { text: `.param pulse_voltage=${numberText(pulse.volts)}`, note: `nominal pulse, ${noteOf(pulse.provenance)}` },
    { text: `.param pulse_width=${numberText(pulse.seconds)}` },
    { text: `.param read_voltage=${numberText(readVoltage.volts)}`, note: noteOf(readVoltage.provenance) },
    ...parameters
      .filter(({ name }) => used.has(name))
      .map(({ name, value, unit, provenance }) => ({
        text: `.param ${vocabulary.nameOf(name)}=${numberText(value)}`,
        note: `${commentText(`${name} = ${displayQuantity(value, unit)}`)}, ${noteOf(provenance)}`,
      })),
  ];
  return ['', ...notedLines(numbers)];
}

function derivedLines({ device, vocabulary, used }: Circuit): readonly string[] {
  const derived = device.derived.filter(({ name }) => used.has(name));
  if (derived.length === 0) return [];
  return [
    '',
    ...derived.flatMap(({ name, value }) =>
      continued(`.param ${vocabulary.nameOf(name)}={${vocabulary.parameterText(value)}}`),
    ),
  ];
}

/** Smallest step of a volt that ends at a bound: a state slows down within a hundred-thousandth of a span. */
const SHARPNESS = '1e5';

function stateLines(circuit: Circuit): readonly string[] {
  return [
    ...section('States: one volt is one span, one microampere a span in the time of a nominal pulse'),
    '.func ramp(x) {min(1, max(0, x))}',
    '.param amps=1e-6 farads={amps*pulse_width} fast=1e4',
    ...circuit.scales.flatMap((scale) => linesOfState(circuit, scale)),
  ];
}

function linesOfState({ vocabulary, results }: Circuit, { state, span }: StateScale): readonly string[] {
  const { base } = vocabulary.stateOf(state.name);
  const bounds = `.param min_${base}=${numberText(state.min)} max_${base}=${numberText(state.max)}`;
  const taken = results.has(state.name) ? [takeInText(base)] : [];
  return [
    ...section(`state ${commentText(state.name)} (${commentText(state.unit.symbol)})`),
    `${bounds} span_${base}=${numberText(span)}`,
    `.param bottom_${base}={(min_${base} - start_${base})/span_${base}} top_${base}={(max_${base} - start_${base})/span_${base}}`,
    `.func value_${base}(x) {start_${base} + span_${base}*min(top_${base}, max(bottom_${base}, x))}`,
    `Cx_${base} x_${base} 0 {farads}`,
    `.ic v(x_${base})=0`,
    ...(state.rate
      ? [
          ...continued(
            `Brate_${base} rate_${base} 0 V = pulse_width/span_${base}*(${vocabulary.sourceText(tidy(state.rate), { v: CELL_VOLTS })})`,
          ),
          ...chargeLines(base, [...moveTexts(base), ...taken]),
        ]
      : chargeLines(base, taken)),
  ];
}

function chargeLines(base: string, texts: readonly string[]): readonly string[] {
  const [first = '0', ...others] = texts;
  return [`Bmove_${base} 0 x_${base} I = amps*(${first}`, ...others.map((text) => `+  + ${text}`)].map(
    (line, index, all) => (index === all.length - 1 ? `${line})` : line),
  );
}

/** The rate, as long as it does not lead out of the range, and a way back from behind the range's ends. */
function moveTexts(base: string): readonly string[] {
  const [room, depth] = [`top_${base} - v(x_${base})`, `v(x_${base}) - bottom_${base}`];
  return [
    `max(0, v(rate_${base}))*ramp(${SHARPNESS}*(${room}))`,
    `min(0, v(rate_${base}))*ramp(${SHARPNESS}*(${depth}))`,
    `fast*(min(0, ${room}) - min(0, ${depth}))`,
  ];
}

function pulseLines({ device, vocabulary, results }: Circuit): readonly string[] {
  if (results.size === 0) return device.gated ? ['', ...onLine(device)] : [];
  const inputs = { v: 'v(peak)', duration: '(pulse_width*max(1e-6, v(length)))' };
  const targets = Array.from(results, ([name, value]) => ({
    base: vocabulary.stateOf(name).base,
    text: vocabulary.sourceText(tidy(value), inputs),
    isMoving: device.states.some((state) => state.name === name && state.rate !== undefined),
  }));
  return ['', ...onLine(device), ...sequencerLines(targets)];
}

function currentLines({ device, vocabulary }: Circuit): readonly string[] {
  const current = vocabulary.sourceText(tidy(device.current), { v: CELL_VOLTS });
  const title = device.gated ? 'Current: the channel carries none while its gate is pulsed' : 'Current of the cell';
  const text = device.gated ? `(1 - v(on))*(${current})` : current;
  return [...section(title), ...continued(`Bcell row column I = ${text}`)];
}
