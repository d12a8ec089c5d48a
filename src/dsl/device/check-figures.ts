/** Figures of a device that are plain numbers: its pulse, read voltage, windows and ratings. */
import type { ConductanceWindow, DeviceModel, NominalPulse, Rating } from '../../devices/device-model.js';
import { nearestName } from '../../core/nearest.js';
import { quantityText } from '../check/quantity-text.js';
import {
  RATED_QUANTITIES,
  type DeviceClause,
  type PulseClause,
  type RatingClause,
  type ReadVoltageClause,
  type WindowClause,
} from '../syntax/device.js';
import type { Identifier } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkWord, clausesOf } from '../check/check-clauses.js';
import { checkConstant, checkRange, checkSigned } from '../check/check-constant.js';
import { checkProvenance } from '../check/check-provenance.js';
import { DIMENSION } from '../check/dimensions.js';
import type { CheckContext } from '../check/scope.js';

/** The pulse that the figures of the device refer to. */
export function checkPulse({ voltage, width, provenance, span }: PulseClause, context: CheckContext): NominalPulse {
  return {
    volts: checkConstant(voltage, { what: 'voltage of the pulse', dimension: DIMENSION.voltage }, context),
    seconds: checkSigned(
      width,
      { what: 'width of the pulse', dimension: DIMENSION.time, sign: 'positive', symbol: 's' },
      context,
    ),
    provenance: checkProvenance(provenance, { what: '`pulse`', span }, context.diagnostics),
  };
}

/** The voltage at which the device is read. */
export function checkReadVoltage(
  { voltage, provenance, span }: ReadVoltageClause,
  context: CheckContext,
): DeviceModel['readVoltage'] {
  return {
    volts: checkConstant(voltage, { what: 'read voltage', dimension: DIMENSION.voltage }, context),
    provenance: checkProvenance(provenance, { what: '`read`', span }, context.diagnostics),
  };
}

/** Windows in the order of the text. */
export function checkWindows(clauses: readonly DeviceClause[], context: CheckContext): ConductanceWindow[] {
  return clausesOf(clauses, 'window').map((clause) => checkWindow(clause, context));
}

function checkWindow({ name, range, step, provenance, span }: WindowClause, context: CheckContext): ConductanceWindow {
  const what = `window \`${name.name}\``;
  const dimension = DIMENSION.conductance;
  const stepOf =
    step && checkSigned(step, { what: `step of ${what}`, dimension, sign: 'positive', symbol: 'S' }, context);
  return {
    name: name.name,
    ...checkRange(range, { what, dimension, symbol: 'S' }, context),
    ...(stepOf !== undefined && { step: stepOf }),
    provenance: checkProvenance(provenance, { what, span: name.span }, context.diagnostics),
    origin: span,
  };
}

/** The window called `name`; undefined after reporting. */
export function findWindow(
  { name, span }: Identifier,
  windows: readonly ConductanceWindow[],
  { diagnostics }: Pick<CheckContext, 'diagnostics'>,
): ConductanceWindow | undefined {
  const window = windows.find((candidate) => candidate.name === name);
  if (!window) {
    const nearest = nearestName(
      name,
      windows.map((candidate) => candidate.name),
    );
    diagnostics.report(DSL_CATALOGUE, 'unknown-name', { what: 'window', name, nearest }, { span });
  }
  return window;
}

const RATED = {
  voltage: { dimension: DIMENSION.voltage, symbol: 'V' },
  duration: { dimension: DIMENSION.time, symbol: 's' },
} as const satisfies Record<Rating['quantity'], object>;

/** Absolute maximum ratings, one for each rated quantity. */
export function checkRatings(clauses: readonly DeviceClause[], context: CheckContext): Rating[] {
  return clausesOf(clauses, 'maximum').flatMap((clause) => checkRating(clause, context) ?? []);
}

function checkRating(clause: RatingClause, context: CheckContext): Rating | undefined {
  const rated = { what: 'rated quantity', known: RATED_QUANTITIES };
  const quantity = checkWord(clause.quantity, rated, context.diagnostics);
  if (!quantity) return undefined;
  const what = `maximum ${quantity}`;
  const max = checkSigned(clause.value, { what, sign: 'positive', ...RATED[quantity] }, context);
  const provenance = checkProvenance(clause.provenance, { what, span: clause.span }, context.diagnostics);
  return { quantity, max, provenance, origin: clause.span };
}

/** Reports windows that leave the range of the conductance state. */
export function checkWindowsInside(
  windows: readonly {
    readonly description: string;
    readonly low: number;
    readonly high: number;
    readonly origin: ConductanceWindow['origin'];
  }[],
  state: { readonly name: string; readonly min: number; readonly max: number },
  { diagnostics }: Pick<CheckContext, 'diagnostics'>,
): void {
  for (const { description, low, high, origin } of windows) {
    if (!(low < state.min || high > state.max)) continue;
    const [min, max] = [state.min, state.max].map((end) => quantityText(end, 'S'));
    const params = { window: description, state: state.name, low: min ?? '', high: max ?? '' };
    diagnostics.report(DSL_CATALOGUE, 'window-outside-state', params, { span: origin });
  }
}
