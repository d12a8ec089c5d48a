import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../src/core/diagnostic.js';
import { renderDiagnostic, type Painter } from '../../../src/core/render-diagnostic.js';
import type { Span } from '../../../src/core/span.js';

function span(line: number, from: number, to: number, endLine = line): Span {
  return { file: 'a.ion', start: { offset: 0, line, column: from }, end: { offset: 0, line: endLine, column: to } };
}

const fault: Diagnostic = { code: 'dsl/x', severity: 'error', blame: 'input', message: 'it is wrong' };

describe('a rendered diagnostic', () => {
  it('without a place is one line', () => {
    expect(renderDiagnostic(fault, () => undefined)).toBe('error[dsl/x]: it is wrong');
  });

  it('names the place where the text is not at hand', () => {
    const text = renderDiagnostic({ ...fault, span: span(3, 2, 4) }, () => undefined);
    expect(text.split('\n')).toEqual(['error[dsl/x]: it is wrong', ' --> a.ion:3:2']);
  });

  it('marks a tab as one column and shows no control characters', () => {
    const text = renderDiagnostic({ ...fault, span: span(1, 2, 5) }, () => '\tab\u202ec');
    expect(text.split('\n').slice(-2)).toEqual(['1 |  ab\ufffdc', '  |  ^^^']);
  });

  it('marks a span over several lines to the end of its first', () => {
    const text = renderDiagnostic({ ...fault, span: span(1, 3, 2, 2) }, () => 'a bcd\r\ne');
    expect(text.split('\n').slice(-2)).toEqual(['1 | a bcd', '  |   ^^^']);
  });

  it('marks an empty place with one caret', () => {
    const text = renderDiagnostic({ ...fault, span: span(1, 4, 4) }, () => 'abc');
    expect(text.split('\n').at(-1)).toBe('  |    ^');
  });

  it('shows the part of a long line that matters', () => {
    const line = `${'a'.repeat(500)}HERE${'b'.repeat(500)}`;
    const [shown = '', marks = ''] = renderDiagnostic({ ...fault, span: span(1, 501, 505) }, () => line)
      .split('\n')
      .slice(-2);
    expect(shown.length).toBeLessThan(170);
    expect(shown.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1)).toBe('HERE');
  });

  it('adds help and other places, and paints what it is told to', () => {
    const painter: Painter = {
      severity: (_, text) => `<${text}>`,
      strong: (text) => `*${text}*`,
      faint: (text) => text,
    };
    const related = [{ message: 'seen here', span: span(2, 1, 2) }];
    const text = renderDiagnostic({ ...fault, help: 'mend it', related }, () => 'x\ny', painter);
    expect(text.split('\n')).toEqual([
      '<error[dsl/x]>: *it is wrong*',
      '  = help: mend it',
      '  = note: seen here',
      ' --> a.ion:2:1',
      '  |',
      '2 | y',
      '  | <->',
    ]);
  });
});
