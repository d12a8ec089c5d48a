/**
 * Files with flipped bits, cut ends, renamed and retyped parts: each ends in a diagnosis or a clean import. The number of
 * files is IONLOOM_NIR_DAMAGED, 30 where nothing is said.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { formatSource } from '../../../src/dsl/format.js';
import { readHdf5, writeHdf5 } from '../../../src/data/hdf5.js';
import type { Hdf5Group, Hdf5Item } from '../../../src/data/hdf5-tree.js';
import { NIR_LIMITS } from '../../../src/nir/read-graph.js';
import { graphTree } from '../../../src/nir/write-graph.js';
import { arbitraryNir } from '../../support/arbitrary-nir.js';
import { importTree } from '../../support/nir-trees.js';
import { randomNumbers } from '../../support/nir-damage.js';

const COUNT = Number(process.env['IONLOOM_NIR_DAMAGED'] ?? 30);
const trees = fc.sample(arbitraryNir, { numRuns: COUNT, seed: 7 }).map(graphTree);

/** What the import of a tree ends in: a description, or the codes of why there is none. */
function endOf(root: Hdf5Group): string {
  const { network, codes } = importTree(root, { time: { unit: 's' } });
  if (!network) return codes.find((code) => /^nir\//.test(code)) ?? 'silence';
  return formatSource('net.ion', network.text, new DiagnosticBag()) === undefined ? 'malformed text' : 'import';
}

function tally(ends: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const end of ends) counts.set(end, (counts.get(end) ?? 0) + 1);
  return counts;
}

it(`survives ${COUNT} files of damaged bytes`, { timeout: 60_000 + 2000 * COUNT }, async () => {
  const ends: string[] = [];
  for (const [index, tree] of trees.entries()) {
    const draw = randomNumbers(index);
    const written = await writeHdf5(tree);
    if (!(written instanceof Uint8Array)) throw new Error(written.reason);
    let bytes = Uint8Array.from(written);
    if (index % 3 === 0) bytes = bytes.slice(0, draw(bytes.length));
    else {
      for (let flips = 1 + draw(20); flips > 0; flips--) {
        // Half of them where the library keeps its own records
        const at = draw(2) === 0 ? draw(bytes.length) : draw(Math.min(bytes.length, 4096));
        bytes[at] = (bytes[at] ?? 0) ^ (1 << draw(8));
      }
    }
    const root = await readHdf5(bytes, { ...NIR_LIMITS, seconds: 3 });
    ends.push(root.kind === 'data-fault' ? 'nir/unreadable-file' : endOf(root));
    if (root.kind === 'data-fault') expect(root.reason).not.toBe('');
  }
  const counts = tally(ends);
  if (process.env['IONLOOM_NIR_DAMAGED'] !== undefined) console.log(counts);
  expect([...counts.keys()].filter((end) => !/^nir\/|^import$/.test(end))).toEqual([]);
  expect(counts.get('nir/unreadable-file')).toBeGreaterThan(0);
});

it(`survives ${COUNT} files of renamed and retyped parts`, { timeout: 60_000 + 500 * COUNT }, () => {
  const ends = trees.map((tree, index) => {
    const draw = randomNumbers(1000 + index);
    let damaged: Hdf5Item = tree;
    for (let times = 1 + draw(3); times > 0; times--) damaged = damage(damaged, draw, 0);
    return damaged.kind === 'group' ? endOf(damaged) : 'import';
  });
  const counts = tally(ends);
  if (process.env['IONLOOM_NIR_DAMAGED'] !== undefined) console.log(counts);
  expect([...counts.keys()].filter((end) => !/^nir\/|^import$/.test(end))).toEqual([]);
  expect(counts.size).toBeGreaterThan(3);
});

/** The item with one change somewhere below it. */
function damage(item: Hdf5Item, draw: (limit: number) => number, depth: number): Hdf5Item {
  if (item.kind !== 'group') return retyped(item, draw);
  const entries = [...item.items];
  const at = draw(entries.length || 1);
  const [name, inner] = entries[at] ?? [];
  if (name === undefined || inner === undefined) return item;
  const choice = depth < 2 || draw(4) > 0 ? 'inside' : (['gone', 'renamed', 'twice'][draw(3)] ?? 'gone');
  const changed = entries.flatMap(([key, value], index): [string, Hdf5Item][] => {
    if (index !== at) return [[key, value]];
    if (choice === 'gone') return [];
    if (choice === 'renamed') return [[`${key}x`, value]];
    if (choice === 'twice') return [[key, value], [`${key}/`, value]]; // prettier-ignore
    return [[key, damage(value, draw, depth + 1)]];
  });
  return { kind: 'group', items: new Map(changed) };
}

function retyped(item: Exclude<Hdf5Item, Hdf5Group>, draw: (limit: number) => number): Hdf5Item {
  const strange = [NaN, Infinity, -1, 0, 1e300, -5e-324, 2 ** 31, 2 ** 53];
  const value = strange[draw(strange.length)] ?? NaN;
  switch (draw(6)) {
    case 0:
      return { kind: 'text', shape: [], values: ['LIF'] };
    case 1:
      return { kind: 'array', shape: [], values: Float64Array.of(value) };
    case 2:
      return { kind: 'unread', reason: 'it is empty' };
    case 3:
      return { kind: 'group', items: new Map() };
    case 4:
      return item.kind === 'array' ? { ...item, shape: [...item.shape, 1] } : { kind: 'text', shape: [0], values: [] };
    default:
      return { kind: 'array', shape: [2], values: Float64Array.of(value, 1) };
  }
}
