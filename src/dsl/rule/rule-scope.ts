/** What the names of a rule mean in its declarations, its equations and its handlers. */
import type { Dimension } from '../../units/dimension.js';
import { DIMENSION } from '../check/dimensions.js';
import { extendScope, hideNames, type Binding, type Scope } from '../check/scope.js';
import { POISON, quantityType } from '../check/value-type.js';
import type { RuleClause } from '../syntax/rule.js';
import { describeEvents, EVENT_NAMES, residenceAt, type EventKind } from './event-names.js';
import type { Residence, ResidenceOf } from './residence.js';

/** Something of a rule that equations refer to. */
export interface RuleQuantity {
  readonly name: string;
  readonly dimension: Dimension;
  readonly per: Residence;
  /** Whether a mistake in it has been reported, so that its dimension is a guess. */
  readonly isPoison?: true;
}

/** Clauses that give a name to something in a rule. */
export type NamingClause = Extract<RuleClause, { readonly name: unknown }>;

/** What clauses declare, in words for messages. */
const KIND_OF_NAME: Readonly<Record<NamingClause['kind'], string>> = {
  'rule-parameter': 'parameter',
  weight: 'weight',
  trace: 'trace',
  modulator: 'modulator',
  let: 'value',
  kernel: 'kernel',
};

/** A clause that declares a name. */
export function isNaming(clause: RuleClause): clause is NamingClause {
  return clause.kind in KIND_OF_NAME;
}

/** What a clause declares, in words for messages. */
export function kindOfName({ kind }: NamingClause): string {
  return KIND_OF_NAME[kind];
}

/** The scope of numbers that are fixed with the rule: parameters of the file, and nothing of the rule itself. */
export function fixedScope(file: Scope, clauses: readonly RuleClause[]): Scope {
  return hideNames(
    file,
    clauses
      .filter(isNaming)
      .map((clause) => [
        clause.name.name,
        clause.kind === 'rule-parameter'
          ? 'parameters can be set for each projection, and this number is fixed with the rule'
          : `a ${kindOfName(clause)} has no fixed value`,
      ]),
  );
}

/** The scope of equations outside handlers, to which `let` values are added. */
export function equationScope(file: Scope, quantities: Iterable<RuleQuantity>): Scope {
  return hideNames(
    extendScope(file, [...quantities].map(bindingOf)),
    EVENT_NAMES.map(({ name, events }) => [name, `it is known in ${describeEvents(events)}`]),
  );
}

/** A name that stands for a value at run time. */
export function bindingOf({
  name,
  dimension,
  isPoison,
}: Omit<RuleQuantity, 'per'>): readonly [string, Extract<Binding, { readonly kind: 'value' }>] {
  const type = isPoison ? POISON.type : quantityType(dimension);
  return [name, { kind: 'value', type, expression: { kind: 'reference', name } }];
}

/** The scope of a handler: `equations` and what the event brings. */
export function eventScope(equations: Scope, event: EventKind): Scope {
  return extendScope(equations, EVENT_NAMES.filter(({ events }) => events.includes(event)).map(bindingOf));
}

/** The scope of a kernel: `equations` and its argument, a time. */
export function kernelScope(equations: Scope, argument: string): Scope {
  return extendScope(equations, [bindingOf({ name: argument, dimension: DIMENSION.time })]);
}

/** Where the names of a handler live: those of the rule, and those that the event brings. */
export function residences(known: ReadonlyMap<string, Residence>, event: EventKind): ResidenceOf {
  return (name) => known.get(name) ?? BROUGHT[event].get(name) ?? 'shared';
}

const BROUGHT: Readonly<Record<EventKind, ReadonlyMap<string, Residence>>> = {
  pre: broughtBy('pre'),
  post: broughtBy('post'),
  sample: broughtBy('sample'),
  modulator: broughtBy('modulator'),
  every: broughtBy('every'),
};

function broughtBy(event: EventKind): ReadonlyMap<string, Residence> {
  return new Map(EVENT_NAMES.map((each) => [each.name, residenceAt(event, each)]));
}
