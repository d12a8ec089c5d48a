/**
 * A simulator that answers, but wrongly: `node lying-simulator.mjs HOW`. It speaks frames as `frame.ts` describes them,
 * from a description of its own, and answers the first question as it should.
 */
import { readSync, writeSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const how = process.argv[2];

/** The trailer of gzip begins with the checksum of what was compressed. */
function crc32(bytes) {
  const packed = gzipSync(bytes);
  return packed.readUInt32LE(packed.length - 8);
}

function read(count) {
  const bytes = Buffer.alloc(count);
  for (let done = 0; done < count;) {
    const got = readSync(3, bytes, done, count - done, null);
    if (got === 0) process.exit(0);
    done += got;
  }
  return bytes;
}

function frame(kind, sequence, payload, { magic = 0x464e4f49, version = 1, length = payload.length } = {}) {
  const start = Buffer.alloc(16);
  start.writeUInt32LE(magic, 0);
  start.writeUInt16LE(version, 4);
  start.writeUInt16LE(kind, 6);
  start.writeUInt32LE(sequence, 8);
  start.writeUInt32LE(length, 12);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(Buffer.concat([start, payload])));
  return Buffer.concat([start, checksum, payload]);
}

for (let question = 0; ; question++) {
  const header = read(20);
  const [kind, sequence] = [header.readUInt16LE(6), header.readUInt32LE(8)];
  read(header.readUInt32LE(12));
  // Steps done, clocks, all clocks, and the one output
  const words = kind === 2 ? [1, 1, 1, 7] : [];
  const payload = Buffer.from(Uint32Array.from(words).buffer);
  const good = frame(kind, sequence, payload);
  if (question < 3) {
    writeSync(4, good);
    continue;
  }
  const flipped = Buffer.from(good);
  flipped[22] ^= 0x10;
  const answers = {
    flipped,
    cut: good.subarray(0, 27),
    version: frame(kind, sequence, payload, { version: 2 }),
    magic: Buffer.from('VCD info: dumpfile dump.vcd opened for output.\n'),
    old: frame(kind, sequence - 1, payload),
    huge: frame(kind, sequence, payload, { length: 2 ** 31 }),
    kind: frame(1, sequence, payload),
    unknown: frame(77, sequence, payload),
    short: frame(kind, sequence, payload.subarray(0, 12)),
    refuses: frame(4, sequence, Buffer.from('no licence')),
  };
  writeSync(4, answers[how]);
  if (how === 'cut') process.exit(0);
}
