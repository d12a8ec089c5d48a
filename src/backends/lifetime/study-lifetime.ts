/** The life of the arrays of a network whose experiment is repeated. */
import { windowOf } from '../../ir/encoding-window.js';
import type { EnergyEstimate } from '../../ir/energy-estimate.js';
import type { LifetimeEstimate } from '../../ir/lifetime.js';
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import type { StudyResult } from '../../ir/study-result.js';
import { synapseMatrix } from '../../ir/synapse-matrix.js';
import { estimateLifetime, type RepeatedRun } from './estimate-lifetime.js';

/** Nothing follows cells that are not meant through a whole run. */
const DRIFT_UNKNOWN = 'cells without a pulse of their own are not followed through experiments on networks';

/**
 * Lifetime of the array that loses a cell first when `result`, priced by `estimate`, is repeated every `everySeconds`, or
 * without a pause; undefined where no weight lies in a device. The worst cell is that of the pulse programs where their
 * counts are there, and else the mean one.
 */
export function studyLifetime(
  { activity }: Pick<StudyResult, 'activity'>,
  mapped: MappedNetwork,
  estimate: EnergyEstimate,
  everySeconds = 0,
): LifetimeEstimate | undefined {
  const onDevices = mapped.projections.flatMap((projection) => (projection.device ? [projection] : []));
  const cells = onDevices.reduce((sum, each) => sum + cellsOf(each, mapped), 0);
  const programs = activity.programs ?? [];
  const longest = programs.reduce((most, { counts }) => Math.max(most, counts.seconds), activity.seconds);
  const { pulses } = activity;
  const common = {
    driftUnknown: DRIFT_UNKNOWN,
    periodSeconds: Math.max(longest, everySeconds),
    ...(pulses > 0 && {
      rewrite: {
        pulses: cells,
        seconds: (longest / pulses) * cells,
        energy_J: (estimate.total.energy_J / pulses) * cells,
      },
    }),
  };
  const runs = onDevices.flatMap(({ name, device, encoding }): readonly RepeatedRun[] => {
    if (!device) return [];
    const own = programs.filter(({ projection }) => projection === name || projection.startsWith(`${name}, part `));
    const each = { ...common, device, window: windowOf(encoding, device) };
    return own.length > 0
      ? own.map(({ wear, basis }) => ({ ...each, wear, wearBasis: basis }))
      : [{ ...each, wear: {}, meanPulses: pulses / cells }];
  });
  return runs.map(estimateLifetime).sort((a, b) => (a.firstLoss_s ?? Infinity) - (b.firstLoss_s ?? Infinity))[0];
}

function cellsOf(projection: MappedProjection, { populations }: MappedNetwork): number {
  const { rows, columns } = synapseMatrix(projection, populations);
  return rows * columns * (projection.encoding.scheme === 'differential' ? 2 : 1);
}
