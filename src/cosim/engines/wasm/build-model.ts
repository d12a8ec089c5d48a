/** From a design's text to the bytes of its WebAssembly module. */
import type { DiagnosticBag } from '../../../core/diagnostic.js';
import { COSIM_CATALOGUE } from '../../catalogue.js';
import type { ModelSource } from '../../engine.js';
import { emitModule } from './emit-module.js';
import { readCircuit } from './read-circuit.js';
import { foldLiveResets, groupResets } from './reset-groups.js';
import { readNetlist } from './yosys.js';

/** The module's bytes, or undefined after reporting to `diagnostics`. */
export async function buildWasmModel(source: ModelSource, diagnostics: DiagnosticBag): Promise<Uint8Array | undefined> {
  const netlist = await readNetlist(source, diagnostics);
  const circuit = netlist && readCircuit(netlist, source, diagnostics);
  if (!circuit) return undefined;
  const resets = groupResets(circuit);
  if ('circle' in resets) {
    diagnostics.report(COSIM_CATALOGUE, 'combinational-loop', { cells: resets.circle.slice(0, 8) });
    return undefined;
  }
  return emitModule(foldLiveResets(circuit, resets), resets);
}
