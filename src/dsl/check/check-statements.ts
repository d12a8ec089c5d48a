/** Bodies of handlers: assignments, local values and `if`, with dimensions, as statements of the IR. */
import { unreachable } from '../../core/invariant.js';
import { nearestName } from '../../core/nearest.js';
import type { BinaryOperator, Expression } from '../../devices/expression.js';
import type { Statement } from '../../devices/statement.js';
import { isDimensionless, type Dimension } from '../../units/dimension.js';
import type { Block } from '../syntax/nodes.js';
import {
  STATEMENTS,
  type AssignStatement,
  type IfStatement,
  type LocalStatement,
  type Statement as StatementNode,
} from '../syntax/shared.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { reportDuplicates } from './check-clauses.js';
import { checkCondition } from './check-condition.js';
import { checkExpression } from './check-expression.js';
import { namesUsedIn, reportShadowedNames, reportUnusedNames, type DeclaredName } from './check-names.js';
import { requireQuantity } from './require.js';
import { checkTerms } from './check-terms.js';
import { findEntry, growScope, isBinding, type CheckContext, type Scope } from './scope.js';
import { describeType, POISON, type TypedExpression } from './value-type.js';

/** What the statements of a handler see and may change. */
export interface StatementContext extends CheckContext {
  /** Names that statements may assign to, with their dimensions; all of them are in the scope, too. */
  readonly assignable: ReadonlyMap<string, Dimension>;
}

/**
 * The statements of a handler in order; those with a reported mistake are left out. `x += e` becomes `x = x + e`.
 * Local values are known behind their declaration, inside their block.
 */
export function checkStatements(block: Block<StatementNode>, context: StatementContext): readonly Statement[] {
  const locals = block.clauses.filter((statement) => statement.kind === 'local');
  checkLocalNames(locals.map(declaredLocal), context);
  const { scope, declare } = growScope(
    context.scope,
    locals.map(({ name }) => name.name),
  );
  const inner = { ...context, scope };
  const statements = block.clauses.flatMap((statement): readonly Statement[] => {
    switch (statement.kind) {
      case 'assign':
        return present(checkAssign(statement, inner));
      case 'local': {
        const { name, span } = statement;
        const { type, expression: value, constant } = checkLocal(statement, inner);
        const expression: Expression = { kind: 'reference', name: name.name };
        declare(name.name, { kind: 'value', type, expression, constant, origin: name.span });
        return type.kind === 'error' ? [] : [{ kind: 'local', name: name.name, value, origin: span }];
      }
      case 'if':
        return present(checkIf(statement, inner));
      default:
        return unreachable(statement);
    }
  });
  reportUnusedNames(locals.map(declaredLocal), namesUsedIn(STATEMENTS, block.clauses), context.diagnostics);
  return statements;
}

function declaredLocal({ name }: LocalStatement): DeclaredName {
  return { name, what: 'local value' };
}

function present(statement: Statement | undefined): readonly Statement[] {
  return statement ? [statement] : [];
}

/** Local names are names of their own: hiding what equations see would change the meaning of what is inlined. */
export function checkLocalNames(names: readonly DeclaredName[], { scope, diagnostics }: CheckContext): void {
  const hiding = names.filter(({ name }) => hidesNameOfEquations(name.name, scope));
  for (const { name } of hiding) {
    const entry = findEntry(scope, name.name);
    const origin = entry && 'origin' in entry ? entry.origin : undefined;
    const related = origin && [{ message: 'first declared here', span: origin }];
    diagnostics.report(DSL_CATALOGUE, 'duplicate-name', { name: name.name }, { span: name.span, related });
  }
  reportShadowedNames(
    names.filter((name) => !hiding.includes(name)),
    scope,
    diagnostics,
  );
  reportDuplicates(
    names.map(({ name }) => name),
    diagnostics,
  );
}

/** Parameters of a file are numbers by the time that equations are built; everything else keeps its name. */
function hidesNameOfEquations(name: string, scope: Scope): boolean {
  const entry = findEntry(scope, name);
  if (!entry) return false;
  return (
    !isBinding(entry) || entry.kind === 'function' || (entry.kind === 'value' && entry.expression.kind !== 'number')
  );
}

function checkLocal({ name, value }: LocalStatement, context: StatementContext): TypedExpression {
  const typed = checkExpression(value, context);
  return requireQuantity(typed.type, `\`${name.name}\``, value.span, context) ? typed : POISON;
}

function checkAssign(statement: AssignStatement, context: StatementContext): Statement | undefined {
  const { target, operator } = statement;
  const dimension = checkTarget(statement, context);
  if (!dimension) {
    // Mistakes on the right have nothing to do with the target.
    checkExpression(statement.value, context);
    return undefined;
  }
  const value =
    operator === '*='
      ? checkFactor(statement, context)
      : checkTerms(statement.value, { operator, span: target.span, dimension }, context);
  if (value.type.kind === 'error') return undefined;
  return { kind: 'assign', target: target.name, value: assigned(statement, value.expression), origin: statement.span };
}

/** The dimension of what is assigned to; undefined after reporting. */
function checkTarget({ target }: AssignStatement, { assignable, scope, diagnostics }: StatementContext) {
  const { name, span } = target;
  const dimension = assignable.get(name);
  if (dimension) return dimension;
  const entry = findEntry(scope, name);
  if (entry) {
    const origin = 'origin' in entry ? entry.origin : undefined;
    const related = origin && [{ message: 'declared here', span: origin }];
    const params = { name, assignable: [...assignable.keys()] };
    diagnostics.report(DSL_CATALOGUE, 'not-assignable', params, { span, related });
  } else {
    const nearest = nearestName(name, assignable.keys());
    diagnostics.report(DSL_CATALOGUE, 'unknown-name', { what: 'state variable', name, nearest }, { span });
  }
  return undefined;
}

/** What `*=` multiplies by keeps the dimension only where it is a plain number. */
function checkFactor({ value, operator }: AssignStatement, context: StatementContext): TypedExpression {
  const typed = checkExpression(value, context);
  const what = `right side of \`${operator}\``;
  if (!requireQuantity(typed.type, what, value.span, context)) return POISON;
  if (isDimensionless(typed.type.dimension)) return typed;
  const params = { what, expected: 'a plain number', found: describeType(typed.type) };
  context.diagnostics.report(DSL_CATALOGUE, 'unexpected-dimension', params, { span: value.span });
  return POISON;
}

const COMBINED: Readonly<Record<Exclude<AssignStatement['operator'], '='>, BinaryOperator>> = {
  '+=': '+',
  '-=': '-',
  '*=': '*',
};

function assigned({ target, operator }: AssignStatement, value: Expression): Expression {
  if (operator === '=') return value;
  const left: Expression = { kind: 'reference', name: target.name };
  return { kind: 'binary', operator: COMBINED[operator], left, right: value };
}

function checkIf(statement: IfStatement, context: StatementContext): Statement | undefined {
  const condition = checkCondition(statement.condition, 'condition of `if`', context);
  const whenTrue = checkStatements(statement.whenTrue, context);
  const whenFalse = statement.whenFalse ? checkStatements(statement.whenFalse, context) : [];
  return condition && { kind: 'if', condition, whenTrue, whenFalse, origin: statement.span };
}
