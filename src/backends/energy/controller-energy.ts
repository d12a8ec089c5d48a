/** The digital controller's share: clock, program fetches and leakage. */
import { unreachable } from '../../core/invariant.js';
import type { EnergyComponent } from '../../ir/energy-estimate.js';
import type { MappedArray } from '../../ir/mapped.js';
import type { Activity } from '../../ir/results.js';
import { formatQuantity } from '../../units/format-quantity.js';
import { pricedComponent } from './component.js';
import { BUSY_CLOCKS_PER_STEP, CONTROLLER_FLIP_FLOPS, type Technology } from './terms.js';

const GROUP = 'controller';

/** Counts that the controller is priced by. */
export type ControllerActivity = Pick<Activity, 'clocks' | 'segments' | 'conversions' | 'seconds'>;

/** The array that it drives. */
type DrivenArray = Pick<MappedArray, 'rows' | 'columns' | 'converters'>;

/** Components of the controller; a free-running clock counts every clock, a gated one only the busy ones. */
export function controllerComponents(
  activity: ControllerActivity,
  mapped: DrivenArray,
  technology: Technology,
): readonly EnergyComponent[] {
  const leakage = pricedComponent(
    { name: 'controller, static', group: GROUP, count: 1, basis: `over ${formatQuantity(activity.seconds, 's')}` },
    activity.seconds,
    technology.controllerStatic,
  );
  return [...clockComponents(activity, mapped, technology), leakage];
}

function clockComponents(
  activity: ControllerActivity,
  mapped: DrivenArray,
  { clock }: Technology,
): readonly EnergyComponent[] {
  switch (clock.kind) {
    case 'free-running':
      return [
        pricedComponent(
          { name: 'controller, clocked', group: GROUP, count: activity.clocks, basis: 'every clock' },
          activity.clocks,
          clock.perClock,
        ),
      ];
    case 'gated': {
      const flipFlops = CONTROLLER_FLIP_FLOPS.base + CONTROLLER_FLIP_FLOPS.perLine * (mapped.rows + mapped.columns);
      const clocks = busyClocks(activity, mapped.converters.count);
      return [
        pricedComponent(
          {
            name: 'controller, clocked',
            group: GROUP,
            count: clocks,
            basis: `${String(flipFlops)} flip-flops in clocks that are not quiet, ${String(BUSY_CLOCKS_PER_STEP)} per segment and converter step`,
          },
          clocks * flipFlops,
          clock.perFlipFlopEdge,
        ),
        pricedComponent(
          { name: 'program fetch', group: GROUP, count: activity.segments, basis: 'per segment' },
          activity.segments,
          clock.perSegment,
        ),
      ];
    }
    default:
      return unreachable(clock);
  }
}

function busyClocks(activity: ControllerActivity, converterCount: number): number {
  const steps = activity.segments + Math.ceil(activity.conversions / converterCount);
  return Math.min(activity.clocks, BUSY_CLOCKS_PER_STEP * steps);
}
