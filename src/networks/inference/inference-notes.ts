/** How devices hold the weights of a network that is shown samples, in sentences and figures. */
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { RealizationNote, WeightErrors } from '../../ir/study-result.js';
import { synapseMatrix } from '../../ir/synapse-matrix.js';
import { countParts } from '../../ir/tile-parts.js';
import type { InferencePlan } from './inference-plan.js';

/** A note on each projection on a device; figures of programming where `errors` has them. */
export function inferenceNotes(
  mapped: MappedNetwork,
  { programming }: Pick<InferencePlan, 'programming'>,
  errors: readonly WeightErrors[],
): readonly RealizationNote[] {
  return mapped.projections.flatMap((projection): RealizationNote[] => {
    const { name, device, encoding, parts, origin } = projection;
    if (!device) return [];
    const { rows, columns } = synapseMatrix(projection, mapped.populations);
    const found = errors.find((each) => each.projection === name);
    return [
      {
        ...{ projection: name, rule: device.name, method: programming ? 'program weights' : 'held weights', origin },
        summary: sentences(programming),
        figures: [
          { name: 'cells', value: rows * columns * (encoding.scheme === 'differential' ? 2 : 1), unit: '1' },
          { name: 'tiles', value: countParts(parts), unit: '1' },
          ...(found
            ? [
                { name: 'largest weight', value: found.largest, unit: '1' },
                { name: 'error of weights, RMS', value: found.rms, unit: '1' },
                { name: 'weights beyond the window', value: found.clipped, unit: '1' },
              ]
            : []),
        ],
      },
    ];
  });
}

function sentences(programming: InferencePlan['programming']): readonly string[] {
  const READS = 'Spikes of a step are read as one plane of lines; the host adds up codes, and holds the neurons.';
  if (!programming) return ['Cells begin at their weights, which nothing writes.', READS];
  const { attempts, by, levels } = programming;
  return [
    `Cells are programmed from the lower end of their window${levels === undefined ? '' : `, to ${levels + 1} conductances`}, ${by === 'rows' ? 'all of a row at once' : 'one after the other'}.`,
    attempts > 1
      ? `Cells that were pulsed are read row by row and pulsed again, ${attempts} times at most.`
      : 'Nobody looks: the host believes that every pulse has arrived.',
    READS,
  ];
}
