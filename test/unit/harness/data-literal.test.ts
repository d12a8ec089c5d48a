import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataPrinter, stringLiteral, Verbatim } from '../../../src/backends/harness/data-literal.js';
import { placesIn } from '../../../src/backends/harness/places-in.js';
import type { Span } from '../../../src/core/span.js';

function read(text: string, names: Readonly<Record<string, unknown>> = {}): unknown {
  const make = new Function(...Object.keys(names), `return (${text});`) as (...values: readonly unknown[]) => unknown;
  return make(...Object.values(names));
}

const span = (file: string): Span => ({
  file,
  start: { offset: 4, line: 1, column: 5 },
  end: { offset: 20, line: 2, column: 3 },
});

describe('DataPrinter', () => {
  it('reads back to the same value', () => {
    const data = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.string({ unit: 'binary' }),
        fc.boolean(),
        fc.array(tie('value')),
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 60 }),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), tie('value')),
      ),
    })).value;
    fc.assert(
      fc.property(data, (value) => {
        expect(read(new DataPrinter().print(value))).toEqual(value);
      }),
    );
  });

  it('keeps long texts in one piece', () => {
    const value = { a: ['x'.repeat(200), { b: 'y'.repeat(130) }] };
    expect(read(new DataPrinter().print(value))).toEqual(value);
  });

  it('writes spans as calls, one function for each file', () => {
    const printer = new DataPrinter();
    const text = printer.print({ a: span('x.ion'), b: span('y.ion'), c: span('x.ion') });
    expect(text).toBe(
      '{ a: source1([1, 5, 4], [2, 3, 20]), b: source2([1, 5, 4], [2, 3, 20]), c: source1([1, 5, 4], [2, 3, 20]) }',
    );
    expect(printer.files).toEqual(['x.ion', 'y.ion']);
    const names = { source1: placesIn('x.ion'), source2: placesIn('y.ion') };
    expect(read(text, names)).toEqual({ a: span('x.ion'), b: span('y.ion'), c: span('x.ion') });
  });

  it('writes pictures row by row, and references as they stand', () => {
    const text = new DataPrinter().print({
      device: new Verbatim('device'),
      image: { rows: 2, columns: 3, siemens: [1, 2, 3, 4, 5, 6] },
    });
    expect(text).toContain('  device,\n');
    expect(text).toContain('[\n      1, 2, 3,\n      4, 5, 6,\n    ]');
  });
});

it('string literals hold any text', () => {
  for (const text of [`'"\\\n\u2028`, '\\"', "\\'", '${x}`', '']) expect(read(stringLiteral(text))).toBe(text);
});
