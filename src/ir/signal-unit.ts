/** Units of what experiments on networks measure and record. */
import { siSymbol } from '../units/describe-dimension.js';
import { parseUnit } from '../units/unit.js';
import type { MappedNetwork, MappedProjection } from './mapped-network.js';
import { projectionsNamed } from './neuron-ranges.js';
import { MEASURES, type Measure } from './study.js';

/** Units of the signals of populations; plain numbers are those of all others. */
const POPULATION_UNITS: Readonly<Record<string, string>> = { spikes: 'spikes', rate: 'Hz' };

/** The SI unit of a measure; that of its operand where it has none of its own. */
export function measureUnit({ kind, operands }: Measure, mapped: MappedNetwork): string {
  const { unit } = MEASURES[kind];
  if (unit !== '') return unit;
  const [operand] = operands;
  if (operand?.kind === 'measure') return measureUnit(operand.measure, mapped);
  return operand?.kind === 'signal' ? signalUnit(operand.name, mapped) : '1';
}

/** The SI unit of a signal such as `synapses.w` or `post.rate`. */
export function signalUnit(signal: string, mapped: MappedNetwork): string {
  const dot = signal.lastIndexOf('.');
  const name = signal.slice(dot + 1);
  const [projection] = projectionsNamed(signal.slice(0, dot), mapped);
  return projection ? projectionUnit(name, projection) : (POPULATION_UNITS[name] ?? '1');
}

function projectionUnit(name: string, { learning, device, encoding }: MappedProjection): string {
  const [first] = learning;
  const isConductance = device !== undefined && encoding.siemensPerUnit === undefined;
  if (name === 'w' || name === 'dw') return siUnit(first?.rule.weight.unit.symbol ?? (isConductance ? 'S' : '1'));
  const trace = learning.flatMap(({ rule }) => rule.traces).find((each) => each.name === name);
  const state = device?.states.find((each) => each.name === name);
  return siUnit((trace ?? state)?.unit.symbol ?? '1');
}

function siUnit(symbol: string): string {
  const unit = parseUnit(symbol);
  return unit ? siSymbol(unit.dimension) : symbol;
}
