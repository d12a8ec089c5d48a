/** What the compiler uses of `node:path`, for the names of files here: forward slashes, no drives. */

const sep = '/';

function isAbsolute(path: string): boolean {
  return path.startsWith(sep);
}

/** Without `.`, `..` and double slashes where they can be left out. */
function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split(sep)) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!isAbsolute(path)) parts.push(part);
  }
  const joined = parts.join(sep);
  return isAbsolute(path) ? sep + joined : joined || '.';
}

function join(...parts: readonly string[]): string {
  return normalize(parts.filter((part) => part !== '').join(sep));
}

function dirname(path: string): string {
  const end = path.lastIndexOf(sep);
  if (end < 0) return '.';
  return end === 0 ? sep : path.slice(0, end);
}

function basename(path: string, ending = ''): string {
  const name = path.slice(path.lastIndexOf(sep) + 1);
  return ending !== '' && name !== ending && name.endsWith(ending) ? name.slice(0, -ending.length) : name;
}

function extname(path: string): string {
  const name = basename(path);
  return name === '..' ? '' : (/[^/](\.[^./]*)$/.exec(name)?.[1] ?? '');
}

/** The way from folder `from` to `to`, both seen from the same place. */
function relative(from: string, to: string): string {
  const split = (path: string): string[] =>
    normalize(path)
      .split(sep)
      .filter((part) => part !== '' && part !== '.');
  const [origin, target] = [split(from), split(to)];
  let shared = 0;
  while (shared < origin.length && origin[shared] === target[shared]) shared++;
  return [...origin.slice(shared).map(() => '..'), ...target.slice(shared)].join(sep);
}

const path = { basename, dirname, extname, isAbsolute, join, normalize, relative, sep };

export { basename, dirname, extname, isAbsolute, join, normalize, relative, sep };
// eslint-disable-next-line no-restricted-syntax -- as `node:path` is imported
export default path;
