/** What tells two sweeps apart, in words. */
import type { SweepOrder } from '../sweep/sweep-plan.js';

/** How `found`, which a folder has, differs from `wanted`. */
export function planDifference(found: SweepOrder, wanted: SweepOrder): string {
  const isOther = (part: (order: SweepOrder) => unknown): boolean =>
    JSON.stringify(part(found)) !== JSON.stringify(part(wanted));
  const parts = [
    ...(found.version === wanted.version ? [] : [`it is of ionloom ${found.version}`]),
    ...(isOther(({ vary }) => vary) ? [`it varies ${variedText(found)}`] : []),
    ...(isOther(({ set }) => set)
      ? [`it has ${found.set.map((pair) => pair.join('=')).join(', ') || 'nothing'} set`]
      : []),
    ...(found.experiment === wanted.experiment ? [] : [`it runs ${found.experiment ?? 'all experiments'}`]),
    ...(found.seed === wanted.seed && found.seeds === wanted.seeds ? [] : [seedsText(found)]),
    ...changedFiles(found, wanted),
  ];
  return parts.join('; ');
}

function variedText({ vary }: SweepOrder): string {
  return vary.map(({ name, values }) => `${name}=${values.join(',')}`).join(' ') || 'nothing';
}

function seedsText({ seed, seeds }: SweepOrder): string {
  const from = seed === undefined ? '' : ` from ${String(seed)}`;
  return seeds === undefined ? `it has the seeds of the file${from}` : `it has ${String(seeds)} seeds${from}`;
}

function changedFiles(found: SweepOrder, wanted: SweepOrder): readonly string[] {
  const before = new Map(found.files.map(({ path, sha256 }) => [path, sha256]));
  const now = new Map(wanted.files.map(({ path, sha256 }) => [path, sha256]));
  const changed = [...new Set([...before.keys(), ...now.keys()])].filter((path) => before.get(path) !== now.get(path));
  return changed.length === 0 ? [] : [`since then ${changed.map((path) => `\`${path}\``).join(', ')} changed`];
}
