/** The text of rest: how a cell without voltage moves, and the power that it takes meanwhile. */
import { anyUses, CELL_PARAMETERS, functionLines, singleCellFrame, writeInCell } from './cell-frame.js';
import type { CellFrame, FunctionText } from './cell-frame.js';
import { numberText, type HoistSite } from './expression-writer.js';
import type { Expression } from './expression.js';
import { flowText } from './flow-text.js';
import type { Dialect } from './kernel-names.js';
import type { KernelPlan, StatePlan } from './kernel-plan.js';
import { moveText } from './motion-text.js';
import { isStill } from './plan-motion.js';
import { dependsOn, differentiate, jumpsWith } from './symbolic.js';
import { simplify } from './simplify.js';

/** `rest(cell, duration)`: one cell at 0 V; returns the energy that it takes [J]. */
export function restFunction(plan: KernelPlan, dialect: Dialect, tile: HoistSite): FunctionText {
  const uses = isStill(plan.restPower) ? [] : [plan.restPower];
  const frame = singleCellFrame({ plan, dialect }, tile, { course: 'resting', prefix: 'rest', uses });
  const [cell] = CELL_PARAMETERS;
  const signature = { name: 'rest', parameters: [cell, ['duration', 'number']] as const, returns: 'number' };
  const { before, inside, energy } = restText(frame);
  return {
    name: 'rest',
    lines: [...before, ...functionLines(signature, dialect, [...inside, `return ${energy};`])],
  };
}

interface RestText {
  readonly before: readonly string[];
  readonly inside: readonly string[];
  readonly energy: string;
}

function restText(frame: CellFrame): RestText {
  const [power] = frame.uses;
  if (!power) return { ...moveText(frame), energy: '0' };
  const slopes = powerSlopes(frame.plan, power);
  return slopes ? closedPower(frame, power, slopes) : flowingPower(frame, power);
}

/** How the power follows a state that moves: P(x) = P(x0) + slope (x - x0). */
interface PowerSlope {
  readonly index: number;
  readonly state: StatePlan;
  readonly slope: Expression;
}

/** Slopes by every moving state in the power; undefined where their sum of areas is not the energy. */
function powerSlopes({ states }: KernelPlan, power: Expression): readonly PowerSlope[] | undefined {
  const moving = states.filter(({ resting }) => !isStill(resting.rate));
  const slopes = states.flatMap((state, index): readonly PowerSlope[] => {
    if (!moving.includes(state) || !dependsOn(power, state.name)) return [];
    return [{ index, state, slope: simplify(differentiate(power, state.name), new Map()) }];
  });
  const isClosed = slopes.every(({ state, slope }) => {
    const { kind } = state.resting.motion;
    const isExponential = kind === 'constant' || kind === 'affine';
    return isExponential && !jumpsWith(power, state.name) && !moving.some(({ name }) => dependsOn(slope, name));
  });
  return isClosed ? slopes : undefined;
}

function closedPower(frame: CellFrame, power: Expression, slopes: readonly PowerSlope[]): RestText {
  const { before, inside } = moveText(frame);
  const areas = slopes.map(({ index, state, slope }) => {
    const id = String(index);
    const { rate, motion } = state.resting;
    const rateText = motion.kind === 'affine' ? `rate${id}` : writeInCell(frame, rate);
    const bend = motion.kind === 'affine' ? `slope${id}` : '0';
    const bounds = [state.max, state.min].map((bound) => `${numberText(bound)} - x${id}`);
    return {
      lines: [
        `const speed${id} = ${rateText};`,
        `const limit${id} = speed${id} > 0 ? ${bounds.join(' : ')};`,
        `const area${id} = exponentialArea(speed${id}, ${bend}, duration, limit${id});`,
      ],
      term: ` + (${writeInCell(frame, slope)}) * area${id}`,
    };
  });
  const energy = `(${writeInCell(frame, power)}) * duration${areas.map(({ term }) => term).join('')}`;
  return { before, inside: [...inside, ...areas.flatMap(({ lines }) => lines)], energy };
}

/** The power joins the states as one more quantity to integrate. */
function flowingPower(frame: CellFrame, power: Expression): RestText {
  const { plan, dialect } = frame;
  const moving = plan.states.flatMap(({ resting }, index) => (isStill(resting.rate) ? [] : [index]));
  const equations = [power, ...plan.states.map(({ resting }) => resting.rate)];
  const starts = plan.states.flatMap(({ name }, index) =>
    moving.includes(index) || anyUses(equations, name)
      ? [`const x${String(index)} = s${String(index)}[cell]${dialect.present};`]
      : [],
  );
  const { before, inside } = flowText(frame, moving, { integrand: power });
  const ends = moving.map((index) => `s${String(index)}[cell] = y${String(index)};`);
  return { before, inside: [...starts, ...inside, ...ends], energy: 'area' };
}
