/** The grammar itself: Chevrotain finds it sound, and no optional part of a construct looks like what follows it. */
import { expect, it } from 'vitest';
import { IonParser } from '../../../src/dsl/parse/ion-parser.js';
import { keyword, Identifier } from '../../../src/dsl/parse/tokens.js';
import { ITEMS } from '../../../src/dsl/syntax/file.js';
import type { ClauseSet, ElementSpec, PartKind, ShapeSpec } from '../../../src/dsl/syntax/shape.js';
import { INVENTORY } from '../../../src/dsl/syntax/walk.js';

it('passes the validations that are switched off at run time', () => {
  expect(() => new IonParser(false)).not.toThrow();
});

/** How something may begin: keywords and marks as they are, a name as `a name`. */
type Beginnings = ReadonlySet<string>;

const NAME = 'a name';
const EXPRESSION = [NAME, 'a number', 'a text', '(', '[', '-', 'not'];
const PARTS: Readonly<Record<PartKind, readonly string[]>> = {
  name: [NAME],
  reference: [NAME],
  call: [NAME],
  unit: [NAME, 'a number', '%'],
  text: ['a text'],
  expression: EXPRESSION,
  range: EXPRESSION,
  extent: EXPRESSION,
};

/** How `elements` begin, or what is behind them where all of them are optional. */
function beginningsOf([first, ...rest]: readonly ElementSpec[], behind: Beginnings): Beginnings {
  if (!first) return behind;
  const others = () => [...beginningsOf(rest, behind)];
  switch (first.kind) {
    case 'word':
      return new Set([first.word]);
    case 'mark':
      return new Set([first.mark]);
    case 'marks':
      return new Set(first.marks);
    case 'enumeration':
      return new Set(first.words);
    case 'flag':
      return new Set([first.word, ...others()]);
    case 'part':
      return new Set(PARTS[first.part]);
    case 'optional':
      return new Set([...beginningsOf(first.elements, new Set()), ...others()]);
    case 'node':
      return beginningsOf([...first.shape().elements, ...rest], behind);
    case 'list':
      return first.item.kind === 'part'
        ? new Set(PARTS[first.item.part])
        : beginningsOf([...first.item.shape().elements, ...rest], behind);
    case 'choice':
      return new Set(first.shapes.flatMap(({ elements }) => [...beginningsOf([...elements, ...rest], behind)]));
    case 'block':
      return new Set(['{']);
  }
}

/** Whether a token may be both: most keywords are names, too. */
function isAlike(left: string, right: string): boolean {
  const isName = (word: string) => /^[a-z]/.test(word) && (keyword(word).CATEGORIES ?? []).includes(Identifier);
  if (left === right) return true;
  return (left === NAME && /^[a-z-]+$/.test(right) && isName(right)) || (right === NAME && isAlike(right, left));
}

/** The optional parts among `elements` that may begin like what is behind them, as `shape: beginning`. */
function ambiguous(shape: ShapeSpec, elements: readonly ElementSpec[], behind: Beginnings): string[] {
  return elements.flatMap((element, index) => {
    const next = beginningsOf(elements.slice(index + 1), behind);
    switch (element.kind) {
      case 'flag':
      case 'optional': {
        const inner = element.kind === 'optional' ? element.elements : [];
        const own = beginningsOf(element.kind === 'flag' ? [element] : inner, new Set());
        const clashes = [...own].filter((beginning) => [...next].some((other) => isAlike(beginning, other)));
        return [...clashes.map((word) => `${shape.kind}: ${word}`), ...ambiguous(shape, inner, next)];
      }
      case 'node':
        return ambiguous(element.shape(), element.shape().elements, next);
      case 'choice':
        return element.shapes.flatMap((chosen) => ambiguous(chosen, chosen.elements, next));
      case 'list': {
        const again = new Set([...next, element.separator]);
        return element.item.kind === 'node'
          ? ambiguous(element.item.shape(), element.item.shape().elements, again)
          : [];
      }
      default:
        return [];
    }
  });
}

function ambiguousIn(set: ClauseSet): string[] {
  const end = set === ITEMS ? 'the end' : '}';
  const behind = new Set([end, ',', ...set.shapes.flatMap(({ elements }) => [...beginningsOf(elements, new Set())])]);
  return set.shapes.flatMap((shape) => ambiguous(shape, shape.elements, behind));
}

it('has no optional part that could be the beginning of what follows', () => {
  const found = new Set(INVENTORY.clauseSets.flatMap(ambiguousIn));
  // Told apart by the second token: `chip Board` and `Board`; `name : a.b` and `a.b`
  const toldApart = ['device', 'rule', 'module', 'network', 'chip', 'program', 'data'].map(
    (kind) => `imported-name: ${kind}`,
  );
  expect([...found].sort()).toEqual([...toldApart, 'projection: a name'].sort());
});
