/**
 * Fenced blocks of a page of the documentation, and the remarks about them that readers do not see. A remark is a
 * comment of its own right above the fence, `<!-- key: value -->`; CONTRIBUTING.md says what the keys mean.
 */

/** Keys of remarks, each with what its value is. */
export const REMARKS = ['from', 'in', 'status', 'needs', 'not run'] as const;

export type RemarkKey = (typeof REMARKS)[number];

export interface Remark {
  readonly key: RemarkKey;
  readonly value: string;
}

export interface Block {
  /** Path of the page from the checkout's root. */
  readonly page: string;
  /** Line of the fence, counted from 1. */
  readonly line: number;
  /** The word behind the opening fence; empty where there is none. */
  readonly language: string;
  readonly remarks: readonly Remark[];
  readonly text: string;
}

/** Blocks of a page from top to bottom; throws where a remark is misspelled or a fence stays open. */
export function parsePage(page: string, text: string): readonly Block[] {
  const lines = text.split('\n');
  const blocks: Block[] = [];
  for (let first = 0; first < lines.length; first++) {
    const fence = /^```(\S*)$/.exec(lines[first]!);
    if (fence === null) continue;
    const last = lines.indexOf('```', first + 1);
    if (last < 0) throw new Error(`${page}:${first + 1}: the block does not end`);
    const body = lines.slice(first + 1, last).map((line) => `${line}\n`);
    const remarks = remarksAbove(page, lines, first);
    blocks.push({ page, line: first + 1, language: fence[1]!, remarks, text: body.join('') });
    first = last;
  }
  return blocks;
}

function remarksAbove(page: string, lines: readonly string[], fence: number): readonly Remark[] {
  const remarks: Remark[] = [];
  for (let index = fence - 1; index >= 0 && lines[index]!.startsWith('<!--'); index--) {
    const [, key = '', value = ''] = /^<!-- ([a-z ]+): (.+) -->$/.exec(lines[index]!) ?? [];
    const known = REMARKS.find((name) => name === key);
    if (known === undefined) throw new Error(`${page}:${index + 1}: no remark on a block: ${lines[index]!}`);
    remarks.unshift({ key: known, value });
  }
  return remarks;
}

/** Values of the remarks with this key. */
export function remarksOf(block: Block, key: RemarkKey): readonly string[] {
  return block.remarks.filter((remark) => remark.key === key).map(({ value }) => value);
}
