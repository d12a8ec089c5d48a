/** The life of an array under a pulse program that is repeated. */
import type { EnergyEstimate } from '../../ir/energy-estimate.js';
import type { LifetimeEstimate } from '../../ir/lifetime.js';
import type { MappedModule } from '../../ir/mapped.js';
import type { ExperimentResult } from '../../ir/results.js';
import { formatPercent } from '../../units/format-quantity.js';
import { estimateLifetime } from './estimate-lifetime.js';

/**
 * Lifetime of the tile of `mapped` when `result`, priced by `estimate`, is repeated every `everySeconds`, and without a
 * pause where nothing is said or a run takes longer.
 */
export function programLifetime(
  { activity, metrics, wear }: ExperimentResult,
  mapped: MappedModule,
  estimate: EnergyEstimate,
  everySeconds = 0,
): LifetimeEstimate {
  const { window, disturbBudget } = mapped.experiment.program;
  const { fraction } = disturbBudget;
  const { pulses } = activity;
  const cells = mapped.rows * mapped.columns;
  return estimateLifetime({
    device: mapped.device,
    window,
    wear,
    periodSeconds: Math.max(activity.seconds, everySeconds),
    budget: { fraction, name: `\`disturb at most ${formatPercent(fraction)}\`` },
    ...(pulses > 0 && {
      rewrite: {
        pulses: cells,
        seconds: (metrics.writeTime.mean / pulses) * cells,
        energy_J: (estimate.total.energy_J / pulses) * cells,
      },
    }),
  });
}
