/** `extends`: the clauses of a device together with those of the devices that it extends. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import type { Scope } from '../check/scope.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { DeviceClause, DeviceItem } from '../syntax/device.js';
import type { ParameterClause } from '../syntax/shared.js';
import type { FileScopes } from './device-context.js';
import { lineOf, type DeviceSurroundings } from './lineage.js';

/** All clauses of a device, its own and the inherited ones that it does not replace. */
export interface Inheritance {
  readonly clauses: readonly DeviceClause[];
  readonly files: FileScopes;
  /** Parameters with another value than that of the device they come from: the new clause -> the old one. */
  readonly replaced: ReadonlyMap<ParameterClause, ParameterClause>;
}

/** The clauses of `item`; undefined after reporting, here or where the extended device is lowered. */
export function inherit(item: DeviceItem, context: DeviceSurroundings): Inheritance | undefined {
  const line = lineOf(item, context);
  if (!line || (item.base && !context.find(item.base, 'device'))) return undefined;
  const replaced = new Map<ParameterClause, ParameterClause>();
  const clauses = line.reduceRight<readonly DeviceClause[]>(
    (inherited, { declaration }) =>
      merge(inherited, declaration.body.clauses, { replaced, diagnostics: context.diagnostics }),
    [],
  );
  if (!chargeClauses(clauses.length - item.body.clauses.length, item, context)) return undefined;
  const files = new Map<string, Scope>(line.map(({ context: { file, scope } }) => [file, scope]));
  return { clauses, files, replaced };
}

/** Clauses that all devices of a command take over together: each is checked anew, so that few lines could ask for any work. */
const MAX_INHERITED = 10_000;

const inheritedClauses = new WeakMap<DiagnosticBag, number>();

function chargeClauses(count: number, { base }: DeviceItem, { diagnostics }: DeviceSurroundings): boolean {
  const before = inheritedClauses.get(diagnostics) ?? 0;
  const after = before + Math.max(0, count);
  inheritedClauses.set(diagnostics, after);
  if (after <= MAX_INHERITED) return true;
  const params = { reason: `more than ${String(MAX_INHERITED)} clauses are taken over in all` };
  if (before <= MAX_INHERITED) diagnostics.report(DSL_CATALOGUE, 'extension-limit', params, { span: base?.span });
  return false;
}

interface Merging {
  readonly replaced: Map<ParameterClause, ParameterClause>;
  readonly diagnostics: DiagnosticBag;
}

/** A clause of a key takes the place of those that are inherited under it; clauses without a key add up. */
function merge(
  inherited: readonly DeviceClause[],
  own: readonly DeviceClause[],
  merging: Merging,
): readonly DeviceClause[] {
  const byKey = groupByKey(own);
  const isWhole = { energy: byKey.has('energy'), power: byKey.has('power') };
  const placed = new Set<DeviceClause>();
  const kept = inherited.flatMap((clause): readonly DeviceClause[] => {
    if ((clause.kind === 'energy' || clause.kind === 'power') && splitsOtherwise(clause, own, isWhole)) return [];
    const key = keyOf(clause);
    const successors = key === undefined ? undefined : byKey.get(key);
    if (!successors) return [clause];
    const fresh = successors.filter((successor) => !placed.has(successor));
    for (const successor of fresh) placed.add(successor);
    return fresh.map((successor) => succeed(clause, successor, merging));
  });
  return [...kept, ...own.filter((clause) => !placed.has(clause))];
}

function groupByKey(clauses: readonly DeviceClause[]): ReadonlyMap<string, readonly DeviceClause[]> {
  const byKey = new Map<string, DeviceClause[]>();
  for (const clause of clauses) {
    const key = keyOf(clause);
    if (key !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), clause]);
  }
  return byKey;
}

/** One `energy` without a name replaces all shares, and shares replace the one without a name. */
function splitsOtherwise(
  { kind, term }: DeviceClause & { readonly kind: 'energy' | 'power' },
  own: readonly DeviceClause[],
  isWhole: Readonly<Record<'energy' | 'power', boolean>>,
): boolean {
  if (term) return isWhole[kind];
  return own.some((clause) => clause.kind === kind);
}

/** What names a clause among those of a device: two of one key are one clause with another content. */
function keyOf(clause: DeviceClause): string | undefined {
  switch (clause.kind) {
    case 'parameter':
    case 'let':
    case 'spread':
    case 'table':
    case 'modulator':
    case 'state':
      return `name ${clause.name.name}`;
    case 'window':
      return `window ${clause.name.name}`;
    case 'evolve':
      return `evolve ${clause.state.name}`;
    case 'energy':
    case 'power':
      return clause.term ? `${clause.kind} ${clause.term.name}` : clause.kind;
    case 'maximum':
      return `maximum ${clause.quantity.name}`;
    case 'invariant':
      return undefined;
    default:
      return clause.kind;
  }
}

/** The clause that stands where `before` stood; a parameter keeps its unit, range and spread unless it says others. */
function succeed(before: DeviceClause, after: DeviceClause, { replaced, diagnostics }: Merging): DeviceClause {
  if ('name' in before && 'name' in after && before.kind !== after.kind && !areFunctions(before, after)) {
    const related = [{ message: 'first declared here', span: before.name.span }];
    const { name, span } = after.name;
    diagnostics.report(DSL_CATALOGUE, 'duplicate-name', { name }, { span, related });
  }
  if (before.kind !== 'parameter' || after.kind !== 'parameter') return after;
  const merged: ParameterClause = {
    ...(before.unit && { unit: before.unit }),
    ...(before.range && { range: before.range }),
    ...(before.distribution && { distribution: before.distribution }),
    ...(before.per && { per: before.per }),
    ...after,
  };
  replaced.set(merged, replaced.get(before) ?? before);
  return merged;
}

/** A measured table may take the place of a function that is computed, and the other way round. */
function areFunctions(...clauses: readonly DeviceClause[]): boolean {
  return clauses.every(
    (clause) => clause.kind === 'table' || (clause.kind === 'let' && clause.parameters !== undefined),
  );
}
