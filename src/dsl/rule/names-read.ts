/** Which names of a rule its equations read, and which its handlers change. */
import type { RuleClause } from '../syntax/rule.js';
import { RULE_CLAUSES } from '../syntax/rule.js';
import { STATEMENTS, type Statement } from '../syntax/shared.js';
import { usesInExpression, usesOf } from '../syntax/uses.js';

/** Names by what happens to them. */
export interface NamesRead {
  readonly used: ReadonlySet<string>;
  readonly assigned: ReadonlySet<string>;
}

/** What the clauses of a rule read and change; what only feeds a trace back to itself does not count as reading it. */
export function namesRead(clauses: readonly RuleClause[]): NamesRead {
  const used = new Set<string>();
  const assigned = new Set<string>();
  const readBy = (names: Iterable<{ readonly name: string }>, target?: string) => {
    for (const { name } of names) if (name !== target) used.add(name);
  };
  const visit = (statement: Statement): void => {
    switch (statement.kind) {
      case 'assign':
        assigned.add(statement.target.name);
        readBy(usesInExpression(statement.value), statement.target.name);
        break;
      case 'if':
        readBy(usesInExpression(statement.condition));
        for (const block of [statement.whenTrue, statement.whenFalse]) block?.clauses.forEach(visit);
        break;
      case 'local':
        readBy(usesOf(STATEMENTS, [statement]));
    }
  };
  for (const clause of clauses) {
    if (clause.kind === 'evolve') readBy(usesInExpression(clause.rate), clause.state.name);
    else if (clause.kind === 'on-event' || clause.kind === 'every') {
      if (clause.condition) readBy(usesInExpression(clause.condition));
      // A modulator that is an event has its use.
      if (clause.kind === 'on-event') used.add(clause.event.name);
      clause.body.clauses.forEach(visit);
    } else readBy(usesOf(RULE_CLAUSES, [clause]));
  }
  return { used, assigned };
}
