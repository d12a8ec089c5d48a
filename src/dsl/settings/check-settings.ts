/** `{ tau = 20 ms, threshold = 1 }` against the table of what can be set. */
import { invariant } from '../../core/invariant.js';
import { nearestName } from '../../core/nearest.js';
import type { Span } from '../../core/span.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { reportDuplicates } from '../check/check-clauses.js';
import { checkConstant, checkInteger } from '../check/check-constant.js';
import { quantityText } from '../check/quantity-text.js';
import type { CheckContext } from '../check/scope.js';
import type { Block, Identifier } from '../syntax/nodes.js';
import type { SettingClause } from '../syntax/shared.js';
import type { Setting } from './setting-table.js';

/** A setting with its value in SI units; `origin` is where it is given, or what is set by default. */
export interface CheckedSetting {
  readonly name: string;
  readonly value: number;
  readonly origin: Span;
}

/** What is set, and what for in words for messages: `` `lif` ``. */
export interface SettingOwner {
  readonly what: string;
  readonly table: readonly Setting[];
  /** Settings that are no numbers; whoever asks reads them himself. */
  readonly words?: readonly string[];
}

/** The settings that are given, in the order of the table; those that do not exist are reported. */
export function checkSettings(
  given: Block<SettingClause> | undefined,
  owner: SettingOwner,
  context: CheckContext,
): CheckedSetting[] {
  const clauses = given?.clauses ?? [];
  checkSettingNames(
    clauses.map(({ name }) => name),
    owner,
    context,
  );
  return checkSettingValues(clauses, owner, context);
}

/** Reports names that are given twice, and those that do not exist. */
export function checkSettingNames(names: readonly Identifier[], owner: SettingOwner, context: CheckContext): void {
  reportDuplicates(names, context.diagnostics);
  const known = new Set(namesOf(owner));
  for (const name of names) if (!known.has(name.name)) reportUnknown(name, owner, context);
}

/** The settings that are given, in the order of the table; names that it does not have are left out. */
export function checkSettingValues(
  clauses: readonly Pick<SettingClause, 'name' | 'value'>[],
  { table }: SettingOwner,
  context: CheckContext,
): CheckedSetting[] {
  // Of two with one name the first counts
  const byName = new Map(clauses.toReversed().map((clause) => [clause.name.name, clause]));
  return table.flatMap((setting) => {
    const clause = byName.get(setting.name);
    return clause ? [checkSetting(clause, setting, context)] : [];
  });
}

/** All settings of the table that have a value: those given, and the others at their defaults. */
export function settingsWithDefaults(
  given: readonly CheckedSetting[],
  table: readonly Setting[],
  origin: Span,
): CheckedSetting[] {
  const byName = new Map(given.map((checked) => [checked.name, checked]));
  return table.flatMap(({ name, byDefault }) => {
    const checked = byName.get(name);
    if (checked) return [checked];
    return byDefault === undefined ? [] : [{ name, value: byDefault, origin }];
  });
}

function namesOf({ table, words = [] }: SettingOwner): readonly string[] {
  return [...table.map(({ name }) => name), ...words];
}

function reportUnknown({ name, span }: Identifier, owner: SettingOwner, { diagnostics }: CheckContext): void {
  const known = namesOf(owner);
  const params = { what: `setting of ${owner.what}`, word: name, known, nearest: nearestName(name, known) };
  diagnostics.report(DSL_CATALOGUE, 'unknown-word', params, { span });
}

function checkSetting(
  { name, value: node }: Pick<SettingClause, 'name' | 'value'>,
  setting: Setting,
  context: CheckContext,
): CheckedSetting {
  const what = `\`${name.name}\``;
  const { dimension } = setting;
  const value = setting.isInteger
    ? checkInteger(node, { what, dimension, ...integerLimits(setting) }, context)
    : checkConstant(node, { what, dimension }, context);
  const checked = { name: name.name, value, origin: node.span };
  reportOutside(checked, { setting, what }, context);
  return checked;
}

function integerLimits({ low, high }: Setting): { readonly min: number; readonly max: number } {
  invariant(typeof low === 'number' && high !== undefined, 'integer settings have bounds');
  return { min: low, max: high };
}

/** Reports a value outside the bounds of its setting. */
export function reportOutside(
  { value, origin }: CheckedSetting,
  { setting, what }: { readonly setting: Setting; readonly what: string },
  { diagnostics }: Pick<CheckContext, 'diagnostics'>,
): void {
  const { low, high, symbol } = setting;
  const isTooLow = low !== undefined && (low === 'positive' ? value <= 0 : value < low);
  if (!isTooLow && !(high !== undefined && value > high)) return;
  const params = { what, expected: boundsText(setting), found: quantityText(value, symbol) };
  diagnostics.report(DSL_CATALOGUE, 'out-of-range', params, { span: origin });
}

/** The bounds of a setting in words that follow `must be`. */
function boundsText({ low, high, symbol }: Setting): string {
  const top = high === undefined ? undefined : quantityText(high, symbol);
  if (low === 'positive') return top === undefined ? 'positive' : `positive and at most ${top}`;
  if (low === undefined) return `at most ${top ?? ''}`;
  if (top !== undefined) return `from ${quantityText(low, symbol)} to ${top}`;
  return low === 0 ? 'not negative' : `at least ${quantityText(low, symbol)}`;
}
