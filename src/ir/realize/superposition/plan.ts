/** A projection whose rules are carried out by superposed waveforms: who plays what, when, on which lines. */
import type { DiagnosticBag } from '../../../core/diagnostic.js';
import { invariant } from '../../../core/invariant.js';
import { formatQuantity } from '../../../units/format-quantity.js';
import type { MappedArray, RailSet } from '../../mapped.js';
import type { MappedNetwork, MappedProjection } from '../../mapped-network.js';
import { tickSegments, type WaveformStep } from '../../modes/stdp.js';
import { minSegmentClocks } from '../../plane-load.js';
import { spikePlanesFor } from '../../blocks/spikes.js';
import { countParts } from '../../tile-parts.js';
import { REALIZE_CATALOGUE } from '../catalogue.js';
import { networkArray } from '../network-array.js';
import { timingKernel, type TimingKernel } from '../rule-kernel.js';
import { voltageResponse, type VoltageResponse } from '../voltage-response.js';
import { assignBanks, ruleMap, type BankAssignment } from './assign-banks.js';
import { balanceDrift, type BalancedWaveform } from './balance-drift.js';
import { fitWaveforms, type FitFault, type FittedWaveforms, type PairKernel } from './fit-waveforms.js';
import { lineConverter, type LineConverter } from './line-converter.js';
import { spikePortFault } from './spike-port.js';
import { staircase, type BankLines } from './staircases.js';

/** Oldest spike that waveforms may ask for [ticks]: a ring of 1024 planes. */
const MAX_AGE = 1021;

/** A level is at most a code of eight bits. */
const MAX_LEVELS = 255;

/** A tick begins with the spikes of the one before; the wait around its segments takes so many clocks more. */
const TICK_CLOCKS = 5;

/** Clocks in which a spike arrives through the pins, and those around all spikes of a tick. */
const SPIKE_CLOCKS = { each: 10, around: 20 } as const;

/** A tick may differ from `sampler` by this part of it. */
const MAX_TICK_ERROR = 0.01;

export interface PlannedRule {
  /** Index into the rules of the projection. */
  readonly learning: number;
  readonly name: string;
  readonly kernel: TimingKernel;
  readonly waveform: BalancedWaveform;
}

export interface SuperpositionPlan {
  readonly projection: MappedProjection;
  /** Its last rail set is that of the waveforms. */
  readonly array: MappedArray;
  readonly assignment: BankAssignment;
  readonly rules: readonly PlannedRule[];
  readonly response: VoltageResponse;
  readonly converter: LineConverter;
  /** Code of the sampler. */
  readonly amplitude: number;
  readonly tickClocks: number;
  /** The fewest clocks of a tick with these staircases. */
  readonly minTickClocks: number;
  /** Length of a tick [s]. */
  readonly sampleSeconds: number;
  /** Both waveforms come so many ticks after their spikes, so that what lies before a spike can be played, too. */
  readonly delay: number;
  readonly rowSteps: readonly WaveformStep[];
  readonly columnSteps: readonly WaveformStep[];
  /** The sampler takes its turn in a tick where the waveform takes the step of the spike's own moment. */
  readonly firstSegment: { readonly row: number; readonly column: number };
  /** Age at which all lines are at rest again [ticks]. */
  readonly length: number;
  /** Planes of the memory of spikes. */
  readonly planes: number;
  /** Ticks from a start until the memory of spikes is clean: no spike comes in them. */
  readonly leadTicks: number;
}

/** The plan of `projection`; undefined after reporting why there is none. */
export function planSuperposition(
  network: MappedNetwork,
  projection: MappedProjection,
  weight: number,
  diagnostics: DiagnosticBag,
): SuperpositionPlan | undefined {
  const planner = new Planner(network, projection, diagnostics);
  return planner.plan(weight);
}

class Planner {
  readonly #network: MappedNetwork;
  readonly #projection: MappedProjection;
  readonly #diagnostics: DiagnosticBag;

  constructor(network: MappedNetwork, projection: MappedProjection, diagnostics: DiagnosticBag) {
    this.#network = network;
    this.#projection = projection;
    this.#diagnostics = diagnostics;
  }

  plan(weight: number): SuperpositionPlan | undefined {
    const { chip, source } = this.#network;
    const { device } = this.#projection;
    const assignment = this.#assign();
    const sampler = this.#sampler();
    const { dac } = chip.tile;
    const fault = dac ? spikePortFault(chip) : 'it has no `dac` on its lines';
    if (!dac || fault !== undefined) return this.#refuseChip(fault ?? '');
    if (!assignment || sampler === undefined || !device) return undefined;
    const array = networkArray(source, chip, device);
    const converter = lineConverter(dac);
    const reach = 2 * converter.volts(converter.largest);
    const maxVolts = Math.min(reach, device.ratings.find(({ quantity }) => quantity === 'voltage')?.max ?? reach);
    const window = device.windows.find(({ name }) => name === device.defaultWindow);
    const response = voltageResponse(device, window, weight, maxVolts);
    if (typeof response === 'string') return this.#refuse(response);
    const tickClocks = this.#tickClocks(sampler);
    if (tickClocks === undefined) return undefined;
    const sampleSeconds = tickClocks / chip.clockHz;
    const parts = { array, assignment, response, converter, tickClocks, sampleSeconds };
    return this.#fit(parts, maxVolts);
  }

  /** Waveforms of all rules of one sampler. */
  #fit(
    parts: Pick<SuperpositionPlan, 'array' | 'assignment' | 'response' | 'converter' | 'tickClocks' | 'sampleSeconds'>,
    maxVolts: number,
  ): SuperpositionPlan | undefined {
    const { assignment, response, converter, sampleSeconds } = parts;
    const used = [...new Set(assignment.rules.filter((rule) => rule !== null))];
    const kernels = used.map((rule) => this.#kernelOf(rule));
    const known = kernels.filter((kernel) => kernel !== undefined);
    if (known.length < kernels.length) return undefined;
    // What a neuron behind plays is met by spikes before it at the opposite time
    const ofPair = known.map((kernel): PairKernel =>
      assignment.player === 'pre' ? kernel : (seconds) => kernel(-seconds),
    );
    const task = { response, converter, sampleSeconds, maxVolts, maxAge: MAX_AGE };
    const fitted = fitWaveforms({ ...task, kernels: ofPair });
    if ('kind' in fitted) return this.#refuseFit(fitted);
    const rules = this.#balance(parts, fitted, { used, known });
    return this.#assemble(parts, { amplitude: fitted.amplitude, rules });
  }

  #balance(
    { response, converter, sampleSeconds }: Pick<SuperpositionPlan, 'response' | 'converter' | 'sampleSeconds'>,
    { amplitude, banks }: FittedWaveforms,
    { used, known }: { readonly used: readonly number[]; readonly known: readonly TimingKernel[] },
  ): readonly PlannedRule[] {
    const firsts = banks.map(({ first }) => first);
    const delay = delayOf(Math.min(...firsts));
    return banks.map((bank, index) => {
      const learning = used[index] ?? 0;
      const kernel = known[index];
      invariant(kernel, 'every bank has a kernel');
      const maxSamples = MAX_AGE - delay - bank.first;
      const waveform = balanceDrift(bank, { response, converter, sampleSeconds, amplitude, maxSamples });
      return { learning, name: this.#ruleAt(learning).name, kernel, waveform };
    });
  }

  #assemble(
    parts: Pick<SuperpositionPlan, 'array' | 'assignment' | 'response' | 'converter' | 'tickClocks' | 'sampleSeconds'>,
    { amplitude, rules }: Pick<SuperpositionPlan, 'amplitude' | 'rules'>,
  ): SuperpositionPlan | undefined {
    const { array, assignment, converter } = parts;
    const delay = delayOf(Math.min(...rules.map(({ waveform }) => waveform.first)));
    const isRow = assignment.player === 'pre';
    const [playerSide, samplerSide] = isRow ? (['row', 'column'] as const) : (['column', 'row'] as const);
    const linesWhere = (side: 'row' | 'column', isIn: (neuron: number) => boolean): readonly number[] =>
      this.#linesOf(side).flatMap((line, neuron) => (isIn(neuron) ? [line] : []));
    const banks = rules.map(({ learning, waveform }): BankLines => ({
      waveform,
      lines: linesWhere(playerSide, (neuron) => assignment.rules[neuron] === learning),
    }));
    // A cell sees p + A, then p - A, whichever side samples
    const biphasic = { first: -1, codes: isRow ? [-amplitude, amplitude] : [amplitude, -amplitude] };
    const samplers = [{ waveform: biphasic, lines: linesWhere(samplerSide, (at) => assignment.samples[at] ?? false) }];
    const common = { delay, converter };
    const count = { row: array.rows, column: array.columns };
    const player = staircase({ ...common, banks, lineCount: count[playerSide], sign: isRow ? 1 : -1 });
    const sampler = staircase({ ...common, banks: samplers, lineCount: count[samplerSide], sign: 1 });
    if (player.levelCount > MAX_LEVELS) {
      return this.#refuse(
        `its waveforms have ${player.levelCount} different steps, and a line has ${MAX_LEVELS} levels`,
      );
    }
    const [row, column] = isRow ? [player, sampler] : [sampler, player];
    const length = Math.max(...player.steps.map(({ age }) => age), ...sampler.steps.map(({ age }) => age));
    const own = Math.max(0, player.steps.findIndex(({ age }) => age >= delay) - 1);
    const firstSegment = isRow ? { row: 0, column: own } : { row: own, column: 0 };
    const segments = tickSegments({ rowWaveform: row.steps, columnWaveform: column.steps, firstSegment });
    const group = minSegmentClocks(Math.max(array.rows, array.columns));
    const spikes = SPIKE_CLOCKS.each * (array.rows + array.columns) + SPIKE_CLOCKS.around;
    const minTickClocks = Math.max(segments * group + TICK_CLOCKS, spikes);
    if (parts.tickClocks < minTickClocks) return this.#refuseClock(minTickClocks, segments, parts.sampleSeconds);
    const planes = spikePlanesFor(length);
    const lines = { row: row.levels, column: column.levels };
    const waveforms: RailSet = { name: 'waveform', positive: lines, negative: lines };
    return {
      ...parts,
      projection: this.#projection,
      array: { ...array, railSets: [...array.railSets, waveforms] },
      ...{ rules, amplitude, minTickClocks, delay, length },
      rowSteps: row.steps,
      columnSteps: column.steps,
      firstSegment,
      planes,
      leadTicks: 1 + Math.ceil((planes * group) / parts.tickClocks),
    };
  }

  #linesOf(side: 'row' | 'column'): readonly number[] {
    const [part] = this.#projection.parts;
    if (!part) return [];
    const { count } = side === 'row' ? part.rows : part.columns;
    return Array.from({ length: count }, (_, index) => part.at[side] + index);
  }

  #assign(): BankAssignment | undefined {
    const { parts, encoding, from, to, delay } = this.#projection;
    if (countParts(parts) !== 1) return this.#refuse('its synapses lie on more than one tile');
    if (encoding.scheme !== 'single') return this.#refuse('a weight lies in two cells, which see the same waveforms');
    if (delay) return this.#refuse('its spikes come with a delay');
    const rules = ruleMap(this.#projection, this.#network);
    const reason =
      'which rule a synapse learns by depends on both of its neurons, and lines of one side only can play different waveforms';
    return assignBanks(rules, from.count, to.count) ?? this.#refuse(reason);
  }

  /** The time of a sample, which all rules of an array share [s]. */
  #sampler(): number | undefined {
    const { learning } = this.#projection;
    const settings = learning.map(({ rule }) => rule.realization.settings);
    const valueOf = (name: string) => settings.map((each) => each.find((setting) => setting.name === name)?.value);
    const [samplers, banks] = [valueOf('sampler'), valueOf('bank')];
    if (new Set(samplers).size > 1) return this.#refuse('the rules of an array share the time of a sample');
    if (new Set(banks).size < banks.length) return this.#refuse('two rules of an array want the same waveform bank');
    // As fine as the converters go
    return samplers[0] ?? 1 / (this.#network.chip.tile.dac?.samplesPerSecond ?? 1);
  }

  #kernelOf(learning: number): TimingKernel | undefined {
    const kernel = timingKernel(this.#ruleAt(learning));
    return typeof kernel === 'string' ? this.#refuse(kernel, learning) : kernel;
  }

  #tickClocks(sampler: number): number | undefined {
    const { chip } = this.#network;
    const { dac } = chip.tile;
    const clocks = Math.max(1, Math.round(sampler * chip.clockHz));
    if (dac && dac.samplesPerSecond * sampler < 1 - MAX_TICK_ERROR) {
      return this.#refuseChip(
        `a sample lasts ${formatQuantity(sampler, 's')}, and its converters take ${dac.samplesPerSecond} a second`,
      );
    }
    if (Math.abs(clocks / chip.clockHz - sampler) <= MAX_TICK_ERROR * sampler) return clocks;
    return this.#refuseChip(
      `a sample of ${formatQuantity(sampler, 's', 6)} is no whole number of clocks of ${formatQuantity(chip.clockHz, 'Hz', 6)}`,
    );
  }

  #refuseClock(minTickClocks: number, segments: number, sampleSeconds: number): undefined {
    const wanted = minTickClocks / sampleSeconds;
    return this.#refuseChip(
      `waveforms of ${segments} steps take ${minTickClocks} clocks a sample, which needs a clock of ${formatQuantity(wanted, 'Hz')}`,
    );
  }

  #refuseFit(fault: FitFault): undefined {
    if (fault.kind === 'zero') return this.#refuse('its kernel is zero everywhere');
    if (fault.kind === 'too-long') {
      return this.#refuse(`its kernel does not die out within ${fault.samples} samples, the memory of spikes`);
    }
    const { rule, origin } = this.#projection.learning[0] ?? {};
    const params = { rule: rule?.name ?? '', wanted: fault.wanted, reachable: fault.reachable, unit: 'S' };
    this.#diagnostics.report(REALIZE_CATALOGUE, 'kernel-too-large', params, {
      span: rule?.realization.origin ?? origin,
    });
    return undefined;
  }

  #ruleAt(learning: number): MappedProjection['learning'][number]['rule'] {
    const found = this.#projection.learning[learning];
    invariant(found, 'the rules of a plan are those of its projection');
    return found.rule;
  }

  #refuse(reason: string, learning = 0): undefined {
    const { device, origin } = this.#projection;
    const rule = this.#projection.learning[learning]?.rule;
    const params = { rule: rule?.name ?? '', device: device?.name ?? '', reason };
    this.#diagnostics.report(REALIZE_CATALOGUE, 'cannot-superpose', params, {
      span: rule?.realization.origin ?? origin,
    });
    return undefined;
  }

  #refuseChip(reason: string): undefined {
    const { chip } = this.#network;
    const params = { rule: this.#ruleAt(0).name, chip: chip.name, reason };
    this.#diagnostics.report(REALIZE_CATALOGUE, 'superposition-chip', params, { span: chip.origin });
    return undefined;
  }
}

/** Ticks from a spike to the sample of its own moment: waveforms begin a tick after the spike at the earliest. */
function delayOf(first: number): number {
  return Math.max(2, 1 - first);
}
