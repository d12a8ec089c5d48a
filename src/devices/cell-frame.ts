/** What the texts of a kernel's functions have in common: names, places to hoist to, layout. */
import { ExpressionWriter, type Binding, type HoistSite } from './expression-writer.js';
import type { Expression } from './expression.js';
import { cellBindings, type Dialect } from './kernel-names.js';
import type { KernelPlan } from './kernel-plan.js';
import { dependsOn } from './symbolic.js';

/** Where statements about a cell stand: in a loop over a group, or in a function for a single cell. */
export interface CellFrame {
  readonly plan: KernelPlan;
  readonly dialect: Dialect;
  readonly bindings: ReadonlyMap<string, Binding>;
  /** From the rarest level to the most frequent, all rarer than the cell. */
  readonly sites: readonly HoistSite[];
  /** Which of the courses of the states is written. */
  readonly course: 'driven' | 'resting';
  /** Keeps what is declared outside of functions apart; empty in the loop over a group. */
  readonly prefix: string;
  /** What is evaluated beside the motion. */
  readonly uses: readonly Expression[];
}

/** Statements for a cell, and declarations that they need before their function. */
export interface CellText {
  readonly before: readonly string[];
  readonly inside: readonly string[];
}

/** A function of the physics: its name and its lines, declarations in front of it included. */
export interface FunctionText {
  readonly name: string;
  readonly lines: readonly string[];
}

/**
 * A frame of a function that is called cell by cell, with its own voltage and duration. They keep the level that they
 * have in groups, so that both texts compute in the same order and yield the same bits.
 */
export function singleCellFrame(
  { plan, dialect }: Pick<CellFrame, 'plan' | 'dialect'>,
  tile: HoistSite,
  given: Pick<CellFrame, 'course' | 'prefix' | 'uses'>,
): CellFrame {
  return { plan, dialect, bindings: cellBindings(plan, dialect), sites: [tile], ...given };
}

/** The text of an equation for use among values of a cell. */
export function writeInCell({ bindings, sites }: CellFrame, expression: Expression): string {
  return new ExpressionWriter(bindings, sites).write(expression, 'cell');
}

/** Whether any of `expressions` refers to `name`. */
export function anyUses(expressions: readonly Expression[], name: string): boolean {
  return expressions.some((expression) => dependsOn(expression, name));
}

/** `const x<index> = s<index>[cell];` of the states that `expressions` refer to. */
export function stateLines({ states }: KernelPlan, { present }: Dialect, expressions: readonly Expression[]): string[] {
  return states.flatMap(({ name }, index) =>
    anyUses(expressions, name) ? [`const x${String(index)} = s${String(index)}[cell]${present};`] : [],
  );
}

/** A function declaration; `parameters` are pairs of name and type. */
export function functionLines(
  signature: {
    readonly name: string;
    readonly parameters: readonly (readonly [string, string])[];
    readonly returns: string;
  },
  { annotate }: Dialect,
  body: readonly string[],
): readonly string[] {
  const parameters = signature.parameters.map(([name, type]) => `${name}${annotate(type)}`).join(', ');
  return [`function ${signature.name}(${parameters})${annotate(signature.returns)} {`, ...indent(body), '}'];
}

/** Parameters of functions that are called for single cells: the cell and its place among the variates of the event. */
export const CELL_PARAMETERS = [
  ['cell', 'number'],
  ['n', 'number'],
] as const;

/** `lines`, one level deeper. */
export function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}
