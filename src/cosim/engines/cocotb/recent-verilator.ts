/** A Verilator that cocotb 2 works with: older ones answer its programming interface wrongly. */
import { DiagnosticBag } from '../../../core/diagnostic.js';
import { findToolchain, isAtLeast, type Toolchain } from '../verilator/toolchain.js';

/** cocotb 2.0 demands it. */
const OLDEST = [5, 36] as const;

/** The toolchain, or undefined where there is none or an older one. */
export async function findRecentVerilator(): Promise<Toolchain | undefined> {
  const toolchain = await findToolchain(new DiagnosticBag());
  return toolchain && isAtLeast(toolchain.verilatorVersion, OLDEST) ? toolchain : undefined;
}
