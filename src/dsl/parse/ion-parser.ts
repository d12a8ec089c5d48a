/** The parser of files: one grammar rule for each shape and clause set of the language. */
import type { DSLMethodOpts, ParserMethod, TokenType } from 'chevrotain';
import { ITEMS, type Item } from '../syntax/file.js';
import type { Block } from '../syntax/nodes.js';
import type { ClauseSet, ElementSpec, PartKind, ShapeSpec } from '../syntax/shape.js';
import { INVENTORY } from '../syntax/walk.js';
import { describeMismatch, ruleName } from './expectations.js';
import type { Rule } from './expression-parser.js';
import { Nesting } from './nesting.js';
import { spanOfTokens } from './places.js';
import { RecoveringParser } from './recovering-parser.js';
import * as t from './tokens.js';

/** A node while its fields are filled; shapes say what it becomes. */
interface Draft {
  kind?: string;
  span?: Block<unknown>['span'];
  [field: string]: unknown;
}

/** Consumes one element and fills its fields. */
type Step = (draft: Draft) => void;

/** Numbers the uses of grammar methods in one rule, which Chevrotain tells apart by them. */
class UseCounter {
  readonly #counts = new Map<unknown, number>();

  next(key: unknown): number {
    const count = this.#counts.get(key) ?? 0;
    this.#counts.set(key, count + 1);
    return count;
  }
}

/** Recursive-descent parser of `.ion` files that reports all syntax errors of a text in one run. */
export class IonParser extends RecoveringParser {
  readonly #shapeRules = new Map<ShapeSpec, Rule<Draft>>();
  readonly #setRules = new Map<ClauseSet, Rule<Draft>>();

  /** The items of a file; faulty ones are absent. */
  readonly items: ParserMethod<[], Block<Item>>;

  /** @param skipValidations  of the grammar, which is fixed: a test validates it, so that every start need not */
  constructor(skipValidations: boolean) {
    super([...t.TOKENS], {
      recoveryEnabled: false,
      maxLookahead: 2,
      errorMessageProvider: describeMismatch,
      skipValidations,
    });
    for (const shape of INVENTORY.shapes) this.#shapeRules.set(shape, this.#shapeRule(shape));
    for (const set of INVENTORY.clauseSets) this.#setRules.set(set, this.#setRule(set));
    this.items = this.#itemsRule();
    this.performSelfAnalysis();
  }

  /** Makes the parser ready for the next text; `trustsIndentation` where that is known to have faults. */
  begin(file: string, trustsIndentation = false): Nesting {
    this.file = file;
    this.nesting = new Nesting();
    this.beginFaults(trustsIndentation);
    return this.nesting;
  }

  #itemsRule(): ParserMethod<[], Block<Item>> {
    const site = {
      set: ITEMS,
      repeat: (loop: DSLMethodOpts<void>) => {
        this.many(0, loop);
      },
      clause: () => this.subrule(0, this.#ruleOfSet(ITEMS)),
      comma: undefined,
    };
    return this.RULE('file', () => {
      const start = this.LA(1);
      const clauses = this.readClauses(site);
      // What the rules of shapes build is what the types of shapes say: both read the same elements.
      return { clauses, closing: [], span: spanOfTokens(this.file, start, this.LA(0)) } as unknown as Block<Item>;
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
      for (const step of steps) step(draft);
      draft.span = spanOfTokens(this.file, start, this.LA(0));
      return draft;
    });
  }

  #step(element: ElementSpec, uses: UseCounter): Step {
    switch (element.kind) {
      case 'word':
        return this.#token(t.keyword(element.word), uses);
      case 'mark':
        return this.#token(t.PUNCTUATION[element.mark], uses);
      case 'enumeration':
        return into(element.field, this.#oneOf(element.words.map(t.keyword), uses));
      case 'marks': {
        const tokens = element.marks.map((mark) => t.PUNCTUATION[mark]);
        return into(element.field, this.#oneOf(tokens, uses));
      }
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
        return into(element.field, this.#choice(element.shapes, uses));
      case 'block':
        return into(element.field, this.#block(element, uses));
    }
  }

  #token(token: TokenType, uses: UseCounter): Step {
    const index = uses.next(token);
    return () => this.consume(index, token);
  }

  #flag(field: string, token: TokenType, uses: UseCounter): Step {
    const index = uses.next(token);
    return (draft) => {
      this.consume(index, token);
      draft[field] = true;
    };
  }

  #oneOf(tokens: readonly TokenType[], uses: UseCounter): () => string {
    const index = uses.next('or');
    const alternatives = tokens.map((token) => {
      const use = uses.next(token);
      return { ALT: () => this.consume(use, token).image };
    });
    return () => this.or(index, alternatives);
  }

  #optional(steps: readonly Step[], uses: UseCounter): Step {
    const index = uses.next('option');
    return (draft) =>
      this.option(index, () => {
        for (const step of steps) step(draft);
      });
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
    };
  }

  #choice(shapes: readonly ShapeSpec[], uses: UseCounter): () => Draft {
    const index = uses.next('or');
    const alternatives = shapes.map((shape) => ({ ALT: this.#node(shape, uses) }));
    return () => this.or(index, alternatives);
  }

  #block({ clauses, layout }: Extract<ElementSpec, { kind: 'block' }>, uses: UseCounter): () => Block<Draft> {
    const set = clauses();
    const [open, close] = [uses.next(t.LeftCurly), uses.next(t.RightCurly)];
    const [index, rule, option, comma] = [uses.next('many'), uses.next(set), uses.next('option'), uses.next(t.Comma)];
    const site = {
      set,
      repeat: (loop: DSLMethodOpts<void>) => {
        this.many(index, loop);
      },
      clause: () => this.subrule(rule, this.#ruleOfSet(set)),
      // Clauses that share a line read better with commas between them
      comma: layout === 'inline' ? () => this.option(option, () => this.consume(comma, t.Comma)) : undefined,
    };
    return () => {
      const start = this.openBlock(set, open);
      const found = this.readClauses(site, start);
      const end = this.closeBlock(start, close);
      return { clauses: found, closing: [], span: spanOfTokens(this.file, start, end) };
    };
  }

  #node(shape: ShapeSpec, uses: UseCounter): () => Draft {
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
    draft[field] = parse();
  };
}

function found<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new TypeError(`${name} has no grammar rule`);
  return value;
}
