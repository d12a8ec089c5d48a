/** A second simulator, in four states: it shows what the embedded engine showed, and nothing unknown after reset. */
import { describe, expect, it } from 'vitest';
import { encode } from '../../../src/ir/passes/encode.js';
import { hasTool } from '../../support/external-tool.js';
import { replayInIcarus } from '../../support/icarus-replay.js';
import { randomProgram, scheduledModule } from '../../support/pulse-program.js';
import { recordController } from '../../support/recorded-controller.js';

describe.skipIf(!hasTool('iverilog'))('Icarus replays a controller', () => {
  it.each([
    [3, 5, 1],
    [10, 10, 2],
    [4, 130, 3],
  ])('of %i x %i lines in random program %i', async (rows, columns, seed) => {
    const { source, trace } = await recordController(encode(scheduledModule(randomProgram(rows, columns, seed))));
    expect(trace.clocks).toBeGreaterThan(100);
    expect(replayInIcarus(source, [trace])).toEqual([]);
  });

  it('and finds a register that no reset sets', async () => {
    const { source, trace } = await recordController(encode(scheduledModule(randomProgram(3, 5, 1))));
    const files = source.files.map(({ name, text }) => ({
      name,
      text: name === 'ion_segment_timer.sv' ? text.replace(/rail_q +<= '0;\n/, '') : text,
    }));
    const [first] = replayInIcarus({ ...source, files }, [trace]);
    expect(first).toMatchObject({ port: 'rail_o' });
    expect(first?.found).toContain('x');
  });
});
