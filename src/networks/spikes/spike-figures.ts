/** Figures of one seed of an experiment on a spiking network. */
import { invariant } from '../../core/invariant.js';
import type { Expression } from '../../devices/expression.js';
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import { plainName } from '../../ir/neuron-ranges.js';
import { ruleMap } from '../../ir/realize/superposition/assign-banks.js';
import { timingKernel } from '../../ir/realize/rule-kernel.js';
import { SynapseNames } from '../../ir/realize/synapse-names.js';
import type { StudyFigure } from '../../ir/study-expectations.js';
import type { FieldTime } from '../../ir/study-result.js';
import type { MeasureOperand } from '../../ir/study.js';
import { refuseRun } from './realization-fault.js';
import { compareWindows, meanOf, type WeightRecords } from './weight-records.js';

/** What a seed has done. */
export interface SeedTotals {
  readonly records: ReadonlyMap<MappedProjection, WeightRecords>;
  /** Spikes by population. */
  readonly spikes: ReadonlyMap<number, number>;
  readonly seconds: number;
  readonly pulses: number;
  /** Absent where no device sees a magnetic field. */
  readonly fields?: readonly FieldTime[];
  /** By share [J]. */
  readonly energy: Readonly<Record<string, number>>;
}

/** What a figure is looked up in. */
interface FigureContext {
  readonly selection: Expression | undefined;
  readonly mapped: MappedNetwork;
  readonly totals: SeedTotals;
}

/** The value of a figure [SI]; throws where spiking networks have no such figure. */
export function spikeFigure({ measure, selection }: StudyFigure, mapped: MappedNetwork, totals: SeedTotals): number {
  const [first, second] = measure.operands;
  const context: FigureContext = { selection, mapped, totals };
  switch (measure.kind) {
    case 'time':
      return totals.seconds;
    case 'pulses':
      return totals.pulses;
    case 'energy':
      return energyOf(first, totals);
    case 'spikes':
    case 'rate': {
      const { count, neurons } = populationSpikes(first, mapped, totals);
      return measure.kind === 'spikes' ? count : count / neurons / totals.seconds;
    }
    case 'correlation':
    case 'error': {
      const window = windowOf(first, context);
      const found = window.points.map(({ mean }) => mean);
      return compareWindows(found, wantedOf(second, window, context))[measure.kind];
    }
    case 'variation':
    case 'drift': {
      const { records, chosen } = windowOf(first, context);
      return records[measure.kind](chosen);
    }
    case 'mean':
    case 'min':
    case 'max':
      return reduced(measure.kind, valuesOf(first, context));
    default:
      return refuseRun(`\`${measure.name}\``, 'it is a figure of networks that are shown samples');
  }
}

function reduced(kind: 'mean' | 'min' | 'max', values: readonly number[]): number {
  if (kind === 'mean') return meanOf(values);
  const pick = kind === 'min' ? Math.min : Math.max;
  return values.reduce((found, value) => pick(found, value), values[0] ?? NaN);
}

function energyOf(operand: MeasureOperand | undefined, { energy }: SeedTotals): number {
  invariant(operand?.kind === 'term', 'an energy is a share of it');
  if (operand.name !== 'total') return energy[operand.name] ?? 0;
  return Object.values(energy).reduce((sum, share) => sum + share, 0);
}

function populationSpikes(operand: MeasureOperand | undefined, mapped: MappedNetwork, { spikes }: SeedTotals) {
  invariant(operand?.kind === 'population', 'spikes are those of a population');
  let [count, neurons] = [0, 0];
  for (const [index, { name, size }] of mapped.populations.entries()) {
    if (plainName(name) !== operand.name) continue;
    count += spikes.get(index) ?? 0;
    neurons += size;
  }
  return { count, neurons };
}

type Window = ReturnType<typeof windowOf>;

/** The window of the signal `projection.dw`, for the synapses that are selected. */
function windowOf(operand: MeasureOperand | undefined, { selection, mapped, totals }: FigureContext) {
  const { name, projection, records } = signalOf(operand, mapped, totals);
  if (name !== 'dw') refuseRun(`a window of \`${name}\``, 'spike timing shows in `dw`', projection.origin);
  const chosen = selectedSynapses(projection, selection, mapped);
  return { projection, records, chosen, points: records.window(chosen) };
}

function wantedOf(
  operand: MeasureOperand | undefined,
  { points, projection }: Window,
  context: FigureContext,
): readonly number[] {
  if (operand?.kind !== 'kernel') return windowOf(operand, context).points.map(({ mean }) => mean);
  const learning = projection.learning.find(({ rule }) => rule.name === operand.rule);
  const named = learning?.rule.kernels.find(({ name }) => name === operand.name);
  const kernel = learning ? timingKernel(learning.rule, named) : 'no synapse learns by it';
  if (typeof kernel === 'string') return refuseRun(`\`${operand.rule}.${operand.name}\``, kernel, projection.origin);
  return points.map(({ seconds }) => kernel(seconds));
}

function valuesOf(
  operand: MeasureOperand | undefined,
  { selection, mapped, totals }: FigureContext,
): readonly number[] {
  const { name, projection, records } = signalOf(operand, mapped, totals);
  const chosen = selectedSynapses(projection, selection, mapped);
  if (name === 'dw') return records.changes(chosen);
  if (name === 'w' || name === projection.device?.states[0]?.name) return records.weightsOf(chosen);
  return refuseRun(`\`${name}\``, 'spiking networks show `w` and `dw` of their synapses', projection.origin);
}

function signalOf(operand: MeasureOperand | undefined, mapped: MappedNetwork, { records }: SeedTotals) {
  invariant(operand?.kind === 'signal', 'the operand is a signal');
  const dot = operand.name.lastIndexOf('.');
  const owner = operand.name.slice(0, dot);
  const projection = mapped.projections.find((each) => plainName(each.name) === owner);
  const found = projection && records.get(projection);
  if (!projection || !found) return refuseRun(`\`${operand.name}\``, 'it is no signal of synapses that learn');
  return { name: operand.name.slice(dot + 1), projection, records: found };
}

/** Synapses that there are and that the condition of `where` takes. */
export function selectedSynapses(
  projection: MappedProjection,
  selection: Expression | undefined,
  mapped: MappedNetwork,
): readonly number[] {
  const names = new SynapseNames(projection, mapped);
  const rules = ruleMap(projection, mapped);
  const { from, to } = projection;
  return Array.from({ length: from.count * to.count }, (_, synapse) => synapse).filter((synapse) => {
    const [pre, post] = [Math.floor(synapse / to.count), synapse % to.count];
    return rules(pre, post) !== undefined && (!selection || names.evaluate(selection, pre, post) !== 0);
  });
}
