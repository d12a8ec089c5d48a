/** The parser of files: one grammar rule for each shape and clause set of the language. */
import type { ParserMethod, TokenType } from 'chevrotain';
import { ITEMS, type Item } from '../syntax/file.js';
import type { Block } from '../syntax/nodes.js';
import type { ClauseSet, ElementSpec, PartKind, ShapeSpec } from '../syntax/shape.js';
import { INVENTORY } from '../syntax/walk.js';
import { describeMismatch, FILE_RULE, ruleName } from './expectations.js';
import { ExpressionParser, isInserted, type Rule } from './expression-parser.js';
import { Nesting } from './nesting.js';
import * as t from './tokens.js';

/** A node while its fields are filled; shapes say what it becomes. */
interface Draft {
  kind?: string;
  span?: Block<unknown>['span'];
  [field: string]: unknown;
}

/** Consumes one element and fills its fields; false where its text was wrong. */
type Step = (draft: Draft) => boolean;

/** Numbers the uses of grammar methods in one rule, which Chevrotain tells apart by them. */
class UseCounter {
  readonly #counts = new Map<unknown, number>();

  next(key: unknown): number {
    const count = this.#counts.get(key) ?? 0;
    this.#counts.set(key, count + 1);
    return count;
  }
}

/** Recursive-descent parser of `.ion` files with recovery, so that one run reports all syntax errors. */
export class IonParser extends ExpressionParser {
  readonly #shapeRules = new Map<ShapeSpec, Rule<Draft>>();
  readonly #setRules = new Map<ClauseSet, Rule<Draft>>();

  /** The items of a file; faulty ones are absent. */
  readonly items: ParserMethod<[], Block<Item>>;

  constructor() {
    super([...t.TOKENS], {
      recoveryEnabled: true,
      maxLookahead: 2,
      errorMessageProvider: describeMismatch,
      // The grammar is fixed: a test validates it, so that every start need not.
      skipValidations: true,
    });
    for (const shape of INVENTORY.shapes) this.#shapeRules.set(shape, this.#shapeRule(shape));
    for (const set of INVENTORY.clauseSets) this.#setRules.set(set, this.#setRule(set));
    this.items = this.#itemsRule();
    this.performSelfAnalysis();
  }

  /** Makes the parser ready for the next text. */
  begin(file: string): Nesting {
    this.file = file;
    this.nesting = new Nesting();
    return this.nesting;
  }

  #itemsRule(): ParserMethod<[], Block<Item>> {
    return this.RULE(FILE_RULE, () => {
      const start = this.LA(1);
      const clauses: Draft[] = [];
      this.many(0, () => {
        const item = this.subrule(0, this.#ruleOfSet(ITEMS));
        if (item) clauses.push(item);
      });
      const span = { ...this.spanOf(start), end: this.spanOf(this.LA(0)).end };
      // What the rules of shapes build is what the types of shapes say: both read the same elements.
      return { clauses, closing: [], span } as unknown as Block<Item>;
    });
  }

  #setRule(set: ClauseSet): Rule<Draft> {
    const alternatives = set.shapes.map((shape, index) => ({
      ALT: () => this.subrule(index, this.#ruleOfShape(shape)),
    }));
    return this.RULE(set.name, () => this.or(0, alternatives));
  }

  #shapeRule(shape: ShapeSpec): Rule<Draft> {
    const uses = new UseCounter();
    const steps = shape.elements.map((element) => this.#step(element, uses));
    const { kind } = shape;
    return this.RULE(ruleName(shape), () => {
      const start = this.LA(1);
      const draft: Draft = { kind };
      const isWhole = runAll(steps, draft);
      draft.span = { ...this.spanOf(start), end: this.spanOf(this.LA(0)).end };
      return isWhole ? draft : undefined;
    });
  }

  #step(element: ElementSpec, uses: UseCounter): Step {
    switch (element.kind) {
      case 'word':
        return this.#token(t.keyword(element.word), uses);
      case 'mark':
        return this.#token(t.PUNCTUATION[element.mark], uses);
      case 'enumeration':
        return this.#oneOf(element.field, element.words.map(t.keyword), uses);
      case 'marks':
        return this.#oneOf(
          element.field,
          element.marks.map((mark) => t.PUNCTUATION[mark]),
          uses,
        );
      case 'part':
        return into(element.field, this.#part(element.part, uses));
      case 'node':
        return into(element.field, this.#node(element.shape(), uses));
      case 'flag':
        return this.#optional([this.#flag(element.field, t.keyword(element.word), uses)], uses);
      case 'optional': {
        const steps = element.elements.map((inner) => this.#step(inner, uses));
        return this.#optional(steps, uses);
      }
      case 'list':
        return this.#list(element, uses);
      case 'choice':
        return this.#choice(element.field, element.shapes, uses);
      case 'block':
        return this.#block(element, uses);
    }
  }

  #token(token: TokenType, uses: UseCounter): Step {
    const index = uses.next(token);
    return () => !isInserted(this.consume(index, token));
  }

  #flag(field: string, token: TokenType, uses: UseCounter): Step {
    const index = uses.next(token);
    return (draft) => {
      this.consume(index, token);
      draft[field] = true;
      return true;
    };
  }

  #oneOf(field: string, tokens: readonly TokenType[], uses: UseCounter): Step {
    const index = uses.next('or');
    const alternatives = tokens.map((token) => {
      const use = uses.next(token);
      return { ALT: () => this.consume(use, token).image };
    });
    return (draft) => {
      draft[field] = this.or(index, alternatives);
      return true;
    };
  }

  #optional(steps: readonly Step[], uses: UseCounter): Step {
    const index = uses.next('option');
    return (draft) => {
      let isWhole = true;
      this.option(index, () => {
        isWhole = runAll(steps, draft);
      });
      return isWhole;
    };
  }

  #list({ field, separator, item }: Extract<ElementSpec, { kind: 'list' }>, uses: UseCounter): Step {
    const parse = () => (item.kind === 'part' ? this.#part(item.part, uses) : this.#node(item.shape(), uses));
    const [first, further] = [parse(), parse()];
    const mark = this.#token(t.PUNCTUATION[separator], uses);
    const index = uses.next('many');
    return (draft) => {
      const found = [first()];
      this.many(index, () => {
        mark(draft);
        found.push(further());
      });
      draft[field] = found;
      return found.every((part) => part !== undefined);
    };
  }

  #choice(field: string, shapes: readonly ShapeSpec[], uses: UseCounter): Step {
    const index = uses.next('or');
    const alternatives = shapes.map((shape) => ({ ALT: this.#node(shape, uses) }));
    return into(field, () => this.or(index, alternatives));
  }

  #block({ field, clauses: setOf, layout }: Extract<ElementSpec, { kind: 'block' }>, uses: UseCounter): Step {
    const set = setOf();
    const open = uses.next(t.LeftCurly);
    const close = uses.next(t.RightCurly);
    const comma = uses.next(t.Comma);
    const [index, option, rule] = [uses.next('many'), uses.next('option'), uses.next(set)];
    return (draft) => {
      const start = this.consume(open, t.LeftCurly);
      const clauses: Draft[] = [];
      this.many(index, () => {
        const clause = this.subrule(rule, this.#ruleOfSet(set));
        if (clause) clauses.push(clause);
        // Clauses that share a line read better with commas between them
        if (layout === 'inline') this.option(option, () => this.consume(comma, t.Comma));
      });
      const end = this.consume(close, t.RightCurly);
      const span = { ...this.spanOf(start), end: this.spanOf(end).end };
      draft[field] = { clauses, closing: [], span };
      return !isInserted(start) && !isInserted(end);
    };
  }

  #node(shape: ShapeSpec, uses: UseCounter): () => Draft | undefined {
    const index = uses.next(shape);
    return () => this.subrule(index, this.#ruleOfShape(shape));
  }

  #part(part: PartKind, uses: UseCounter): () => unknown {
    switch (part) {
      case 'name': {
        const index = uses.next(t.Identifier);
        return () => this.identifier(index);
      }
      case 'text': {
        const index = uses.next(t.Text);
        return () => this.textLiteral(index);
      }
      case 'comparison': {
        const index = uses.next(t.ComparisonOperator);
        return () => this.consume(index, t.ComparisonOperator).image;
      }
      case 'expression':
      case 'range':
      case 'extent':
      case 'unit':
      case 'reference':
      case 'call': {
        const index = uses.next(part);
        return () => this.subrule<[], unknown>(index, this[part]);
      }
    }
  }

  #ruleOfShape(shape: ShapeSpec): Rule<Draft> {
    return found(this.#shapeRules.get(shape), shape.kind);
  }

  #ruleOfSet(set: ClauseSet): Rule<Draft> {
    return found(this.#setRules.get(set), set.name);
  }
}

function into(field: string, parse: () => unknown): Step {
  return (draft) => {
    const value = parse();
    draft[field] = value;
    return value !== undefined;
  };
}

function runAll(steps: readonly Step[], draft: Draft): boolean {
  let isWhole = true;
  for (const step of steps) isWhole = step(draft) && isWhole;
  return isWhole;
}

function found<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new TypeError(`${name} has no grammar rule`);
  return value;
}
