/** What lines, their switches and the rails take. */
import type { EnergyComponent } from '../../ir/energy-estimate.js';
import type { Activity } from '../../ir/results.js';
import { formatQuantity } from '../../units/format-quantity.js';
import { pricedComponent } from './component.js';
import { lineCapacitance, type LinedArray } from './line-capacitance.js';
import type { Technology } from './technology.js';
import { RAIL_COUNT } from './terms.js';

const GROUP = 'drivers and lines';

/** Counts that lines and rails are priced by. */
export type LineActivity = Pick<Activity, 'lineSteps' | 'lineTransitions' | 'railChanges' | 'seconds'>;

/** Charging of lines, switches, rail converters and their buffers. */
export function driverComponents(
  activity: LineActivity,
  array: LinedArray,
  technology: Technology,
): readonly EnergyComponent[] {
  return [...chargingComponents(activity, array, technology), ...railComponents(activity, technology)];
}

/** Rows and columns in one component where a line's capacitance is given, else each by its length. */
function chargingComponents(
  { lineSteps, lineTransitions }: LineActivity,
  array: LinedArray,
  technology: Technology,
): readonly EnergyComponent[] {
  const sides = array.pitch ? (['row', 'column'] as const) : ([undefined] as const);
  const charging = sides.map((side) => {
    const steps = side ? lineSteps.filter((step) => step.side === side) : lineSteps;
    const count = steps.reduce((sum, step) => sum + step.count, 0);
    const squaredVolts = steps.reduce((sum, step) => sum + step.count * step.volts ** 2, 0);
    const { farads, basis } = lineCapacitance(side ?? 'row', array, technology);
    const name = side ? `line charging, ${side}s` : 'line charging';
    const label = { name, group: GROUP, count, basis: `½ C ΔV² per transition, ${basis}` } as const;
    return pricedComponent(label, 0.5 * squaredVolts, farads);
  });
  const label = { name: 'line switches', group: GROUP, count: lineTransitions, basis: 'per line transition' } as const;
  return [...charging, pricedComponent(label, lineTransitions, technology.lineSwitch)];
}

function railComponents({ railChanges, seconds }: LineActivity, technology: Technology): readonly EnergyComponent[] {
  return [
    pricedComponent(
      {
        name: 'rail updates',
        group: GROUP,
        count: railChanges,
        basis: `${String(RAIL_COUNT)} voltages per change of the rail set`,
      },
      railChanges * RAIL_COUNT,
      technology.railUpdate,
    ),
    pricedComponent(
      {
        name: 'rail converters and buffers',
        group: GROUP,
        count: RAIL_COUNT,
        basis: `powered for ${formatQuantity(seconds, 's')}`,
      },
      RAIL_COUNT * seconds,
      technology.railBuffer,
    ),
  ];
}
