/** The text of reading: currents of a group, currents and their slopes at any voltages, the rate of a single cell. */
import { invariant } from '../core/invariant.js';
import { functionLines, indent, singleCellFrame, stateLines, writeInCell } from './cell-frame.js';
import type { CellFrame, FunctionText } from './cell-frame.js';
import { ExpressionWriter, HoistSite } from './expression-writer.js';
import { cellBindings, derivedLines, JAVASCRIPT, storageLines, type Dialect } from './kernel-names.js';
import type { KernelPlan } from './kernel-plan.js';
import { groupLoop } from './pulse-text.js';

/** `read(group, v, currents)`: adds the currents of a group to those of its columns. */
export function readFunction(plan: KernelPlan, dialect: Dialect, tile: HoistSite): FunctionText {
  const group = new HoistSite('group', 'k');
  const bindings = cellBindings(plan, dialect);
  const uses = [plan.current];
  const frame: CellFrame = { plan, dialect, bindings, sites: [tile, group], course: 'driven', prefix: '', uses };
  const current = writeInCell(frame, plan.current);
  const body = [...stateLines(plan, dialect, uses), `currents[column]${dialect.present} += ${current};`];
  const parameters = [
    ['group', 'CellGroup'],
    ['v', 'number'],
    ['currents', 'Float64Array'],
  ] as const;
  const signature = { name: 'read', parameters, returns: 'void' };
  return { name: 'read', lines: functionLines(signature, dialect, [...group.lines, ...groupLoop(body, dialect)]) };
}

/** `readCells(volts, currents)`: adds the current of every cell, at its own voltage, to that of its column. */
export function readCellsFunction(plan: KernelPlan, dialect: Dialect, tile: HoistSite): FunctionText {
  const uses = [plan.current];
  const frame = singleCellFrame({ plan, dialect }, tile, { course: 'driven', prefix: 'reads', uses });
  const current = writeInCell(frame, plan.current);
  const loop = [
    'for (let cell = 0; cell < volts.length; cell++) {',
    ...indent([
      ...(current.includes('[n]') ? ['const n = cell;'] : []),
      `const v = volts[cell]${dialect.present};`,
      ...stateLines(plan, dialect, uses),
      `currents[cell % tile.columns]${dialect.present} += ${current};`,
    ]),
    '}',
  ];
  const parameters = ['volts', 'currents'].map((name) => [name, 'Float64Array'] as const);
  return {
    name: 'readCells',
    lines: functionLines({ name: 'readCells', parameters, returns: 'void' }, dialect, loop),
  };
}

/** `currentsAt(volts, currents, slopes)`: every cell at its own voltage, without read noise. */
export function currentsFunction(plan: KernelPlan, dialect: Dialect, tile: HoistSite): FunctionText {
  const uses = [plan.meanCurrent, plan.meanSlope];
  const frame = singleCellFrame({ plan, dialect }, tile, { course: 'driven', prefix: 'currents', uses });
  const loop = [
    'for (let cell = 0; cell < volts.length; cell++) {',
    ...indent([
      `const v = volts[cell]${dialect.present};`,
      ...stateLines(plan, dialect, uses),
      `currents[cell] = ${writeInCell(frame, plan.meanCurrent)};`,
      `slopes[cell] = ${writeInCell(frame, plan.meanSlope)};`,
    ]),
    '}',
  ];
  const parameters = ['volts', 'currents', 'slopes'].map((name) => [name, 'Float64Array'] as const);
  return {
    name: 'currentsAt',
    lines: functionLines({ name: 'currentsAt', parameters, returns: 'void' }, dialect, loop),
  };
}

/**
 * JavaScript statements that return `createRate`: from the storage of one cell, the rate of its first state and the
 * derivative of that rate by the state (NaN where it is not constant). Numbers of the device are parameters.
 */
export function sharedRateText(plan: KernelPlan): string {
  const [state] = plan.states;
  invariant(state, 'a device has a state');
  const { rate, motion } = state.driven;
  const tile = new HoistSite('tile', 't');
  const writer = new ExpressionWriter(cellBindings(plan, JAVASCRIPT), [tile]);
  const text = writer.write(rate, 'cell');
  const slope = motion.kind === 'affine' ? writer.write(motion.slope, 'cell') : undefined;
  const body = [
    'const cell = 0;',
    'const n = 0;',
    ...storageLines(plan, JAVASCRIPT),
    ...derivedLines(plan, JAVASCRIPT),
    ...tile.lines,
    `const rate = (x0, v) => ${text};`,
    `const slope = (v) => ${slope ?? (motion.kind === 'constant' ? '0' : 'NaN')};`,
    'return { rate, slope };',
  ];
  return ['function createRate(tile) {', ...indent(body), '}', 'return createRate;'].join('\n');
}
