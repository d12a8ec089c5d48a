/** Block: address events in and out, four-phase with bundled data, and how many there were. */
import { input, output, portGroup, type ControllerPortGroup } from '../controller-port.js';
import type { ControllerSizes, Register } from '../legal.js';
import { valueField } from '../register-fields.js';
import { cellParameters, type CellParameter } from './cell-parameters.js';

/** Sizes that address events follow from. */
export type AerSizes = Pick<ControllerSizes, 'rowBits' | 'columnBits'>;

/** Bits of an event's address: the line, and above it a bit that is 0 for rows and 1 for columns. */
export function aerAddressBits({ rowBits, columnBits }: AerSizes): number {
  return Math.max(rowBits, columnBits) + 1;
}

/** Address of the event of `line`. */
export function aerAddress(sizes: AerSizes, side: 'row' | 'column', line: number): number {
  return (side === 'column' ? 2 ** (aerAddressBits(sizes) - 1) : 0) + line;
}

/** Counters of events in, out and lost since the last clear; they stop at their highest value. */
export function aerRegisters(): readonly Register[] {
  return [
    counter('ev_in', 0x054, 32, 'address events received'),
    counter('ev_out', 0x058, 32, 'address events sent and acknowledged'),
    counter('ev_drop', 0x05c, 16, 'address events lost: buffer full, line in its refractory time, no such line'),
  ];
}

/** Parameters of the cells on both sides of the pins. */
export function aerParameters(sizes: AerSizes): readonly CellParameter[] {
  return cellParameters({ AddrW: aerAddressBits(sizes) });
}

/** Pins of both directions; an address has one bit more than the longer side needs. */
export function aerPorts(sizes: AerSizes): ControllerPortGroup {
  const bits = aerAddressBits(sizes);
  return portGroup(
    'Address events, four-phase: the address stands from before the request to the acknowledge',
    input('aer_in_req_i', 1, 'request of the sender'),
    input('aer_in_addr_i', bits, 'line; the highest bit is 1 for columns'),
    output('aer_in_ack_o', 1, 'acknowledge to the sender'),
    output('aer_out_req_o', 1, 'request to the receiver'),
    output('aer_out_addr_o', bits, 'line; the highest bit is 1 for columns'),
    input('aer_out_ack_i', 1, 'acknowledge of the receiver'),
  );
}

function counter(name: string, offset: number, width: number, summary: string): Register {
  return {
    name,
    offset,
    access: 'ro',
    from: 'hardware',
    summary: `${summary}, since the last clear; stays at its end`,
    fields: [valueField(width, 0)],
  };
}
