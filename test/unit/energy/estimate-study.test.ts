/** What experiments on networks cost, and what their estimates leave out. */
import { describe, expect, it } from 'vitest';
import { estimateStudy } from '../../../src/backends/energy/estimate-study.js';
import { TECHNOLOGIES } from '../../../src/backends/energy/terms.js';
import type { StudyActivity, StudyResult } from '../../../src/ir/study-result.js';
import { mapTraining } from '../../support/trained-network.js';

const mapped = mapTraining(
  `import device yszEcram from "std/devices"
rule written {
  weight w : 1 in -1 .. 1
  on sample { w -= 0.1 * post.error * pre.value }
  realize programming { levels = 100 }
}
network Net {
  population a : rates[4]
  population c : softmax[3]
  projection first : a -> c dense on yszEcram { learn written encode differential window mid scale 1 uS }
}
experiment Try { run Net on Bench train on points.train { loss = crossEntropy } }
`,
  [4],
  8,
);

const ACTIVITY = { seconds: 1, pulses: 5, refreshes: 0, reads: 10, conversions: 60, spikes: 0, energy: { pulses: 1e-9 } }; // prettier-ignore

function estimate(changes: Partial<StudyActivity>) {
  return estimateStudy({ activity: { ...ACTIVITY, ...changes } } as StudyResult, mapped, TECHNOLOGIES.board);
}

describe('the estimate of an experiment on a network', () => {
  it('has the groups of which something is counted', () => {
    const { technology, omitted, groups, total } = estimate({});
    expect(technology).toBe('board');
    expect(omitted).toEqual(['line drivers', 'rails', 'controller']);
    expect(groups.map(({ group }) => group)).toEqual(['devices', 'converters']);
    expect(groups[0]?.energy_J).toBeCloseTo(1e-9, 15);
    expect(groups.reduce((sum, { energy_J }) => sum + energy_J, 0)).toBeCloseTo(total.energy_J, 15);
  });

  it('says where reads and refreshes are not counted', () => {
    const { omitted, groups } = estimate({ conversions: 0, refreshes: 3 });
    expect(omitted).toEqual(['line drivers', 'rails', 'controller', 'reads', 'reads with which refreshes check what they set']); // prettier-ignore
    expect(groups.map(({ group }) => group)).toEqual(['devices']);
    expect(estimate({ withoutProgram: ['games'] }).omitted).toContain('no pulse program, so neither lines nor controller: games'); // prettier-ignore
    expect(estimate({ conversions: 0, reads: 0 }).omitted).toEqual(['line drivers', 'rails', 'controller']);
  });
});
