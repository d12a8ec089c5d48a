/**
 * Address events in the formats AEDAT 1.0 and 2.0, as iniVation documents them
 * (docs.inivation.com/software/software-advanced-usage/file-formats): header lines that begin with `#` and end in CR LF,
 * of which the first names the version (without one it is 1.0), then events of an address and a timestamp in
 * microseconds, all integers signed and big-endian, in order of time. An address is 16 bits wide in version 1.0 and 32 in
 * 2.0; what it stands for is up to the sender. Later versions are formats of their own, which begin otherwise.
 */
import { dataFault, type DataFault } from './data-fault.js';

export interface AddressEvents {
  readonly kind: 'events';
  /** One for each event, none negative. */
  readonly addresses: Int32Array;
  /** Not descending, none negative [µs]. */
  readonly microseconds: Int32Array;
}

/** Events that are taken from one file; those of a stimulus are part of the program. */
export const MAX_ADDRESS_EVENTS = 1_000_000;
const MAX_HEADER_BYTES = 2 ** 20;
/** A file that holds more is not read. */
export const MAX_AEDAT_BYTES = MAX_HEADER_BYTES + 8 * MAX_ADDRESS_EVENTS;

const HASH = 0x23;
const LINE_FEED = 0x0a;
const VERSION = /^#!AER-DAT(\d+\.\d+)\r?$/;

/** The events of a file, or what is wrong with it; `bytes` is at most {@link MAX_AEDAT_BYTES} long. */
export function readAedat(bytes: Uint8Array): AddressEvents | DataFault {
  const header = readHeader(bytes);
  if ('reason' in header) return header;
  const { start, version } = header;
  if (version !== '1.0' && version !== '2.0') return dataFault(`it is AEDAT ${version}; 1.0 and 2.0 are read`);
  const addressBytes = version === '1.0' ? 2 : 4;
  const eventBytes = addressBytes + 4;
  const count = Math.floor((bytes.length - start) / eventBytes);
  const rest = (bytes.length - start) % eventBytes;
  if (rest !== 0) return dataFault(`it ends within an event: ${String(rest)} bytes are left`);
  if (count > MAX_ADDRESS_EVENTS) {
    return dataFault(`it holds ${String(count)} events, and ${String(MAX_ADDRESS_EVENTS)} are the most`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, count * eventBytes);
  const addresses = new Int32Array(count);
  const microseconds = new Int32Array(count);
  let last = 0;
  for (let event = 0; event < count; event++) {
    const at = event * eventBytes;
    const address = addressBytes === 2 ? view.getInt16(at) : view.getInt32(at);
    const time = view.getInt32(at + addressBytes);
    if (address < 0) return dataFault(`event ${String(event)} has the address ${String(address)}`);
    if (time < last)
      return dataFault(`event ${String(event)} comes ${String(last - time)} µs before the one ahead of it`);
    addresses[event] = address;
    microseconds[event] = last = time;
  }
  return { kind: 'events', addresses, microseconds };
}

/** Where the events begin, and the version that they have. */
function readHeader(bytes: Uint8Array): { readonly start: number; readonly version: string } | DataFault {
  let start = 0;
  let version = '1.0';
  while (bytes[start] === HASH) {
    const end = bytes.subarray(0, MAX_HEADER_BYTES).indexOf(LINE_FEED, start);
    // Nor does the format say where it is, should the first address begin with that sign: 0x23000000 and above
    if (end < 0) return dataFault('its header has no end');
    const line = new TextDecoder('latin1').decode(bytes.subarray(start, end));
    const found = VERSION.exec(line)?.[1];
    if (found !== undefined) {
      if (start > 0) return dataFault('a line within its header names a version');
      version = found;
    }
    start = end + 1;
  }
  return { start, version };
}
