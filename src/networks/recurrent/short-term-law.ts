/**
 * A device with a part that a bias lets decay, asked as it is: what is left of that part after a step at each bias, what
 * a pulse of each voltage adds to it, and both questions turned round. No spread, one cell.
 */
import { compileKernel } from '../../devices/compile-kernel.js';
import type { DeviceModel } from '../../devices/device-model.js';
import type { TileKernel } from '../../devices/kernel.js';
import { findRoot } from '../../numerics/find-root.js';

/** What the law is asked for. */
export interface ShortTermSetup {
  readonly device: DeviceModel;
  /** Time from one step to the next [s]. */
  readonly stepSeconds: number;
  /** Voltages that a line can be set to [V], any order. */
  readonly levels: readonly number[];
}

/** A pulse of nominal width. */
export interface ShortTermPulse {
  readonly volts: number;
  /** What it adds to the short-term part [S]. */
  readonly step: number;
}

/** See {@link shortTermLaw}. */
export interface ShortTermLaw {
  /** Names of the state that lasts, of the one that decays, and of the modulator that is the bias. */
  readonly long: string;
  readonly short: string;
  readonly bias: string;
  /** Part of the short-term state that is left after a step at a bias [V]. */
  keptAt(bias: number): number;
  /** Least and largest part that a bias within its range leaves. */
  readonly kept: { readonly least: number; readonly most: number };
  /** The bias [V] that leaves a part, which is taken into the range. */
  biasFor(kept: number): number;
  /** Width of the pulses [s]. */
  readonly pulseSeconds: number;
  /** Pulses by voltage, ascending; all of them leave the lasting state as it is. */
  readonly pulses: readonly ShortTermPulse[];
}

/** Share of its range by which a state may move and still count as left alone. */
const LEFT_ALONE = 1e-9;

/** The law of a device, or why it has none. */
export function shortTermLaw(setup: ShortTermSetup): ShortTermLaw | { readonly reason: string } {
  const { device, stepSeconds } = setup;
  const probe = new Probe(device);
  const found = device.modulators.flatMap(({ name: bias, bounds }) =>
    device.states.flatMap(({ name: short }) => {
      if (!bounds) return [];
      const ends = [bounds.low, bounds.high].map((value) => probe.keptAt({ short, bias, value, stepSeconds }));
      return ends[0] !== ends[1] ? [{ short, bias, bounds, ends }] : [];
    }),
  );
  const [decaying] = found;
  const long = device.states.find(({ name }) => name !== decaying?.short)?.name;
  if (!decaying || found.length > 1 || long === undefined) {
    return { reason: `\`${device.name}\` has not one lasting state and one that a bias lets decay` };
  }
  const { short, bias, bounds, ends } = decaying;
  const keptAt = (value: number): number => probe.keptAt({ short, bias, value, stepSeconds });
  const pulses = pulsesOf(probe, setup, { short, long });
  if (pulses.length === 0) return { reason: `no level adds to \`${short}\` of \`${device.name}\` alone` };
  const kept = { least: Math.min(...ends), most: Math.max(...ends) };
  return {
    ...{ long, short, bias, kept, keptAt, pulses },
    pulseSeconds: device.pulse.seconds,
    biasFor: (part) => {
      if (part <= kept.least || part >= kept.most) return part <= kept.least === (ends[0] ?? 0) < (ends[1] ?? 0) ? bounds.low : bounds.high; // prettier-ignore
      return findRoot((value) => keptAt(value) - part, bounds.low, bounds.high);
    },
  };
}

function pulsesOf(
  probe: Probe,
  { device, levels }: ShortTermSetup,
  { short, long }: { readonly short: string; readonly long: string },
): readonly ShortTermPulse[] {
  const most = device.ratings.find(({ quantity }) => quantity === 'voltage')?.max ?? Infinity;
  const usable = levels.filter((volts) => volts > 0 && volts <= most).sort((left, right) => left - right);
  const pulses: ShortTermPulse[] = [];
  let last = 0;
  for (const volts of usable) {
    const changes = probe.pulse(volts);
    if (Math.abs(changes.get(long) ?? NaN) > LEFT_ALONE * probe.range(long)) break;
    const step = changes.get(short) ?? NaN;
    if (step > last) pulses.push({ volts, step });
    last = Math.max(last, step);
  }
  return pulses;
}

/** A pulse at one voltage, by its width. */
export interface WidthPulse {
  readonly ticks: number;
  /** What it adds to the short-term part [S]. */
  readonly step: number;
}

/** Widths that are told apart; pulses of neighbouring ones differ by about 2 %. */
const WIDTHS = 256;

/**
 * Pulses at `volts` by width, ascending, from a tick to the nominal width, evenly on a logarithmic scale; none where
 * such a pulse moves the lasting state, too.
 */
export function widthPulses(
  device: DeviceModel,
  { short, long }: Pick<ShortTermLaw, 'short' | 'long'>,
  { volts, tickSeconds }: { readonly volts: number; readonly tickSeconds: number },
): readonly WidthPulse[] {
  const probe = new Probe(device);
  const most = Math.max(1, Math.floor((device.pulse.seconds / tickSeconds) * (1 + 1e-9)));
  const widths = new Set(Array.from({ length: WIDTHS }, (_, index) => Math.round(most ** ((index + 1) / WIDTHS))));
  const pulses: WidthPulse[] = [];
  for (const ticks of widths) {
    const changes = probe.pulse(volts, ticks * tickSeconds);
    if (Math.abs(changes.get(long) ?? NaN) > LEFT_ALONE * probe.range(long)) return [];
    const step = changes.get(short) ?? NaN;
    if (step > (pulses.at(-1)?.step ?? 0)) pulses.push({ ticks, step });
  }
  return pulses;
}

/** Conductance of a fresh cell at the read voltage [S]. */
export function restSiemens(device: DeviceModel): number {
  return new Probe(device).siemens();
}

interface Decay {
  readonly short: string;
  readonly bias: string;
  readonly value: number;
  readonly stepSeconds: number;
}

/** One cell without spreads. */
class Probe {
  readonly #device: DeviceModel;
  readonly #kernel: TileKernel;

  constructor(device: DeviceModel) {
    const window = device.windows.find(({ name }) => name === device.defaultWindow) ?? device.windows[0];
    this.#device = device;
    this.#kernel = compileKernel(device, {
      rows: 1,
      columns: 1,
      ...(window && { window }),
      seed: 1,
      without: device.spreads.map(({ name }) => name),
    });
  }

  siemens(): number {
    const { volts } = this.#device.readVoltage;
    const amperes = new Float64Array(1);
    this.#kernel.reset();
    this.#kernel.currentsAt(Float64Array.of(volts), amperes, new Float64Array(1));
    return (amperes[0] ?? NaN) / volts;
  }

  range(state: string): number {
    const { min = 0, max = 1 } = this.#device.states.find(({ name }) => name === state) ?? {};
    return max - min;
  }

  keptAt({ short, bias, value, stepSeconds }: Decay): number {
    this.#kernel.reset();
    this.#kernel.modulate(bias, value);
    const state = this.#kernel.stateOf(short);
    const before = this.range(short) / 2;
    state[0] = before;
    this.#kernel.rest(stepSeconds);
    return (this.#kernel.stateOf(short)[0] ?? NaN) / before;
  }

  /** Changes of all states by one pulse, of nominal width where there is no other [s]. */
  pulse(volts: number, seconds = this.#device.pulse.seconds): ReadonlyMap<string, number> {
    this.#kernel.reset();
    const { modulators, states } = this.#device;
    for (const { name, initial } of modulators) this.#kernel.modulate(name, initial);
    const valueOf = (name: string): number => this.#kernel.stateOf(name)[0] ?? NaN;
    const before = new Map(states.map(({ name }) => [name, valueOf(name)]));
    this.#kernel.pulseCells(Float64Array.of(volts), seconds);
    return new Map(states.map(({ name }) => [name, valueOf(name) - (before.get(name) ?? NaN)]));
  }
}

/** The pulse whose step is nearest to `step`, of some that ascend; undefined where none is nearer than nothing. */
export function nearestPulse<Pulse extends { readonly step: number }>(
  { pulses }: { readonly pulses: readonly Pulse[] },
  step: number,
): Pulse | undefined {
  let [low, high] = [0, pulses.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pulses[middle]?.step ?? NaN) < step) low = middle + 1;
    else high = middle;
  }
  const [below, above] = [pulses[low - 1], pulses[low]];
  const isAbove = above && above.step - step < step - (below?.step ?? 0);
  return isAbove ? above : below;
}
