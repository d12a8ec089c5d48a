/**
 * The code generator of device kernels: one text, run in process as JavaScript and written into emitted
 * harnesses as TypeScript. Names: p number, d derived value, q list, w window, t/k/c hoisted per tile/group/cell,
 * s/b state arrays now/before a counted pulse, u/z variates per device/event, m modulators, x/y state before/after,
 * l local value, v voltage.
 */
import { indent, type FunctionText } from './cell-frame.js';
import type { DeviceModel } from './device-model.js';
import { ExpressionWriter, HoistSite, numberText } from './expression-writer.js';
import {
  cellBindings,
  commentName,
  derivedLines,
  JAVASCRIPT,
  listName,
  RUNTIME_MODULES,
  storageLines,
  TYPESCRIPT,
  type Dialect,
} from './kernel-names.js';
import { isCounting, planKernel, type KernelPlan } from './kernel-plan.js';
import { holdFunction, priceFunction, pulseFunction, rampFunction, watchFunction } from './pulse-text.js';
import { currentsFunction, readCellsFunction, readFunction } from './read-text.js';
import { restFunction } from './rest-text.js';
import { stepFunction } from './step-text.js';

/** JavaScript statements that end in the declaration of `createPhysics`; uses the functions of {@link RUNTIME_MODULES}. */
function physicsText(plan: KernelPlan, dialect: Dialect): string {
  return [...numberLines(plan, dialect), ...listLines(plan, dialect), '', ...physicsLines(plan, dialect), ''].join(
    '\n',
  );
}

/** The same for this process, to return it, without the numbers and lists of the device: they are its parameters. */
export function sharedPhysicsText(plan: KernelPlan): string {
  return [...physicsLines(plan, JAVASCRIPT), 'return createPhysics;'].join('\n');
}

/**
 * A TypeScript module that exports `createTile(setup: TileSetup): TileKernel` for `device`.
 *
 * @param runtimePath  module path of the folder that holds `devices/` and `numerics/`, such as `./runtime`
 */
export function kernelModuleText(device: DeviceModel, runtimePath: string): string {
  const plan = planKernel(device);
  const physics = physicsText(plan, TYPESCRIPT);
  const states = plan.states.map(({ name }) => quote(name)).join(', ');
  const modulators = device.modulators
    .map(({ name, initial }) => `{ name: ${quote(name)}, initial: ${numberText(initial)} }`)
    .join(', ');
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
    `  return createTileKernel(setup, { spreads, states: [${states}], modulators: [${modulators}], createPhysics });`,
    '}',
    '',
  ];
  return parts.join('\n');
}

/** A string literal in single quotes. */
function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
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
  const ramp = physics.includes('VoltageRamp') ? ', VoltageRamp' : '';
  return [
    `import type { TileKernel, TileSetup } ${from('devices/kernel')}`,
    `import type { SpreadLaw, TilePhysics, TileStorage${ramp} } ${from('devices/tile-physics')}`,
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

/** The numbers of the device, one a line; without their type, comparisons of some would be errors: 0.5 is never 2.5. */
function numberLines(plan: KernelPlan, { annotate }: Dialect): readonly string[] {
  const names = numberNames(plan);
  return plan.numbers.map(
    ({ name, value }, index) =>
      `const ${names[index] ?? ''}${annotate('number')} = ${numberText(value)}; // ${commentName(name)}`,
  );
}

/** The tables of the device, ten numbers a line. */
function listLines({ lists }: KernelPlan, { annotate }: Dialect): readonly string[] {
  return lists.flatMap((list, index) => {
    const rows = Array.from({ length: Math.ceil(list.length / NUMBERS_PER_LINE) }, (_, row) =>
      list.slice(row * NUMBERS_PER_LINE, (row + 1) * NUMBERS_PER_LINE).map(numberText),
    );
    const lines = rows.map((row) => `${row.join(', ')},`);
    return [`const ${listName(index)}${annotate('readonly number[]')} = [`, ...indent(lines), '];'];
  });
}

const NUMBERS_PER_LINE = 10;

function physicsLines(plan: KernelPlan, dialect: Dialect): readonly string[] {
  const tile = new HoistSite('tile', 't');
  const functions = physicsFunctions(plan).map((write) => write(plan, dialect, tile));
  const writer = new ExpressionWriter(cellBindings(plan, dialect), [tile]);
  const initial = plan.states.map((state) => writer.write(state.initial, 'tile'));
  const members = [
    `initial: [${initial.join(', ')}]`,
    `isOhmic: ${String(plan.isOhmic)}`,
    ...functions.map(({ name }) => name),
  ];
  const { annotate } = dialect;
  return [
    `function createPhysics(tile${annotate('TileStorage')})${annotate('TilePhysics')} {`,
    ...indent([
      ...storageLines(plan, dialect),
      ...derivedLines(plan, dialect),
      ...tile.lines,
      '',
      ...functions.flatMap(({ lines }) => [...lines, '']),
      `return { ${members.join(', ')} };`,
    ]),
    '}',
  ];
}

type WriteFunction = (plan: KernelPlan, dialect: Dialect, tile: HoistSite) => FunctionText;

/**
 * The functions that a device needs. Groups are pulsed at once where nothing but the voltage moves a cell; everything
 * else happens to one cell after another, because each may have rested for another time or be in another pulse.
 */
function physicsFunctions(plan: KernelPlan): readonly WriteFunction[] {
  const counts = isCounting(plan);
  const watches = plan.invariants.length > 0;
  const moves = plan.states.some(({ driven }) => driven.motion.kind !== 'still');
  return [
    ...(counts || watches || plan.rests ? [] : [pulseFunction]),
    ...(moves || !counts ? [holdFunction, rampFunction] : []),
    ...(counts ? [stepFunction, priceFunction] : []),
    ...(plan.rests ? [restFunction] : []),
    ...(watches ? [watchFunction] : []),
    readFunction,
    readCellsFunction,
    currentsFunction,
  ];
}
