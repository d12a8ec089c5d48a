/** What the language itself gives names to: values that equations see, kinds of neurons, methods, and their settings. */
import { CONSTANTS } from '../dsl/check/constants.js';
import { RESERVED_NAMES } from '../dsl/device/device-scope.js';
import { NEURONS } from '../dsl/network/neuron-models.js';
import { EVENT_NAMES } from '../dsl/rule/event-names.js';
import { REALIZATIONS } from '../dsl/rule/realizations.js';
import type { Choice, Setting } from '../dsl/settings/setting-table.js';
import { METRICS } from '../ir/network.js';
import { describeMeaning } from './describe-meaning.js';
import { SIDE_MEMBERS } from './names/symbols.js';

/** A name of the language, and what it is in a few words. */
export interface BuiltInName {
  /** With dots. */
  readonly name: string;
  readonly meaning: string;
}

const nature: readonly BuiltInName[] = [...CONSTANTS].map(([name, typed]) => ({
  name,
  meaning: describeMeaning(typed) ?? 'a constant',
}));

const metrics: readonly BuiltInName[] = Object.entries(METRICS).map(([name, { summary }]) => ({
  name,
  meaning: summary,
}));

const sides: readonly BuiltInName[] = [
  ['pre', 'neuron before'],
  ['post', 'neuron behind'],
].flatMap(([side = '', neuron = '']) => [
  ...SIDE_MEMBERS.map((member) => ({
    name: `${side}.${member}`,
    meaning: `the ${member} of the ${neuron} in its grid`,
  })),
]);

const figures: readonly BuiltInName[] = [
  { name: 'window.low', meaning: 'the lower end of the window in use' },
  { name: 'window.high', meaning: 'the upper end of the window in use' },
  { name: 'pulse.voltage', meaning: 'the voltage of the nominal pulse' },
  { name: 'pulse.width', meaning: 'the width of the nominal pulse' },
  { name: 'read.voltage', meaning: 'the voltage of a read' },
];

/** By the kind of the item around. */
const byItem: ReadonlyMap<string, readonly BuiltInName[]> = new Map([
  ['device', [...[...RESERVED_NAMES].map(([name, meaning]) => ({ name, meaning })), ...figures]],
  ['rule', EVENT_NAMES],
  ['network', sides],
  ['module', sides],
  ['experiment', [...metrics, ...sides]],
]);

/** The values that expressions in an item of the kind see without declaration. */
export function builtInNames(itemKind: string | undefined): readonly BuiltInName[] {
  return [...(byItem.get(itemKind ?? '') ?? []), ...nature];
}

/** A word that a construct knows, with the settings that it takes. */
export interface KnownWord {
  readonly summary: string;
  readonly settings: readonly Setting[];
  readonly choices?: readonly Choice[];
}

/** The words that a name of a construct can be, where the shape does not list them; by kind and field. */
const wordsByField: ReadonlyMap<string, Readonly<Record<string, KnownWord>>> = new Map<
  string,
  Readonly<Record<string, KnownWord>>
>([
  ['population.model', NEURONS],
  ['input.model', NEURONS],
  ['realize.method', REALIZATIONS],
]);

/** The words that a field of a construct can be; empty where the language has no table of them. */
export function knownWords(kind: string, field: string): ReadonlyMap<string, KnownWord> {
  return new Map(Object.entries(wordsByField.get(`${kind}.${field}`) ?? {}));
}

/** The word that a construct has chosen from such a table; `node` has the fields of the construct. */
export function chosenWord(kind: string, node: Readonly<Record<string, unknown>>): KnownWord | undefined {
  for (const key of wordsByField.keys()) {
    const [owner = '', field = ''] = key.split('.');
    const chosen = owner === kind ? (node[field] as { readonly name?: string } | undefined)?.name : undefined;
    if (chosen !== undefined) return knownWords(kind, field).get(chosen);
  }
  return undefined;
}
