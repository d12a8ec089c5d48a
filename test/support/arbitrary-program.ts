/**
 * Random texts that follow the grammar, read off the shapes of the constructs: every construct of the language occurs,
 * and a new one needs nothing here. A program is a list of tokens joined by blanks, line ends and comments.
 */
import fc, { type Arbitrary } from 'fast-check';
import { ITEMS } from '../../src/dsl/syntax/file.js';
import type { ClauseSet, ElementSpec, PartKind, ShapeSpec } from '../../src/dsl/syntax/shape.js';

type Tokens = readonly string[];

const word = (text: string): Arbitrary<Tokens> => fc.constant([text]);
const oneWord = (...texts: readonly string[]): Arbitrary<Tokens> => fc.constantFrom(...texts).map((text) => [text]);
const joined = (...parts: readonly Arbitrary<Tokens>[]): Arbitrary<Tokens> =>
  fc.tuple(...parts).map((lists) => lists.flat());
const many = (part: Arbitrary<Tokens>, maxLength = 3): Arbitrary<Tokens> =>
  fc.array(part, { maxLength }).map((lists) => lists.flat());
const maybe = (part: Arbitrary<Tokens>): Arbitrary<Tokens> => fc.option(part, { nil: [] });
const separated = (part: Arbitrary<Tokens>, separator: string): Arbitrary<Tokens> =>
  joined(part, many(joined(word(separator), part), 2));

/** Names, among them keywords, units and words with a meaning in JavaScript. */
const name: Arbitrary<Tokens> = fc
  .oneof(
    fc.constantFrom('g', 'v', 'step', 'window', 'x', 'at', 'in', 'device', 'm', 'uS', '__proto__', 'constructor', '_'),
    fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,6}$/).filter((text) => !RESERVED.has(text)),
  )
  .map((text) => [text]);

const RESERVED = new Set(['and', 'else', 'for', 'if', 'let', 'not', 'or']);

const text: Arbitrary<Tokens> = fc
  .string({ maxLength: 8 })
  .filter((content) => !/[\r\n]/.test(content))
  .map((content) => [`"${content.replace(/["\\]/g, '\\$&')}"`]);

const digits = fc.constantFrom('0', '7', '1.50', '12e3', '2.5E-3', '1e+2');
const number: Arbitrary<Tokens> = fc
  .tuple(
    digits,
    fc.constantFrom('', ' V', ' uS', 'us', ' %', '%', ' mC/S', ' V*s/m', ' V^2/s^-1', ' kOhm', ' pulses', ' degC'),
  )
  .map(([value, unit]) => [value + unit]);
const unit: Arbitrary<Tokens> = fc
  .constantFrom('S', '1', '%', '1 / s', 'mC / S * m', 'V ^ 2 / s ^ - 1')
  .map((symbol) => symbol.split(' '));

const dotted: Arbitrary<Tokens> = joined(name, many(joined(word('.'), name), 2));
const OPERATORS = ['+', '-', '*', '/', '^', '<', '<=', '>', '>=', '==', '!=', 'and', 'or'];

/** Expressions with brackets, calls, vectors and conditions nested `depth` deep. */
function expressions(depth: number): Arbitrary<Tokens> {
  const leaves = [number, dotted, text];
  const operand = joined(fc.constantFrom<Tokens>([], [], [], ['-'], ['not']), fc.oneof(...leaves, ...compounds(depth)));
  const chain = joined(operand, many(joined(oneWord(...OPERATORS), operand), 2));
  if (depth === 0) return chain;
  return fc.oneof({ weight: 6, arbitrary: chain }, joined(chain, word('?'), expressions(depth - 1), word(':'), chain));
}

function compounds(depth: number): Arbitrary<Tokens>[] {
  if (depth === 0) return [];
  const inner = expressions(depth - 1);
  const list = separated(inner, ',');
  return [
    joined(word('('), inner, word(')')),
    // Behind a number the sign would be its unit
    joined(word('('), inner, word(')'), word('%'), dotted),
    joined(dotted, word('('), maybe(list), word(')')),
    joined(dotted, word('['), list, word(']')),
    joined(word('['), list, word(']')),
    joined(word('['), word('for'), name, word('in'), inner, word('..'), inner, word(':'), inner, word(']')),
  ];
}

const expression = expressions(2);
const range = joined(expression, word('..'), expression);

const PARTS: Readonly<Record<PartKind, Arbitrary<Tokens>>> = {
  name,
  text,
  expression,
  range,
  extent: fc.oneof(expression, range),
  unit,
  reference: dotted,
  call: joined(name, word('('), maybe(separated(expression, ',')), word(')')),
};

/** Blocks in blocks, at most. */
const MAX_DEPTH = 3;

function elementsTokens(elements: readonly ElementSpec[], depth: number): Arbitrary<Tokens> {
  const [first, second, ...rest] = elements;
  if (!first) return word('');
  if (!second) return elementTokens(first, depth);
  const kinds = first.kind === 'optional' && first.elements[0]?.kind === 'enumeration' ? first.elements[0].words : [];
  if (kinds.length === 0) return joined(elementTokens(first, depth), elementsTokens([second, ...rest], depth));
  // A name that is spelt like one of the kinds before it cannot do without them
  return joined(elementTokens(first, depth), elementTokens(second, depth)).filter(
    (tokens) => tokens.length > 1 || !kinds.includes(tokens[0] ?? ''),
  );
}

function elementTokens(element: ElementSpec, depth: number): Arbitrary<Tokens> {
  switch (element.kind) {
    case 'word':
      return word(element.word);
    case 'mark':
      return word(element.mark);
    case 'part':
      return PARTS[element.part];
    case 'enumeration':
      return oneWord(...element.words);
    case 'marks':
      return oneWord(...element.marks);
    case 'flag':
      return maybe(word(element.word));
    case 'optional':
      return maybe(elementsTokens(element.elements, depth));
    case 'node':
      return shapeTokens(element.shape(), depth);
    case 'list': {
      const { item, separator } = element;
      return separated(item.kind === 'part' ? PARTS[item.part] : shapeTokens(item.shape(), depth), separator);
    }
    case 'choice':
      return fc.oneof(...element.shapes.map((shape) => shapeTokens(shape, depth)));
    case 'block':
      return blockTokens(element.clauses(), depth);
  }
}

function blockTokens(set: ClauseSet, depth: number): Arbitrary<Tokens> {
  return joined(word('{'), depth >= MAX_DEPTH ? word('') : many(clauseTokens(set, depth + 1), 2), word('}'));
}

/** A clause begins on a line of its own: a name behind a number on one line would be its unit. */
function clauseTokens(set: ClauseSet, depth: number): Arbitrary<Tokens> {
  return joined(word('\n'), fc.oneof(...set.shapes.map((shape) => shapeTokens(shape, depth))));
}

function shapeTokens({ elements }: ShapeSpec, depth: number): Arbitrary<Tokens> {
  return elementsTokens(elements, depth);
}

const blank = fc.constantFrom(' ', '  ', '\n', '\n\n\n', '\t', '\r\n', ' //\n', ' // comment\n', '\n// comment\n\n');

/** Source texts with any layout and any comments. */
export const arbitraryProgram: Arbitrary<string> = fc
  .tuple(many(clauseTokens(ITEMS, 0), 3), fc.array(blank, { minLength: 64, maxLength: 64 }))
  .map(([tokens, blanks]) => tokens.map((token, index) => token + (blanks[index % blanks.length] ?? ' ')).join(''));
