/** Address events: both versions, and whatever else a file may hold. */
import { describe, expect, it } from 'vitest';
import { MAX_ADDRESS_EVENTS, MAX_AEDAT_BYTES, readAedat } from '../../../src/data/aedat.js';
import { aedatBytes, type TestEvent } from '../../support/aedat-bytes.js';
import { drawFrom } from '../../support/pulse-program.js';

const EVENTS: readonly TestEvent[] = [
  [0, 0],
  [5, 12],
  [5, 12],
  [32_767, 2_000_000_000],
];

/** Address and time of every event, or why there are none. */
function readingOf(bytes: Uint8Array): readonly TestEvent[] | string {
  const read = readAedat(bytes);
  if (read.kind === 'data-fault') return read.reason;
  return [...read.addresses].map((address, at) => [address, read.microseconds[at] ?? NaN]);
}

describe('address events', () => {
  it.each([
    ['2.0', ['#!AER-DAT2.0']],
    ['2.0 with remarks', ['#!AER-DAT2.0', '# This is a raw AE data file - do not edit', '# Timestamps tick is 1 us']],
    ['1.0', ['#!AER-DAT1.0', '# created long ago']],
    ['1.0, which may go without a header', []],
  ])('are read from version %s', (_, lines) => {
    expect(readingOf(aedatBytes(EVENTS, lines))).toEqual(EVENTS);
    expect(readingOf(aedatBytes([], lines))).toEqual([]);
  });

  it('have 32 bits in version 2.0', () => {
    expect(readingOf(aedatBytes([[0x1234_5678, 0x7fff_ffff]]))).toEqual([[0x1234_5678, 0x7fff_ffff]]);
  });

  it.each([
    ['another version', aedatBytes([], ['#!AER-DAT3.1']), 'it is AEDAT 3.1; 1.0 and 2.0 are read'],
    ['a cut event', aedatBytes(EVENTS).subarray(0, -3), 'it ends within an event: 5 bytes are left'],
    [
      'time that goes back',
      aedatBytes([
        [1, 9],
        [1, 4],
      ]),
      'event 1 comes 5 µs before the one ahead of it',
    ],
    ['a negative time', aedatBytes([[1, -1]]), 'event 0 comes 1 µs before the one ahead of it'],
    ['a negative address', aedatBytes([[-1, 0]]), 'event 0 has the address -1'],
    ['a header without an end', new TextEncoder().encode('#!AER-DAT2.0'), 'its header has no end'],
    ['two versions', aedatBytes([], ['#!AER-DAT2.0', '#!AER-DAT1.0']), 'a line within its header names a version'],
  ])('are refused for %s', (_, bytes, reason) => {
    expect(readingOf(bytes)).toBe(reason);
  });

  it('are refused where there are too many, before anything is made of them', () => {
    const header = aedatBytes([]);
    const bytes = new Uint8Array(header.length + 8 * (MAX_ADDRESS_EVENTS + 1));
    bytes.set(header);
    expect(bytes.length).toBeLessThanOrEqual(MAX_AEDAT_BYTES);
    expect(readingOf(bytes)).toBe('it holds 1000001 events, and 1000000 are the most');
  });

  it('end in events or a reason, whatever the bytes', () => {
    const draw = drawFrom(7);
    const good = aedatBytes(EVENTS);
    for (let turn = 0; turn < 500; turn++) {
      const bytes = good.slice(0, draw(good.length + 1));
      for (let change = 0; change < 3 && bytes.length > 0; change++) bytes[draw(bytes.length)] = draw(256);
      const read = readAedat(bytes);
      if (read.kind === 'data-fault') expect(read.reason).not.toBe('');
      else expect(Math.min(0, ...read.addresses, ...read.microseconds)).toBe(0);
    }
  });
});
