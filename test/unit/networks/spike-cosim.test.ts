/** The controller plays superposed waveforms as the pulse program says, on both engines. */
import { expect, it } from 'vitest';
import { readHardwareSources } from '../../../src/backends/systemverilog/hardware-sources.js';
import { emitSystemVerilog } from '../../../src/backends/systemverilog/emit.js';
import { legalize } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../src/core/disk.js';
import { controllerModel } from '../../../src/cosim/controller-model.js';
import { cosimulate } from '../../../src/cosim/cosimulate.js';
import { createEngine } from '../../../src/cosim/engines/select.js';
import { planSuperposition } from '../../../src/ir/realize/superposition/plan.js';
import { superpositionProgram } from '../../../src/ir/realize/superposition/program.js';
import { mapStdp } from '../../support/stdp-study.js';

it.each(['wasm', 'verilator'] as const)('%s', async (engine) => {
  const mapped = mapStdp({});
  const plan = planSuperposition(mapped, mapped.projections[0]!, 100e-9, new DiagnosticBag())!;
  const lead = plan.leadTicks;
  const spikes = [
    { tick: lead, side: 'row', line: 1 },
    { tick: lead, side: 'row', line: 0 },
    { tick: lead + 3, side: 'column', line: 2 },
    { tick: lead + 3, side: 'column', line: 3 },
  ] as const;
  const scheduled = superpositionProgram(plan, 'Try', lead + 4 + plan.length, [{ name: 'run', spikes }]);
  const sources = readHardwareSources(createDiskHost());
  const bag = new DiagnosticBag();
  const result = await cosimulate(
    [{ scheduled, seed: 1, start: { window: { low: 1e-8, high: 2e-7 }, without: [], initial: Array(16).fill(1e-7) } }],
    { legalize, modelSource: (legal) => controllerModel(legal, emitSystemVerilog(legal, sources)) },
    createEngine(engine),
    bag,
  );
  expect(result?.mismatches).toBe(0);
});
