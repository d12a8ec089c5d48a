/** Constructs in the notation of the manual: keywords as they are, parts in capitals, `[optional]`, `a | b`. */
import type { ElementSpec, ListItem, PartKind, PunctuationMark, ShapeSpec } from './shape.js';

/** What the construct looks like, on one line. */
export function describeShape({ elements }: ShapeSpec): string {
  return describeAll(elements);
}

function describeAll(elements: readonly ElementSpec[]): string {
  let text = '';
  let isClose = true;
  for (const element of elements) {
    const described = describe(element);
    text += isClose || (element.kind === 'mark' && CLOSE_BEFORE.has(element.mark)) ? described : ` ${described}`;
    isClose = element.kind === 'mark' && CLOSE_BEHIND.has(element.mark);
  }
  return text;
}

/** Choices with more alternatives are named; the manual lists them apart. */
const LISTED_CHOICES = 4;

const CLOSE_BEFORE: ReadonlySet<PunctuationMark> = new Set(['(', ')', ']', ',', '.']);
const CLOSE_BEHIND: ReadonlySet<PunctuationMark> = new Set(['(', '[', '.']);

function describe(element: ElementSpec): string {
  switch (element.kind) {
    case 'word':
      return element.word;
    case 'mark':
      return element.mark === '[' || element.mark === ']' ? `'${element.mark}'` : element.mark;
    case 'part':
      return describePart(element.part, element.field);
    case 'enumeration':
      return oneOf(element.words);
    case 'marks':
      return oneOf(element.marks);
    case 'flag':
      return `[${element.word}]`;
    case 'optional':
      return `[${describeAll(element.elements)}]`;
    case 'node':
      return describeNode(element.shape());
    case 'list':
      return `${describeItem(element.item, element.field)}${element.separator} …`;
    case 'choice':
      if (element.shapes.length > LISTED_CHOICES) return element.field.toUpperCase();
      return `(${element.shapes.map(describeShape).join(' | ')})`;
    case 'block':
      return `{ ${element.clauses().name}s }`;
  }
}

function describeItem(item: ListItem, field: string): string {
  return item.kind === 'part' ? describePart(item.part, field) : describeNode(item.shape());
}

/** A part is called by what it is for. */
function describePart(part: PartKind, field: string): string {
  const name = field.replace(/[A-Z]/g, '-$&').toUpperCase();
  switch (part) {
    case 'text':
      return `"${name}"`;
    case 'range':
      return 'LOW .. HIGH';
    case 'extent':
      return `(${name} | LOW .. HIGH)`;
    case 'call':
      return `${name}(VALUE, …)`;
    case 'name':
    case 'expression':
    case 'unit':
    case 'reference':
      return name;
  }
}

/** Constructs that occur in many places are named; the manual shows each once. */
function describeNode(shape: ShapeSpec): string {
  const isShared = shape.kind === 'provenance' || shape.kind === 'endpoint' || shape.kind === 'image';
  return isShared ? shape.kind.toUpperCase() : describeShape(shape);
}

function oneOf(words: readonly string[]): string {
  return words.length > 1 ? `(${words.join(' | ')})` : words.join('');
}
