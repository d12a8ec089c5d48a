/** Figures of a device that its equations see: its pulse, its read voltage and its windows. */
import type { ConductanceWindow, DeviceModel, NominalPulse } from '../../devices/device-model.js';
import { nearestName } from '../../core/nearest.js';
import { quantityText } from '../check/quantity-text.js';
import type { PulseClause, ReadVoltageClause, WindowClause } from '../syntax/device.js';
import type { Identifier } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
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

/** A window and, where it is published, the step in it. */
export function checkWindow(
  { name, range, step, provenance, span }: WindowClause,
  context: CheckContext,
): ConductanceWindow {
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
