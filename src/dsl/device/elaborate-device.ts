/** A `device` declaration as the model that kernels, schedule and reports read. */
import { DiagnosticBag } from '../../core/diagnostic.js';
import { checkDevice } from '../../devices/check-device.js';
import type { DeviceModel } from '../../devices/device-model.js';
import type { DeviceClause, DeviceItem } from '../syntax/device.js';
import type { Identifier } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { ClauseFinder, clausesOf, reportDuplicates } from '../check/check-clauses.js';
import { checkQuantity } from '../check/check-constant.js';
import { checkProvenance } from '../check/check-provenance.js';
import { DIMENSION } from '../check/dimensions.js';
import { extendScope, type CheckContext, type Scope } from '../check/scope.js';
import {
  checkPulse,
  checkRatings,
  checkReadVoltage,
  checkWindows,
  checkWindowsInside,
  findWindow,
} from './check-figures.js';
import { checkDerived, checkParameters, checkSpreads } from './check-parameters.js';
import { checkStates, checkStateShapes } from './check-states.js';
import {
  currentScope,
  energyScope,
  RESERVED_NAMES,
  scopeBeforeRunning,
  scopeOfFigures,
  SURROUNDINGS,
  type DeviceVariables,
} from './device-scope.js';

/** The model of `item`; undefined after reporting. `scope` holds the parameters of its file. */
export function elaborateDevice(item: DeviceItem, scope: Scope, diagnostics: DiagnosticBag): DeviceModel | undefined {
  const faults = new DiagnosticBag();
  const model = buildModel(item, scope, faults);
  for (const diagnostic of faults.all) diagnostics.add(diagnostic);
  // Numbers are tried only where names and dimensions are right.
  if (!model || faults.hasErrors) return undefined;
  for (const { kind, message, origin } of checkDevice(model)) {
    const key = kind === 'step' ? 'device-step' : 'device-fault';
    diagnostics.report(DSL_CATALOGUE, key, { text: message }, { span: origin });
  }
  return model;
}

function buildModel(item: DeviceItem, scope: Scope, diagnostics: DiagnosticBag): DeviceModel | undefined {
  const { clauses } = item.body;
  const finder = new ClauseFinder(
    { description: `device \`${item.name.name}\``, name: item.name },
    clauses,
    diagnostics,
  );
  checkNames(clauses, diagnostics);
  const { values: parameters, scope: known } = checkParameters(clauses, { scope, diagnostics });
  const spreads = checkSpreads(clauses, { scope: known, diagnostics });
  const variables: DeviceVariables = { states: checkStateShapes(clauses, diagnostics), spreads };
  const constants = scopeOfFigures(known, variables);
  const context: CheckContext = { scope: constants, diagnostics };
  const surroundings = scopeBeforeRunning(extendScope(known, SURROUNDINGS), variables);
  const { values: derived, scope: running } = checkDerived(clauses, { scope: surroundings, diagnostics });
  const figures = checkFigures(clauses, finder, context);
  const states = checkStates(clauses, { scope: running, diagnostics, finder, variables, constants });
  if (states.length === 0) finder.reportMissing('state');
  const equations = checkEquations(finder, variables, { scope: running, diagnostics });
  const [conductance] = states;
  if (conductance) checkWindowsInside(figures.windows.map(describeWindow), conductance, context);
  const { pulse, readVoltage, defaultWindow } = figures;
  if (!pulse || !readVoltage || defaultWindow === undefined || !equations) return undefined;
  return {
    name: item.name.name,
    summary: item.summary?.value ?? '',
    origin: item.span,
    parameters,
    derived,
    pulse,
    readVoltage,
    spreads: spreads.map(({ spread }) => spread),
    states,
    windows: figures.windows,
    defaultWindow,
    ...equations,
    ratings: figures.ratings,
  };
}

function describeWindow<Window extends { readonly name: string }>(window: Window) {
  return { ...window, description: `window \`${window.name}\`` };
}

/** Names are unique over parameters, values, spreads and states, and separately over windows. */
function checkNames(clauses: readonly DeviceClause[], diagnostics: DiagnosticBag): void {
  const names: readonly Identifier[] = clauses.flatMap((clause) =>
    clause.kind === 'parameter' || clause.kind === 'let' || clause.kind === 'spread' || clause.kind === 'state'
      ? [clause.name]
      : [],
  );
  for (const { name, span } of names) {
    const meaning = RESERVED_NAMES.get(name);
    if (meaning !== undefined) diagnostics.report(DSL_CATALOGUE, 'reserved-name', { name, meaning }, { span });
  }
  reportDuplicates(names, diagnostics);
  reportDuplicates(
    clausesOf(clauses, 'window').map(({ name }) => name),
    diagnostics,
  );
  reportDuplicates(
    clausesOf(clauses, 'maximum').map(({ quantity }) => quantity),
    diagnostics,
  );
}

function checkFigures(clauses: readonly DeviceClause[], finder: ClauseFinder<DeviceClause>, context: CheckContext) {
  const pulse = finder.required('pulse', 'pulse');
  const read = finder.required('read', 'read');
  const windows = checkWindows(clauses, context);
  if (windows.length === 0) finder.reportMissing('window');
  const chosen = finder.optional('default-window', 'default window');
  const window = chosen ? findWindow(chosen.window, windows, context) : windows[0];
  return {
    pulse: pulse && checkPulse(pulse, context),
    readVoltage: read && checkReadVoltage(read, context),
    windows,
    defaultWindow: window?.name,
    ratings: checkRatings(clauses, context),
  };
}

type Equations = Pick<DeviceModel, 'current' | 'pulseEnergy' | 'pulseEnergyProvenance'>;

function checkEquations(
  finder: ClauseFinder<DeviceClause>,
  variables: DeviceVariables,
  { scope, diagnostics }: CheckContext,
): Equations | undefined {
  const current = finder.required('current', 'current');
  const energy = finder.required('energy', 'energy');
  const currentValue =
    current &&
    checkQuantity(
      current.value,
      { what: '`current`', dimension: DIMENSION.current },
      { scope: currentScope(scope, variables), diagnostics },
    );
  const energyValue =
    energy &&
    checkQuantity(
      energy.value,
      { what: '`energy`', dimension: DIMENSION.energy },
      { scope: energyScope(scope, variables), diagnostics },
    );
  const provenance = energy && checkProvenance(energy.provenance, { what: '`energy`', span: energy.span }, diagnostics);
  if (!currentValue || !energyValue || !provenance) return undefined;
  return { current: currentValue.expression, pulseEnergy: energyValue.expression, pulseEnergyProvenance: provenance };
}
