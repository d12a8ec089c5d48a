/** IR data as TypeScript expressions that a person can read and edit; spans become calls of `placesIn` functions. */
import { invariant } from '../../core/invariant.js';
import type { Span } from '../../core/span.js';
import { isLongList } from '../../devices/long-list.js';

const MAX_COLUMNS = 118;
const INDENT = '  ';

/** An expression that stands for itself, for example the name of an import. */
export class Verbatim {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Prints values and remembers the source files that their spans lie in. */
export class DataPrinter {
  readonly #files: string[] = [];
  readonly #lists: (readonly number[])[] = [];
  readonly #namesLists: boolean;

  /** @param namesLists  whether long lists become constants, see {@link lists} */
  constructor(namesLists = false) {
    this.#namesLists = namesLists;
  }

  /** Source files met so far; file `n` is made by the function `sourceName(n)`. */
  get files(): readonly string[] {
    return this.#files;
  }

  /** Long lists met so far, as constants that the values refer to: each stands in the file once. */
  get lists(): readonly { readonly name: string; readonly text: string }[] {
    return this.#lists.map((list, index) => ({ name: listName(index), text: numberLines(list, '', undefined) }));
  }

  /** Expression for plain data. */
  print(value: unknown): string {
    return this.#print(value, '');
  }

  #print(value: unknown, indent: string): string {
    const inline = this.#inline(value);
    const fits = inline !== undefined && indent.length + inline.length <= MAX_COLUMNS;
    if (Array.isArray(value)) return fits ? inline : this.#array(value, indent);
    if (inline !== undefined && (fits || !isRecord(value) || value instanceof Verbatim || isSpan(value))) return inline;
    invariant(isRecord(value), 'only arrays and objects take more than a line');
    const inner = indent + INDENT;
    const lines = fieldsOf(value).map(([key, field]) => {
      const text = this.#field(value, field, inner);
      return text === key ? `${inner}${key},` : `${inner}${key}: ${text},`;
    });
    return `{\n${lines.join('\n')}\n${indent}}`;
  }

  /** A picture's numbers stand row by row, as in the picture; lists of equations have names. */
  #field(owner: Readonly<Record<string, unknown>>, field: unknown, indent: string): string {
    const isPicture = isImage(owner) && field === owner['siemens'] && isNumbers(field);
    if (isPicture) return numberLines(field, indent, Number(owner['columns']));
    return this.#namesLists && isLongList(field) ? this.#list(field) : this.#print(field, indent);
  }

  #list(list: readonly number[]): string {
    if (!this.#lists.includes(list)) this.#lists.push(list);
    return listName(this.#lists.indexOf(list));
  }

  #array(values: readonly unknown[], indent: string): string {
    if (isNumbers(values)) return numberLines(values, indent, undefined);
    const inner = indent + INDENT;
    const lines = values.map((value) => `${inner}${this.#print(value, inner)},`);
    return `[\n${lines.join('\n')}\n${indent}]`;
  }

  /** The value on one line, or undefined where it would be too long for any. */
  #inline(value: unknown): string | undefined {
    if (value instanceof Verbatim) return value.text;
    if (typeof value === 'string') return stringLiteral(value);
    if (typeof value === 'number') return numberLiteral(value);
    if (typeof value === 'boolean') return String(value);
    if (isSpan(value)) return this.#span(value);
    if (Array.isArray(value)) return joinWhileShort(value, '[]', (item) => this.#inline(item));
    invariant(isRecord(value), 'emitted data is plain');
    if (isImage(value)) return undefined;
    return joinWhileShort(fieldsOf(value), '{}', ([key, field]) => {
      const text = this.#inline(field);
      return text === undefined || text === key ? text : `${key}: ${text}`;
    });
  }

  #span({ file, start, end }: Span): string {
    if (!this.#files.includes(file)) this.#files.push(file);
    const places = [start, end].map(({ line, column, offset }) => `[${[line, column, offset].join(', ')}]`);
    return `${sourceName(this.#files.indexOf(file))}(${places.join(', ')})`;
  }
}

/** Items between brackets on one line; undefined as soon as that would be too long for any. */
function joinWhileShort<Item>(
  items: readonly Item[],
  brackets: '[]' | '{}',
  print: (item: Item) => string | undefined,
): string | undefined {
  if (items.length === 0) return brackets;
  let body = '';
  for (const item of items) {
    const text = print(item);
    if (text === undefined || body.length + text.length > MAX_COLUMNS) return undefined;
    body += body === '' ? text : `, ${text}`;
  }
  return brackets === '[]' ? `[${body}]` : `{ ${body} }`;
}

/** Fields that are present. */
function fieldsOf(value: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  return Object.entries(value).filter(([, field]) => field !== undefined);
}

/** Name of the function that makes spans of the file with that index. */
export function sourceName(index: number): string {
  return `source${String(index + 1)}`;
}

/** A string literal, in single quotes unless that needs escapes; nothing of the text can end it. */
export function stringLiteral(text: string): string {
  const quoted = JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  if (text.includes("'") && !text.includes('"')) return quoted;
  return `'${quoted.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** The shortest text that reads back to the same number. */
function numberLiteral(value: number): string {
  invariant(Number.isFinite(value), 'emitted numbers are finite');
  if (Object.is(value, -0)) return '-0';
  const [plain, scientific] = [String(value), value.toExponential()];
  return scientific.length < plain.length && !Number.isInteger(value) ? scientific : plain;
}

function numberLines(values: readonly number[], indent: string, perLine: number | undefined): string {
  const inner = indent + INDENT;
  const lines: string[] = [];
  values.forEach((value, index) => {
    const item = `${numberLiteral(value)},`;
    const last = lines.at(-1);
    const joins =
      perLine === undefined ? inner.length + (last?.length ?? 0) + item.length < MAX_COLUMNS : index % perLine > 0;
    if (last !== undefined && joins) lines[lines.length - 1] = `${last} ${item}`;
    else lines.push(item);
  });
  return `[\n${lines.map((line) => inner + line).join('\n')}\n${indent}]`;
}

/** Name of the constant that holds the long list with that index. */
function listName(index: number): string {
  return `list${String(index + 1)}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number');
}

function isImage(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && 'siemens' in value && 'columns' in value;
}

function isSpan(value: unknown): value is Span {
  return isRecord(value) && 'file' in value && 'start' in value && 'end' in value;
}
