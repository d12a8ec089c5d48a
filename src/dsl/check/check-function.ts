/** Functions that the text declares: templates, checked for the arguments of each call. */
import { DiagnosticBag } from '../../core/diagnostic.js';
import type { Expression } from '../../devices/expression.js';
import { operandsOf } from '../../devices/symbolic.js';
import type { CallNode, ExpressionNode, Identifier } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkExpression } from './check-expression.js';
import { deepen, levelsOf } from './depth.js';
import { chargeExpansion, shareExpansions } from './expansion-budget.js';
import { extendScope, type CheckContext, type FunctionBinding } from './scope.js';
import { describeType, POISON, type FunctionValue, type TypedExpression } from './value-type.js';

/** `let f(x, y) = value` or a kernel. */
export interface FunctionDeclaration {
  readonly name: Identifier;
  /** Absent for none. */
  readonly parameters?: readonly Identifier[];
  readonly value: ExpressionNode;
}

/**
 * A function whose value is read in the scope of `context`, that of its declaration. What is wrong for
 * all arguments is reported at once, and then calls say nothing more; the rest is reported at calls, with their place.
 */
export function functionBinding(declaration: FunctionDeclaration, context: CheckContext): FunctionBinding {
  const { name, parameters = [] } = declaration;
  const body: Body = { declaration, context, levels: levelsOf(declaration.value), failures: new Set() };
  const isSound = isSoundForAll(body);
  const value: FunctionValue = {
    name: name.name,
    parameters: parameters.map((parameter) => parameter.name),
    apply: (operands, call, caller) => (isSound ? expandOnce(body, { operands, call }, caller) : POISON),
  };
  return { kind: 'function', origin: name.span, value };
}

interface Body {
  readonly declaration: FunctionDeclaration;
  readonly context: CheckContext;
  /** Nested levels of its expression. */
  readonly levels: number;
  /** Arguments for which something is wrong that has been said. */
  readonly failures: Set<string>;
}

interface Call {
  readonly operands: readonly TypedExpression[];
  readonly call: CallNode;
}

/** Checks a body whose parameters could be anything; false where something in it is wrong whatever they are. */
function isSoundForAll({ declaration, context }: Body): boolean {
  const { name, parameters = [], value } = declaration;
  const faults = faultsWithin(context);
  const unknowns = parameters.map((parameter) => [parameter.name, { kind: 'value', ...POISON }] as const);
  const scope = extendScope(context.scope, [[name.name, recursion(declaration)], ...unknowns]);
  checkExpression(value, { ...context, scope, diagnostics: faults });
  for (const fault of faults.all) context.diagnostics.add(fault);
  return !faults.hasErrors;
}

/** What the name of a function means in its own value. */
function recursion({ name: { name, span: origin }, parameters = [] }: FunctionDeclaration): FunctionBinding {
  const apply: FunctionValue['apply'] = (_operands, { span }, { diagnostics }) => {
    const related = [{ message: 'declared here', span: origin }];
    diagnostics.report(DSL_CATALOGUE, 'recursive-function', { name }, { span, related });
    return POISON;
  };
  return {
    kind: 'function',
    origin,
    value: { name, parameters: parameters.map((parameter) => parameter.name), apply },
  };
}

/** A call like one that failed is poison without a word, and without the work that functions of functions would make. */
function expandOnce(body: Body, parts: Call, caller: CheckContext): TypedExpression {
  const { operands } = parts;
  if (operands.some(({ type }) => type.kind === 'error')) return POISON;
  const key = operands.map(({ type, constant }) => `${describeType(type)} ${String(constant)}`).join();
  if (body.failures.has(key)) return POISON;
  const result = expand(body, parts, caller);
  if (result.type.kind === 'error') body.failures.add(key);
  return result;
}

function expand(body: Body, { operands, call }: Call, caller: CheckContext): TypedExpression {
  const { context, levels } = body;
  const { name, parameters = [], value } = body.declaration;
  const deeper = deepen(caller, levels, { what: `\`${name.name}\``, span: call.span });
  if (!deeper || !chargeExpansion(call.span, caller)) return POISON;
  const faults = faultsWithin(caller);
  const bindings = parameters.map(
    (parameter, index) => [parameter.name, { kind: 'value', ...(operands[index] ?? POISON) }] as const,
  );
  const scope = extendScope(context.scope, bindings);
  const result = checkExpression(value, { ...deeper, scope, diagnostics: faults, observe: undefined });
  for (const fault of faults.all) {
    const { related = [] } = fault;
    const here = { message: `in this call of \`${name.name}\``, span: call.span };
    caller.diagnostics.add(related.length < MAX_RELATED ? { ...fault, related: [...related, here] } : fault);
  }
  if (isModerate(result.expression)) return result;
  const params = { name: name.name, limit: MAX_OPERATIONS };
  caller.diagnostics.report(DSL_CATALOGUE, 'expression-too-large', params, { span: call.span });
  return POISON;
}

/** Places that a message about a call mentions, at most: the innermost calls are those that matter. */
const MAX_RELATED = 4;

function faultsWithin({ diagnostics }: CheckContext): DiagnosticBag {
  const faults = new DiagnosticBag();
  shareExpansions(faults, diagnostics);
  return faults;
}

/** Operations that a call may become, and their nesting: arguments are copied to each use of a parameter. */
const MAX_OPERATIONS = 4096;
const MAX_LEVELS = 400;

function isModerate(expression: Expression): boolean {
  let operations = 0;
  const visit = (part: Expression, level: number): boolean => {
    operations++;
    if (operations > MAX_OPERATIONS || level > MAX_LEVELS) return false;
    return operandsOf(part).every((operand) => visit(operand, level + 1));
  };
  return visit(expression, 1);
}
