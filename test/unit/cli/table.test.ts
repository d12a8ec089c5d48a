import { expect, it } from 'vitest';
import { renderTable } from '../../../src/cli/table.js';

it('lines columns up, without blanks at the ends of lines', () => {
  const rows = [
    ['name', 'count', ''],
    ['a', '1'],
    ['µ', '1000', 'last'],
  ];
  expect(renderTable(rows, ['left', 'right'])).toBe('  name  count\n  a         1\n  µ      1000  last');
});

it('gives color codes no width', () => {
  expect(renderTable([['\u001b[1mab\u001b[22m', 'x'], ['abc', 'y']])).toBe('  \u001b[1mab\u001b[22m   x\n  abc  y'); // prettier-ignore
});
