/** An array of the interpreter that is made when the RTL departs gives the results of one that was there from the start. */
import { describe, expect, it } from 'vitest';
import { emitSystemVerilog } from '../../../src/backends/systemverilog/emit.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { controllerModel } from '../../../src/cosim/controller-model.js';
import { prepareWasmModule } from '../../../src/cosim/engines/wasm/prepare-module.js';
import { openWasmModel } from '../../../src/cosim/engines/wasm/session.js';
import { executeJob } from '../../../src/cosim/execute.js';
import type { CosimJob, CosimOutcome } from '../../../src/cosim/job.js';
import { HARDWARE_SOURCES } from '../../support/controller-run.js';
import { exampleRuns, SWAPPED_POLARITY, type CellFault } from '../../support/observed-run.js';

/** Faults by when they show first: at once, in the reads behind some pulses, in codes alone. */
const FAULTS: readonly (readonly [string, CellFault | undefined])[] = [
  ['none', undefined],
  ['swapped polarity', SWAPPED_POLARITY],
  [
    'a row that is another one',
    {
      cell: 'ion_prepare',
      from: 'assign row_index_o    = l_row_index_q;',
      to: "assign row_index_o    = l_row_index_q == RowW'(7) ? RowW'(6) : l_row_index_q;",
    },
  ],
  [
    'samples one clock early',
    {
      cell: 'ion_converter_scan',
      from: "assign settle_count = {1'b0, settle_i} - (CountW + 1)'(2);",
      to: "assign settle_count = {1'b0, settle_i} - (CountW + 1)'(3);",
    },
  ],
];

async function execute(job: CosimJob, fault: CellFault | undefined): Promise<CosimOutcome> {
  const cells = HARDWARE_SOURCES.cells.map((cell) =>
    cell.name === fault?.cell ? { ...cell, text: cell.text.replace(fault.from, fault.to) } : cell,
  );
  const [first] = job.runs;
  const source = controllerModel(first!.legal, emitSystemVerilog(first!.legal, { ...HARDWARE_SOURCES, cells }));
  const module = await prepareWasmModule(source, new DiagnosticBag());
  return { ...executeJob(openWasmModel(module!, source), job), seconds: 0 };
}

describe('the array of the interpreter', () => {
  it.each(FAULTS)('may wait for the first difference (fault: %s)', async (_, fault) => {
    // Calibrated, with the noise of devices, pulses and reads, two seeds
    const runs = exampleRuns('Calibrated', 2);
    const separate = await execute({ runs, separateArrays: true }, fault);
    expect(await execute({ runs }, fault)).toEqual(separate);
    expect(separate.mismatches > 0).toBe(fault !== undefined);
    expect(separate.maxConductanceError > 0).toBe(fault !== undefined && fault.cell !== 'ion_converter_scan');
  });
});
