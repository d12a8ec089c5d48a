/** What must not be in a register map, wherever its registers come from: overlaps, and fields that do not fit. */
import type { Register, RegisterField } from './legal.js';

/** First address after the registers' window. */
const WINDOW_BYTES = 0x1_0000;
const WORD_BITS = 32;

/** Everything that is wrong with `registers`, in words; none for a map that can be built. */
export function registerFaults(registers: readonly Register[]): readonly string[] {
  return [...clashes(registers), ...registers.flatMap((register) => [...faultsOf(register)])];
}

function* clashes(registers: readonly Register[]): Generator<string> {
  const byOffset = new Map<number, string>();
  const names = new Set<string>();
  for (const { name, offset } of registers) {
    const other = byOffset.get(offset);
    if (other !== undefined) yield `${name} and ${other} share address ${String(offset)}`;
    if (names.has(name)) yield `there are two registers ${name}`;
    byOffset.set(offset, name);
    names.add(name);
  }
}

function* faultsOf({ name, offset, fields }: Register): Generator<string> {
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name)) yield `${name} is not a name`;
  if (offset % 4 !== 0 || offset < 0 || offset >= WINDOW_BYTES) yield `${name} is not at a word of the window`;
  if (fields.length === 0) yield `${name} has no field`;
  for (const [index, field] of fields.entries()) yield* fieldFaults(name, field, fields.slice(0, index));
}

/** What is wrong with `field` by itself and beside those before it. */
function* fieldFaults(register: string, field: RegisterField, before: readonly RegisterField[]): Generator<string> {
  const { name, lsb, width, reset } = field;
  const place = `${register}.${name}`;
  if (lsb < 0 || width < 1 || lsb + width > WORD_BITS) yield `${place} does not fit the word`;
  if (!Number.isInteger(reset) || reset < 0 || reset >= 2 ** width) yield `${place} does not hold its reset value`;
  for (const other of before) {
    if (other.name === name) yield `${register} has two fields ${name}`;
    if (lsb < other.lsb + other.width && other.lsb < lsb + width) yield `${place} overlaps ${other.name}`;
  }
}
