/** Where the time of a run goes, from the counts of its pulse program. */
import type { TimeShare } from '../../ir/energy-estimate.js';
import type { MappedModule } from '../../ir/mapped.js';
import type { Activity } from '../../ir/results.js';
import { formatQuantity } from '../../units/format-quantity.js';

/** Pulses, converter scans and rests of a run, and the whole of it. */
export function timeShares(activity: Activity, { converters, clockHz }: MappedModule): readonly TimeShare[] {
  const stepSeconds = converters.settleSeconds + converters.conversionSeconds;
  const shares: readonly TimeShare[] = [
    {
      name: 'pulses',
      group: 'devices',
      count: activity.firingSegments,
      seconds: activity.firingSeconds,
      basis: 'segments that drive the array',
    },
    {
      name: 'rest',
      group: 'drivers and lines',
      count: activity.restSegments,
      seconds: activity.restSeconds,
      basis: 'segments in which all lines are at rest',
    },
    {
      name: 'conversions',
      group: 'converters',
      count: activity.scanSteps,
      seconds: activity.scanSteps * stepSeconds,
      basis: `settling and converting for ${formatQuantity(stepSeconds, 's')} a step, all converters at once`,
    },
    {
      name: 'whole run',
      group: 'controller',
      count: activity.clocks,
      seconds: activity.seconds,
      basis: `clocks of ${formatQuantity(clockHz, 'Hz')}`,
    },
  ];
  return shares.filter(({ seconds }) => seconds > 0);
}
