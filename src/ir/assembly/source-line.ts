/** Assembly text cut into lines of tokens that know their places. */
import type { Span } from '../../core/span.js';

export interface Token {
  readonly text: string;
  readonly span: Span;
}

export interface SourceLine {
  /** Without their colons. */
  readonly labels: readonly Token[];
  /** The instruction and its operands; empty where the line holds none. */
  readonly tokens: readonly Token[];
}

/** Lines of `text`; a semicolon starts a comment. */
export function sourceLines(text: string, file: string): readonly SourceLine[] {
  let start = 0;
  return text.split('\n').map((line, index) => {
    const code = line.replace(/;.*$/s, '');
    const all = [...code.matchAll(/\S+/g)].map((match): Token => {
      const at = (column: number) => ({ offset: start + column, line: index + 1, column: column + 1 });
      return { text: match[0], span: { file, start: at(match.index), end: at(match.index + match[0].length) } };
    });
    start += line.length + 1;
    const first = all.findIndex(({ text: each }) => !isLabel(each));
    const labelCount = first < 0 ? all.length : first;
    return {
      labels: all.slice(0, labelCount).map((label) => ({ ...label, text: label.text.slice(0, -1) })),
      tokens: all.slice(labelCount),
    };
  });
}

function isLabel(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*:$/.test(text);
}
