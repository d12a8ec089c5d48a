/** Delta debugging: the smallest list that still fails (Zeller and Hildebrandt, IEEE Trans. Softw. Eng. 28, 183, 2002). */

/**
 * A part of `items`, in their order, that `fails` and of which no item can be left out alone; less is done where `fails`
 * takes no more questions and answers false. `items` themselves fail.
 */
export async function minimize<Item>(
  items: readonly Item[],
  fails: (candidate: readonly Item[]) => Promise<boolean>,
): Promise<readonly Item[]> {
  let kept = items;
  let parts = 2;
  while (kept.length > 0) {
    const smaller = await findSmaller(kept, Math.min(parts, kept.length), fails);
    if (smaller) {
      kept = smaller;
      parts = Math.max(2, parts - 1);
    } else if (parts >= kept.length) return kept;
    else parts *= 2;
  }
  return kept;
}

/** `items` without one of so many parts of about the same size; undefined where all parts are needed. */
async function findSmaller<Item>(
  items: readonly Item[],
  parts: number,
  fails: (candidate: readonly Item[]) => Promise<boolean>,
): Promise<readonly Item[] | undefined> {
  for (let part = 0; part < parts; part++) {
    const [first, end] = [part, part + 1].map((at) => Math.floor((at * items.length) / parts));
    const rest = items.filter((_, index) => index < (first ?? 0) || index >= (end ?? 0));
    if (await fails(rest)) return rest;
  }
  return undefined;
}
