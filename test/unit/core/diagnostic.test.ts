import { describe, expect, it } from 'vitest';
import { defineCatalogue, DiagnosticBag, entry, MAX_OF_ONE_CODE } from '../../../src/core/diagnostic.js';

const CATALOGUE = defineCatalogue('area', {
  wrong: entry<{ name: string }>({ severity: 'error', message: ({ name }) => `\`${name}\` is wrong`, explain: '' }),
  odd: entry<{ name: string }>({ severity: 'warning', message: ({ name }) => `\`${name}\` is odd`, explain: '' }),
});

const placeAt = (offset: number) => {
  const position = { offset, line: 1, column: offset + 1 };
  return { span: { file: 'a.ion', start: position, end: position } };
};

describe('a diagnostic bag', () => {
  it('keeps an exact repetition once', () => {
    const bag = new DiagnosticBag();
    bag.report(CATALOGUE, 'wrong', { name: 'a' }, placeAt(1));
    bag.report(CATALOGUE, 'wrong', { name: 'a' }, placeAt(1));
    bag.report(CATALOGUE, 'wrong', { name: 'a' }, placeAt(2));
    expect(bag.all.map(({ span }) => span?.start.offset)).toEqual([1, 2]);
  });

  it('keeps a bounded number of one code, says so, and works out no more of them', () => {
    const bag = new DiagnosticBag();
    let workedOut = 0;
    for (let index = 0; index < 1000; index++) {
      const params = () => {
        workedOut++;
        return { name: `n${index}` };
      };
      bag.report(CATALOGUE, 'odd', params, placeAt(index));
    }
    expect(bag.all).toHaveLength(MAX_OF_ONE_CODE);
    expect(workedOut).toBe(MAX_OF_ONE_CODE);
    expect([...bag.crowded]).toEqual(['area/odd']);
    expect(bag.hasErrors).toBe(false);
  });

  it('keeps errors however many warnings there are', () => {
    const bag = new DiagnosticBag();
    for (let index = 0; index < 1000; index++) bag.report(CATALOGUE, 'odd', { name: 'a' }, placeAt(index));
    bag.report(CATALOGUE, 'wrong', { name: 'b' }, placeAt(0));
    expect(bag.hasErrors).toBe(true);
    expect(bag.all.at(-1)?.code).toBe('area/wrong');
  });

  it('is not crowded by exactly as many as are kept', () => {
    const bag = new DiagnosticBag();
    for (let index = 0; index < MAX_OF_ONE_CODE; index++) bag.report(CATALOGUE, 'odd', { name: 'a' }, placeAt(index));
    expect(bag.crowded.size).toBe(0);
  });

  it('shortens messages with names that nobody can read', () => {
    const bag = new DiagnosticBag();
    bag.report(CATALOGUE, 'wrong', { name: 'x'.repeat(1_000_000) });
    const [found] = bag.all;
    expect(found?.message).toMatch(/^`x+ … x+` is wrong$/);
    expect(found?.message.length).toBeLessThan(2000);
  });
});
