/** The names that a device declares: each once, none reserved, none useless. */
import { clausesOf, reportDuplicates } from '../check/check-clauses.js';
import { namesUsedIn, reportShadowedNames, reportUnusedNames, type DeclaredName } from '../check/check-names.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { isLibraryFile } from '../standard-library.js';
import { DEVICE_CLAUSES, type DeviceClause, type DeviceItem } from '../syntax/device.js';
import type { DeviceContext } from './device-context.js';
import { RESERVED_NAMES } from './device-scope.js';

/** What declares a name that equations see, in words. */
const DECLARING: Readonly<Partial<Record<DeviceClause['kind'], string>>> = {
  parameter: 'parameter',
  let: 'value',
  spread: 'spread',
  table: 'table',
  modulator: 'modulator',
  state: 'state',
};

/** Names of equations with the clauses that declare them. */
function declaredBy(clauses: readonly DeviceClause[]): (DeclaredName & { readonly kind: DeviceClause['kind'] })[] {
  return clauses.flatMap((clause) => {
    const what = DECLARING[clause.kind];
    return what !== undefined && 'name' in clause ? [{ name: clause.name, what, kind: clause.kind }] : [];
  });
}

/** Reports names that are declared twice or reserved; windows, ratings and shares have names of their own. */
export function checkDeclaredNames(clauses: readonly DeviceClause[], { diagnostics }: DeviceContext): void {
  const declared = declaredBy(clauses);
  for (const { name, kind } of declared) {
    const meaning = RESERVED_NAMES.get(name.name);
    // The temperature of the array may be declared to give it a range.
    if (meaning === undefined || (kind === 'modulator' && name.name === 'temperature')) continue;
    diagnostics.report(DSL_CATALOGUE, 'reserved-name', { name: name.name, meaning }, { span: name.span });
  }
  const terms = [...clausesOf(clauses, 'energy'), ...clausesOf(clauses, 'power')];
  for (const names of [
    declared.map(({ name }) => name),
    clausesOf(clauses, 'window').map(({ name }) => name),
    clausesOf(clauses, 'maximum').map(({ quantity }) => quantity),
    terms.flatMap(({ term }) => term ?? []),
  ]) {
    reportDuplicates(names, diagnostics);
  }
}

/**
 * Warns of names that the device itself declares and that neither it nor what it inherits uses, or that hide a
 * parameter of the file. States count as used. Nobody can mend the standard library on the way.
 */
export function warnOfNames(item: DeviceItem, clauses: readonly DeviceClause[], device: DeviceContext): void {
  if (isLibraryFile(item.span.file)) return;
  const own = declaredBy(item.body.clauses);
  const used = namesUsedIn(DEVICE_CLAUSES, clauses);
  reportUnusedNames(
    own.filter(({ kind }) => kind !== 'state'),
    used,
    device.diagnostics,
  );
  reportShadowedNames(own, device.ground, device.diagnostics);
}
