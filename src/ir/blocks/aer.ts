/** Block: address events in and out, four-phase with bundled data, and how many there were. */
import type { ControllerPortGroup } from '../controller-port.js';
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

export function aerPorts(sizes: AerSizes): ControllerPortGroup {
  const width = aerAddressBits(sizes);
  return {
    title: 'Address events, four-phase: the address stands from before the request to the acknowledge',
    ports: [
      { name: 'aer_in_req_i', direction: 'input', width: 1, summary: 'request of the sender' },
      { name: 'aer_in_addr_i', direction: 'input', width, summary: 'line; the highest bit is 1 for columns' },
      { name: 'aer_in_ack_o', direction: 'output', width: 1, summary: 'acknowledge to the sender' },
      { name: 'aer_out_req_o', direction: 'output', width: 1, summary: 'request to the receiver' },
      { name: 'aer_out_addr_o', direction: 'output', width, summary: 'line; the highest bit is 1 for columns' },
      { name: 'aer_out_ack_i', direction: 'input', width: 1, summary: 'acknowledge of the receiver' },
    ],
  };
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
