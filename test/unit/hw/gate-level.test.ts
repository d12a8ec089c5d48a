/** A controller as gates of an FPGA shows at its ports what its text shows, clock by clock. */
import { describe, expect, it } from 'vitest';
import { encode } from '../../../src/ir/passes/encode.js';
import { hasTool } from '../../support/external-tool.js';
import { gateLevel, primitivesOf } from '../../support/gate-level.js';
import { replayInIcarus } from '../../support/icarus-replay.js';
import { randomProgram, scheduledModule } from '../../support/pulse-program.js';
import { recordController } from '../../support/recorded-controller.js';

const LEGAL = encode(scheduledModule(randomProgram(3, 5, 1)));

describe.skipIf(!hasTool('yosys') || !hasTool('iverilog'))('a controller as gates', () => {
  it('does what its text does', { timeout: 120_000 }, async () => {
    const { source, trace } = await recordController(LEGAL);
    const gates = gateLevel(source);
    expect([...primitivesOf(gates)]).toEqual(expect.arrayContaining(['SB_LUT4', 'SB_RAM40_4K']));
    expect(replayInIcarus(gates, [trace])).toEqual([]);
  });

  it('shows a bug of the text', { timeout: 120_000 }, async () => {
    const { source, trace } = await recordController(LEGAL);
    const files = source.files.map(({ name, text }) => ({
      name,
      text: name === 'ion_segment_timer.sv' ? text.replace(/event_q +<= commit_o;/, 'event_q <= select_o;') : text,
    }));
    expect(replayInIcarus(gateLevel({ ...source, files }), [trace])).not.toEqual([]);
  });
});
