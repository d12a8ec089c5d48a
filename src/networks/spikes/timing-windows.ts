/** Windows of spike timing as results show them: one for each rule of a projection whose neurons were paired. */
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { ruleMap } from '../../ir/realize/superposition/assign-banks.js';
import { timingKernel } from '../../ir/realize/rule-kernel.js';
import type { TimingWindow } from '../../ir/study-result.js';
import { selectedSynapses, type SeedTotals } from './spike-figures.js';

export function timingWindows(mapped: MappedNetwork, { records }: SeedTotals): readonly TimingWindow[] {
  return [...records].flatMap(([projection, found]) => {
    const rules = ruleMap(projection, mapped);
    const synapses = selectedSynapses(projection, undefined, mapped);
    const width = projection.to.count;
    return projection.learning.flatMap(({ rule }, learning): readonly TimingWindow[] => {
      const ofRule = synapses.filter((at) => rules(Math.floor(at / width), at % width) === learning);
      const kernel = timingKernel(rule);
      const points = found.window(ofRule);
      if (points.length === 0 || ofRule.length === 0 || typeof kernel === 'string') return [];
      return [
        {
          projection: projection.name,
          rule: rule.name,
          seconds: points.map(({ seconds }) => seconds),
          change: points.map(({ mean }) => mean),
          deviation: points.map(({ deviation }) => deviation),
          kernel: points.map(({ seconds }) => kernel(seconds)),
          unit: rule.weight.unit,
        },
      ];
    });
  });
}
