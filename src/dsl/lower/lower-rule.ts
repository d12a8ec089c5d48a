/** A `rule` declaration: equations with events, and how hardware carries them out. */
import type { DerivedValue } from '../../devices/device-model.js';
import type { Kernel, LearningRule, Realization, Trace } from '../../ir/rule.js';
import type { Dimension } from '../../units/dimension.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkWord, ClauseFinder, clausesOf, reportDuplicates } from '../check/check-clauses.js';
import { checkInvariant } from '../check/check-invariant.js';
import { checkQuantity } from '../check/check-constant.js';
import { checkExpression } from '../check/check-expression.js';
import { reportShadowedNames, reportUnusedNames } from '../check/check-names.js';
import { requireQuantity } from '../check/require.js';
import { DIMENSION } from '../check/dimensions.js';
import { checkLocalNames } from '../check/check-statements.js';
import { growScope, lookUp, type CheckContext, type Scope } from '../check/scope.js';
import { POISON } from '../check/value-type.js';
import { functionBinding } from '../check/check-function.js';
import { namesRead } from '../rule/names-read.js';
import { EVENT_NAMES } from '../rule/event-names.js';
import {
  defaultRealization,
  lackingFor,
  REALIZATION_NAMES,
  REALIZATIONS,
  type RealizationTable,
} from '../rule/realizations.js';
import { residenceOfExpression, type Residence } from '../rule/residence.js';
import {
  bindingOf,
  equationScope,
  fixedScope,
  isNaming,
  kernelScope,
  kindOfName,
  residences,
  type RuleQuantity,
} from '../rule/rule-scope.js';
import { choicesWithDefaults } from '../settings/check-choice.js';
import { checkSettings, settingsWithDefaults } from '../settings/check-settings.js';
import type {
  KernelClause,
  RealizeClause,
  RuleClause,
  RuleItem,
  TransmitClause,
  WeightClause,
} from '../syntax/rule.js';
import type { LetClause } from '../syntax/shared.js';
import { lowerHandlers, lowerRates, type RunningContext } from './lower-handlers.js';
import { lowerModulator, lowerParameter, lowerTrace, lowerWeight, traceQuantity } from './lower-rule-quantities.js';
import type { LoweredRule, LoweringContext } from './lowering-context.js';

/** The rule; undefined after reporting that it has no weight. Parts with a reported mistake are poison or left out. */
export function lowerRule(item: RuleItem, file: LoweringContext): LoweredRule | undefined {
  const { clauses } = item.body;
  checkNames(clauses, file);
  const owner = { description: `rule \`${item.name.name}\``, name: item.name };
  const finder = new ClauseFinder<RuleClause>(owner, clauses, file.diagnostics);
  const declarations = lowerDeclarations(clauses, finder.required('weight', 'weight'), file);
  if (!declarations) return undefined;
  const { parameters, modulators, weight, derived, running } = declarations;
  const { dimension } = weight.quantity;
  const rule: LearningRule = {
    name: item.name.name,
    summary: item.summary?.value ?? '',
    origin: item.span,
    parameters: parameters.map(({ value }) => value),
    weight: weight.value,
    modulators: modulators.map(({ value }) => value),
    derived,
    kernels: lowerKernels(finder.optional('kernel', 'kernel'), dimension, running),
    traces: lowerRates(lowerTraces(clauses, running), clauses, running),
    handlers: lowerHandlers(clauses, running),
    ...lowerTransmit(finder.optional('transmit', 'transmit'), dimension, running),
    invariants: clausesOf(clauses, 'invariant').flatMap((clause) => checkInvariant(clause, running)),
    realization: lowerRealization(finder.optional('realize', 'realize'), item, { ...running, scope: running.fixed }),
  };
  warn(rule, item, file);
  const named = [...parameters, ...modulators].map(({ quantity }) => [quantity.name, quantity.dimension] as const);
  return { rule, weight: dimension, dimensions: new Map(named) };
}

/** What the rule declares, and the context of its equations; undefined where there is no weight. */
function lowerDeclarations(
  clauses: readonly RuleClause[],
  weightClause: WeightClause | undefined,
  file: LoweringContext,
) {
  const fixed = { ...file, scope: fixedScope(file.scope, clauses) };
  const parameters = clausesOf(clauses, 'rule-parameter').map((clause) => lowerParameter(clause, fixed));
  const modulators = clausesOf(clauses, 'modulator').map((clause) => lowerModulator(clause, fixed));
  if (!weightClause) return undefined;
  const weight = lowerWeight(weightClause, fixed);
  const traces = clausesOf(clauses, 'trace').map((clause) => traceQuantity(clause, fixed));
  const changing = [weight.quantity, ...traces];
  const known = [...[...parameters, ...modulators].map(({ quantity }) => quantity), ...changing];
  const lets = lowerLets(clausesOf(clauses, 'let'), known, { ...file, scope: equationScope(file.scope, known) });
  const running: RunningContext = {
    ...file,
    scope: lets.scope,
    fixed: fixed.scope,
    residence: lets.residence,
    assignable: new Map(changing.map(({ name, dimension }) => [name, dimension])),
    modulators: modulators.map(({ value }) => value.name),
  };
  return { parameters, modulators, weight, derived: lets.derived, running };
}

function lowerTraces(clauses: readonly RuleClause[], running: RunningContext): Trace[] {
  return clausesOf(clauses, 'trace').map((clause) =>
    lowerTrace(clause, running.assignable.get(clause.name.name) ?? DIMENSION.none, running),
  );
}

function lowerTransmit(
  clause: TransmitClause | undefined,
  dimension: Dimension,
  context: CheckContext,
): Pick<LearningRule, 'transmitted'> {
  return clause
    ? { transmitted: checkQuantity(clause.value, { what: '`transmit`', dimension }, context).expression }
    : {};
}

function checkNames(clauses: readonly RuleClause[], { scope, diagnostics }: CheckContext): void {
  const naming = clauses.filter(isNaming);
  const meaning = EVENT_NAMES.find(({ name }) => name === 'dt')?.meaning ?? '';
  for (const { name } of naming) {
    if (name.name !== 'dt') continue;
    diagnostics.report(DSL_CATALOGUE, 'reserved-name', { name: 'dt', meaning, where: 'rule' }, { span: name.span });
  }
  reportDuplicates(
    naming.map(({ name }) => name),
    diagnostics,
  );
  const declared = naming.map((clause) => ({ name: clause.name, what: kindOfName(clause) }));
  reportShadowedNames(declared, scope, diagnostics);
}

interface LoweredLets {
  readonly scope: Scope;
  readonly derived: readonly DerivedValue[];
  /** Where everything lives that equations see, the named values included. */
  readonly residence: ReadonlyMap<string, Residence>;
}

/** Named values and functions in order; each sees those above it. */
function lowerLets(clauses: readonly LetClause[], known: readonly RuleQuantity[], outer: CheckContext): LoweredLets {
  const derived: DerivedValue[] = [];
  const residence = new Map(known.map(({ name, per }) => [name, per]));
  const { scope, declare } = growScope(
    outer.scope,
    clauses.map(({ name }) => name.name),
  );
  const context = { ...outer, scope };
  for (const clause of clauses) {
    const { name, span } = clause.name;
    if (clause.parameters) {
      declare(name, functionBinding({ ...clause, parameters: clause.parameters }, context));
      continue;
    }
    const typed = checkExpression(clause.value, context);
    const { type, expression } = typed;
    if (type.kind === 'vector') {
      // Only its elements are ever values of equations.
      declare(name, { kind: 'value', ...typed, origin: span });
      continue;
    }
    if (!requireQuantity(type, `\`${name}\``, clause.value.span, context)) {
      declare(name, { kind: 'value', ...POISON, origin: span });
      continue;
    }
    residence.set(name, residenceOfExpression(expression, residences(residence, 'every')));
    declare(name, { ...bindingOf({ name, dimension: type.dimension })[1], origin: span });
    derived.push({ name, value: expression, origin: clause.span });
  }
  return { scope, derived, residence };
}

function lowerKernels(clause: KernelClause | undefined, weight: Dimension, context: CheckContext): Kernel[] {
  if (!clause) return [];
  const { name, parameters, value, span } = clause;
  const [argument] = parameters;
  if (!argument || parameters.length > 1) {
    const params = { name: name.name, expected: 1, found: parameters.length };
    context.diagnostics.report(DSL_CATALOGUE, 'argument-count', params, { span: name.span });
    return [];
  }
  // Names of events have no value outside handlers: nothing could mean them here
  if (lookUp(context.scope, argument.name)) checkLocalNames([{ name: argument, what: 'argument' }], context);
  const scope = kernelScope(context.scope, argument.name);
  const expected = { what: `kernel \`${name.name}\``, dimension: weight };
  const { expression } = checkQuantity(value, expected, { ...context, scope });
  return [{ name: name.name, argument: argument.name, value: expression, origin: span }];
}

function lowerRealization(clause: RealizeClause | undefined, item: RuleItem, context: CheckContext): Realization {
  const written = clause && checkWord(clause.method, { what: 'method', known: REALIZATION_NAMES }, context.diagnostics);
  const form = formOf(item.body.clauses);
  const method = written ?? defaultRealization(form);
  const lacks = written && lackingFor(written, form);
  if (clause && lacks !== undefined) {
    const params = { rule: item.name.name, method, lacks };
    context.diagnostics.report(DSL_CATALOGUE, 'realization-form', params, { span: clause.method.span });
  }
  const { settings: table, choices = [] }: RealizationTable = REALIZATIONS[method];
  const owner = { what: `\`${method}\``, table, words: choices.map(({ name }) => name) };
  // The settings of an unknown method are unknown, too.
  const settings = written ? clause?.settings : undefined;
  const given = checkSettings(settings, owner, context);
  const origin = clause?.span ?? item.name.span;
  return {
    ...{ method, isDefault: !clause, settings: settingsWithDefaults(given, table, origin) },
    ...(choices.length > 0 && { choices: choicesWithDefaults(settings, choices, { origin, context }) }),
    origin,
  };
}

function formOf(clauses: readonly RuleClause[]) {
  return {
    hasKernel: clauses.some(({ kind }) => kind === 'kernel'),
    events: clausesOf(clauses, 'on-event').map(({ event }) => event.name),
  };
}

/** Warns of names that nothing reads, and of a rule that leaves its weight as it is. */
function warn(rule: LearningRule, { name, body }: RuleItem, { diagnostics }: CheckContext): void {
  const countsPulses = (unit: string) => rule.realization.method === 'pulses' && unit === 'pulses';
  const outputs = new Set(rule.traces.filter(({ unit }) => countsPulses(unit.symbol)).map((trace) => trace.name));
  const read = namesRead(body.clauses);
  const declared = body.clauses
    .filter(isNaming)
    .filter((clause) => clause.kind !== 'weight' && clause.kind !== 'kernel' && !outputs.has(clause.name.name))
    .map((clause) => ({ name: clause.name, what: kindOfName(clause) }));
  reportUnusedNames(declared, read.used, diagnostics);
  const { method, isDefault } = rule.realization;
  const isTrained = rule.handlers.length === 0 && method === 'host' && !isDefault;
  const changes = rule.kernels.length > 0 || outputs.size > 0 || read.assigned.has(rule.weight.name);
  if (changes || isTrained || rule.transmitted) return;
  diagnostics.report(DSL_CATALOGUE, 'rule-without-effect', { rule: rule.name }, { span: name.span });
}
