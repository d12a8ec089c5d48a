/** Deliberate faults in copies of the RTL: each must be caught, at its place and in words that help. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emitSystemVerilog } from '../../../src/backends/systemverilog/emit.js';
import { readHardwareSources } from '../../../src/backends/systemverilog/hardware-sources.js';
import { loadNetwork, legalize, mapExperiment, scheduleSeeds } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../src/core/disk.js';
import { invariant } from '../../../src/core/invariant.js';
import { controllerModel } from '../../../src/cosim/controller-model.js';
import { cosimulate, type CosimResult } from '../../../src/cosim/cosimulate.js';
import { createEngine } from '../../../src/cosim/engines/select.js';
import { REPOSITORY } from '../../support/golden.js';

interface Fault {
  readonly name: string;
  readonly cell: string;
  readonly from: string;
  readonly to: string;
  /** What must differ first. */
  readonly signal: RegExp;
}

const FAULTS: readonly Fault[] = [
  {
    name: 'a dwell that is one clock too long',
    cell: 'ion_prepare',
    from: "p_count_q    <= {1'b0, l_dwell_q} - (DwellW + 1)'(3);",
    to: "p_count_q    <= {1'b0, l_dwell_q} - (DwellW + 1)'(2);",
    signal: /^segment\.clock$/,
  },
  {
    name: 'swapped polarity',
    cell: 'ion_segment_timer',
    from: 'negative_q <= next_negative_i & select_o;',
    to: 'negative_q <= ~next_negative_i & select_o;',
    signal: /^segment\.negative$/,
  },
  {
    name: 'a wrong row',
    cell: 'ion_prepare',
    from: 'assign row_index_o    = l_row_index_q;',
    to: "assign row_index_o    = l_row_index_q ^ RowW'(1);",
    signal: /^segment\.rows$/,
  },
  {
    name: 'a lost commit',
    cell: 'ion_line_driver',
    from: 'end else if (commit_i) begin',
    to: 'end else if (commit_i && select_i) begin',
    signal: /^segment\.(rows|columns)$/,
  },
  {
    name: 'a sample one clock early',
    cell: 'ion_converter_scan',
    from: "assign settle_count = {1'b0, settle_i} - (CountW + 1)'(2);",
    to: "assign settle_count = {1'b0, settle_i} - (CountW + 1)'(3);",
    signal: /^sample\.clock$/,
  },
];

const SOURCE = join(REPOSITORY, 'examples/ecram-image/image.ion');

describe('co-simulation', () => {
  it('finds nothing in the RTL as it is', async () => {
    const result = await cosimulateWith(undefined);
    expect(result).toMatchObject({ mismatches: 0, maxConductanceError: 0 });
    expect(result.events).toBeGreaterThan(400);
  });

  it.each(FAULTS)('catches $name', async (fault) => {
    const { mismatches, firstDivergence } = await cosimulateWith(fault);
    expect(mismatches).toBeGreaterThan(0);
    expect(firstDivergence?.signal).toMatch(fault.signal);
    expect(firstDivergence?.expected).not.toBe(firstDivergence?.found);
    // The place is a statement of the program, not of the RTL.
    expect(firstDivergence?.origin.file).toBe(SOURCE);
    expect(firstDivergence?.origin.start.line).toBeGreaterThan(1);
  });

  it('says when the model is not the controller that it should be', async () => {
    const { firstDivergence } = await cosimulateWith({
      name: 'dead bus',
      cell: 'ion_apb',
      from: 'assign prdata_o',
      to: "assign prdata_o = '0; logic [31:0] unused_prdata; assign unused_prdata",
      signal: /./,
    });
    expect(firstDivergence).toMatchObject({ signal: 'register id', found: '0x0' });
  });
});

/** The first seed of the calibrated experiment, with `fault` put into its cell. */
async function cosimulateWith(fault: Fault | undefined): Promise<CosimResult> {
  const host = createDiskHost();
  const diagnostics = new DiagnosticBag();
  const network = loadNetwork(SOURCE, host, new Map(), diagnostics);
  const [experiment] = network?.experiments ?? [];
  const mapped = network && experiment && mapExperiment(network, experiment, diagnostics);
  invariant(mapped, JSON.stringify(diagnostics.all));
  const [setup] = scheduleSeeds(mapped, diagnostics);
  invariant(setup, 'the first seed is scheduled');
  const intact = readHardwareSources(host);
  const sources = {
    ...intact,
    cells: intact.cells.map((cell) => (cell.name === fault?.cell ? { ...cell, text: broken(cell.text, fault) } : cell)),
  };
  const modelSource = (legal: ReturnType<typeof legalize>) => controllerModel(legal, emitSystemVerilog(legal, sources));
  const result = await cosimulate([setup], { legalize, modelSource }, createEngine('wasm'), diagnostics);
  invariant(result, JSON.stringify(diagnostics.all));
  return result;
}

function broken(text: string, { name, from, to }: Fault): string {
  invariant(text.split(from).length === 2, `${name}: the text to change stands once in the cell`);
  return text.replace(from, to);
}
