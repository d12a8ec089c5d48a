/** Tables that have been read: devices that extend one another share their numbers, and editors ask with every keystroke. */
import type { MeasuredTable, TableFault } from '../../data/measured-table.js';

interface Known {
  readonly bytes: Uint8Array;
  readonly table: MeasuredTable | TableFault;
}

/** Files that are remembered, at most; the oldest goes first. */
const MAX_FILES = 8;

/** Remembers what files of numbers were read as, as long as their bytes are the same. */
export class TableFiles {
  readonly #known = new Map<string, Known>();

  /** What `read` makes of `bytes`; `key` tells files and ways to read them apart. */
  tableOf(key: string, bytes: Uint8Array, read: () => MeasuredTable | TableFault): MeasuredTable | TableFault {
    const known = this.#known.get(key);
    if (known && isSame(known.bytes, bytes)) return known.table;
    const table = read();
    this.#known.delete(key);
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size >= MAX_FILES) this.#known.delete(oldest);
    this.#known.set(key, { bytes, table });
    return table;
  }
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false;
  return true;
}
