/** The bus master that speaks a chip's protocol. */
import { unreachable } from '../core/invariant.js';
import type { BusProtocol } from '../ir/chip.js';
import { ApbMaster } from './apb-master.js';
import { Axi4LiteMaster } from './axi4-lite-master.js';
import type { BatchRunner, BusMaster } from './bus-master.js';
import type { PortBlock } from './port-block.js';
import { WishboneMaster } from './wishbone-master.js';

/** A master at the ports of a controller; `step` evaluates one clock, `runBatch` many steps at once, where that pays. */
export function createBusMaster(
  protocol: BusProtocol,
  ports: PortBlock,
  step: () => void,
  runBatch?: BatchRunner,
): BusMaster {
  switch (protocol) {
    case 'apb':
      return new ApbMaster(ports, step, runBatch);
    case 'axi4lite':
      return new Axi4LiteMaster(ports, step, runBatch);
    case 'wishbone':
      return new WishboneMaster(ports, step, runBatch);
    default:
      return unreachable(protocol);
  }
}
