/** The controller's cells and toggles that the estimate takes, against a synthesis and a run. */
import { describe, expect, it } from 'vitest';
import {
  CELL_SPREAD,
  controllerSize,
  GATE_TOGGLES_PER_CLOCK,
  TOGGLES_PER_CLOCK,
} from '../../../src/backends/energy/controller-cells.js';
import { serialController } from '../../support/area-controllers.js';
import { countToggles, synthesizeGates } from '../../support/controller-activity.js';
import { modelOf } from '../../support/controller-run.js';
import { countGateToggles } from '../../support/gate-toggles.js';
import { hasTool } from '../../support/external-tool.js';

describe('the serial controller of 64 + 64 lines', { timeout: 180_000 }, () => {
  const legal = serialController(64, 512);

  it.skipIf(!hasTool('yosys'))('has the cells that the estimate says', () => {
    const { flipFlops, gateEquivalents } = synthesizeGates(modelOf(legal)).cells;
    const size = controllerSize(128);
    for (const part of [flipFlops / size.flipFlops, gateEquivalents / size.gateEquivalents]) {
      expect(part).toBeGreaterThan(CELL_SPREAD.low);
      expect(part).toBeLessThan(CELL_SPREAD.high);
    }
  });

  it('toggles as many flip-flops as the estimate says', async () => {
    const { clocks, toggles } = await countToggles(legal);
    expect(clocks).toBeGreaterThan(1000);
    expect(toggles / clocks / TOGGLES_PER_CLOCK.typical).toBeGreaterThan(0.8);
    expect(toggles / clocks / TOGGLES_PER_CLOCK.typical).toBeLessThan(1.25);
  });
});

it.skipIf(!hasTool('yosys') || !hasTool('iverilog'))(
  'gates toggle as the estimate says, and their flip-flops as on the embedded engine',
  { timeout: 300_000 },
  async () => {
    const legal = serialController(16, 128);
    const source = modelOf(legal);
    const run = await countToggles(legal);
    const { clocks, gateEquivalents, flipFlops } = countGateToggles(source, synthesizeGates(source), run);
    // What the last clock leaves is not seen
    expect(clocks).toBe(run.clocks - 1);
    expect(Math.abs(flipFlops / run.toggles - 1)).toBeLessThan(0.1);
    expect(gateEquivalents / clocks / GATE_TOGGLES_PER_CLOCK.typical).toBeGreaterThan(0.75);
    expect(gateEquivalents / clocks / GATE_TOGGLES_PER_CLOCK.typical).toBeLessThan(1.25);
  },
);
