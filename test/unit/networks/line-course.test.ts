/** Waveforms that are played change by change are those of the pulse program. */
import { describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { compileKernel } from '../../../src/devices/compile-kernel.js';
import { AnalogArray } from '../../../src/ir/analog-array.js';
import { interpretProgram } from '../../../src/ir/interpret.js';
import { planSuperposition } from '../../../src/ir/realize/superposition/plan.js';
import { superpositionProgram } from '../../../src/ir/realize/superposition/program.js';
import type { LineSpike } from '../../../src/ir/scheduled.js';
import { SpikeEnvironment } from '../../../src/ir/spike-environment.js';
import { verifyScheduledArray } from '../../../src/ir/verify-scheduled.js';
import { playSpikes } from '../../../src/networks/spikes/line-course.js';
import { KERNELS, mapStdp, ruleText, type StdpText } from '../../support/stdp-study.js';

const TWO_RULES: StdpText = {
  rules: ruleText('hebbian', KERNELS.hebbian) + ruleText('reverse', KERNELS.antiHebbian, 1),
  learn: 'learn hebbian when post.index % 2 == 0\n    learn reverse when post.index == 1',
};

const SPIKES: readonly LineSpike[] = [
  { tick: 0, side: 'row', line: 1 },
  { tick: 3, side: 'column', line: 2 },
  { tick: 3, side: 'column', line: 3 },
  { tick: 5, side: 'row', line: 0 },
  { tick: 9, side: 'column', line: 1 },
];

describe.each([
  ['rows play', {}],
  ['columns play two rules', TWO_RULES],
])('%s', (_, text) => {
  const mapped = mapStdp(text);
  const plan = planSuperposition(mapped, mapped.projections[0]!, 100e-9, new DiagnosticBag())!;
  const ticks = 10 + plan.length;
  const scheduled = superpositionProgram(plan, 'Try', ticks, [{ name: 'run', spikes: SPIKES }]);
  const { program } = scheduled;
  const newArray = (): AnalogArray => {
    const setup = { rows: 4, columns: 4, window: { low: 1e-8, high: 2e-7 }, seed: 3, without: [] };
    const kernel = compileKernel(plan.array.device, setup);
    kernel.conductance.fill(1e-7);
    return new AnalogArray(kernel, program);
  };

  it('to the same conductances, bit by bit, as the program', () => {
    verifyScheduledArray(scheduled);
    const [oracle, played] = [newArray(), newArray()];
    for (const event of interpretProgram(program, program.dataSets[0]!, new SpikeEnvironment(program, SPIKES)))
      if (event.kind === 'segment') oracle.apply(event);
    playSpikes(plan, SPIKES, ticks, played);
    expect([...played.kernel.conductance]).toEqual([...oracle.kernel.conductance]);
    expect(played.kernel.selectedEnergy).toBe(oracle.kernel.selectedEnergy);
    expect(new Set(oracle.kernel.conductance).size).toBeGreaterThanOrEqual(6);
  });
});
