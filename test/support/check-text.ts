/** Checks one expression in a scope of invented names, as tests ask for it. */
import { DiagnosticBag, type Diagnostic } from '../../src/core/diagnostic.js';
import { checkExpression } from '../../src/dsl/check/check-expression.js';
import { functionBinding } from '../../src/dsl/check/check-function.js';
import { EMPTY_SCOPE, extendScope, growScope, type Binding, type Scope } from '../../src/dsl/check/scope.js';
import { describeType, quantityType, type TypedExpression } from '../../src/dsl/check/value-type.js';
import { parseExpression } from '../../src/dsl/parse/parse-source.js';
import { parseUnit } from '../../src/units/unit.js';

/** Names with a value only at run time, and their units. */
const VARIABLES = { g: 'S', v: 'V', n: '1', t: 's', i: '1', temperature: 'K', count: 'pulses' };

const variables = Object.entries(VARIABLES).map(([name, unit]): readonly [string, Binding] => [
  name,
  { kind: 'value', type: quantityType(parseUnit(unit)!.dimension), expression: { kind: 'reference', name } },
]);

export const SCOPE: Scope = extendScope(EMPTY_SCOPE, variables);

/** What a test looks at. */
export interface CheckedText {
  readonly typed: TypedExpression | undefined;
  readonly type: string | undefined;
  readonly value: number | undefined;
  readonly codes: readonly string[];
  readonly messages: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  /** The text that the first diagnostic marks. */
  readonly marked: string;
}

/** Checks `text`; `lets` are read before it, `name = value` or `name(parameter, …) = value`, top to bottom. */
export function checkText(text: string, lets: readonly string[] = []): CheckedText {
  const diagnostics = new DiagnosticBag();
  const scope = declareAll(lets, diagnostics);
  const node = parseExpression('input.ion', text, diagnostics);
  const typed = node && checkExpression(node, { scope, diagnostics });
  const [first] = diagnostics.all;
  const { start, end } = first?.span ?? {};
  const source = first?.span?.file === 'input.ion' ? text : (lets[Number(first?.span?.file)] ?? '');
  return {
    typed,
    type: typed && describeType(typed.type),
    value: typed?.constant,
    codes: diagnostics.all.map(({ code }) => code),
    messages: diagnostics.all.map(({ message }) => message),
    diagnostics: diagnostics.all,
    marked: source.slice(start?.offset, end?.offset),
  };
}

/** The file of each declaration is its number; its value stands where it stands in the declaration. */
function declareAll(lets: readonly string[], diagnostics: DiagnosticBag): Scope {
  const declarations = lets.map((text) => {
    const [head = '', ...rest] = text.split(' = ');
    const [name = '', parameters] = head.split(/[()]/);
    return { name, parameters: parameters?.split(', '), value: ' '.repeat(head.length + 3) + rest.join(' = ') };
  });
  const { scope, declare } = growScope(
    SCOPE,
    declarations.map(({ name }) => name),
  );
  declarations.forEach(({ name, parameters, value: text }, index) => {
    const value = parseExpression(String(index), text, diagnostics);
    if (!value) throw new Error(`cannot read ${text}`);
    const context = { scope, diagnostics };
    const identifier = (word: string) => ({ name: word, span: value.span });
    if (parameters) {
      const declaration = { name: identifier(name), parameters: parameters.map(identifier), value };
      declare(name, functionBinding(declaration, context));
    } else declare(name, { kind: 'value', ...checkExpression(value, context) });
  });
  return scope;
}
