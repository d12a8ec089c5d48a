/** What happens to a pair of cells at a step, as lane programs: pulses, states and weight; and how a pair is set anew. */
import type { Expression } from '../../devices/expression.js';
import { laneObstacle, lowerToLanes } from '../../devices/trains/lower-lanes.js';
import { LaneBuilder, type LaneProgram, type LaneValue } from '../../numerics/lanes/lane-program.js';
import type { PairLaw } from './pair-law.js';
import { PRODUCT, WEIGHT, type PulseRule } from './pulse-rule.js';

/** Inputs beside {@link PRODUCT} and {@link WEIGHT}: states and steps of both cells, a number from 0 up to 1. */
export const PAIR_INPUTS = ['plus', 'minus', 'plusStep', 'minusStep'] as const;
export type PairInput = (typeof PAIR_INPUTS)[number];
/** A uniform variate for each cell, where pulses are rounded at random. */
export const UNIFORM = 'uniform';

export interface PairForm {
  readonly law: PairLaw;
  readonly rule: PulseRule;
  /** Weight of a cell in its state. */
  readonly cell: Expression;
  /** Factor of every number of pulses. */
  readonly rate: number;
}

export interface PairPrograms {
  /** Outputs: states of both cells, weight, number of pulses, and whether the pair is set anew. */
  readonly step: LaneProgram;
  /** Input `state`; output: the weight of a cell. */
  readonly cell: LaneProgram;
  /** States that counted pulses lead from and to before the pair is set anew. */
  readonly from: number;
  readonly to: number;
}

/** What of `form` lanes cannot compute; undefined where they can. */
export function pairObstacle({ rule, cell }: PairForm): string | undefined {
  return [rule.up, rule.down, cell].map(laneObstacle).find((obstacle) => obstacle !== undefined);
}

/** The state at which a cell is set anew, and whether it ever is. */
export function refreshState({ law, rule }: Pick<PairForm, 'law' | 'rule'>): number {
  const end = law.meanStep > 0 ? law.state.max : law.state.min;
  const reached = law.fresh + (rule.refresh ?? Infinity) * law.meanStep;
  return law.meanStep > 0 ? Math.min(end, reached) : Math.max(end, reached);
}

/** The programs of `form`, which has no {@link pairObstacle}. */
export function pairPrograms(form: PairForm): PairPrograms {
  const builder = new LaneBuilder();
  const { plus, minus, weight, up, down, isRefreshed } = stepOf(builder, form);
  const cellBuilder = new LaneBuilder();
  return {
    step: builder.program([plus, minus, weight, builder.add(up, down), isRefreshed]),
    cell: cellBuilder.program([cellOf(cellBuilder, form, cellBuilder.input('state'))]),
    from: form.law.fresh,
    to: refreshState(form),
  };
}

/** The same step for a host that gives the pulses; outputs: pulses of the plus and the minus cell, whether the pair is set anew. */
export function pairDecision(form: PairForm): LaneProgram {
  const builder = new LaneBuilder();
  const { up, down, isRefreshed } = stepOf(builder, form);
  return builder.program([down, up, isRefreshed]);
}

/** What a step comes to: states of both cells and weight behind it, pulses, whether the pair is set anew. */
type PairStep = Readonly<Record<'plus' | 'minus' | 'weight' | 'up' | 'down' | 'isRefreshed', LaneValue>>;

function stepOf(builder: LaneBuilder, form: PairForm): PairStep {
  const { law, rule } = form;
  const zero = builder.constant(0);
  const [plus, minus, plusStep, minusStep] = PAIR_INPUTS.map((name) => builder.input(name)) as [
    LaneValue,
    LaneValue,
    LaneValue,
    LaneValue,
  ];
  const pulses = (equation: Expression): LaneValue => {
    const names = new Map([PRODUCT, WEIGHT].map((name) => [name, builder.input(name)]));
    const wanted = lowerToLanes(builder, equation, (name) => names.get(name) ?? zero);
    return rounded(builder, builder.mul(wanted, builder.constant(form.rate)), rule);
  };
  const [up, down] = [pulses(rule.up), pulses(rule.down)];
  const moved = (state: LaneValue, step: LaneValue, count: LaneValue): LaneValue => {
    const sum = builder.add(state, changeBy(builder, law, { step, count }));
    return builder.max(builder.constant(law.state.min), builder.min(builder.constant(law.state.max), sum));
  };
  const [nextPlus, nextMinus] = [moved(plus, plusStep, down), moved(minus, minusStep, up)];
  const end = builder.constant(refreshState(form));
  const isOver = (state: LaneValue, count: LaneValue): LaneValue => {
    const reached = law.meanStep > 0 ? builder.compare('le', end, state) : builder.compare('le', state, end);
    return builder.logical('and', reached, builder.compare('lt', zero, count));
  };
  const isRefreshed =
    rule.refresh === undefined
      ? builder.compare('lt', zero, zero)
      : builder.logical('or', isOver(nextPlus, down), isOver(nextMinus, up));
  const weight = builder.sub(cellOf(builder, form, nextPlus), cellOf(builder, form, nextMinus));
  return { plus: nextPlus, minus: nextMinus, weight, up, down, isRefreshed };
}

/** The change of a state by `count` pulses, the last of them a part of one; too small ones change nothing. */
function changeBy(
  builder: LaneBuilder,
  { least }: PairLaw,
  { step, count }: { readonly step: LaneValue; readonly count: LaneValue },
): LaneValue {
  if (least === undefined) return builder.mul(count, step);
  const answered = (change: LaneValue): LaneValue =>
    builder.select(builder.compare('le', builder.constant(least), change), change, builder.constant(0));
  const whole = builder.unary('floor', count);
  return builder.add(builder.mul(whole, answered(step)), answered(builder.mul(builder.sub(count, whole), step)));
}

function cellOf(builder: LaneBuilder, { law, cell }: PairForm, state: LaneValue): LaneValue {
  return lowerToLanes(builder, cell, (name) => (name === law.state.name ? state : builder.constant(0)));
}

/** The number of pulses that hardware gives: the last place that there is, dropped or rounded at random. */
function rounded(builder: LaneBuilder, wanted: LaneValue, { fraction, isStochastic }: PulseRule): LaneValue {
  const places = 2 ** fraction;
  const scaled = builder.mul(wanted, builder.constant(places));
  const lifted = isStochastic ? builder.add(scaled, builder.input(UNIFORM)) : scaled;
  return builder.mul(builder.unary('floor', lifted), builder.constant(1 / places));
}
