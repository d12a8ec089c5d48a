/** The order in which inherited declarations are computed: a replaced one may need what stands further down. */
import { DEVICE_CLAUSES } from '../syntax/device.js';
import type { LetClause, ParameterClause } from '../syntax/shared.js';
import { usesOf } from '../syntax/uses.js';

/** `clauses` with those before each that it uses, otherwise in their order; circles stay as they are. */
export function orderByUse<Clause extends ParameterClause | LetClause>(clauses: readonly Clause[]): readonly Clause[] {
  const byName = new Map(clauses.map((clause) => [clause.name.name, clause]));
  const ordered = new Set<Clause>();
  const begun = new Set<Clause>();
  for (const root of clauses) {
    // A stack of its own: chains may be as long as the file.
    const open = [root];
    for (let clause = open.at(-1); clause; clause = open.at(-1)) {
      const missing = begun.has(clause) ? [] : neededBy(clause, byName).filter((needed) => !begun.has(needed));
      begun.add(clause);
      if (missing.length > 0) open.push(...missing.reverse());
      else {
        ordered.add(clause);
        open.pop();
      }
    }
  }
  return [...ordered];
}

function neededBy<Clause extends object>(clause: Clause, byName: ReadonlyMap<string, Clause>): Clause[] {
  return [...usesOf(DEVICE_CLAUSES, [clause])].flatMap(({ name }) => byName.get(name) ?? []);
}
