/** The layer of a network on the devices of its projections: recorded sequences are replayed, and counted. */
import { compileKernel } from '../../devices/compile-kernel.js';
import type { DeviceModel } from '../../devices/device-model.js';
import { evaluate } from '../../devices/evaluate.js';
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import type { RealizationNote } from '../../ir/study-result.js';
import type { ArrayCounts } from '../arrays/synapse-array.js';
import { notRunnable } from '../study-fault.js';
import { biasNote } from './bias-note.js';
import { deviceOf, readSecondsOf, type BiasedProjection } from './biased-projection.js';
import { replayOnDevices, type RecordedRun, type ReplayResult, type ReplaySetup } from './device-replay.js';
import { widthOf, type FastLayer } from './fast-layer.js';
import type { LayerPlan } from './sequence-plan.js';
import type { ShortTermLaw } from './short-term-law.js';

/** Sequences one behind the other (count x steps x inputs of the layer). */
export interface ReplayedSequences {
  readonly features: Float32Array | Float64Array;
  readonly count: number;
  readonly seed: number;
}

type ReplayParts = Pick<
  ReplaySetup,
  'bias' | 'device' | 'scheme' | 'siemensPerUnit' | 'readSeconds' | 'stepSeconds' | 'without'
>;

interface LayerSize {
  readonly lines: number;
  readonly units: number;
}

export class ReplayedLayer {
  readonly #parts: ReplayParts & { readonly law: ShortTermLaw };
  readonly #note: RealizationNote;
  readonly #size: LayerSize;
  #results: readonly ReplayResult[] = [];

  private constructor(parts: ReplayParts & { readonly law: ShortTermLaw }, note: RealizationNote, size: LayerSize) {
    this.#parts = parts;
    this.#size = size;
    this.#note = note;
  }

  /** The layer on its device; undefined without one. Throws a `StudyFault` where the device cannot follow. */
  static of(plan: LayerPlan, network: MappedNetwork): ReplayedLayer | undefined {
    const layer = biasedLayer(plan, network);
    if (!layer) return undefined;
    const { biased, law, note, scheme, siemensPerUnit, device } = layer;
    const parts = {
      ...{ device, scheme, siemensPerUnit, law },
      readSeconds: readSecondsOf(network.chip),
      stepSeconds: biased.fast.seconds,
      without: network.study.without,
      ...biasOf(biased.projection, law),
    };
    return new ReplayedLayer(parts, note, { lines: biased.lines, units: plan.setup.units });
  }

  /** Sequences on fresh devices, one after the other; `layer` is what has been trained. */
  replay(layer: FastLayer, { features, count, seed }: ReplayedSequences): ArrayCounts {
    const { weight, decay, gain } = layer.values;
    const width = features.length / count;
    this.#results = Array.from({ length: count }, (_, sequence) => {
      const run = recordRun(layer, features.subarray(sequence * width, (sequence + 1) * width));
      return replayOnDevices({ ...this.#parts, run, weight, decay, gain, seed: seed + sequence });
    });
    const sum = (part: (result: ReplayResult) => number): number =>
      this.#results.reduce((total, result) => total + part(result), 0);
    const steps = width / layer.shape.inputs;
    return {
      pulses: sum(({ pulses }) => pulses),
      refreshes: 0,
      reads: count * steps,
      seconds: count * steps * this.#parts.stepSeconds,
      energy: {
        hold: sum(({ energy }) => energy.hold),
        write: sum(({ energy }) => energy.write),
        read: sum(({ energy }) => energy.read),
      },
    };
  }

  /** All devices of the layer, fresh, under their bias for `seconds`: that of the projection, or of the device. */
  rest(seconds: number): ArrayCounts {
    const { device, scheme, without, bias, law } = this.#parts;
    const window = device.windows.find(({ name }) => name === device.defaultWindow);
    const columns = this.#size.units * (scheme === 'differential' ? 2 : 1);
    const kernel = compileKernel(device, {
      rows: this.#size.lines,
      columns,
      ...(window && { window }),
      seed: 0,
      without,
    });
    if (bias !== undefined) kernel.modulate(law.bias, bias);
    kernel.rest(seconds);
    return { pulses: 0, refreshes: 0, reads: 0, energy: { hold: kernel.holdEnergy } };
  }

  /** The note of the projection from outside, with what replays have shown. */
  note(): RealizationNote {
    const count = this.#results.length;
    if (count === 0) return this.#note;
    const figure = (name: string, unit: string, part: (result: ReplayResult) => number) => ({
      name,
      value: this.#results.reduce((total, result) => total + part(result), 0) / count,
      unit,
    });
    return {
      ...this.#note,
      figures: [
        ...this.#note.figures,
        { name: 'sequences replayed', value: count, unit: '1' },
        figure('error of the replayed trace', '1', ({ error }) => error),
        figure('decays beyond reach', '1', ({ beyondReach }) => beyondReach),
        figure('active lines a step', '1', ({ activeLines }) => activeLines.mean),
        figure('pulses of a cell a step, at most', 'pulses', ({ mostPulses }) => mostPulses),
      ],
    };
  }
}

/** A layer whose fast part is realized on a device by a bias. */
export interface BiasedLayer {
  readonly biased: BiasedProjection;
  readonly device: DeviceModel;
  readonly law: ShortTermLaw;
  readonly note: RealizationNote;
  readonly scheme: 'single' | 'differential';
  readonly siemensPerUnit: number;
}

/** The layer of a plan as devices see it; undefined without one. Throws a `StudyFault` where the device cannot follow. */
export function biasedLayer(
  { into, fast, rule, setup, inputs }: LayerPlan,
  network: MappedNetwork,
): BiasedLayer | undefined {
  const [projection] = into;
  const device = projection?.device;
  const isBiased = rule.realization.method === 'bias';
  if (!projection || !device || !fast || !isBiased) return undefined;
  const what = `projection \`${projection.name}\``;
  const other = into.find((one) => one.device?.name !== device.name);
  if (other)
    notRunnable(`projection \`${other.name}\``, `it is not on \`${device.name}\` as the other input`, other.origin);
  const lines = inputs + (setup.isRecurrent ? setup.units : 0);
  const biased: BiasedProjection = { projection, rule, fast, chip: network.chip, lines };
  const [found, note] = [deviceOf(biased), biasNote(biased)];
  if ('reason' in found) return notRunnable(what, found.reason, projection.origin);
  if ('reason' in note) return notRunnable(what, note.reason, projection.origin);
  const { siemensPerUnit, scheme } = projection.encoding;
  if (siemensPerUnit === undefined) return notRunnable(what, '`encode` has no `scale`', projection.origin);
  return { biased, device, law: found.law, note, scheme, siemensPerUnit };
}

/** The bias that the projection sets for all of its cells. */
export function biasOf({ modulations }: MappedProjection, law: ShortTermLaw): Pick<ReplaySetup, 'bias'> {
  const found = modulations.find(({ modulator }) => modulator === law.bias);
  return found ? { bias: evaluate(found.value, () => NaN) } : {};
}

/** What a layer did with a sequence. */
function recordRun(layer: FastLayer, inputs: ArrayLike<number>): RecordedRun {
  const { shape } = layer;
  const steps = inputs.length / shape.inputs;
  const width = widthOf(shape);
  const before = new Float64Array(steps * width);
  layer.forward(inputs, steps);
  for (let step = 0; step < steps; step++) {
    layer.beforeAt(step, before.subarray(step * width, (step + 1) * width));
  }
  return { steps, width, units: shape.units, before, outputs: layer.outputs().slice() };
}
