/** The text that moves the states of a cell at constant voltage: closed forms, or laws handed to an integrator. */
import { invariant, unreachable } from '../core/invariant.js';
import { anyUses, writeInCell, type CellFrame, type CellText } from './cell-frame.js';
import { ExpressionWriter, HoistSite, numberText } from './expression-writer.js';
import { flowText } from './flow-text.js';
import type { StatePlan } from './kernel-plan.js';
import type { Course } from './plan-motion.js';
import { binary, reference } from './symbolic.js';

/** Statements that move all states: `x` is a state before, `y` after, `change` the difference where it is asked for. */
export function moveText(frame: CellFrame): CellText {
  const { plan, course } = frame;
  const indices = plan.states.map((_, index) => index);
  const coupled = indices.filter((index) => plan.states[index]?.[course].motion.kind === 'coupled');
  const alone = indices.flatMap((index) => moveAlone(frame, index));
  const together = coupled.length > 0 ? moveCoupled(frame, coupled) : NOTHING;
  return {
    before: [...alone.flatMap(({ before }) => before), ...together.before],
    inside: [...stillLines(frame), ...alone.flatMap(({ inside }) => inside), ...together.inside],
  };
}

const NOTHING: CellText = { before: [], inside: [] };

/** States that do not move, where equations refer to them. */
function stillLines({ plan, dialect, course, uses }: CellFrame): readonly string[] {
  const equations = [...plan.states.map((state) => state[course].rate), ...uses];
  return plan.states.flatMap((state, index) => {
    if (state[course].motion.kind !== 'still') return [];
    const id = String(index);
    return [
      ...(anyUses(equations, state.name) ? [`const x${id} = s${id}[cell]${dialect.present};`] : []),
      ...(anyUses(uses, `change.${state.name}`) ? [`const change${id} = 0;`] : []),
    ];
  });
}

/** The motion of a state that moves by itself; nothing for the others. */
function moveAlone(frame: CellFrame, index: number): readonly CellText[] {
  const state = frame.plan.states[index];
  invariant(state, 'states are counted');
  const { kind } = state[frame.course].motion;
  if (kind === 'still' || kind === 'coupled') return [];
  const { before, inside, next } = motionText(frame, index, state);
  const id = String(index);
  const bounded = `Math.min(${numberText(state.max)}, Math.max(${numberText(state.min)}, ${next}))`;
  return [
    {
      before,
      inside: [
        `const x${id} = s${id}[cell]${frame.dialect.present};`,
        ...inside,
        `const y${id} = ${bounded};`,
        ...storeLines(frame, index),
      ],
    },
  ];
}

/** Stores a state after its motion, and its change where that has a price. */
function storeLines({ plan, uses }: CellFrame, index: number): readonly string[] {
  const id = String(index);
  const isPriced = anyUses(uses, `change.${plan.states[index]?.name ?? ''}`);
  return [`s${id}[cell] = y${id};`, ...(isPriced ? [`const change${id} = y${id} - x${id};`] : [])];
}

function moveCoupled(frame: CellFrame, indices: readonly number[]): CellText {
  const { before, inside } = flowText(frame, indices);
  const { present } = frame.dialect;
  const starts = indices.map((index) => `const x${String(index)} = s${String(index)}[cell]${present};`);
  return { before, inside: [...starts, ...inside, ...indices.flatMap((index) => storeLines(frame, index))] };
}

interface MotionText extends CellText {
  /** The state after the pulse, not yet bounded. */
  readonly next: string;
}

function motionText(frame: CellFrame, index: number, state: StatePlan): MotionText {
  const { rate, motion } = state[frame.course];
  const x = `x${String(index)}`;
  switch (motion.kind) {
    case 'still':
    case 'coupled':
      return { ...NOTHING, next: x };
    case 'constant': {
      const change = writeInCell(frame, binary(rate, '*', reference('duration')));
      return { ...NOTHING, next: `${x} + ${change}` };
    }
    case 'affine': {
      const [rateName, slopeName] = [`rate${String(index)}`, `slope${String(index)}`];
      const inside = [
        `const ${slopeName} = ${writeInCell(frame, motion.slope)};`,
        `const ${rateName} = ${writeInCell(frame, rate)};`,
      ];
      return { before: [], inside, next: `${x} + exponentialChange(${rateName}, ${slopeName}, duration)` };
    }
    case 'general':
      return integrationText(frame, index, { state, rate });
    default:
      return unreachable(motion);
  }
}

/** A rate law made once per tile; what is constant during a pulse reaches it through variables set per cell. */
function integrationText(
  { prefix, dialect, bindings, sites }: CellFrame,
  index: number,
  { state, rate }: { readonly state: StatePlan; readonly rate: Course['rate'] },
): MotionText {
  const id = String(index);
  const law = prefix === '' ? `law${id}` : `${prefix}Law${id}`;
  const cell = new HoistSite('cell', `${prefix === '' ? 'c' : prefix}${id}_`, (name, text) => `${name} = ${text};`);
  const inLaw = new Map(bindings).set(state.name, { text: 'x', level: 'state' });
  const text = new ExpressionWriter(inLaw, [...sites, cell]).write(rate, 'state');
  const parameter = `(x${dialect.annotate('number')})`;
  return {
    before: [
      ...cell.names.map((name) => `let ${name} = 0;`),
      `const ${law} = { rate: ${parameter} => ${text}, min: ${numberText(state.min)}, max: ${numberText(state.max)} };`,
    ],
    inside: cell.lines,
    next: `integrate(${law}, x${id}, duration)`,
  };
}
