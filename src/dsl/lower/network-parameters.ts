/** Parameters and named values of a network or module: numbers that decide on its structure. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import { siSymbol } from '../../units/describe-dimension.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { clausesOf } from '../check/check-clauses.js';
import { checkRange, constantOf } from '../check/check-constant.js';
import { checkDeclared } from '../check/check-declared.js';
import { checkExpression } from '../check/check-expression.js';
import { functionBinding } from '../check/check-function.js';
import { growScope, type Binding, type CheckContext, type Scope } from '../check/scope.js';
import { constantOfType, POISON, type TypedExpression } from '../check/value-type.js';
import { reportOutside } from '../settings/check-settings.js';
import type { Setting } from '../settings/setting-table.js';
import type { ModuleClause, NetworkClause } from '../syntax/network.js';
import type { LetClause, ParameterClause } from '../syntax/shared.js';

/** Values that a user of a module gives to its parameters [SI]. */
export type ParameterValues = ReadonlyMap<string, number>;

/** The parameters of a network with the values that they have in one use of it. */
export interface NetworkParameters {
  /** The parameters and named values over those of the file. */
  readonly scope: Scope;
  /** What users may set: each parameter with its dimension, default and bounds. */
  readonly table: readonly Setting[];
}

/** Parameters and named values in order; each sees those above it, with the values of this use. */
export function elaborateParameters(
  clauses: readonly (NetworkClause | ModuleClause)[],
  values: ParameterValues,
  file: CheckContext,
): NetworkParameters {
  const named = [...clausesOf(clauses, 'parameter'), ...clausesOf(clauses, 'let')];
  const { scope, declare } = growScope(
    file.scope,
    named.map(({ name }) => name.name),
  );
  const context = { ...file, scope };
  const table: Setting[] = [];
  for (const clause of clauses) {
    if (clause.kind === 'let') declare(clause.name.name, bindingOfLet(clause, context));
    if (clause.kind !== 'parameter') continue;
    const { typed, setting } = elaborateParameter(clause, context);
    const value = values.get(clause.name.name);
    const isSet = value !== undefined && typed.type.kind === 'quantity';
    declare(clause.name.name, {
      kind: 'value',
      ...(isSet ? constantOfType(typed.type, value) : typed),
      origin: clause.name.span,
    });
    if (setting) table.push(setting);
  }
  return { scope, table };
}

function elaborateParameter(clause: ParameterClause, context: CheckContext) {
  const { name } = clause;
  const what = `parameter \`${name.name}\``;
  if (clause.distribution) reportSpread(clause, context.diagnostics);
  const typed = checkDeclared(clause.value, { what, unit: clause.unit }, context);
  const value = constantOf(typed, { what, span: clause.value.span }, context);
  if (typed.type.kind !== 'quantity' || Number.isNaN(value)) return { typed: POISON };
  const { dimension } = typed.type;
  const symbol = siSymbol(dimension);
  const bounds = clause.range && checkRange(clause.range, { what: `range of ${what}`, dimension, symbol }, context);
  const setting = { name: name.name, dimension, symbol, summary: '', byDefault: value, ...bounds };
  reportOutside({ name: name.name, value, origin: clause.value.span }, { setting, what }, context);
  return { typed: constantOfType(typed.type, value, typed.exact), setting };
}

function reportSpread({ name, distribution }: ParameterClause, diagnostics: DiagnosticBag): void {
  diagnostics.report(DSL_CATALOGUE, 'parameter-spread', { name: name.name }, { span: distribution?.span });
}

function bindingOfLet(clause: LetClause, context: CheckContext): Binding {
  const { name, parameters, value } = clause;
  if (parameters) return functionBinding({ ...clause, parameters }, context);
  const typed: TypedExpression = checkExpression(value, context);
  return { kind: 'value', ...typed, origin: name.span };
}
