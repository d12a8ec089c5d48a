/** Reads the canonical text of IR modules, so that a test or a tool can start at any phase. */
import type { Span } from '../core/span.js';
import { schemaByPhase, type Module, type PhaseName } from './schema.js';

/** Why a text is not an IR module. */
export interface IrFault {
  readonly kind: 'ir-fault';
  readonly line: number;
  readonly reason: string;
}

type Result<T> = T | IrFault;

const TOKEN =
  /\s*(?:(@\d+:\d+\+\d+\.\.\d+:\d+\+\d+)|("(?:[^"\\\n]|\\.)*")|([A-Za-z_][\w-]*)|([&*]\d+)|(-?\d[\w.+-]*)|([{}[\]:]))/y;
const SPAN = /^@(\d+):(\d+)\+(\d+)\.\.(\d+):(\d+)\+(\d+)$/;

/** Deeper than any module; keeps hostile text from overflowing the stack. */
const MAX_DEPTH = 256;

/** The module that `text` says, or where and why it says none. */
export function parseModule(text: string): Result<Module> {
  const header = /^ionloom-ir (\w+)\n/.exec(text);
  const phase = header?.[1];
  if (!header || !isPhase(phase)) return { kind: 'ir-fault', line: 1, reason: 'expected `ionloom-ir <phase>`' };
  try {
    const value = new ValueReader(text, header[0].length).readAll();
    const checked = schemaByPhase[phase].safeParse(value);
    if (checked.success) return checked.data;
    const [issue] = checked.error.issues;
    return { kind: 'ir-fault', line: 1, reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}` };
  } catch (error) {
    if (error instanceof SyntaxFault)
      return { kind: 'ir-fault', line: lineOf(text, error.offset), reason: error.message };
    throw error;
  }
}

function isPhase(name: string | undefined): name is PhaseName {
  return name !== undefined && Object.hasOwn(schemaByPhase, name);
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Leaves the recursion of the reader; never escapes this file. */
class SyntaxFault extends Error {
  readonly offset: number;

  constructor(offset: number, reason: string) {
    super(reason);
    this.offset = offset;
  }
}

class ValueReader {
  readonly #text: string;
  #offset: number;
  #depth = 0;
  /** Lists behind a mark, which others refer to. */
  readonly #lists = new Map<string, unknown>();

  constructor(text: string, offset: number) {
    this.#text = text;
    this.#offset = offset;
  }

  readAll(): unknown {
    const value = this.#value(this.#next());
    if (this.#text.slice(this.#offset).trim() !== '')
      throw new SyntaxFault(this.#offset, 'expected the end of the text');
    return value;
  }

  #next(): string {
    TOKEN.lastIndex = this.#offset;
    const match = TOKEN.exec(this.#text);
    if (!match) throw new SyntaxFault(this.#offset, 'unexpected end or character');
    this.#offset = TOKEN.lastIndex;
    return match[0].trimStart();
  }

  #value(token: string): unknown {
    if (token === '{') return this.#nested(() => this.#object());
    if (token === '[') return this.#nested(() => this.#array());
    if (token === 'true' || token === 'false') return token === 'true';
    if (token.startsWith('"')) return this.#string(token);
    if (token.startsWith('@')) return this.#span(token);
    if (token.startsWith('&') || token.startsWith('*')) return this.#shared(token);
    const number = Number(token);
    if (!Number.isFinite(number)) throw new SyntaxFault(this.#offset, `\`${token}\` is not a value`);
    return number;
  }

  #nested<T>(read: () => T): T {
    if (++this.#depth > MAX_DEPTH) throw new SyntaxFault(this.#offset, 'nested too deeply');
    const value = read();
    this.#depth -= 1;
    return value;
  }

  #object(): unknown {
    // No prototype: a key such as `__proto__` is only a key.
    const fields = Object.create(null) as Record<string, unknown>;
    for (let token = this.#next(); token !== '}'; token = this.#next()) {
      if (this.#next() !== ':') throw new SyntaxFault(this.#offset, 'expected `:`');
      fields[token] = this.#value(this.#next());
    }
    return { ...fields };
  }

  #array(): unknown {
    const values: unknown[] = [];
    for (let token = this.#next(); token !== ']'; token = this.#next()) values.push(this.#value(token));
    return values;
  }

  #shared(token: string): unknown {
    const mark = token.slice(1);
    if (token.startsWith('*')) {
      if (!this.#lists.has(mark)) throw new SyntaxFault(this.#offset, `\`&${mark}\` does not stand above \`${token}\``);
      return this.#lists.get(mark);
    }
    if (this.#next() !== '[') throw new SyntaxFault(this.#offset, `expected a list behind \`${token}\``);
    const list = this.#value('[');
    this.#lists.set(mark, list);
    return list;
  }

  #string(token: string): string {
    try {
      return JSON.parse(token) as string; // a token that begins with a quote can only be a string
    } catch {
      throw new SyntaxFault(this.#offset, `${token} is not a string`);
    }
  }

  #span(token: string): Span {
    const file = this.#next();
    if (!file.startsWith('"')) throw new SyntaxFault(this.#offset, 'expected the file of a span');
    const [line = 0, column = 0, offset = 0, endLine = 0, endColumn = 0, endOffset = 0] = (SPAN.exec(token) ?? [])
      .slice(1)
      .map(Number);
    const start = { offset, line, column };
    return { file: this.#string(file), start, end: { offset: endOffset, line: endLine, column: endColumn } };
  }
}
