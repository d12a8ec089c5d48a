/** The text of pulses: of a group at one voltage, of single cells at their own, along ramps; and of their energy. */
import {
  anyUses,
  CELL_PARAMETERS,
  functionLines,
  indent,
  singleCellFrame,
  stateLines,
  writeInCell,
  type CellFrame,
  type FunctionText,
} from './cell-frame.js';
import { HoistSite } from './expression-writer.js';
import { flowText } from './flow-text.js';
import { cellBindings, type Dialect } from './kernel-names.js';
import { isCounting, type KernelPlan } from './kernel-plan.js';
import { moveText } from './motion-text.js';

/** `pulse(group, v, duration)`: moves a group that sees one voltage; returns the energy. */
export function pulseFunction(plan: KernelPlan, dialect: Dialect, tile: HoistSite): FunctionText {
  const group = new HoistSite('group', 'k');
  const bindings = cellBindings(plan, dialect);
  const uses = [plan.pulseEnergy];
  const frame: CellFrame = { plan, dialect, bindings, sites: [tile, group], course: 'driven', prefix: '', uses };
  const { before, inside } = moveText(frame);
  const body = [...inside, `energy += ${writeInCell(frame, plan.pulseEnergy)};`];
  const parameters = [
    ['group', 'CellGroup'],
    ['v', 'number'],
    ['duration', 'number'],
  ] as const;
  const lines = [...group.lines, 'let energy = 0;', ...groupLoop(body, dialect), 'return energy;'];
  return {
    name: 'pulse',
    lines: [...before, ...functionLines({ name: 'pulse', parameters, returns: 'number' }, dialect, lines)],
  };
}

/** `body` for every cell of `group`, with `cell`, `column` and, where it is used, the position `n` in the group. */
export function groupLoop(body: readonly string[], { present }: Dialect): readonly string[] {
  const counts = body.some((line) => line.includes('[n]'));
  return [
    'const { rows, columns } = group;',
    'const rowIndices = rows.indices;',
    'const columnIndices = columns.indices;',
    ...(counts ? ['let n = 0;'] : []),
    'for (let i = 0; i < rows.count; i++) {',
    `  const start = rowIndices[i]${present} * tile.columns;`,
    '  for (let j = 0; j < columns.count; j++) {',
    `    const column = columnIndices[j]${present};`,
    '    const cell = start + column;',
    ...indent(indent(body)),
    ...(counts ? ['    n++;'] : []),
    '  }',
    '}',
  ];
}

const HELD_PARAMETERS = [...CELL_PARAMETERS, ['v', 'number'], ['duration', 'number']] as const;

/** `hold(cell, n, v, duration)`: one cell at a constant voltage; returns the energy, 0 where pulses are counted. */
export function holdFunction(plan: KernelPlan, dialect: Dialect, tile: HoistSite): FunctionText {
  const uses = isCounting(plan) ? [] : [plan.pulseEnergy];
  const frame = singleCellFrame({ plan, dialect }, tile, { course: 'driven', prefix: 'hold', uses });
  const { before, inside } = moveText(frame);
  const body = [...inside, returnEnergy(frame)];
  const signature = { name: 'hold', parameters: HELD_PARAMETERS, returns: 'number' };
  return { name: 'hold', lines: [...before, ...functionLines(signature, dialect, body)] };
}

/** `ramp(cell, n, volts, duration)`: one cell while its voltage changes steadily, priced at the voltage half-way. */
export function rampFunction(plan: KernelPlan, dialect: Dialect, tile: HoistSite): FunctionText {
  const uses = isCounting(plan) ? [] : [plan.pulseEnergy];
  const frame = singleCellFrame({ plan, dialect }, tile, { course: 'driven', prefix: 'ramp', uses });
  const moving = plan.states.flatMap(({ driven }, index) => (driven.motion.kind === 'still' ? [] : [index]));
  const { before, inside } = flowText(frame, moving, { volts: 'rampStart + rampSlope * t' });
  const equations = [...moving.map((index) => plan.states[index]?.driven.rate ?? plan.pulseEnergy), ...uses];
  const changes = plan.states.flatMap(({ name }, index) => {
    if (!anyUses(uses, `change.${name}`)) return [];
    const id = String(index);
    return [`const change${id} = ${moving.includes(index) ? `y${id} - x${id}` : '0'};`];
  });
  const starts = plan.states.flatMap(({ name }, index) =>
    moving.includes(index) || anyUses(equations, name)
      ? [`const x${String(index)} = s${String(index)}[cell]${dialect.present};`]
      : [],
  );
  const body = [
    'rampStart = volts.from;',
    'rampSlope = (volts.to - volts.from) / duration;',
    ...(anyUses(uses, 'v') ? ['const v = (volts.from + volts.to) / 2;'] : []),
    ...starts,
    ...inside,
    ...moving.map((index) => `s${String(index)}[cell] = y${String(index)};`),
    ...changes,
    returnEnergy(frame),
  ];
  const parameters = [...CELL_PARAMETERS, ['volts', 'VoltageRamp'], ['duration', 'number']] as const;
  const signature = { name: 'ramp', parameters, returns: 'number' };
  return {
    name: 'ramp',
    lines: ['let rampStart = 0;', 'let rampSlope = 0;', ...before, ...functionLines(signature, dialect, body)],
  };
}

function returnEnergy(frame: CellFrame): string {
  const [energy] = frame.uses;
  return `return ${energy ? writeInCell(frame, energy) : '0'};`;
}

/** `price(cell, n, v, duration)`: energy of a counted pulse from the states before it, `b`, to those of now. */
export function priceFunction(plan: KernelPlan, dialect: Dialect, tile: HoistSite): FunctionText {
  const uses = [plan.pulseEnergy];
  const frame = singleCellFrame({ plan, dialect }, tile, { course: 'driven', prefix: 'price', uses });
  const before = plan.states.flatMap(({ name }, index) => {
    const id = String(index);
    const isPriced = anyUses(uses, `change.${name}`);
    return [
      ...(isPriced || anyUses(uses, name) ? [`const x${id} = b${id}[cell]${dialect.present};`] : []),
      ...(isPriced ? [`const change${id} = s${id}[cell]${dialect.present} - x${id};`] : []),
    ];
  });
  const signature = { name: 'price', parameters: HELD_PARAMETERS, returns: 'number' };
  return { name: 'price', lines: functionLines(signature, dialect, [...before, returnEnergy(frame)]) };
}

/** `watch(cell)`: the first invariant that does not hold, -1 where all do. */
export function watchFunction(plan: KernelPlan, dialect: Dialect, tile: HoistSite): FunctionText {
  const frame = singleCellFrame({ plan, dialect }, tile, { course: 'driven', prefix: 'watch', uses: plan.invariants });
  const tests = plan.invariants.map(
    (condition, index) => `if (!(${writeInCell(frame, condition)})) return ${String(index)};`,
  );
  const signature = { name: 'watch', parameters: [['cell', 'number']] as const, returns: 'number' };
  const body = [...stateLines(plan, dialect, plan.invariants), ...tests, 'return -1;'];
  return { name: 'watch', lines: functionLines(signature, dialect, body) };
}
