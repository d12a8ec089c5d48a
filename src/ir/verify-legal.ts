/** What phase `legal` guarantees; a violation is a bug of the encoder, so it throws. */
import { busWords } from './controller-sizes.js';
import type { Lanes, LegalDataSet, LegalModule, MemoryWindow, OpFieldName } from './legal.js';
import { CONTROL_CODE, LOOP_DEPTHS, WORD_KIND } from './microcode.js';
import { claimsOf, type Claim } from './verify.js';
import { bitsOf, fromLanes, hasEvenParity, unpackWord } from './word-format.js';

/** Names are identifiers, words fit their memories, every address is inside, and nothing overlaps on the bus. */
export function verifyLegal(module: LegalModule): void {
  const claim = claimsOf('encode');
  const { program, opFormat, windows, name } = module;
  claim(/^[a-z_][a-z0-9_]{0,62}$/.test(name), `\`${name}\` is an identifier`);
  const room = module.isFrozen ? 2 ** module.sizes.addressBits : windows.program.depth;
  claim(program.words.length <= room, 'the program fits its memory');
  claim(fits(program.words, opFormat.width), 'program words fit their format');
  for (const word of program.words) {
    claim(hasEvenParity(word), 'the parity of every word is even');
    claim(
      successorAddresses(unpackWord(opFormat, word)).every((address) => address < program.words.length),
      'every successor is a word of the program',
    );
  }
  claim(program.entry < program.words.length && program.entryWithoutWork < program.words.length, 'runs start inside');
  for (const dataSet of module.dataSets) verifyDataSet(module, dataSet, claim);
  verifyAddresses(module, claim);
}

/** Where a word may lead. */
function successorAddresses({ kind, next, end, dwell }: Record<OpFieldName, number>): readonly number[] {
  if (kind === WORD_KIND.stop) return [];
  const isBranch = kind === WORD_KIND.control && bitsOf([dwell % 2 ** 32], 0, 2) === CONTROL_CODE.branch;
  if (isBranch) return [next, next | 1];
  return [next, ...LOOP_DEPTHS.filter((depth) => (end >> depth) % 2 === 1).map((depth) => next | (depth + 1))];
}

function verifyDataSet(module: LegalModule, { name, entry, entries, ...planes }: LegalDataSet, claim: Claim): void {
  const { windows, entryFormat, program, sizes } = module;
  claim(entry < program.words.length, `data set ${name} starts inside the program`);
  claim(entries.length <= windows.work.depth && fits(entries, entryFormat.width), `entries of ${name} fit`);
  const { rowPlanes, columnPlanes } = planes;
  claim(
    rowPlanes.length <= windows.rowPlane.depth && fits(rowPlanes, sizes.rowPlaneLanes),
    `planes of rows of ${name} fit`,
  );
  claim(
    columnPlanes.length <= windows.columnPlane.depth && fits(columnPlanes, sizes.columnPlaneLanes),
    `planes of columns of ${name} fit`,
  );
  for (const lanes of entries) {
    const { row, magnitude } = unpackWord(entryFormat, lanes);
    claim(
      (row < sizes.rows || windows.rowPlane.depth > 0) && magnitude >= 1,
      `entries of ${name} name existing lines and last`,
    );
  }
}

function fits(words: readonly Lanes[], width: number): boolean {
  return words.every((lanes) => fromLanes(lanes) >> BigInt(width) === 0n);
}

/** Registers and windows share one address space. */
function verifyAddresses({ registers, windows }: LegalModule, claim: Claim): void {
  const offsets = registers.map((register) => register.offset);
  claim(new Set(offsets).size === offsets.length, 'registers have addresses of their own');
  const ranges = Object.values<MemoryWindow>({ ...windows })
    .filter(({ depth }) => depth > 0)
    .map((window) => ({ from: window.base, to: window.base + 4 * busWords(window) }));
  const all = [{ from: 0, to: Math.max(...offsets) + 4 }, ...ranges].sort((a, b) => a.from - b.from);
  claim(
    all.every((range, index) => range.to <= (all[index + 1]?.from ?? Infinity)),
    'registers and memories do not overlap',
  );
}
