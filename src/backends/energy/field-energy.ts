/** The coil of a magnetic device: heat while its current flows, and the energy of the field at every switch. */
import type { Coil } from '../../ir/chip.js';
import type { EnergyComponent } from '../../ir/energy-estimate.js';
import type { FieldTime, StudyActivity } from '../../ir/study-result.js';
import { formatQuantity } from '../../units/format-quantity.js';
import { givenComponent } from './component.js';

/**
 * What a coil of an experiment on a network takes: in the states of `fields`, and while they settle. Where `controllers`
 * work longer than the experiment's `seconds` [s], which reads and rests are not in, states last longer in proportion.
 */
export function studyFieldComponents(
  { fields = [], seconds }: Pick<StudyActivity, 'fields' | 'seconds'>,
  controllers: number,
  coil: Coil,
): readonly EnergyComponent[] {
  const longer = seconds > 0 ? Math.max(1, controllers / seconds) : 1;
  const states = fields.map((state) => {
    return { ...state, seconds: state.seconds * longer + state.switches * coil.settleSeconds };
  });
  return fieldComponents(states, coil);
}

/** What an estimate leaves out of fields that were on, in words. */
export function fieldOmissions({ fields = [] }: Pick<StudyActivity, 'fields'>, coil?: Coil): readonly string[] {
  if (coil?.drive || fields.every(({ tesla }) => tesla === 0)) return [];
  const reason = coil ? 'its `coil` gives no `drive`, `resistance` and `inductance`' : 'the chip has no `coil`';
  return [`the coil, whose field is on: ${reason}`];
}

/** `I² R t` and `½ L I²` per switch, with a current in proportion to the field; nothing where the coil is not described. */
export function fieldComponents(
  states: readonly FieldTime[],
  { drive, maxTesla, minTesla, provenance }: Coil,
): readonly EnergyComponent[] {
  if (!drive) return [];
  const strongest = Math.max(Math.abs(maxTesla), Math.abs(minTesla));
  const currentOf = (tesla: number): number => (drive.amperes * Math.abs(tesla)) / strongest;
  const on = states.filter(({ tesla }) => tesla !== 0);
  const heat = on.reduce((sum, { tesla, seconds }) => sum + currentOf(tesla) ** 2 * drive.ohms * seconds, 0);
  const field = on.reduce(
    (sum, { tesla, switches }) => sum + 0.5 * drive.henries * currentOf(tesla) ** 2 * switches,
    0,
  );
  const seconds = on.reduce((sum, state) => sum + state.seconds, 0);
  const switches = on.reduce((sum, state) => sum + state.switches, 0);
  const heatBasis = `I² R t, R = ${formatQuantity(drive.ohms, 'Ohm')}, field on for ${formatQuantity(seconds, 's')}`;
  const fieldBasis = `½ L I² per switch, L = ${formatQuantity(drive.henries, 'H')}`;
  return [
    givenComponent({ name: 'coil, heat', group: 'field', count: on.length, basis: heatBasis }, heat, provenance),
    givenComponent({ name: 'coil, switching', group: 'field', count: switches, basis: fieldBasis }, field, provenance),
  ];
}
