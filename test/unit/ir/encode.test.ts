/** scheduled -> legal: the words mean what the operations say, and what cannot be encoded throws. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpretLegal } from '../../../src/ir/interpret-legal.js';
import { interpretProgram } from '../../../src/ir/interpret.js';
import { legalizeName } from '../../../src/ir/legalize-name.js';
import { encode } from '../../../src/ir/passes/encode.js';
import type { PulseProgram } from '../../../src/ir/scheduled.js';
import { layOut, packWord, unpackWord } from '../../../src/ir/word-format.js';
import { ORIGIN } from '../../support/mapped-fixture.js';
import { dataSet, loop, pulseProgram, randomProgram, scheduledModule, segment } from '../../support/pulse-program.js';

const PULSE = segment({
  row: { kind: 'entry' },
  column: { kind: 'entry' },
  dwell: { kind: 'entry' },
  polarity: 'entry',
  fires: true,
});
const ENTRY = { row: 0, column: 0, negative: false, magnitude: 1, last: true };

function encoded(parts: Partial<PulseProgram>) {
  return encode(scheduledModule(pulseProgram({ rows: 4, columns: 4, ...parts })));
}

describe('encode', () => {
  it('keeps the meaning of any program', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 140 }),
        fc.integer({ min: 1, max: 40 }),
        (seed, columns, rows) => {
          const scheduled = scheduledModule(randomProgram(rows, columns, seed));
          const legal = encode(scheduled);
          scheduled.program.dataSets.forEach((data, index) => {
            const events = [...interpretLegal(legal, legal.dataSets[index]!)];
            expect(events).toEqual([...interpretProgram(scheduled.program, data)]);
          });
        },
      ),
      { seed: 1, numRuns: 150 },
    );
  });

  it('is plain data that survives a process border', () => {
    const legal = encode(scheduledModule(randomProgram(5, 70, 3)));
    expect(JSON.parse(JSON.stringify(legal))).toEqual(legal);
  });

  it('gives a chip the same identity whatever it writes, and another to another program', () => {
    const operations = [loop(0, 'entries', PULSE)];
    const one = encoded({ operations, dataSets: [dataSet([ENTRY])] });
    const other = encoded({ operations, dataSets: [dataSet([ENTRY, { ...ENTRY, row: 3 }])] });
    const longer = encoded({ operations: [...operations, segment({})], dataSets: [dataSet([ENTRY])] });
    expect(other.specHash).toBe(one.specHash);
    expect(longer.specHash).not.toBe(one.specHash);
  });

  it('starts behind the loops over entries where there are none', () => {
    const legal = encoded({
      operations: [loop(0, 'entries', PULSE), segment({})],
      dataSets: [dataSet([]), dataSet([ENTRY])],
    });
    const words = legal.program.listing.map(({ text }) => text.split(' ')[0]);
    expect(words).toEqual(['drive', 'fire', 'stop']);
    expect(legal.dataSets.map(({ entry }) => words[entry])).toEqual(['drive', 'fire']);
  });

  it.each<[string, Partial<PulseProgram>]>([
    ['loops of a program fit', { operations: [loop(0, 1, loop(1, 1, loop(2, 1, loop(3, 1, segment({})))))] }],
    ['counters of their own', { operations: [loop(0, 1, loop(0, 1, segment({})))] }],
    ['can close it', { operations: [loop(0, 1, { kind: 'break', condition: 'tick', when: true, origin: ORIGIN })] }],
    [
      'can close it',
      {
        operations: [
          loop(0, 1, segment({}), { kind: 'choice', condition: 'tick', then: [], otherwise: [], origin: ORIGIN }),
        ],
      },
    ],
    ['at least one clock', { operations: [segment({ dwell: { kind: 'clocks', clocks: 0 } })] }],
    ['loop that numbers', { operations: [PULSE] }],
    ['exceeds the timer', { operations: [segment({ dwell: { kind: 'clocks', clocks: 2 ** 48 } })] }],
    ['selected by a loop', { operations: [segment({ row: { kind: 'counter', counter: 1 } })] }],
    [
      'field magnitude',
      { operations: [loop(0, 'entries', PULSE)], dataSets: [dataSet([{ ...ENTRY, magnitude: 256 }])] },
    ],
  ])('throws on what the scheduler must not make: %s', (claim, parts) => {
    expect(() => encoded(parts)).toThrow(claim);
  });
});

describe('word formats', () => {
  it('unpack what they pack, at any width', () => {
    const widths = fc.array(fc.integer({ min: 1, max: 48 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(widths, fc.nat(), (fields, seed) => {
        const format = layOut(fields.map((width, index) => ({ name: `f${String(index)}`, width, summary: '' })));
        const values = Object.fromEntries(
          format.fields.map(({ name, width }, index) => [name, (seed * (index + 7)) % 2 ** width]),
        );
        expect(unpackWord(format, packWord(format, values))).toEqual(values);
      }),
      { seed: 1 },
    );
  });
});

describe('legalizeName', () => {
  it.each([
    ['Imprint', 'imprint_ctrl'],
    ['writeAll2x', 'write_all2x_ctrl'],
    ['module', 'module_ctrl'],
    ['__proto__', 'proto_ctrl'],
    ['9 Ärger', 'rger_ctrl'],
    ['', 'ion_ctrl'],
    ['x'.repeat(90), `${'x'.repeat(40)}_ctrl`],
  ])('turns %s into %s', (name, legal) => {
    expect(legalizeName(name)).toBe(legal);
  });
});
