/** Widths of texts in a drawing, from a table: measuring would depend on the fonts of the machine. */

/** Advance widths of DejaVu Sans, one of the widest of the usual fonts [em]; texts in other fonts need less room. */
const CLASSES: readonly (readonly [characters: RegExp, em: number])[] = [
  [/[ijlI|'.,:;!]/, 0.34],
  [/[ frt()[\]-]/, 0.4],
  [/[mMwW@%]/, 0.97],
  [/[A-Z]/, 0.69],
];
const USUAL = 0.64;

/** Width of `text` in a font of `size` pixels [px]. */
export function textWidth(text: string, size: number): number {
  const ems = Array.from(text, (character) => CLASSES.find(([pattern]) => pattern.test(character))?.[1] ?? USUAL);
  return Math.ceil(ems.reduce((sum, em) => sum + em, 0) * size);
}
