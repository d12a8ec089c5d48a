/** File names for things that users name: lower case, dashed, unique without regard to case. */

/** `names` in order as file names without extension. */
export function fileNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const base = dashed(name);
    let candidate = base;
    for (let copy = 2; taken.has(candidate); copy++) candidate = `${base}-${String(copy)}`;
    taken.add(candidate);
    return candidate;
  });
}

/** `yszEcram` as `ysz-ecram`; whatever is not a letter or digit becomes a dash. */
function dashed(name: string): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return words === '' ? 'unnamed' : words;
}
