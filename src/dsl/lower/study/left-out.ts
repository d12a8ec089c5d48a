/**
 * What a network lacks because a mistake in it has been reported. Experiments that name such a part are not told that
 * it does not exist: the mistake is somewhere else.
 */
import type { ModuleClause, ProjectionClause } from '../../syntax/network.js';
import { projectionsOf, type StudiedNetwork } from './studied-network.js';

const remembered = new WeakMap<StudiedNetwork, ReadonlySet<string>>();

/** Names of populations, instances and projections that are declared, but not or not wholly understood. */
export function leftOutOf(network: StudiedNetwork): ReadonlySet<string> {
  const known = remembered.get(network) ?? new Set([...missingParts(network), ...missingProjections(network)]);
  remembered.set(network, known);
  return known;
}

/** Whether the part that a name with dots begins with was left out. */
export function isLeftOut(name: string, network: StudiedNetwork): boolean {
  const [first = ''] = name.split('.');
  return leftOutOf(network).has(first);
}

function* missingParts({ parts }: StudiedNetwork): Generator<string> {
  for (const known of [parts.populations, parts.inputs, parts.instances]) {
    for (const [name, part] of known) if (part === undefined) yield name;
  }
}

/** Projections without a name count as well; no name of an experiment is like that of theirs. */
function* missingProjections({ root, declaration }: StudiedNetwork): Generator<string> {
  const understood = new Map([...projectionsOf(root.wiring)].map((projection) => [projection.origin, projection]));
  for (const { name, span, device, body } of projectionClauses(declaration.declaration.body.clauses)) {
    const projection = understood.get(span);
    const rules = body?.clauses.filter(({ kind }) => kind === 'learn').length ?? 0;
    const isWhole =
      projection?.learning.length === rules && (projection.device !== undefined) === (device !== undefined);
    if (!isWhole) yield name?.name ?? '';
  }
}

function projectionClauses(clauses: readonly ModuleClause[]): ProjectionClause[] {
  return clauses.flatMap((clause) => {
    if (clause.kind === 'for') return projectionClauses(clause.body.clauses);
    return clause.kind === 'projection' ? [clause] : [];
  });
}
