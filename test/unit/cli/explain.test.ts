/** Every diagnostic can be explained, in the house style. */
import { expect, it } from 'vitest';
import { entriesByCode } from '../../../src/cli/catalogues.js';

const entries = [...entriesByCode()];

it('codes are an area and a kebab-case key', () => {
  expect(entries.map(([code]) => code).filter((code) => !/^[a-z]+\/[a-z0-9]+(-[a-z0-9]+)*$/.test(code))).toEqual([]);
});

it('explanations are whole sentences', () => {
  const isSentence = (text: string): boolean => text.length > 40 && /[.)]$/.test(text);
  expect(entries.filter(([, { explain }]) => !isSentence(explain)).map(([code]) => code)).toEqual([]);
});
