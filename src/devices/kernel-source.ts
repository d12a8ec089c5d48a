/**
 * The code generator of device kernels: one text, run in process as JavaScript and written into emitted
 * harnesses as TypeScript. Names: p number, d derived value, w window, t/k/c hoisted per tile/group/cell,
 * s state array, u/z variates per device/event, x/y state before/after, v voltage.
 */
import { invariant, unreachable } from '../core/invariant.js';
import type { DeviceModel } from './device-model.js';
import { ExpressionWriter, HoistSite, numberText } from './expression-writer.js';
import { cellBindings, JAVASCRIPT, RUNTIME_MODULES, storageLines, TYPESCRIPT, type Dialect } from './kernel-names.js';
import { planKernel, type KernelPlan, type StatePlan } from './kernel-plan.js';
import { binary, dependsOn, reference } from './symbolic.js';

/** JavaScript statements that end in the declaration of `createPhysics`; uses the functions of {@link RUNTIME_MODULES}. */
function physicsText(plan: KernelPlan, dialect: Dialect): string {
  return [...numberLines(plan), '', ...physicsLines(plan, dialect), ''].join('\n');
}

/** The same for this process, to return it, without the numbers of the device: they are called {@link numberNames}. */
export function sharedPhysicsText(plan: KernelPlan): string {
  return [...physicsLines(plan, JAVASCRIPT), 'return createPhysics;'].join('\n');
}

/**
 * JavaScript statements that return `createRate`: from the storage of one cell, the
 * rate of its first state and the derivative of that rate by the state (NaN where it is not constant). The numbers
 * of the device are called {@link numberNames}.
 */
export function sharedRateText(plan: KernelPlan): string {
  const [state] = plan.states;
  invariant(state, 'a device has a conductance');
  const tile = new HoistSite('tile', 't');
  const writer = writerOf(plan, JAVASCRIPT, [tile]);
  const rate = writer.write(state.rate, 'cell');
  const slope = state.motion.kind === 'affine' ? writer.write(state.motion.slope, 'cell') : undefined;
  const body = [
    'const cell = 0;',
    'const n = 0;',
    ...storageLines(plan, JAVASCRIPT),
    ...derivedLines(plan, JAVASCRIPT),
    ...tile.lines,
    `const rate = (x0, v) => ${rate};`,
    `const slope = (v) => ${slope ?? (state.motion.kind === 'constant' ? '0' : 'NaN')};`,
    'return { rate, slope };',
  ];
  return ['function createRate(tile) {', ...indent(body), '}', 'return createRate;'].join('\n');
}

/**
 * A TypeScript module that exports `createTile(setup: TileSetup): TileKernel` for `device`.
 *
 * @param runtimePath  module path of the folder that holds `devices/` and `numerics/`, such as `./runtime`
 */
export function kernelModuleText(device: DeviceModel, runtimePath: string): string {
  const plan = planKernel(device);
  const physics = physicsText(plan, TYPESCRIPT);
  const parts = [
    moduleHeader(plan),
    ...importLines(physics, runtimePath),
    '',
    physics,
    'const spreads: readonly SpreadLaw[] = [',
    ...device.spreads.map(
      ({ name, distribution, mean, deviation, per }) =>
        `  { name: ${quote(name)}, distribution: '${distribution}', mean: ${numberText(mean)}, ` +
        `deviation: ${numberText(deviation)}, per: '${per}' },`,
    ),
    '];',
    '',
    '/** A tile of this device in its initial state. */',
    'export function createTile(setup: TileSetup): TileKernel {',
    `  return createTileKernel(setup, { spreads, stateCount: ${String(plan.states.length)}, createPhysics });`,
    '}',
    '',
  ];
  return parts.join('\n');
}

/** A string literal in single quotes. */
function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** User names appear in comments only, and only where they cannot end one. */
function commentName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_.]*$/.test(name) ? name : '(name left out)';
}

function moduleHeader({ device, builtIn }: KernelPlan): string {
  const fixed = builtIn.map(commentName).join(', ');
  return [
    '/**',
    ` * Physics of the device ${commentName(device.name)}, made by Ionloom from its equations. All numbers are SI base units`,
    ' * and can be edited; the equations follow them.',
    ...(fixed ? [` * Built into the equations, because they are 0 or 1: ${fixed}.`] : []),
    ' */',
  ].join('\n');
}

function importLines(physics: string, runtimePath: string): readonly string[] {
  const from = (module: string): string => `from ${quote(`${runtimePath}/${module}.js`)};`;
  return [
    `import type { TileKernel, TileSetup } ${from('devices/kernel')}`,
    `import type { SpreadLaw, TilePhysics, TileStorage } ${from('devices/tile-physics')}`,
    `import { createTileKernel } ${from('devices/tile')}`,
    ...Object.entries(RUNTIME_MODULES).flatMap(([name, module]) =>
      physics.includes(`${name}(`) ? [`import { ${name} } ${from(module)}`] : [],
    ),
    `import type { CellGroup } ${from('numerics/normal')}`,
  ];
}

/** What the numbers of a device are called in the text, in their order. */
export function numberNames({ numbers }: KernelPlan): readonly string[] {
  return numbers.map((_, index) => `p${String(index)}`);
}

/** The numbers of the device, one a line. */
function numberLines(plan: KernelPlan): readonly string[] {
  const names = numberNames(plan);
  return plan.numbers.map(
    ({ name, value }, index) => `const ${names[index] ?? ''} = ${numberText(value)}; // ${commentName(name)}`,
  );
}

function physicsLines(plan: KernelPlan, dialect: Dialect): readonly string[] {
  const tile = new HoistSite('tile', 't');
  const pulse = pulseLines(plan, dialect, tile);
  const read = readLines(plan, dialect, tile);
  const initial = plan.states.map((state) => writerOf(plan, dialect, [tile]).write(state.initial, 'tile'));
  const { annotate } = dialect;
  return [
    `function createPhysics(tile${annotate('TileStorage')})${annotate('TilePhysics')} {`,
    ...indent([
      ...storageLines(plan, dialect),
      ...derivedLines(plan, dialect),
      ...tile.lines,
      '',
      ...pulse,
      '',
      ...read,
      '',
      `return { initial: [${initial.join(', ')}], pulse, read };`,
    ]),
    '}',
  ];
}

function derivedLines(plan: KernelPlan, dialect: Dialect): readonly string[] {
  const writer = writerOf(plan, dialect, []);
  return plan.derived.map(
    ({ name, value }, index) => `const d${String(index)} = ${writer.write(value, 'tile')}; // ${commentName(name)}`,
  );
}

function writerOf(plan: KernelPlan, dialect: Dialect, sites: readonly HoistSite[]): ExpressionWriter {
  return new ExpressionWriter(cellBindings(plan, dialect), sites);
}

function pulseLines(plan: KernelPlan, dialect: Dialect, tile: HoistSite): readonly string[] {
  const group = new HoistSite('group', 'k');
  const writer = writerOf(plan, dialect, [tile, group]);
  const moves = plan.states.map((_, index) => moveLines({ plan, dialect, index, sites: [tile, group] }));
  const energy = writer.write(plan.pulseEnergy, 'cell');
  const body = [...moves.flatMap((move) => move.inside), `energy += ${energy};`];
  const { annotate } = dialect;
  const signature = `group${annotate('CellGroup')}, v${annotate('number')}, duration${annotate('number')}`;
  return [
    ...moves.flatMap((move) => move.before),
    `function pulse(${signature})${annotate('number')} {`,
    ...indent([...group.lines, 'let energy = 0;', ...cellLoop(body, dialect), 'return energy;']),
    '}',
  ];
}

function readLines(plan: KernelPlan, dialect: Dialect, tile: HoistSite): readonly string[] {
  const group = new HoistSite('group', 'k');
  const current = writerOf(plan, dialect, [tile, group]).write(plan.current, 'cell');
  const { annotate, present } = dialect;
  const states = plan.states.flatMap(({ name }, index) =>
    dependsOn(plan.current, name) ? [`const x${String(index)} = s${String(index)}[cell]${present};`] : [],
  );
  const signature = `group${annotate('CellGroup')}, v${annotate('number')}, currents${annotate('Float64Array')}`;
  return [
    `function read(${signature})${annotate('void')} {`,
    ...indent([...group.lines, ...cellLoop([...states, `currents[column]${present} += ${current};`], dialect)]),
    '}',
  ];
}

/** `body` for every cell of `group`, with `cell`, `column` and, where it is used, the position `n` in the group. */
function cellLoop(body: readonly string[], { present }: Dialect): readonly string[] {
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

interface Move {
  readonly plan: KernelPlan;
  readonly dialect: Dialect;
  /** Index of the state. */
  readonly index: number;
  readonly sites: readonly HoistSite[];
}

/** Statements that move one state of a cell, and what they need before the loop. */
function moveLines(move: Move): { readonly before: readonly string[]; readonly inside: readonly string[] } {
  const { plan, dialect } = move;
  const index = String(move.index);
  const state = plan.states[move.index];
  if (!state) return { before: [], inside: [] };
  const { before, inside, next } = motionText(move, state);
  const bounded = `Math.min(${numberText(state.max)}, Math.max(${numberText(state.min)}, ${next}))`;
  const isPriced = dependsOn(plan.pulseEnergy, `change.${state.name}`);
  return {
    before,
    inside: [
      `const x${index} = s${index}[cell]${dialect.present};`,
      ...inside,
      `const y${index} = ${bounded};`,
      `s${index}[cell] = y${index};`,
      ...(isPriced ? [`const change${index} = y${index} - x${index};`] : []),
    ],
  };
}

interface MotionText {
  readonly before: readonly string[];
  readonly inside: readonly string[];
  /** The state after the pulse, not yet bounded. */
  readonly next: string;
}

function motionText({ plan, dialect, index, sites }: Move, state: StatePlan): MotionText {
  const writer = writerOf(plan, dialect, sites);
  const x = `x${String(index)}`;
  switch (state.motion.kind) {
    case 'constant': {
      const change = writer.write(binary(state.rate, '*', reference('duration')), 'cell');
      return { before: [], inside: [], next: `${x} + ${change}` };
    }
    case 'affine': {
      const [rate, slope] = [`rate${String(index)}`, `slope${String(index)}`];
      const inside = [
        `const ${slope} = ${writer.write(state.motion.slope, 'cell')};`,
        `const ${rate} = ${writer.write(state.rate, 'cell')};`,
      ];
      return { before: [], inside, next: `${x} + exponentialChange(${rate}, ${slope}, duration)` };
    }
    case 'general':
      return integrationText({ plan, dialect, index, sites }, state);
    default:
      return unreachable(state.motion);
  }
}

/** A rate law made once per tile; what is constant during a pulse reaches it through variables set per cell. */
function integrationText({ plan, dialect, index, sites }: Move, state: StatePlan): MotionText {
  const id = String(index);
  const cell = new HoistSite('cell', `c${id}_`, (name, text) => `${name} = ${text};`);
  const bindings = cellBindings(plan, dialect).set(state.name, { text: 'x', level: 'state' });
  const rate = new ExpressionWriter(bindings, [...sites, cell]).write(state.rate, 'state');
  const parameter = `(x${dialect.annotate('number')})`;
  return {
    before: [
      ...cell.names.map((name) => `let ${name} = 0;`),
      `const law${id} = { rate: ${parameter} => ${rate}, min: ${numberText(state.min)}, max: ${numberText(state.max)} };`,
    ],
    inside: cell.lines,
    next: `integrate(law${id}, x${id}, duration)`,
  };
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}
