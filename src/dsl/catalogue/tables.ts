/** Diagnostics of tables: measured functions of devices that are read from files. */
import { entry } from '../../core/diagnostic.js';

const FORM =
  'A table of one quantity is a file of two columns: where, and what was measured there; a line of words may stand above. ' +
  'A table of two quantities is a grid: the first quantity runs down the first column, the second along the first row, ' +
  'and the corner is not read. Fields are separated by comma, semicolon or tab, `#` begins a comment.';

export const TABLE_ENTRIES = {
  'fault-map': entry<{ path: string; line: number; reason: string }>({
    severity: 'error',
    message: ({ path, line, reason }) =>
      `cannot use fault map \`${path}\`${line === 0 ? '' : `, line ${line}`}: ${reason}`,
    explain:
      'A fault map has one fault a line, `tile,row,column,kind,value`, all counted from 0, tiles row by row of the grid. ' +
      'Kinds are `stuck` (a cell that stays at the value, in siemens), `open` (a cell without a current), `row` and `column` ' +
      '(a line that does not work, the other fields empty). `#` begins a comment.',
  }),
  'table-unreadable': entry<{ path: string; reason: string }>({
    severity: 'error',
    message: ({ path, reason }) => `cannot read table \`${path}\`: ${reason}`,
    explain: `Paths of tables are relative to the file that names them. ${FORM}`,
  }),
  'table-number': entry<{ path: string; line: number; column: number; found: string }>({
    severity: 'error',
    message: ({ path, line, column, found }) =>
      `table \`${path}\`, line ${line}, column ${column}: expected a finite number, found ${found}`,
    help: () => 'measure or interpolate what is missing; nothing is made up for it',
    explain: `Every point of a table has a number; a gap, a word or NaN is none, and in its unit it must be finite. ${FORM}`,
  }),
  'table-shape': entry<{ path: string; reason: string }>({
    severity: 'error',
    message: ({ path, reason }) => `table \`${path}\` has another shape: ${reason}`,
    help: () => '`table f(x)` has two columns, `table f(x, y)` an axis in the first column and one in the first row',
    explain: FORM,
  }),
  'table-axis': entry<{ path: string; line: number; column: number }>({
    severity: 'error',
    message: ({ path, line, column }) =>
      `table \`${path}\`, line ${line}, column ${column}: the axis does not ascend here`,
    help: () => 'sort the points, and keep one of those at the same place',
    explain: `Between the points of a table is a straight line, so the numbers of an axis ascend strictly. ${FORM}`,
  }),
  'table-too-large': entry<{ path: string; rows: number; columns: number; limit: number }>({
    severity: 'error',
    message: ({ path, rows, columns, limit }) =>
      `table \`${path}\` has ${rows} x ${columns} numbers, more than ${limit} in all`,
    help: () => 'leave out points between which the surface is flat enough',
    explain: 'The numbers of a table become part of every program that simulates its device.',
  }),
};
