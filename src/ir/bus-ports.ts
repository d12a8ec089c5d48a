/** Ports of the host bus, for each protocol that a chip can choose. */
import { unreachable } from '../core/invariant.js';
import type { BusProtocol } from './chip.js';
import { input, output, portGroup, type ControllerPortGroup } from './controller-port.js';

/** Bits of a byte address on the bus. */
export const BUS_ADDRESS_BITS = 20;

/** Ports of the bus that `protocol` names; all of them move 32-bit words. */
export function busPorts(protocol: BusProtocol): ControllerPortGroup {
  switch (protocol) {
    case 'apb':
      return APB;
    case 'axi4lite':
      return AXI4_LITE;
    case 'wishbone':
      return WISHBONE;
    default:
      return unreachable(protocol);
  }
}

const APB = portGroup(
  'Host bus (APB)',
  input('psel_i', 1, 'select'),
  input('penable_i', 1, 'access phase'),
  input('pwrite_i', 1, 'write'),
  input('paddr_i', BUS_ADDRESS_BITS, 'byte address'),
  input('pwdata_i', 32, 'write data'),
  output('prdata_o', 32, 'read data'),
  output('pready_o', 1, 'end of the transfer'),
  output('pslverr_o', 1, 'refused'),
);

const AXI4_LITE = portGroup(
  'Host bus (AXI4-Lite)',
  input('awvalid_i', 1, 'a write address is there'),
  output('awready_o', 1, 'it is taken'),
  input('awaddr_i', BUS_ADDRESS_BITS, 'byte address'),
  input('wvalid_i', 1, 'write data is there'),
  output('wready_o', 1, 'it is taken'),
  input('wdata_i', 32, 'write data'),
  input('wstrb_i', 4, 'bytes to write, all four or the write is refused'),
  output('bvalid_o', 1, 'a write is over'),
  input('bready_i', 1, 'its response is taken'),
  output('bresp_o', 2, '0 done, 2 refused'),
  input('arvalid_i', 1, 'a read address is there'),
  output('arready_o', 1, 'it is taken'),
  input('araddr_i', BUS_ADDRESS_BITS, 'byte address'),
  output('rvalid_o', 1, 'read data is there'),
  input('rready_i', 1, 'it is taken'),
  output('rdata_o', 32, 'read data'),
  output('rresp_o', 2, '0 done, 2 refused'),
);

const WISHBONE = portGroup(
  'Host bus (Wishbone B4, classic; pipelined masters heed the stall)',
  input('wb_cyc_i', 1, 'bus cycle'),
  input('wb_stb_i', 1, 'a request is there'),
  input('wb_we_i', 1, 'write'),
  input('wb_adr_i', BUS_ADDRESS_BITS, 'byte address'),
  input('wb_sel_i', 4, 'bytes to write, all four or the write is refused'),
  input('wb_dat_i', 32, 'write data'),
  output('wb_dat_o', 32, 'read data'),
  output('wb_ack_o', 1, 'end of the request'),
  output('wb_err_o', 1, 'end of the request, refused'),
  output('wb_stall_o', 1, 'the request must stand another clock'),
);
