/** The grammar of expressions and of the other parts that constructs are made of. */
import type { IParserConfig, IToken, OrMethodOpts, ParserMethod, TokenType } from 'chevrotain';
import { invariant } from '../../core/invariant.js';
import { joinSpans, type Span } from '../../core/span.js';
import { canonicalUnitText } from '../../units/unit.js';
import type {
  CallNode,
  ExpressionNode,
  ExtentNode,
  Identifier,
  NumberNode,
  RangeNode,
  ReferenceNode,
  TextLiteral,
  UnitName,
} from '../syntax/nodes.js';
import { EmbeddedActionsParser } from '../chevrotain.js';
import { foldOperators, type ChainOperator, type Sign, type Term } from './fold-operators.js';
import { Nesting } from './nesting.js';
import { spanOfToken, spanOfTokens } from './places.js';
import { numeralEnd } from './scan.js';
import * as t from './tokens.js';

/** Makes the node of a vector from what stands between its brackets. */
type VectorContent = (span: Span) => ExpressionNode;

const NO_SIGNS: readonly Sign[] = [];

/** A grammar rule; it throws at the first fault. */
export type Rule<Result> = ParserMethod<[], Result>;

/**
 * Parses expressions into syntax trees. Chains of operators are one loop, sorted by precedence afterwards, so that
 * only brackets and `?` nest the parser's stack: a rule for each level would more than double what a bracket costs,
 * and 256 of them have to fit. At a fault a rule throws Chevrotain's exception, which clauses catch.
 */
export abstract class ExpressionParser extends EmbeddedActionsParser {
  /** Name of the file in spans. */
  protected file = '';
  protected nesting = new Nesting();
  #operands: OrMethodOpts<ExpressionNode> | undefined;

  protected constructor(vocabulary: TokenType[], config: IParserConfig) {
    super(vocabulary, config);
  }

  /** `c ? a : d ? b : e` is `c ? a : (d ? b : e)`. */
  readonly expression: Rule<ExpressionNode> = this.RULE('expression', () => {
    const first = this.SUBRULE(this.chain);
    const conditions = [first];
    const branches: ExpressionNode[] = [];
    this.MANY(() => {
      this.CONSUME(t.Question);
      branches.push(this.SUBRULE(this.expression));
      this.CONSUME(t.Colon);
      conditions.push(this.SUBRULE1(this.chain));
    });
    return branches.length === 0 ? first : this.ACTION(() => this.#conditional(conditions, branches));
  });

  protected readonly chain: Rule<ExpressionNode> = this.RULE('chain', () => {
    const first = this.SUBRULE(this.operand);
    let terms: Term[] | undefined;
    this.MANY({
      // Behind a number `%` is its unit, and so it is no operator there even on the next line
      GATE: () => this.LA(1).tokenType !== t.Percent || this.LA(0).tokenType !== t.Numeral,
      DEF: () => {
        const operator = this.CONSUME(t.BinaryOperatorToken);
        const { signs, atom } = this.SUBRULE1(this.operand);
        terms ??= [first];
        // The tokens of the category are exactly the operators of chains.
        terms.push({ operator: operator.image as ChainOperator, signs, atom });
      },
    });
    return this.ACTION(() => {
      if (!terms && first.signs.length === 0) return first.atom;
      return foldOperators(terms ?? [first], this.nesting);
    });
  });

  protected readonly operand: Rule<Term> = this.RULE('operand', () => {
    let signs: Sign[] | undefined;
    this.MANY(() => {
      const token = this.CONSUME(t.PrefixOperator);
      signs ??= [];
      // The tokens of the category are `-` and `not`.
      signs.push({ text: token.image as Sign['text'], span: this.spanOf(token) });
    });
    const atom = this.OR<ExpressionNode>(
      // Built once: this is the rule that runs most.
      (this.#operands ??= {
        DEF: [
          { ALT: () => this.#quantity(this.CONSUME(t.Quantity)) },
          { ALT: () => this.SUBRULE(this.numeral) },
          { ALT: () => ({ kind: 'text', ...this.textLiteral() }) },
          { ALT: () => this.SUBRULE(this.named) },
          { ALT: () => this.SUBRULE(this.group) },
          { ALT: () => this.SUBRULE(this.vector) },
        ],
        ERR_MSG: 'an expression',
      }),
    );
    return { signs: signs ?? NO_SIGNS, atom };
  });

  // A plain name behind a number on its line can only be a unit that does not exist; keywords are no plain names.
  protected readonly numeral: Rule<NumberNode> = this.RULE('numeral', () => {
    const digits = this.CONSUME(t.Numeral);
    const unit = this.OPTION({
      GATE: () => this.LA(1).startLine === digits.startLine,
      DEF: () => this.OR([{ ALT: () => this.CONSUME(t.Name) }, { ALT: () => this.CONSUME(t.UnitWord) }]),
    });
    return this.ACTION((): NumberNode => {
      const span = spanOfTokens(this.file, digits, unit ?? digits);
      if (!unit) return { kind: 'number', digits: digits.image, span };
      const symbol = canonicalUnitText(unit.image);
      return { kind: 'number', digits: digits.image, unit: { symbol, span: this.spanOf(unit) }, span };
    });
  });

  /** A reference, a call or an element of a vector. */
  protected readonly named: Rule<ExpressionNode> = this.RULE('named', () => {
    const reference = this.SUBRULE(this.reference);
    const suffix = this.OPTION(() =>
      this.OR([
        { ALT: () => ({ kind: 'call' as const, operands: this.SUBRULE(this.operands) }) },
        { ALT: () => ({ kind: 'index' as const, operands: this.SUBRULE(this.indices) }) },
      ]),
    );
    return this.ACTION(() => {
      if (!suffix) return reference;
      const { kind, operands } = suffix;
      const span = this.spanFrom(reference.span);
      if (kind === 'index') return this.nesting.above({ kind, target: reference, indices: operands, span }, operands);
      const callee = { name: reference.name, span: reference.span };
      return this.nesting.above({ kind, callee, operands, span }, operands);
    });
  });

  protected readonly operands: Rule<ExpressionNode[]> = this.RULE('operands', () => {
    this.CONSUME(t.LeftParen);
    const found = this.OPTION(() => this.SUBRULE(this.expressions)) ?? [];
    this.CONSUME(t.RightParen);
    return found;
  });

  protected readonly indices: Rule<ExpressionNode[]> = this.RULE('indices', () => {
    this.CONSUME(t.LeftSquare);
    const found = this.SUBRULE(this.expressions);
    this.CONSUME(t.RightSquare);
    return found;
  });

  protected readonly expressions: Rule<ExpressionNode[]> = this.RULE('expressions', () => {
    const found = [this.SUBRULE(this.expression)];
    this.MANY(() => {
      this.CONSUME(t.Comma);
      found.push(this.SUBRULE1(this.expression));
    });
    return found;
  });

  protected readonly group: Rule<ExpressionNode> = this.RULE('group', () => {
    const start = this.CONSUME(t.LeftParen);
    const inner = this.SUBRULE(this.expression);
    const end = this.CONSUME(t.RightParen);
    return this.ACTION(() =>
      this.nesting.above({ kind: 'group', inner, span: spanOfTokens(this.file, start, end) }, [inner]),
    );
  });

  protected readonly vector: Rule<ExpressionNode> = this.RULE('vector', () => {
    const start = this.CONSUME(t.LeftSquare);
    const content = this.OR<VectorContent>([
      { ALT: () => this.SUBRULE(this.comprehension) },
      { ALT: () => this.SUBRULE(this.elements) },
    ]);
    const end = this.CONSUME(t.RightSquare);
    return this.ACTION(() => content(spanOfTokens(this.file, start, end)));
  });

  protected readonly comprehension: Rule<VectorContent> = this.RULE('comprehension', (): VectorContent => {
    this.CONSUME(t.keyword('for'));
    const index = this.identifier();
    this.CONSUME(t.keyword('in'));
    const range = this.SUBRULE(this.range);
    this.CONSUME(t.Colon);
    const element = this.SUBRULE(this.expression);
    return (span) =>
      this.nesting.above({ kind: 'comprehension', index, range, element, span }, [range.low, range.high, element]);
  });

  protected readonly elements: Rule<VectorContent> = this.RULE('elements', (): VectorContent => {
    const elements = this.SUBRULE(this.expressions);
    return (span) => this.nesting.above({ kind: 'vector', elements, span }, elements);
  });

  // Parts of constructs

  protected readonly reference: Rule<ReferenceNode> = this.RULE('reference', (): ReferenceNode => {
    const first = this.CONSUME(t.Identifier);
    let last = first;
    let name = first.image;
    this.MANY(() => {
      this.CONSUME(t.Dot);
      last = this.CONSUME1(t.Identifier);
      name += `.${last.image}`;
    });
    return { kind: 'reference', name, span: spanOfTokens(this.file, first, last) };
  });

  protected readonly call: Rule<CallNode> = this.RULE('call', (): CallNode => {
    const callee = this.identifier();
    const operands = this.SUBRULE(this.operands);
    return { kind: 'call', callee, operands, span: this.spanFrom(callee.span) };
  });

  protected readonly range: Rule<RangeNode> = this.RULE('range', () => {
    const low = this.SUBRULE(this.expression);
    this.CONSUME(t.DotDot);
    const high = this.SUBRULE1(this.expression);
    return this.ACTION(() => ({ low, high, span: joinSpans(low.span, high.span) }));
  });

  protected readonly extent: Rule<ExtentNode> = this.RULE('extent', () => {
    const low = this.SUBRULE(this.expression);
    const high = this.OPTION(() => {
      this.CONSUME(t.DotDot);
      return this.SUBRULE1(this.expression);
    });
    return this.ACTION((): ExtentNode =>
      high ? { kind: 'range', low, high, span: joinSpans(low.span, high.span) } : { kind: 'single', value: low },
    );
  });

  /** A unit that stands alone; blanks in it are not significant. */
  protected readonly unit: Rule<UnitName> = this.RULE('unit', () => {
    const first = this.LA(1);
    let text = this.SUBRULE(this.unitPower);
    this.MANY(() => {
      text += this.CONSUME(t.MultiplicativeOperator).image;
      text += this.SUBRULE1(this.unitPower);
    });
    return this.ACTION(() => ({
      symbol: canonicalUnitText(text),
      span: spanOfTokens(this.file, first, this.LA(0)),
    }));
  });

  /** A symbol with or without a whole power; the rule of a lone `1` too. */
  protected readonly unitPower: Rule<string> = this.RULE('unitPower', () => {
    let text = this.SUBRULE(this.simpleUnit).image;
    this.OPTION(() => {
      text += this.CONSUME(t.Caret).image;
      this.OPTION1(() => {
        text += this.CONSUME(t.Minus).image;
      });
      text += this.CONSUME(t.Numeral).image;
    });
    return text;
  });

  protected readonly simpleUnit: Rule<IToken> = this.RULE('simpleUnit', () =>
    this.OR({
      DEF: [
        { ALT: () => this.CONSUME(t.Identifier) },
        { ALT: () => this.CONSUME(t.UnitWord) },
        { ALT: () => this.CONSUME(t.Percent) },
        { ALT: () => this.CONSUME(t.Numeral) },
      ],
      ERR_MSG: 'a unit',
    }),
  );

  /** The name at hand, keyword or not. */
  protected identifier(index = 0): Identifier {
    const token = this.consume(index, t.Identifier);
    return { name: token.image, span: this.spanOf(token) };
  }

  /** The text at hand: `\"` is a quote, `\\` a backslash, any other backslash itself. */
  protected textLiteral(index = 0): TextLiteral {
    const token = this.consume(index, t.Text);
    return { value: token.image.slice(1, -1).replace(/\\(["\\])/g, '$1'), span: this.spanOf(token) };
  }

  protected spanOf(token: IToken): Span {
    return spanOfToken(this.file, token);
  }

  /** From the start of `first` to the last token consumed. */
  protected spanFrom(first: Span): Span {
    return joinSpans(first, this.spanOf(this.LA(0)));
  }

  #conditional(conditions: readonly ExpressionNode[], branches: readonly ExpressionNode[]): ExpressionNode {
    const [last, ...others] = conditions.toReversed();
    invariant(last, 'a conditional has a condition');
    return others.reduce<ExpressionNode>((whenFalse, condition, index) => {
      const whenTrue = branches[branches.length - 1 - index];
      invariant(whenTrue, 'there is a branch behind every condition but the last');
      const span = joinSpans(condition.span, whenFalse.span);
      const parts = [condition, whenTrue, whenFalse];
      return this.nesting.above({ kind: 'conditional', condition, whenTrue, whenFalse, span }, parts);
    }, last);
  }

  #quantity(token: IToken): NumberNode {
    const { image } = token;
    const span = this.spanOf(token);
    const digitsEnd = numeralEnd(image, 0);
    const symbol = image.slice(digitsEnd).trimStart();
    const skipped = image.length - symbol.length;
    const { start, end } = span;
    const unitStart = { offset: start.offset + skipped, line: start.line, column: start.column + skipped };
    const unit = { symbol: canonicalUnitText(symbol), span: { file: this.file, start: unitStart, end } };
    return { kind: 'number', digits: image.slice(0, digitsEnd), unit, span };
  }
}
