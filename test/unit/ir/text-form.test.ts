import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { invariant } from '../../../src/core/invariant.js';
import { parseModule } from '../../../src/ir/parse.js';
import { schedule } from '../../../src/ir/passes/schedule.js';
import { printModule } from '../../../src/ir/print.js';
import { createCubicTile } from '../../support/cubic-tile.js';
import { mappedFixture } from '../../support/mapped-fixture.js';

const grey = fc.double({ min: 0.2, max: 0.8, noNaN: true });
const picture = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(grey, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
  );

describe('IR text', () => {
  it('parses back to the module it was printed from, mapped and scheduled', () => {
    fc.assert(
      fc.property(picture, fc.constantFrom('serial', 'rows'), (image, order) => {
        const mapped = mappedFixture({ images: [image], order });
        const scheduled = schedule(mapped, new Map(), createCubicTile, new DiagnosticBag());
        invariant(scheduled, 'schedulable');
        for (const module of [mapped, scheduled]) {
          const text = printModule(module);
          const parsed = parseModule(text);
          expect(parsed).toEqual(module);
          invariant('phase' in parsed, 'parsed');
          expect(printModule(parsed)).toBe(text);
        }
      }),
      { seed: 11, numRuns: 25 },
    );
  });

  it.each([
    ['', 'expected `ionloom-ir <phase>`'],
    ['ionloom-ir nowhere\n{ }', 'expected `ionloom-ir <phase>`'],
    ['ionloom-ir mapped\n{ phase: "mapped"', 'unexpected end or character'],
    ['ionloom-ir mapped\n{ phase "mapped" }', 'expected `:`'],
    ['ionloom-ir mapped\n{ a: 1..2 }', '`1..2` is not a value'],
    ['ionloom-ir mapped\n{ a: "\\x" }', '"\\x" is not a string'],
    ['ionloom-ir mapped\n{ a: 1 } rest', 'expected the end of the text'],
    [`ionloom-ir mapped\n${'['.repeat(1000)}`, 'nested too deeply'],
  ])('refuses %j', (text, reason) => {
    expect(parseModule(text)).toMatchObject({ kind: 'ir-fault', reason });
  });

  it('refuses a module whose shape is not that of its phase', () => {
    const text = printModule(mappedFixture({ images: [[[0.5]]] })).replace('rows: 1', 'rows: "1"');
    expect(parseModule(text)).toMatchObject({ kind: 'ir-fault' });
  });

  it('treats names of the prototype as plain keys', () => {
    const fault = parseModule('ionloom-ir mapped\n{ __proto__: { phase: "mapped" } }');
    expect(fault).toMatchObject({ kind: 'ir-fault' });
    expect(({} as Record<string, unknown>)['phase']).toBeUndefined();
  });
});
