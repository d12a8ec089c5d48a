/** Explicit lists of connections: one `pre,post` a line, blank lines and `#` comments apart. */

/** Indices of neurons before and behind, pairwise. */
export interface IndexPairs {
  readonly kind: 'pairs';
  readonly pre: readonly number[];
  readonly post: readonly number[];
}

/** Why a text is no list of pairs. */
export interface PairFault {
  readonly kind: 'pair-fault';
  /** Counted from 1; 0 where the whole text is meant. */
  readonly line: number;
  /** In words for a message: lower case, no full stop. */
  readonly reason: string;
}

/** Exclusive bounds of the indices. */
export interface PairLimits {
  readonly preSize: number;
  readonly postSize: number;
}

const PAIR = /^(\d+)\s*[,;\t ]\s*(\d+)$/;

/** The pairs in `bytes`, every index below its bound; never throws. */
export function readIndexPairs(bytes: Uint8Array, { preSize, postSize }: PairLimits): IndexPairs | PairFault {
  const text = decode(bytes);
  if (text === undefined) return { kind: 'pair-fault', line: 0, reason: 'it is not text' };
  const pre: number[] = [];
  const post: number[] = [];
  for (const [index, row] of text.split('\n').entries()) {
    const content = row.replace(/#.*/, '').trim();
    if (content === '') continue;
    const [, first, second] = PAIR.exec(content) ?? [];
    if (first === undefined || second === undefined) {
      return { kind: 'pair-fault', line: index + 1, reason: `expected \`pre,post\`, found ${shown(content)}` };
    }
    const reason =
      beyond(first, { what: 'neuron before', size: preSize }) ??
      beyond(second, { what: 'neuron behind', size: postSize });
    if (reason !== undefined) return { kind: 'pair-fault', line: index + 1, reason };
    pre.push(Number(first));
    post.push(Number(second));
  }
  if (pre.length === 0) return { kind: 'pair-fault', line: 0, reason: 'it lists no pairs' };
  return { kind: 'pairs', pre, post };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function beyond(digits: string, { what, size }: { readonly what: string; readonly size: number }): string | undefined {
  if (Number(digits) < size) return undefined;
  return `${what} ${digits} does not exist; there are ${size}, counted from 0`;
}

function shown(content: string): string {
  return JSON.stringify(content.length > 40 ? `${content.slice(0, 40)}…` : content);
}
