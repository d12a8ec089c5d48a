/**
 * Long lists of numbers in equations, which are measured tables. Equations hold them by reference, and texts give them
 * a name instead of repeating them.
 */

/** Numbers from which on a list has a name. */
const MIN_LENGTH = 64;

/** Whether `value` is a list of numbers that texts name. */
export function isLongList(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length >= MIN_LENGTH && typeof value[0] === 'number';
}

const identities = new WeakMap<readonly number[], string>();
let count = 0;

/** A name of this very list for as long as the process runs; no name of a device has a blank. */
export function identityOf(list: readonly number[]): string {
  let identity = identities.get(list);
  if (identity === undefined) {
    identity = `list ${String(count++)}`;
    identities.set(list, identity);
  }
  return identity;
}

/** The long lists in plain data, each once, in the order in which they are met. */
export function longListsIn(data: unknown): readonly (readonly number[])[] {
  const found = new Set<readonly number[]>();
  const visit = (value: unknown): void => {
    if (isLongList(value)) found.add(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  visit(data);
  return [...found];
}

/** A text of plain data for comparison within this process: equal texts mean equal data with the same long lists. */
export function comparisonText(data: unknown): string {
  return JSON.stringify(data, (_, value: unknown) => (isLongList(value) ? identityOf(value) : value));
}
