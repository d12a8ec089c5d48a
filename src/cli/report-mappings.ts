/** Where experiments on networks lie on the tiles of their chips, with what stuck cells leave of their weights. */
import type { MappedNetwork } from '../ir/mapped-network.js';
import { mappingOf, type NetworkMapping } from '../ir/mapping-report.js';
import { checkGrids } from '../ir/passes/check-grids.js';
import { checkSums } from '../ir/passes/check-sums.js';
import { loadWeights, readWeightGraphs } from '../load-weights.js';
import { faultNotes, type FaultNote } from '../networks/run/fault-notes.js';
import { pointName } from '../networks/run/run-points.js';
import type { CommandContext } from './command.js';
import { reportingFaults } from './run-studies.js';

/** An experiment at one point of its sweeps. */
export interface MappingReport {
  readonly name: string;
  readonly mapping: NetworkMapping;
  readonly notes: readonly FaultNote[];
}

/** All `studies` in their order; undefined after reporting why not. */
export async function reportMappings(
  studies: readonly MappedNetwork[],
  context: CommandContext,
): Promise<readonly MappingReport[] | undefined> {
  const networks = loadWeights(
    studies,
    context.host,
    context.diagnostics,
    await readWeightGraphs(studies, context.host),
  );
  if (!networks) return undefined;
  return reportingFaults(context, () =>
    networks.map((mapped) => {
      checkGrids(mapped, context.diagnostics);
      checkSums(mapped, context.diagnostics);
      return { name: pointName(mapped), mapping: mappingOf(mapped), notes: faultNotes(mapped) };
    }),
  );
}
