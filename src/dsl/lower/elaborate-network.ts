/** Networks and modules with the values of their parameters: each module once for each combination of settings. */
import { DiagnosticBag } from '../../core/diagnostic.js';
import type { Invariant } from '../../devices/statement.js';
import type { InputPort, Network, OutputPort, Population } from '../../ir/graph.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { clausesOf, reportDuplicates } from '../check/check-clauses.js';
import { checkInvariant } from '../check/check-invariant.js';
import { checkInteger } from '../check/check-constant.js';
import { chargeExpansion, shareExpansions } from '../check/expansion-budget.js';
import { namesUsedIn, reportShadowedNames, reportUnusedNames } from '../check/check-names.js';
import { overlay } from '../check/scope.js';
import { checkSettings, type CheckedSetting } from '../settings/check-settings.js';
import {
  MODULE_CLAUSES,
  type ModuleClause,
  type ModuleItem,
  type NetworkItem,
  type UseClause,
} from '../syntax/network.js';
import type { Identifier } from '../syntax/nodes.js';
import type { InvariantClause } from '../syntax/shared.js';
import { checkPorts, warnUnconnected } from './check-ports.js';
import { signalsOf } from './lower-learning.js';
import { lowerInput, lowerPopulation } from './lower-population.js';
import { isWiring, lowerWiring, projectionNames, withDistinctNames } from './lower-wiring.js';
import type { LoweringContext, PlacedDeclaration } from './lowering-context.js';
import { elaborateParameters, type ParameterValues } from './network-parameters.js';
import type { ElaboratedNetwork, NetworkParts, PlacedInstance, WiringContext } from './network-parts.js';
import { resolvePlace } from './resolve-place.js';

/** Combinations of settings in one network, at most: a few lines could ask for any number. */
const MAX_MODULES = 1000;

/** What using a module costs, in clauses. */
const MODULE_COST = 4;

/** Modules inside modules, at most. */
const MAX_NESTING = 64;

interface OpenModule {
  readonly item: ModuleItem;
  /** Absent for the module that is lowered by itself. */
  readonly use: UseClause | undefined;
}

/** How one use of a network or module differs from others. */
interface ItemSettings {
  readonly name: string;
  readonly values: ParameterValues;
  readonly use?: UseClause;
}

/** The modules that were elaborated for one network, by their name with settings, innermost first. */
export class Elaboration {
  readonly #modules = new Map<string, ElaboratedNetwork | undefined>();
  readonly #declarations = new Map<string, ModuleItem>();
  #isFull = false;
  /** Modules around the one that is being elaborated, with the clauses that use them. */
  readonly #open: OpenModule[] = [];

  /** The modules in order: each behind those that it uses. */
  get modules(): Network[] {
    return [...this.#modules.values()].flatMap((module) => (module ? [module.network] : []));
  }

  /** The network or module `item` with the given values of its parameters. */
  elaborate(
    item: NetworkItem | ModuleItem,
    { name, values, use }: ItemSettings,
    context: LoweringContext,
  ): ElaboratedNetwork {
    if (item.kind === 'module') this.#open.push({ item, use });
    const faults = new DiagnosticBag();
    shareExpansions(faults, context.diagnostics);
    const elaborated = elaborateItem(item, { name, values, elaboration: this }, { ...context, diagnostics: faults });
    if (!faults.hasErrors) checkPorts(elaborated, faults);
    for (const fault of faults.all) context.diagnostics.add(fault);
    if (item.kind === 'module') this.#open.pop();
    return elaborated;
  }

  /** The module of a `use` clause with its settings; undefined after reporting. */
  use(
    clause: UseClause,
    context: WiringContext,
  ): { module: ElaboratedNetwork; settings: CheckedSetting[] } | undefined {
    const placed = context.declarationOf(clause.module, 'module');
    if (!placed || !this.#mayUse(placed, clause, context.diagnostics)) return undefined;
    const { table } = elaborateParameters(placed.declaration.body.clauses, new Map(), placed.context);
    const what = `module \`${clause.module.name}\``;
    const settings = checkSettings(clause.settings, { what, table }, { ...context, scope: context.fixed });
    if (settings.some(({ value }) => Number.isNaN(value))) return undefined;
    const byName = new Map(table.map((setting) => [setting.name, setting]));
    const changed = settings.filter(({ name, value }) => byName.get(name)?.byDefault !== value);
    const list = changed.map(({ name, value }) => {
      const symbol = byName.get(name)?.symbol ?? '1';
      return `${name} = ${value}${symbol === '1' ? '' : ` ${symbol}`}`;
    });
    const name = placed.declaration.name.name + (list.length === 0 ? '' : `(${list.join(', ')})`);
    const module = this.#once(placed, { name, settings: changed }, clause, context.diagnostics);
    return module && { module, settings };
  }

  #mayUse({ declaration }: PlacedDeclaration<'module'>, clause: UseClause, diagnostics: DiagnosticBag): boolean {
    const { module } = clause;
    const position = this.#open.findIndex(({ item }) => item === declaration);
    if (position >= 0) {
      const [, ...entered] = this.#open.slice(position);
      reportCycle([...entered.flatMap(({ use }) => use ?? []), clause], diagnostics);
      return false;
    }
    const other = this.#declarations.get(declaration.name.name);
    if (other && other !== declaration) {
      const related = [{ message: 'first declared here', span: other.name.span }];
      const { name, span } = declaration.name;
      diagnostics.report(DSL_CATALOGUE, 'duplicate-name', { name }, { span, related });
      return false;
    }
    this.#declarations.set(declaration.name.name, declaration);
    if (this.#open.length < MAX_NESTING) return true;
    const params = { limit: MAX_NESTING, what: 'modules inside one another' };
    diagnostics.report(DSL_CATALOGUE, 'too-many-modules', params, { span: module.span });
    return false;
  }

  #once(
    { declaration, context }: PlacedDeclaration<'module'>,
    { name, settings }: { readonly name: string; readonly settings: readonly CheckedSetting[] },
    use: UseClause,
    diagnostics: DiagnosticBag,
  ): ElaboratedNetwork | undefined {
    const { module } = use;
    if (this.#modules.has(name)) return this.#modules.get(name);
    if (this.#modules.size >= MAX_MODULES) {
      const params = { limit: MAX_MODULES, what: 'modules with different settings' };
      if (!this.#isFull) diagnostics.report(DSL_CATALOGUE, 'too-many-modules', params, { span: module.span });
      this.#isFull = true;
      return undefined;
    }
    // Beside its clauses, a module takes work of its own
    const size = MODULE_COST + declaration.body.clauses.length;
    if (!chargeExpansion(module.span, { diagnostics }, size)) return undefined;
    const values = new Map(settings.map((setting) => [setting.name, setting.value]));
    const faults = new DiagnosticBag();
    shareExpansions(faults, diagnostics);
    const elaborated = this.elaborate(declaration, { name, values, use }, { ...context, diagnostics: faults });
    passOn(faults, { isSet: settings.length > 0, module }, diagnostics);
    this.#modules.set(name, elaborated);
    return elaborated;
  }
}

/** Reports the modules that `uses` go round, in the same words wherever the round was entered. */
function reportCycle(uses: readonly UseClause[], diagnostics: DiagnosticBag): void {
  const names = uses.map(({ module }) => module.name);
  const start = names.indexOf([...names].sort()[0] ?? '');
  const chain = [...names.slice(start), ...names.slice(0, start + 1)];
  diagnostics.report(DSL_CATALOGUE, 'module-cycle', { chain }, { span: uses[start]?.module.span });
}

/**
 * Tells what is wrong with a module in one use of it. What the settings of the use bring about is told once, with the
 * place of the use; what is wrong with any settings is told where the module is lowered by itself.
 */
function passOn(
  faults: DiagnosticBag,
  { isSet, module }: { readonly isSet: boolean; readonly module: Identifier },
  diagnostics: DiagnosticBag,
): void {
  const related = [{ message: `in this use of \`${module.name}\``, span: module.span }];
  const errors = faults.all.filter(({ severity }) => severity === 'error');
  for (const fault of isSet ? errors.slice(0, 1) : faults.all) {
    diagnostics.add(isSet ? { ...fault, related: [...(fault.related ?? []), ...related] } : fault);
  }
}

interface ItemUse {
  readonly name: string;
  readonly values: ParameterValues;
  readonly elaboration: Elaboration;
}

function elaborateItem(
  item: NetworkItem | ModuleItem,
  { name, values, elaboration }: ItemUse,
  file: LoweringContext,
): ElaboratedNetwork {
  const clauses: readonly ModuleClause[] = item.body.clauses;
  checkNames(clauses, file);
  const { scope } = elaborateParameters(clauses, values, file);
  const context = { ...file, scope };
  const parts = lowerParts(clauses, elaboration, context);
  const wiringContext: WiringContext = { ...context, parts, loops: [], fixed: scope };
  const outputs = new Map(
    clausesOf(clauses, 'output').map((clause) => [
      clause.name.name,
      { clause, place: resolvePlace(clause.source, 'source', wiringContext) },
    ]),
  );
  const network: Network = {
    name,
    summary: item.summary?.value ?? '',
    inputs: present<InputPort>(parts.inputs),
    outputs: [...outputs.values()].flatMap(({ clause, place }): OutputPort[] =>
      place ? [{ name: clause.name.name, source: place.endpoint, origin: clause.span }] : [],
    ),
    populations: present<Population>(parts.populations),
    instances: present<PlacedInstance>(parts.instances).map(({ instance }) => instance),
    wiring: withDistinctNames(lowerWiring(clauses.filter(isWiring), wiringContext)),
    invariants: clausesOf(clauses, 'invariant').flatMap((clause) => lowerInvariant(clause, wiringContext)),
    origin: item.span,
  };
  warnUnconnected(clauses, parts, file.diagnostics);
  return { network, parts, outputs: new Map([...outputs].map(([port, { place }]) => [port, place])) };
}

function checkNames(clauses: readonly ModuleClause[], { scope, diagnostics }: LoweringContext): void {
  const declared = clauses.flatMap((clause) => {
    switch (clause.kind) {
      case 'parameter':
        return [{ name: clause.name, what: 'parameter' }];
      case 'let':
        return [{ name: clause.name, what: 'value' }];
      default:
        return [];
    }
  });
  const places = clauses.flatMap((clause) =>
    clause.kind === 'population' || clause.kind === 'input' || clause.kind === 'output' || clause.kind === 'use'
      ? [clause.name]
      : [],
  );
  reportDuplicates([...declared.map(({ name }) => name), ...places, ...projectionNames(clauses)], diagnostics);
  reportShadowedNames(declared, scope, diagnostics);
  reportUnusedNames(declared, namesUsedIn(MODULE_CLAUSES, clauses), diagnostics);
}

/** Everything that wiring refers to, in any order of the text. */
function lowerParts(
  clauses: readonly ModuleClause[],
  elaboration: Elaboration,
  context: LoweringContext,
): NetworkParts {
  const populations = new Map(
    clausesOf(clauses, 'population').map((clause) => [clause.name.name, lowerPopulation(clause, context)]),
  );
  const inputs = new Map(clausesOf(clauses, 'input').map((clause) => [clause.name.name, lowerInput(clause, context)]));
  const signals = signalsOf({ populations, inputs });
  const parts = { populations, inputs, instances: new Map(), signals };
  const use = { ...context, parts, loops: [], fixed: context.scope };
  const instances = new Map(
    clausesOf(clauses, 'use').map((clause) => [clause.name.name, lowerInstance(clause, elaboration, use)]),
  );
  return { ...parts, instances };
}

/** Modules of one array, at most. */
const MAX_INSTANCES = 2 ** 31;

function lowerInstance(
  clause: UseClause,
  elaboration: Elaboration,
  context: WiringContext,
): PlacedInstance | undefined {
  const limits = { what: `size of \`${clause.name.name}\``, min: 1, max: MAX_INSTANCES };
  const count = clause.count && checkInteger(clause.count, limits, context);
  const used = elaboration.use(clause, context);
  if (!used || Number.isNaN(count)) return undefined;
  const { module, settings } = used;
  const instance = {
    name: clause.name.name,
    module: module.network.name,
    ...(count !== undefined && { count }),
    settings,
    origin: clause.span,
  };
  return { instance, module };
}

/** Conditions on parameters, and on what populations send. */
function lowerInvariant(clause: InvariantClause, context: WiringContext): Invariant[] {
  return checkInvariant(clause, { ...context, scope: overlay(context.scope, context.parts.signals) });
}

function present<Value>(values: ReadonlyMap<string, Value | undefined>): Value[] {
  return [...values.values()].filter((value) => value !== undefined);
}
