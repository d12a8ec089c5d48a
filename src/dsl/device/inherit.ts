/** `extends`: the clauses of a device together with those of the devices that it extends. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import type { CheckContext, Scope } from '../check/scope.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { DeviceClause, DeviceItem } from '../syntax/device.js';
import type { Identifier } from '../syntax/nodes.js';
import type { ParameterClause } from '../syntax/shared.js';
import type { FileScopes } from './device-context.js';

/** What finding the devices that others extend needs. */
export interface DeviceSurroundings extends CheckContext {
  /** The file of the declaration. */
  readonly file: string;
  /** The declaration called `name`; undefined after reporting. */
  readonly declarationOf: (name: Identifier, kind: 'device') => PlacedDevice | undefined;
  /** What it means; undefined where it has mistakes, which have been reported. */
  readonly find: (name: Identifier, kind: 'device') => object | undefined;
}

/** A device with the names of its file. */
export interface PlacedDevice {
  readonly declaration: DeviceItem;
  readonly context: DeviceSurroundings;
}

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
  const files = new Map<string, Scope>(line.map(({ context: { file, scope } }) => [file, scope]));
  return { clauses, files, replaced };
}

/** The device and those that it extends, the nearest first; undefined after reporting. */
function lineOf(item: DeviceItem, context: DeviceSurroundings): readonly PlacedDevice[] | undefined {
  const line: PlacedDevice[] = [{ declaration: item, context }];
  const seen = new Set([item]);
  for (let last = line[0]; last?.declaration.base; last = line.at(-1)) {
    const { base } = last.declaration;
    const next = last.context.declarationOf(base, 'device');
    if (!next) return undefined;
    if (seen.has(next.declaration)) {
      reportCycle(
        line.slice(line.findIndex(({ declaration }) => declaration === next.declaration)),
        context.diagnostics,
      );
      return undefined;
    }
    seen.add(next.declaration);
    line.push(next);
  }
  return line;
}

/** Every device of a circle finds it; told from the first of them, all reports are one. */
function reportCycle(circle: readonly PlacedDevice[], diagnostics: DiagnosticBag): void {
  const devices = circle.map(({ declaration }) => declaration);
  const isBefore = (left: DeviceItem, right: DeviceItem): boolean =>
    left.span.file === right.span.file
      ? left.span.start.offset < right.span.start.offset
      : left.span.file < right.span.file;
  const first = devices.reduce((earliest, device) => (isBefore(device, earliest) ? device : earliest));
  const start = devices.indexOf(first);
  const chain = [...devices.slice(start), ...devices.slice(0, start), first].map(({ name }) => name.name);
  diagnostics.report(DSL_CATALOGUE, 'device-cycle', { chain }, { span: first.base?.span });
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
  if ('name' in before && 'name' in after && before.kind !== after.kind) {
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
