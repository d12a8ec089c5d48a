/** Source texts that a page shows: parts of files, or examples of the language that the checker accepts. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isShown } from './compare-output.js';
import type { CheckoutCopy } from './checkout-copy.js';
import { remarksOf, type Block } from './parse-page.js';

/** Why the text of a block is not what the page says it is; undefined where it is. */
export function faultOfText(block: Block, copy: CheckoutCopy): string | undefined {
  const [file] = remarksOf(block, 'from');
  if (file !== undefined) return faultOfPart(block.text, path.join(copy.root, file));
  return block.language === 'ion' ? faultOfExample(block, copy) : undefined;
}

/** The text, `...` for what is left out, has to stand in the file as whole lines. */
function faultOfPart(text: string, file: string): string | undefined {
  if (!existsSync(file)) return `${file} is missing`;
  const lines = readFileSync(file, 'utf8');
  return isShown(`...\n${text}...\n`, `\n${lines}\n`) ? undefined : 'does not stand in the file';
}

/** The text as a file of its own, in the folder of the remark `in`, else in one that is empty. */
function faultOfExample(block: Block, copy: CheckoutCopy): string | undefined {
  const folder = remarksOf(block, 'in')[0] ?? 'build/examples-of-pages';
  mkdirSync(path.join(copy.root, folder), { recursive: true });
  const file = `${folder}/line-${block.line}.ion`;
  writeFileSync(path.join(copy.root, file), block.text);
  const { status, output } = copy.run(`ionloom check ${file}`);
  return status === 0 ? undefined : output;
}
