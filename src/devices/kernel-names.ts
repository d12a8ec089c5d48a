/** What the names of a device's equations are called in generated code, and where their values come from. */
import { ExpressionWriter, type Binding } from './expression-writer.js';
import { equationsOf, isCounting, type KernelPlan } from './kernel-plan.js';
import { identityOf } from './long-list.js';
import { dependsOn } from './symbolic.js';

/** How the one generated text differs between JavaScript and TypeScript. */
export interface Dialect {
  /** A type annotation, `: <type>`, or nothing. */
  readonly annotate: (type: string) => string;
  /** What follows an array element that is known to exist. */
  readonly present: '' | '!';
}

/** Functions that generated code calls beside those of `Math`, with the module under `src` that exports each. */
export const RUNTIME_MODULES = {
  createFlow: 'numerics/flow',
  curvatureOfLabel: 'numerics/nonlinearity-label',
  exponentialArea: 'numerics/exponential',
  exponentialChange: 'numerics/exponential',
  integrate: 'numerics/integrate',
  interpolate: 'numerics/interpolate',
  interpolateGrid: 'numerics/interpolate-grid',
  remainder: 'numerics/remainder',
  roundHalfAwayFromZero: 'numerics/rounding',
} as const;

export const JAVASCRIPT: Dialect = { annotate: () => '', present: '' };
export const TYPESCRIPT: Dialect = { annotate: (type) => `: ${type}`, present: '!' };

/** Bindings inside the loop over cells: `cell` in the tile, `n` in the group, states before the pulse. */
export function cellBindings(plan: KernelPlan, { present }: Dialect): Map<string, Binding> {
  const bindings = new Map<string, Binding>(tileBindings(plan));
  plan.lists.forEach((list, index) => {
    bindings.set(identityOf(list), { text: listName(index), level: 'literal' });
  });
  bindings.set('v', { text: 'v', level: 'group' });
  bindings.set('duration', { text: 'duration', level: 'group' });
  plan.device.spreads.forEach(({ name, per }, index) => {
    const text = per === 'device' ? `u${String(index)}[cell]` : `z${String(index)}[n]`;
    bindings.set(name, { text: `${text}${present}`, level: 'cell' });
  });
  plan.states.forEach(({ name }, index) => {
    bindings.set(name, { text: `x${String(index)}`, level: 'cell' });
    bindings.set(`change.${name}`, { text: `change${String(index)}`, level: 'cell' });
  });
  plan.device.modulators.forEach(({ name }, index) => {
    bindings.set(name, { text: `m${String(index)}[cell]${present}`, level: 'cell' });
  });
  return bindings;
}

/** What a long list of a plan is called in the text. */
export function listName(index: number): string {
  return `q${String(index)}`;
}

/** Bindings of what is fixed for a tile: numbers, derived values and the window. */
function tileBindings(plan: KernelPlan): ReadonlyMap<string, Binding> {
  const entries = [
    ...plan.numbers.map(({ name }, index) => [name, `p${String(index)}`] as const),
    ...plan.derived.map(({ name }, index) => [name, `d${String(index)}`] as const),
    ['window.low', 'w0'] as const,
    ['window.high', 'w1'] as const,
  ];
  return new Map(entries.map(([name, text]) => [name, { text, level: 'tile' }]));
}

/** Declarations of the arrays and window bounds of `tile` that the equations use. */
export function storageLines(plan: KernelPlan, { present }: Dialect): readonly string[] {
  const { states, device } = plan;
  const equations = [...equationsOf(plan), ...plan.derived.map(({ value }) => value)];
  const isUsed = (name: string): boolean => equations.some((equation) => dependsOn(equation, name));
  const element = (name: string, array: string, index: number): string =>
    `const ${name}${String(index)} = tile.${array}[${String(index)}]${present};`;
  const isPriced = (state: string): boolean =>
    isCounting(plan) && [state, `change.${state}`].some((name) => dependsOn(plan.pulseEnergy, name));
  return [
    ...(isUsed('window.low') ? ['const w0 = tile.window.low;'] : []),
    ...(isUsed('window.high') ? ['const w1 = tile.window.high;'] : []),
    ...states.map((_, index) => element('s', 'states', index)),
    ...states.flatMap(({ name }, index) => (isPriced(name) ? [element('b', 'before', index)] : [])),
    ...device.spreads.flatMap(({ name, per }, index) =>
      isUsed(name) ? [element(per === 'device' ? 'u' : 'z', 'variates', index)] : [],
    ),
    ...device.modulators.flatMap(({ name }, index) => (isUsed(name) ? [element('m', 'modulators', index)] : [])),
  ];
}

/** Declarations of the derived values. */
export function derivedLines(plan: KernelPlan, dialect: Dialect): readonly string[] {
  const writer = new ExpressionWriter(cellBindings(plan, dialect), []);
  return plan.derived.map(
    ({ name, value }, index) => `const d${String(index)} = ${writer.write(value, 'tile')}; // ${commentName(name)}`,
  );
}

/** User names appear in comments only, and only where they cannot end one. */
export function commentName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_.]*$/.test(name) ? name : '(name left out)';
}
