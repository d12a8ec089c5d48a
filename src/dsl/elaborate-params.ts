/** Parameters at the top level of a file, with the values that the command line gives them. */
import { DiagnosticBag } from '../core/diagnostic.js';
import { nearestName } from '../core/nearest.js';
import type { ParamItem, SourceFile } from './syntax/file.js';
import type { ExpressionNode } from './syntax/nodes.js';
import { DSL_CATALOGUE } from './catalogue.js';
import { constantOf } from './check/check-constant.js';
import { checkDeclared } from './check/check-declared.js';
import { EMPTY_SCOPE, growScope, type Observe, type Binding, type CheckContext, type Scope } from './check/scope.js';
import { constantOfType, describeType, POISON, type TypedExpression } from './check/value-type.js';
import { isSameDimension } from '../units/dimension.js';
import { parseExpression } from './parse/parse-source.js';

/**
 * Other values by parameter name: texts as typed on the command line, and numbers in SI units that an experiment gives to
 * parameters of the file (`rate`) and of networks (`Net.size`).
 */
export type Overrides = ReadonlyMap<string, string | number>;

/** The numbers that `overrides` give to the parameters of `network`. */
export function networkValues(network: string, overrides: Overrides): ReadonlyMap<string, number> {
  const prefix = `${network}.`;
  return new Map(
    [...overrides].flatMap(([name, value]): [string, number][] =>
      typeof value === 'number' && name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  );
}

/**
 * The scope of a file: its parameters in order, each computed from those above it or overridden.
 * @param observe  told of every expression that is checked in the scope
 */
export function elaborateParams(
  tree: SourceFile,
  overrides: Overrides,
  diagnostics: DiagnosticBag,
  observe?: Observe,
): Scope {
  const params = tree.items.clauses.filter((item) => item.kind === 'param');
  reportUnknown(params, overrides, diagnostics);
  const growing = growScope(
    { ...EMPTY_SCOPE, observe },
    params.map(({ name }) => name.name),
  );
  const context: CheckContext = { scope: growing.scope, diagnostics };
  for (const param of params) {
    const declared = bindingOf(param, tree.file, context);
    const override = overrides.get(param.name.name);
    growing.declare(param.name.name, overriddenBy(override, { param, declared }, context));
  }
  return growing.scope;
}

function reportUnknown(params: readonly ParamItem[], overrides: Overrides, diagnostics: DiagnosticBag): void {
  const names = params.map(({ name }) => name.name);
  for (const [name, value] of overrides) {
    const isOfNetwork = typeof value === 'number' && name.includes('.');
    if (names.includes(name) || isOfNetwork) continue;
    diagnostics.report(DSL_CATALOGUE, 'unknown-parameter', { name, nearest: nearestName(name, names) });
  }
}

function bindingOf(param: ParamItem, file: string, context: CheckContext): Binding {
  const { name, value } = param;
  if (value.kind === 'text') return { kind: 'text', text: value.value, base: file };
  return { kind: 'value', origin: name.span, ...constantParameter(param, value, context) };
}

/** A parameter is its number: the expression behind it is of no further interest. */
function constantParameter(
  { name, unit }: Pick<ParamItem, 'name' | 'unit'>,
  node: ExpressionNode,
  context: CheckContext,
): TypedExpression {
  const what = `parameter \`${name.name}\``;
  const typed = checkDeclared(node, { what, unit }, context);
  const constant = constantOf(typed, { what, span: node.span }, context);
  if (typed.type.kind !== 'quantity' || Number.isNaN(constant)) return POISON;
  return constantOfType(typed.type, constant, typed.exact);
}

function overriddenBy(
  value: string | number | undefined,
  { param, declared }: { readonly param: ParamItem; readonly declared: Binding },
  context: CheckContext,
): Binding {
  if (value === undefined) return declared;
  if (typeof value === 'string') return overridden(param, { declared, value }, context);
  const isNumber = declared.kind === 'value' && declared.type.kind === 'quantity';
  return isNumber ? { ...declared, ...constantOfType(declared.type, value) } : declared;
}

interface Override {
  readonly declared: Binding;
  readonly value: string;
}

function overridden(param: ParamItem, { declared, value }: Override, { scope, diagnostics }: CheckContext): Binding {
  const { name } = param;
  // A path from the command line is relative to the working folder, like any other argument.
  if (declared.kind === 'text') return { kind: 'text', text: value };
  // Mistakes in the value have no place in any file; their words go into one message about the parameter.
  const faults = new DiagnosticBag();
  const node = parseExpression('', value, faults);
  const typed = node ? constantParameter(param, node, { scope, diagnostics: faults }) : POISON;
  const reason = faults.all[0]?.message ?? dimensionFault(declared, typed);
  if (reason === undefined) return { ...declared, ...typed };
  diagnostics.report(DSL_CATALOGUE, 'invalid-override', { name: name.name, value, reason }, { span: name.span });
  return { kind: 'value', ...POISON };
}

function dimensionFault(declared: Binding, { type }: TypedExpression): string | undefined {
  if (declared.kind !== 'value' || declared.type.kind !== 'quantity' || type.kind !== 'quantity') return undefined;
  if (isSameDimension(declared.type.dimension, type.dimension)) return undefined;
  return `expected ${describeType(declared.type)}, found ${describeType(type)}`;
}
