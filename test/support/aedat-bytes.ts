/** Files of address events, made as their documentation describes them. */

/** Address and time [µs]. */
export type TestEvent = readonly [address: number, microseconds: number];

/** A file of version 2.0, or without a version line and so of 1.0. */
export function aedatBytes(events: readonly TestEvent[], lines: readonly string[] = ['#!AER-DAT2.0']): Uint8Array {
  const isWide = lines.some((line) => line.startsWith('#!AER-DAT2'));
  const header = new TextEncoder().encode(lines.map((line) => `${line}\r\n`).join(''));
  const eventBytes = isWide ? 8 : 6;
  const bytes = new Uint8Array(header.length + eventBytes * events.length);
  bytes.set(header);
  const view = new DataView(bytes.buffer, header.length);
  events.forEach(([address, microseconds], event) => {
    const at = event * eventBytes;
    if (isWide) view.setInt32(at, address);
    else view.setInt16(at, address);
    view.setInt32(at + eventBytes - 4, microseconds);
  });
  return bytes;
}
