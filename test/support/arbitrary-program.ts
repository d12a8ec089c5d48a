/** Random texts that follow the grammar, as lists of tokens to be joined by any blanks. */
import fc, { type Arbitrary } from 'fast-check';

type Tokens = readonly string[];

const word = (text: string): Arbitrary<Tokens> => fc.constant(text.split(' '));
const joined = (...parts: readonly Arbitrary<Tokens>[]): Arbitrary<Tokens> =>
  fc.tuple(...parts).map((lists) => lists.flat());
const many = (part: Arbitrary<Tokens>, maxLength = 3): Arbitrary<Tokens> =>
  fc.array(part, { maxLength }).map((lists) => lists.flat());
const maybe = (part: Arbitrary<Tokens>): Arbitrary<Tokens> => fc.option(part, { nil: [] });

/** Names, among them keywords, units and words with a meaning in JavaScript. */
const name: Arbitrary<Tokens> = fc
  .oneof(
    fc.constantFrom('g', 'v', 'step', 'window', 'x', 'at', 'in', 'device', 'm', 'uS', '__proto__', 'constructor', '_'),
    fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,6}$/),
  )
  .map((text) => [text]);

const text: Arbitrary<Tokens> = fc
  .string({ maxLength: 8 })
  .filter((content) => !/[\r\n]/.test(content))
  .map((content) => [`"${content.replace(/["\\]/g, '\\$&')}"`]);

const digits = fc.constantFrom('0', '7', '1.50', '12e3', '2.5E-3', '1e+2');
const number: Arbitrary<Tokens> = fc
  .tuple(digits, fc.constantFrom('', ' V', ' uS', 'us', ' %', '%', ' mC/S', ' V*s/m', ' kOhm'))
  .map(([value, unit]) => [value + unit]);
const unit: Arbitrary<Tokens> = fc
  .constantFrom('S', '1', '%', '1 / s', 'mC / S * m')
  .map((symbol) => symbol.split(' '));

const dotted: Arbitrary<Tokens> = joined(name, many(joined(word('.'), name), 2));

const chain = (part: Arbitrary<Tokens>, operators: readonly string[]): Arbitrary<Tokens> =>
  fc.oneof(
    { weight: 3, arbitrary: part },
    joined(
      part,
      many(
        joined(
          fc.constantFrom(...operators).map((operator) => [operator]),
          part,
        ),
        2,
      ),
    ),
  );

const comparison = fc.constantFrom('<', '<=', '>', '>=', '==', '!=').map((operator) => [operator]);

/** Sums and expressions with brackets, calls and conditions nested `depth` deep. */
function expressions(depth: number): { readonly sum: Arbitrary<Tokens>; readonly expression: Arbitrary<Tokens> } {
  const leaves = [number, dotted];
  const inner = depth === 0 ? undefined : expressions(depth - 1).expression;
  const nested = inner
    ? [
        joined(word('('), inner, word(')')),
        joined(name, word('('), maybe(joined(inner, many(joined(word(','), inner), 1))), word(')')),
      ]
    : [];
  const atom = fc.oneof(...leaves, ...nested);
  const sum = chain(chain(chain(joined(many(word('-'), 2), atom), ['^']), ['*', '/']), ['+', '-']);
  const compared = fc.oneof({ weight: 3, arbitrary: sum }, joined(sum, comparison, sum));
  const conditions = inner ? [joined(compared, word('?'), inner, word(':'), compared)] : [];
  return { sum, expression: fc.oneof({ weight: 4, arbitrary: compared }, ...conditions) };
}

const { sum, expression } = expressions(2);

const range = joined(expression, word('..'), expression);
const provenance = maybe(joined(word('source'), text, word('confidence'), name));
const image = joined(fc.oneof(text, name), maybe(joined(word('at'), expression)), maybe(joined(word('in'), unit)));
const from = joined(word('from'), image, many(joined(word(','), image)));

const deviceClause = fc.oneof(
  joined(word('pulse'), expression, word('for'), expression, provenance),
  joined(word('read'), expression, provenance),
  joined(word('window'), name, word('='), range, maybe(joined(word('step'), expression)), provenance),
  joined(word('default window'), name),
  joined(word('param'), name, word('='), expression, provenance),
  joined(word('spread'), name, word('~ normal ('), expression, word(','), expression, word(') per read'), provenance),
  joined(word('let'), name, word('='), expression),
  joined(word('state'), name, word(':'), unit, word('in'), range, word('='), expression),
  joined(word('evolve'), name, word('='), expression),
  joined(word('current ='), expression),
  joined(word('energy ='), expression, provenance),
  joined(word('maximum'), name, expression, provenance),
);

const tilePart = fc.oneof(
  joined(word('bias'), name),
  joined(word('rails'), range, word('by'), expression, word('bit')),
  joined(word('timer'), expression, word('bit')),
  joined(word('settle'), expression),
  joined(
    word('adc'),
    expression,
    word('bit'),
    range,
    word('in'),
    expression,
    word('settle'),
    expression,
    word('shared by'),
    expression,
  ),
  joined(word('lines'), expression, provenance),
);

const chipClause = fc.oneof(
  joined(word('clock'), expression),
  joined(word('bus'), name),
  joined(word('tile'), expression, word('x'), expression, word('{'), many(tilePart), word('}')),
);

const programClause = fc.oneof(
  joined(word('device'), name, word('window'), expression, maybe(joined(word('..'), expression))),
  from,
  joined(word('write'), name),
  word('read after each'),
  joined(word('disturb at most'), expression),
);

const experimentClause = fc.oneof(
  joined(word('run'), name, word('on'), name, maybe(from)),
  joined(word('seeds'), expression, word('from'), expression),
  joined(word('without'), name, many(joined(word(','), name))),
  joined(word('calibrate'), name, word('with'), expression, word('pulses')),
  joined(word('expect'), sum, comparison, sum),
);

const kind = fc.constantFrom('device', 'chip', 'program').map((text) => [text]);
const item = fc.oneof(
  joined(word('import'), kind, name, many(joined(word(','), maybe(kind), name)), word('from'), text),
  joined(word('param'), name, word('='), fc.oneof(text, expression)),
  joined(word('device'), name, maybe(text), word('{'), many(deviceClause, 5), word('}')),
  joined(word('chip'), name, word('{'), many(chipClause), word('}')),
  joined(word('program'), name, word('{'), many(programClause), word('}')),
  joined(word('experiment'), name, word('{'), many(experimentClause), word('}')),
);

/** Blanks between tokens: lines, empty lines, comments. */
const gap = fc.oneof(
  { weight: 12, arbitrary: fc.constant(' ') },
  fc.constantFrom('\n', '\n\n\n', '\t', '\r\n', ' // behind\n', '\n// above\n', '\n\n//\n'),
);

/** Text of a file that parses. */
export const arbitraryProgram: Arbitrary<string> = many(item, 4).chain((tokens) =>
  fc
    .array(gap, { minLength: tokens.length, maxLength: tokens.length })
    .map((gaps) => tokens.map((token, index) => token + (gaps[index] ?? ' ')).join('')),
);
