/** How pages are taken apart and compared: a page that is wrong has to be found out. */
import { describe, expect, it } from 'vitest';
import { commandsOf } from '../../support/documentation/block-commands.js';
import { isShown, renewed } from '../../support/documentation/compare-output.js';
import { parsePage } from '../../support/documentation/parse-page.js';

const block = (...lines: readonly string[]) => parsePage('page.md', lines.join('\n'))[0]!;

describe('comparison', () => {
  it.each([
    ['a\nb\n', 'a\nb\n', true],
    ['a\nb\n', 'a\nc\n', false],
    ['a\n', 'a\nb\n', false],
    ['', 'a\n', false],
    ['...\n', 'a\n', true],
    ['a\n...\nd\n', 'a\nb\nc\nd\n', true],
    ['a\n...\nd\n', 'a\nb\nc\n', false],
    ['a\n...\nd\n', 'z\na\nd\n', false],
    ['...\nb\n...\n', 'a\nb\nc\n', true],
    ['...\nb\n...\n', 'a\nbb\nc\n', false],
    ['...\nb\n', 'a\nab\n', false],
    ['...\nb\n', 'b\na\nb\n', true],
  ])('of %j with %j is %s', (shown, printed, expected) => {
    expect(isShown(shown, printed)).toBe(expected);
  });

  it('leaves out times and versions of the machine, and no other number', () => {
    expect(isShown('A, 20 seeds from 1 (1.27 s)\n', 'A, 20 seeds from 1 (980 ms)\n')).toBe(true);
    expect(isShown('A, 20 seeds from 1 (1.27 s)\n', 'A, 20 seeds from 2 (1.27 s)\n')).toBe(false);
    expect(isShown('  build, run  16.5 ms, 292 ms\n', '  build, run   1 s, 2 s\n')).toBe(true);
    expect(isShown('  simulator     Yosys 1\n', '  simulator  Yosys 2\n')).toBe(true);
    expect(isShown('  writeTime  1.34 ks\n', '  writeTime  1.35 ks\n')).toBe(false);
  });

  it('writes anew what a page shows, all of it or the lines that it has chosen', () => {
    expect(renewed('a  1\n', 'a  2\nb  3\n')).toBe('a  2\nb  3\n');
    expect(renewed('...\n  b c   1\n...\n', 'a  1\n  b c  17\nd  1\n')).toBe('...\n  b c  17\n...\n');
    expect(renewed('b  1\n...\n', 'a  1\nc  1\n')).toBeUndefined();
    expect(renewed('b  1\n...\n', 'b  2\nb  3\n')).toBeUndefined();
  });
});

describe('blocks', () => {
  it('of sh are commands, without comments, with lines that go on', () => {
    const commands = commandsOf(block('```sh', '# first', 'one \\', '  two', '', 'three # why', '```'));
    expect(commands.map(({ text, shown }) => [text, shown])).toEqual([['one    two', undefined], ['three # why', undefined]]); // prettier-ignore
  });

  it('of console are commands with what they print', () => {
    const commands = commandsOf(block('```console', '$ one', 'a', 'b', '$ two', '$ three', 'c', '```'));
    expect(commands.map(({ text, shown }) => [text, shown])).toEqual([['one', 'a\nb\n'], ['two', ''], ['three', 'c\n']]); // prettier-ignore
  });

  it('of console without a command are refused', () => {
    expect(() => commandsOf(block('```console', 'a', '```'))).toThrow('page.md:1');
  });

  it('carry the remarks above them', () => {
    const lines = ['<!-- not run: an hour: two -->', '<!-- not run: a day: three -->', '```sh', 'one', 'two', '```'];
    expect(commandsOf(block(...lines)).map(({ notRun }) => notRun)).toEqual([undefined, 'an hour']);
    expect(commandsOf(block('<!-- not run: an hour -->', '```sh', 'one', '```'))[0]?.notRun).toBe('an hour');
  });

  it('have no remarks that are misspelled, and end', () => {
    expect(() => block('<!-- not ran: an hour -->', '```sh', '```')).toThrow('page.md:1');
    expect(() => block('```sh', 'one')).toThrow('page.md:1');
  });
});
