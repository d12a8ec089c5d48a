/** A `device` declaration as the model that kernels, schedule and reports read. */
import { DiagnosticBag } from '../../core/diagnostic.js';
import { checkDevice } from '../../devices/check-device.js';
import type { DeviceModel, StateVariable } from '../../devices/device-model.js';
import type { Invariant } from '../../devices/statement.js';
import { isSameDimension } from '../../units/dimension.js';
import { ClauseFinder, clausesOf } from '../check/check-clauses.js';
import { checkInvariant } from '../check/check-invariant.js';
import { checkQuantity } from '../check/check-constant.js';
import { DIMENSION } from '../check/dimensions.js';
import { extendScope, type Scope } from '../check/scope.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { DEVICE_CLAUSES, type DeviceClause, type DeviceItem } from '../syntax/device.js';
import { usesOf } from '../syntax/uses.js';
import { checkDeclaredNames, warnOfNames } from './check-device-names.js';
import { checkTerms, totalEnergy } from './check-energy.js';
import { checkPulse, checkReadVoltage, checkWindow, checkWindowsInside, findWindow } from './check-figures.js';
import { checkLets, type CheckedLets } from './check-lets.js';
import { checkModulator, standardTemperature, TEMPERATURE, type CheckedModulator } from './check-modulators.js';
import { checkParameters, type CheckedParameters } from './check-parameters.js';
import { changedNames, checkPulseStep } from './check-pulse-steps.js';
import { checkEndurance, checkRating, checkRetention } from './check-ratings.js';
import { checkSpread, type CheckedSpread } from './check-spreads.js';
import { checkTables } from './check-tables.js';
import { checkStates, checkStateShapes, type StateShape } from './check-states.js';
import { DeviceContext } from './device-context.js';
import {
  runningNames,
  scopeBeforeRunning,
  scopeOfEquation,
  scopeOfFigures,
  withFigures,
  type DeviceVariables,
  type Equation,
  type RunningName,
} from './device-scope.js';
import { inherit, type Inheritance } from './inherit.js';
import type { DeviceSurroundings } from './lineage.js';
import { orderByUse } from './order-by-use.js';

/** The model of `item`; undefined after reporting. `surroundings` hold the names of its file. */
export function elaborateDevice(item: DeviceItem, surroundings: DeviceSurroundings): DeviceModel | undefined {
  const { diagnostics } = surroundings;
  const inheritance = inherit(item, surroundings);
  if (!inheritance) return undefined;
  const faults = new DiagnosticBag();
  const model = new Elaboration(item, inheritance, { ...surroundings, diagnostics: faults }).model();
  for (const diagnostic of faults.all) diagnostics.add(diagnostic);
  // Numbers are tried only where names and dimensions are right.
  if (!model || faults.hasErrors) return undefined;
  for (const { kind, message, origin } of checkDevice(model)) {
    const key = kind === 'step' ? 'device-step' : 'device-fault';
    diagnostics.report(DSL_CATALOGUE, key, { text: message }, { span: origin });
  }
  return model;
}

/** The names of a device in the order in which they become known: what is below sees what is above. */
class Elaboration {
  readonly #item: DeviceItem;
  readonly #clauses: readonly DeviceClause[];
  readonly #device: DeviceContext;
  readonly #finder: ClauseFinder<DeviceClause>;
  readonly #parameters: CheckedParameters;
  readonly #spreads: readonly CheckedSpread[];
  readonly #modulators: readonly CheckedModulator[];
  readonly #shapes: readonly StateShape[];
  readonly #figures: Scope;
  readonly #running: readonly RunningName[];
  readonly #lets: CheckedLets;
  readonly #scopes = new Map<Equation, Scope>();

  constructor(item: DeviceItem, { clauses, files, replaced }: Inheritance, surroundings: DeviceSurroundings) {
    const device = new DeviceContext(surroundings, files);
    const { diagnostics } = device;
    const inOrder = item.base ? orderByUse : <Clause>(same: readonly Clause[]) => same;
    this.#item = item;
    this.#clauses = clauses;
    this.#device = device;
    this.#finder = new ClauseFinder(
      { description: `device \`${item.name.name}\``, name: item.name },
      clauses,
      diagnostics,
    );
    checkDeclaredNames(clauses, device);
    this.#parameters = checkParameters({ clauses: inOrder(clausesOf(clauses, 'parameter')), replaced }, device);
    const { spreadParameters } = this.#parameters;
    const tables = checkTables(clausesOf(clauses, 'table'), device, surroundings.host);
    const scope = extendScope(this.#parameters.scope, tables);
    this.#spreads = clausesOf(clauses, 'spread').map((clause) => checkSpread(clause, device, scope));
    this.#modulators = checkModulators(item, clauses, { device, scope });
    const hasWindow = clauses.some(({ kind }) => kind === 'window');
    this.#shapes = checkStateShapes(clauses, hasWindow, device);
    const variables: DeviceVariables = {
      states: this.#shapes,
      modulators: this.#modulators.map(({ modulator, dimension }) => ({ ...modulator, dimension })),
      spreads: this.#spreads.map(({ spread, dimension }) => ({ ...spread, dimension })),
      spreadParameters,
    };
    this.#running = runningNames(variables);
    this.#figures = scopeOfFigures(scope, variables);
    const before = scopeBeforeRunning(withFigures(scope, hasWindow), this.#running);
    this.#lets = checkLets(inOrder(clausesOf(clauses, 'let')), { scope: before, running: this.#running }, device);
  }

  model(): DeviceModel | undefined {
    const figures = this.#checkFigures();
    const assignable = new Map(this.#shapes.map(({ name, dimension }) => [name, dimension]));
    const steps = this.#all('on-pulse').map((clause) =>
      checkPulseStep(clause, { scope: this.#scopeOf('on pulse'), assignable }, this.#device),
    );
    const states = this.#checkStates();
    const equations = this.#checkEquations();
    warnOfNames(this.#item, this.#clauses, this.#device);
    const [conductance] = states;
    const isConductance = isSameDimension(this.#shapes[0]?.dimension ?? DIMENSION.none, DIMENSION.conductance);
    if (conductance && isConductance)
      checkWindowsInside(figures.windows.map(describeWindow), conductance, this.#device);
    const { pulse, readVoltage, ...others } = figures;
    if (!pulse || !readVoltage || !equations || states.length === 0) return undefined;
    const { name, summary, span } = this.#item;
    return {
      name: name.name,
      summary: summary?.value ?? '',
      origin: span,
      parameters: this.#parameters.parameters,
      derived: this.#lets.derived,
      modulators: this.#modulators.map(({ modulator }) => modulator),
      pulse,
      readVoltage,
      spreads: [...this.#parameters.spreads, ...this.#spreads.map(({ spread }) => spread)],
      states,
      pulseSteps: steps,
      ...others,
      ...equations,
    };
  }

  /** All clauses of one kind. */
  #all<Kind extends DeviceClause['kind']>(kind: Kind) {
    return clausesOf(this.#clauses, kind);
  }

  #scopeOf(equation: Equation): Scope {
    let scope = this.#scopes.get(equation);
    if (!scope) {
      scope = this.#lets.bindRunning(scopeOfEquation(this.#lets.scope, this.#running, equation));
      this.#scopes.set(equation, scope);
    }
    return scope;
  }

  #checkFigures() {
    const at = (clause: DeviceClause) => this.#device.at(clause.span, this.#figures);
    const pulse = this.#finder.required('pulse', 'pulse');
    const read = this.#finder.required('read', 'read');
    const windows = this.#all('window').map((clause) => checkWindow(clause, at(clause)));
    const chosen = this.#finder.optional('default-window', 'default window');
    const window = chosen ? findWindow(chosen.window, windows, this.#device) : windows[0];
    const retention = this.#finder.optional('retention', 'retention');
    const endurance = this.#finder.optional('endurance', 'endurance');
    return {
      pulse: pulse && checkPulse(pulse, at(pulse)),
      readVoltage: read && checkReadVoltage(read, at(read)),
      windows,
      ...(window && { defaultWindow: window.name }),
      ...(retention && { retention: checkRetention(retention, at(retention)) }),
      ...(endurance && { endurance: checkEndurance(endurance, at(endurance)) }),
      ratings: this.#all('maximum').flatMap((clause) => checkRating(clause, at(clause)) ?? []),
    };
  }

  /** Every state moves by itself or by pulses. */
  #checkStates(): StateVariable[] {
    const changed = changedNames(this.#all('on-pulse'));
    const scopes = { figures: this.#figures, initial: this.#lets.scope, evolve: this.#scopeOf('evolve') };
    const states = checkStates(this.#shapes, this.#clauses, { scopes, device: this.#device });
    if (states.length === 0) this.#finder.reportMissing('state');
    for (const { name, rate } of states) {
      if (!rate && !changed.has(name)) this.#finder.reportMissing(`evolve ${name}`);
    }
    return states;
  }

  #checkEquations() {
    const owner = `device \`${this.#item.name.name}\``;
    const current = this.#finder.required('current', 'current');
    const value =
      current &&
      checkQuantity(
        current.value,
        { what: '`current`', dimension: DIMENSION.current },
        this.#device.at(current.value.span, this.#scopeOf('current')),
      );
    const energyTerms = checkTerms(this.#all('energy'), { scope: this.#scopeOf('energy'), owner }, this.#device);
    const powerTerms = checkTerms(this.#all('power'), { scope: this.#scopeOf('power'), owner }, this.#device);
    const invariants = this.#checkInvariants();
    const total = totalEnergy(energyTerms);
    if (!total) this.#finder.reportMissing('energy');
    const gated = this.#finder.optional('gated', 'gated');
    return (
      value &&
      total && {
        current: value.expression,
        ...(gated && { gated: true as const }),
        ...total,
        energyTerms,
        powerTerms,
        invariants,
      }
    );
  }

  #checkInvariants(): readonly Invariant[] {
    return this.#all('invariant').flatMap((clause) =>
      checkInvariant(clause, this.#device.at(clause.condition.span, this.#scopeOf('invariant'))),
    );
  }
}

function describeWindow<Window extends { readonly name: string }>(window: Window) {
  return { ...window, description: `window \`${window.name}\`` };
}

/** Declared modulators, and the temperature where equations use it without a declaration. */
function checkModulators(
  item: DeviceItem,
  clauses: readonly DeviceClause[],
  { device, scope }: { readonly device: DeviceContext; readonly scope: Scope },
): readonly CheckedModulator[] {
  const declared = clausesOf(clauses, 'modulator').map((clause) => checkModulator(clause, device, scope));
  const isDeclared = clauses.some((clause) => 'name' in clause && clause.name.name === TEMPERATURE);
  const isUsed = !isDeclared && [...usesOf(DEVICE_CLAUSES, clauses)].some(({ name }) => name === TEMPERATURE);
  return isUsed ? [...declared, standardTemperature(item.name.span)] : declared;
}
