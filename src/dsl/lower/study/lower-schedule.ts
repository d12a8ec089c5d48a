/** What happens in an experiment on a network, one step after another. */
import type { ScheduleStep } from '../../../ir/study.js';
import { siSymbol } from '../../../units/describe-dimension.js';
import type { Dimension } from '../../../units/dimension.js';
import { nearestName } from '../../../core/nearest.js';
import { isSameDimension } from '../../../units/dimension.js';
import { DSL_CATALOGUE } from '../../catalogue.js';
import { reportDuplicates } from '../../check/check-clauses.js';
import { checkConstant, checkInteger, checkSigned } from '../../check/check-constant.js';
import { DIMENSION } from '../../check/dimensions.js';
import { quantityText } from '../../check/quantity-text.js';
import type { PhaseClause, PhaseStep, WaitClause } from '../../syntax/experiment.js';
import type { ModulateClause } from '../../syntax/network.js';
import { lowerProgramWeights } from './lower-program-weights.js';
import { lowerPair, lowerStimulate, MAX_REPEAT } from './lower-stimulus.js';
import { lowerTraining } from './lower-training.js';
import { checkBounds, type Settable } from './settable.js';
import { dimensionOfUnit } from './signals.js';
import type { StudyContext } from './studied-network.js';

/** The steps in the order of the text; those with faults are reported and left out. */
export function lowerSteps(clauses: readonly PhaseStep[], context: StudyContext): ScheduleStep[] {
  const phases = clauses.filter((clause) => clause.kind === 'phase');
  reportDuplicates(
    phases.map(({ name }) => name),
    context.diagnostics,
  );
  return clauses.flatMap((clause) => lowerStep(clause, context) ?? []);
}

function lowerStep(clause: PhaseStep, context: StudyContext): ScheduleStep | undefined {
  switch (clause.kind) {
    case 'stimulate':
      return lowerStimulate(clause, context);
    case 'pair':
      return lowerPair(clause, context);
    case 'train':
    case 'test':
      return lowerTraining(clause, context);
    case 'modulate':
      return lowerModulate(clause, context);
    case 'program-weights':
      return lowerProgramWeights(clause, context);
    case 'wait':
      return lowerWait(clause, context);
    case 'phase':
      return lowerPhase(clause, context);
  }
}

function lowerWait({ duration, span }: WaitClause, context: StudyContext): ScheduleStep {
  const expected = { what: 'waiting time', dimension: DIMENSION.time, sign: 'positive', symbol: 's' } as const;
  return { kind: 'wait', seconds: checkSigned(duration, expected, context), origin: span };
}

function lowerPhase({ name, count, body, span }: PhaseClause, context: StudyContext): ScheduleStep {
  const limits = { what: 'number of repetitions', min: 1, max: MAX_REPEAT };
  const repeat = count ? checkInteger(count, limits, context) : 1;
  return { kind: 'phase', name: name.name, repeat, steps: lowerSteps(body.clauses, context), origin: span };
}

function lowerModulate({ modulator, value, span }: ModulateClause, context: StudyContext): ScheduleStep | undefined {
  const known = modulatorsOf(context);
  const found = known.get(modulator.name);
  if (!found) {
    const candidates = [...known.keys()];
    const params = { what: 'modulator', name: modulator.name, nearest: nearestName(modulator.name, candidates) };
    const hint = `\`${context.network.root.name}\` has ${candidates.length === 0 ? 'none' : candidates.join(', ')}`;
    context.diagnostics.report(DSL_CATALOGUE, 'unknown-name', { ...params, hint }, { span: modulator.span });
    return undefined;
  }
  const { dimension } = found;
  const number = checkConstant(value, { what: `modulator \`${modulator.name}\``, dimension }, context);
  checkBounds(number, found, value.span, context);
  if (isSameDimension(dimension, DIMENSION.magneticField)) checkCoil(number, { modulator, value }, context);
  return { kind: 'modulate', modulator: modulator.name, value: { kind: 'number', value: number }, origin: span };
}

/** The modulators of all rules and devices of the network by name. */
function modulatorsOf({ network: { rules, devices } }: StudyContext): ReadonlyMap<string, Settable> {
  const ofRules = [...rules.values()].flatMap(({ rule, dimensions }) =>
    rule.modulators.map((each) => settableOf(each, dimensions.get(each.name))),
  );
  const ofDevices = [...devices.values()].flatMap(({ modulators }) => modulators.map((each) => settableOf(each)));
  return new Map([...ofDevices, ...ofRules].map((each) => [each.name, each]));
}

function settableOf(
  { name, unit, bounds }: Pick<Settable, 'name' | 'bounds'> & { readonly unit: { readonly symbol: string } },
  dimension: Dimension = dimensionOfUnit(unit.symbol),
): Settable {
  return { name, dimension, ...(bounds && { bounds }) };
}

function checkCoil(
  tesla: number,
  { modulator, value }: Pick<ModulateClause, 'modulator' | 'value'>,
  { chip, diagnostics }: StudyContext,
): void {
  const { coil } = chip;
  const isWithin = coil && !(tesla < coil.minTesla) && !(tesla > coil.maxTesla);
  // Without a current there is no field, with or without a coil
  if (isWithin || tesla === 0 || Number.isNaN(tesla)) return;
  const symbol = siSymbol(DIMENSION.magneticField);
  const [found = '', low = '', high = ''] = [tesla, coil?.minTesla ?? 0, coil?.maxTesla ?? 0].map((each) =>
    quantityText(each, symbol),
  );
  const reason = coil ? `its \`coil\` reaches from ${low} to ${high}` : 'it has no `coil`';
  const params = { modulator: modulator.name, found, chip: chip.name, reason };
  const related = coil && [{ message: 'the coil', span: coil.origin }];
  diagnostics.report(DSL_CATALOGUE, 'coil-range', params, { span: value.span, related });
}
