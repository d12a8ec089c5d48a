/** The grammar of expressions and of the other parts that constructs are made of. */
import type { IParserConfig, IToken, ParserMethod, TokenType } from 'chevrotain';
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
import * as t from './tokens.js';

/** Makes the node of a vector from what stands between its brackets. */
type VectorContent = (span: Span) => ExpressionNode;

/** A rule whose result is absent where its text was wrong. */
export type Rule<Result> = ParserMethod<[], Result | undefined>;

/**
 * Parses expressions into syntax trees. Chains of operators are one loop, sorted by precedence afterwards, so that
 * only brackets and `?` nest the parser's stack: a rule for each level would more than double what a bracket costs,
 * and 256 of them have to fit. A rule returns undefined after a fault; what contains it is dropped with it.
 */
export abstract class ExpressionParser extends EmbeddedActionsParser {
  /** Name of the file in spans. */
  protected file = '';
  protected nesting = new Nesting();

  protected constructor(vocabulary: TokenType[], config: IParserConfig) {
    super(vocabulary, config);
  }

  /** `c ? a : d ? b : e` is `c ? a : (d ? b : e)`. */
  readonly expression: Rule<ExpressionNode> = this.RULE('expression', () => {
    const first = this.SUBRULE(this.chain);
    const conditions = [first];
    const branches: (ExpressionNode | undefined)[] = [];
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
    const terms = [first];
    this.MANY(() => {
      const operator = this.CONSUME(t.BinaryOperatorToken);
      const term = this.SUBRULE1(this.operand);
      // The tokens of the category are exactly the operators of chains.
      if (term) terms.push({ ...term, operator: operator.image as ChainOperator });
      else terms.push(undefined);
    });
    return this.ACTION(() => {
      if (terms.length === 1 && first?.signs.length === 0) return first.atom;
      return areAll(terms) ? foldOperators(terms, this.nesting) : undefined;
    });
  });

  protected readonly operand: Rule<Term> = this.RULE('operand', () => {
    const signs: Sign[] = [];
    this.MANY(() => {
      const token = this.CONSUME(t.PrefixOperator);
      // The tokens of the category are `-` and `not`.
      signs.push({ text: token.image as Sign['text'], span: this.spanOf(token) });
    });
    const atom = this.OR<ExpressionNode | undefined>({
      DEF: [
        { ALT: () => this.SUBRULE(this.quantity) },
        { ALT: () => this.SUBRULE(this.numeral) },
        { ALT: () => this.SUBRULE(this.textOperand) },
        { ALT: () => this.SUBRULE(this.named) },
        { ALT: () => this.SUBRULE(this.group) },
        { ALT: () => this.SUBRULE(this.vector) },
      ],
      ERR_MSG: 'an expression',
    });
    return atom && { signs, atom };
  });

  protected readonly quantity: Rule<NumberNode> = this.RULE('quantity', () => {
    const token = this.CONSUME(t.Quantity);
    return this.ACTION(() => this.#splitQuantity(token));
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

  protected readonly textOperand: Rule<ExpressionNode> = this.RULE('textOperand', (): ExpressionNode | undefined => {
    const literal = this.textLiteral();
    return literal && { kind: 'text', ...literal };
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
      if (!suffix || !reference) return reference;
      const { kind, operands } = suffix;
      if (!operands) return undefined;
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
    const found: (ExpressionNode | undefined)[] = [this.SUBRULE(this.expression)];
    this.MANY(() => {
      this.CONSUME(t.Comma);
      found.push(this.SUBRULE1(this.expression));
    });
    return areAll(found) ? [...found] : undefined;
  });

  protected readonly group: Rule<ExpressionNode> = this.RULE('group', () => {
    const start = this.CONSUME(t.LeftParen);
    const inner = this.SUBRULE(this.expression);
    const end = this.CONSUME(t.RightParen);
    return this.ACTION(
      () => inner && this.nesting.above({ kind: 'group', inner, span: spanOfTokens(this.file, start, end) }, [inner]),
    );
  });

  protected readonly vector: Rule<ExpressionNode> = this.RULE('vector', () => {
    const start = this.CONSUME(t.LeftSquare);
    const content = this.OR<VectorContent | undefined>([
      { ALT: () => this.SUBRULE(this.comprehension) },
      { ALT: () => this.SUBRULE(this.elements) },
    ]);
    const end = this.CONSUME(t.RightSquare);
    return this.ACTION(() => content?.(spanOfTokens(this.file, start, end)));
  });

  protected readonly comprehension: Rule<VectorContent> = this.RULE('comprehension', (): VectorContent | undefined => {
    this.CONSUME(t.keyword('for'));
    const index = this.identifier();
    this.CONSUME(t.keyword('in'));
    const range = this.SUBRULE(this.range);
    this.CONSUME(t.Colon);
    const element = this.SUBRULE(this.expression);
    if (!index || !range || !element) return undefined;
    return (span) =>
      this.nesting.above({ kind: 'comprehension', index, range, element, span }, [range.low, range.high, element]);
  });

  protected readonly elements: Rule<VectorContent> = this.RULE('elements', (): VectorContent | undefined => {
    const elements = this.SUBRULE(this.expressions);
    return elements && ((span) => this.nesting.above({ kind: 'vector', elements, span }, elements));
  });

  // Parts of constructs

  protected readonly reference: Rule<ReferenceNode> = this.RULE('reference', (): ReferenceNode | undefined => {
    const first = this.CONSUME(t.Identifier);
    let last = first;
    let name = first.image;
    this.MANY(() => {
      this.CONSUME(t.Dot);
      last = this.CONSUME1(t.Identifier);
      name += `.${last.image}`;
    });
    if (isInserted(first) || isInserted(last)) return undefined;
    return { kind: 'reference', name, span: spanOfTokens(this.file, first, last) };
  });

  protected readonly call: Rule<CallNode> = this.RULE('call', (): CallNode | undefined => {
    const callee = this.identifier();
    const operands = this.SUBRULE(this.operands);
    return callee && operands && { kind: 'call', callee, operands, span: this.spanFrom(callee.span) };
  });

  protected readonly range: Rule<RangeNode> = this.RULE('range', () => {
    const low = this.SUBRULE(this.expression);
    this.CONSUME(t.DotDot);
    const high = this.SUBRULE1(this.expression);
    return this.ACTION(() => low && high && { low, high, span: joinSpans(low.span, high.span) });
  });

  protected readonly extent: Rule<ExtentNode> = this.RULE('extent', () => {
    const low = this.SUBRULE(this.expression);
    const high = this.OPTION(() => {
      this.CONSUME(t.DotDot);
      return { end: this.SUBRULE1(this.expression) };
    });
    return this.ACTION((): ExtentNode | undefined => {
      if (!low || !high) return low && { kind: 'single', value: low };
      return high.end && { kind: 'range', low, high: high.end, span: joinSpans(low.span, high.end.span) };
    });
  });

  /** A unit that stands alone; blanks in it are not significant. */
  protected readonly unit: Rule<UnitName> = this.RULE('unit', () => {
    const first = this.SUBRULE(this.simpleUnit);
    let text = first?.image ?? '';
    let last = first;
    this.MANY(() => {
      text += this.CONSUME(t.MultiplicativeOperator).image;
      last = this.SUBRULE1(this.simpleUnit);
      text += last?.image ?? '';
    });
    return this.ACTION(
      () => first && last && { symbol: canonicalUnitText(text), span: spanOfTokens(this.file, first, last) },
    );
  });

  protected readonly simpleUnit: Rule<IToken> = this.RULE('simpleUnit', () =>
    this.OR([
      { ALT: () => this.CONSUME(t.Identifier) },
      { ALT: () => this.CONSUME(t.UnitWord) },
      { ALT: () => this.CONSUME(t.Percent) },
      { ALT: () => this.CONSUME(t.Numeral) },
    ]),
  );

  /** The name at hand, keyword or not. */
  protected identifier(index = 0): Identifier | undefined {
    const token = this.consume(index, t.Identifier);
    return isInserted(token) ? undefined : { name: token.image, span: this.spanOf(token) };
  }

  /** The text at hand: `\"` is a quote, `\\` a backslash, any other backslash itself. */
  protected textLiteral(index = 0): TextLiteral | undefined {
    const token = this.consume(index, t.Text);
    if (isInserted(token)) return undefined;
    return { value: token.image.slice(1, -1).replace(/\\(["\\])/g, '$1'), span: this.spanOf(token) };
  }

  protected spanOf(token: IToken): Span {
    return spanOfToken(this.file, token);
  }

  /** From the start of `first` to the last token consumed. */
  protected spanFrom(first: Span): Span {
    return joinSpans(first, this.spanOf(this.LA(0)));
  }

  #conditional(
    conditions: readonly (ExpressionNode | undefined)[],
    branches: readonly (ExpressionNode | undefined)[],
  ): ExpressionNode | undefined {
    if (!areAll(conditions) || !areAll(branches)) return undefined;
    return branches.reduceRight<ExpressionNode | undefined>((whenFalse, whenTrue, index) => {
      const condition = conditions[index];
      if (!condition || !whenFalse) return undefined;
      const span = joinSpans(condition.span, whenFalse.span);
      const parts = [condition, whenTrue, whenFalse];
      return this.nesting.above({ kind: 'conditional', condition, whenTrue, whenFalse, span }, parts);
    }, conditions.at(-1));
  }

  #splitQuantity(token: IToken): NumberNode | undefined {
    if (isInserted(token)) return undefined;
    const span = this.spanOf(token);
    const [, digits = '', blanks = '', symbol = ''] = /^([\d.]+(?:[eE][+-]?\d+)?)([ \t]*)(.*)$/.exec(token.image) ?? [];
    const skipped = digits.length + blanks.length;
    const { start, end } = span;
    const unitStart = { ...start, offset: start.offset + skipped, column: start.column + skipped };
    const unit = { symbol: canonicalUnitText(symbol), span: { file: this.file, start: unitStart, end } };
    return { kind: 'number', digits, unit, span };
  }
}

/** Whether recovery made the token up. */
export function isInserted(token: IToken): boolean {
  return token.isInsertedInRecovery === true;
}

function areAll<Part>(parts: readonly (Part | undefined)[]): parts is readonly Part[] {
  return parts.every((part) => part !== undefined);
}
