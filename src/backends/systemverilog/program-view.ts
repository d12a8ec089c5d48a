/** View of a frozen program: its words as items of a case statement over the address. */
import type { LegalModule } from '../../ir/legal.js';
import { fromLanes } from '../../ir/word-format.js';
import { sourceName } from './comment-text.js';
import type { ProgramView } from './views.js';

/** Name of the module that holds the program of `module`. */
export function programModule({ name }: Pick<LegalModule, 'name'>): string {
  return `${name}_program`;
}

/** The words of `module` that are not zero. */
export function programView(module: LegalModule): ProgramView {
  const { program, sizes, opFormat } = module;
  const items = program.words.flatMap((lanes, address) => {
    const word = fromLanes(lanes);
    if (word === 0n) return [];
    const at = hexadecimal(BigInt(address), sizes.addressBits);
    return [{ text: `${at}: word = ${hexadecimal(word, opFormat.width)};` }];
  });
  return {
    source: sourceName(module.source),
    top: module.name,
    name: programModule(module),
    addressMsb: sizes.addressBits - 1,
    wordMsb: opFormat.width - 1,
    words: items,
  };
}

/** A sized literal with its digits in fours: `72'h01_2345_6789_0123_4567`. */
function hexadecimal(value: bigint, width: number): string {
  const digits = value.toString(16).padStart(Math.ceil(width / 4), '0');
  return `${String(width)}'h${digits.replace(/(?<=.)(?=(?:.{4})+$)/g, '_')}`;
}
