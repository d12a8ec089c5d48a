/** The text of counted pulses: what a pulse does to the states of a cell when it ends. */
import { anyUses, CELL_PARAMETERS, functionLines, indent, type FunctionText } from './cell-frame.js';
import { ExpressionWriter, numberText, type Binding, type HoistSite } from './expression-writer.js';
import type { Expression } from './expression.js';
import { cellBindings, type Dialect } from './kernel-names.js';
import type { KernelPlan } from './kernel-plan.js';
import { assignedNames, equationsOfSteps } from './plan-steps.js';
import type { Statement } from './statement.js';

/** `step(cell, n, v, duration)`: all steps whose condition holds, one after another, then the bounds of the states. */
export function stepFunction(plan: KernelPlan, dialect: Dialect, tile: HoistSite): FunctionText {
  const writer = new StatementWriter(cellBindings(plan, dialect), tile);
  const body = plan.steps.flatMap((step) => writer.step(step));
  const assigned = assignedNames(plan.steps);
  const equations = equationsOfSteps(plan.steps);
  const starts = plan.states.flatMap(({ name }, index) => {
    if (!assigned.has(name) && !anyUses(equations, name)) return [];
    const id = String(index);
    return [`${assigned.has(name) ? 'let' : 'const'} x${id} = s${id}[cell]${dialect.present};`];
  });
  const ends = plan.states.flatMap(({ name, min, max }, index) => {
    const id = String(index);
    const bounded = `Math.min(${numberText(max)}, Math.max(${numberText(min)}, x${id}))`;
    return assigned.has(name) ? [`s${id}[cell] = ${bounded};`] : [];
  });
  const parameters = [...CELL_PARAMETERS, ['v', 'number'], ['duration', 'number']] as const;
  const signature = { name: 'step', parameters, returns: 'void' };
  return { name: 'step', lines: functionLines(signature, dialect, [...starts, ...body, ...ends]) };
}

/** Writes statements; local values are called `l`, in the order of their declaration. */
class StatementWriter {
  readonly #bindings: Map<string, Binding>;
  readonly #tile: HoistSite;
  #locals = 0;

  constructor(bindings: Map<string, Binding>, tile: HoistSite) {
    this.#bindings = bindings;
    this.#tile = tile;
  }

  step({
    condition,
    body,
  }: {
    readonly condition?: Expression;
    readonly body: readonly Statement[];
  }): readonly string[] {
    const lines = this.#block(body);
    // A block of its own: local values of two steps may have one name.
    return [condition ? `if (${this.#write(condition)}) {` : '{', ...indent(lines), '}'];
  }

  #block(statements: readonly Statement[]): readonly string[] {
    return statements.flatMap((statement) => this.#statement(statement));
  }

  #statement(statement: Statement): readonly string[] {
    if (statement.kind === 'assign') return [`${this.#nameOf(statement.target)} = ${this.#write(statement.value)};`];
    if (statement.kind === 'local') {
      const value = this.#write(statement.value);
      const text = `l${String(this.#locals++)}`;
      this.#bindings.set(statement.name, { text, level: 'cell' });
      return [`const ${text} = ${value};`];
    }
    const condition = this.#write(statement.condition);
    const whenTrue = this.#block(statement.whenTrue);
    const whenFalse = this.#block(statement.whenFalse);
    const otherwise = whenFalse.length > 0 ? ['} else {', ...indent(whenFalse)] : [];
    return [`if (${condition}) {`, ...indent(whenTrue), ...otherwise, '}'];
  }

  #nameOf(target: string): string {
    return this.#bindings.get(target)?.text ?? '';
  }

  #write(expression: Expression): string {
    return new ExpressionWriter(this.#bindings, [this.#tile]).write(expression, 'cell');
  }
}
