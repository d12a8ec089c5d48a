/**
 * Waves in the format of GTKWave's FST: compressed by signal, which viewers open at once whatever the length. Blocks in
 * this order: header, value changes (one block for all), geometry (lengths of signals), hierarchy (scopes and names).
 * A block is a byte for its kind, the number of bytes behind that (64 bits, big endian, itself included), and its content.
 * Written from descriptions of the format: `block_format.txt` of GTKWave, and T. Hutt, "Unofficial FST specification".
 */
import { deflateSync, gzipSync } from 'node:zlib';
import { ByteWriter } from './byte-writer.js';
import { scopeSteps } from './scope-steps.js';
import { TimeScale } from './time-scale.js';
import type { WaveRecord, WaveSignal } from './wave-record.js';

const BLOCK = { header: 0, changes: 1, geometry: 3, hierarchy: 4 } as const;
const HIERARCHY = { scope: 254, up: 255, module: 0 } as const;
const VARIABLE = { real: 3, wire: 16 } as const;
/** Fixed lengths of texts in the header [bytes]. */
const VERSION_BYTES = 128;
const DATE_BYTES = 119;
/** A double that tells readers the order of its bytes. */
const BYTE_ORDER_MARK = Math.E;

/** Bytes of `record`; the same record gives the same bytes. */
export function writeFst(record: WaveRecord): Uint8Array {
  const scale = new TimeScale(record.clockHz);
  const file = new ByteWriter();
  addBlock(file, BLOCK.header, headerOf(record, scale));
  addBlock(file, BLOCK.changes, changesOf(record, scale));
  addBlock(file, BLOCK.geometry, geometryOf(record.signals));
  addBlock(file, BLOCK.hierarchy, hierarchyOf(record.signals));
  return file.bytes;
}

function addBlock(file: ByteWriter, kind: number, content: ByteWriter): void {
  file.byte(kind);
  file.long(8n + BigInt(content.length));
  file.append(content.bytes);
}

function headerOf({ signals, endClock }: WaveRecord, scale: TimeScale): ByteWriter {
  const header = new ByteWriter();
  header.long(0n);
  header.long(scale.at(endClock));
  header.double(BYTE_ORDER_MARK);
  // Memory that the writer used: nobody needs it
  header.long(0n);
  header.long(BigInt(scopeSteps(signals).filter(({ kind }) => kind === 'down').length));
  header.long(BigInt(signals.length));
  header.long(BigInt(signals.length));
  // Blocks of value changes
  header.long(1n);
  header.byte(scale.exponent & 0xff);
  header.padded('Ionloom', VERSION_BYTES);
  // No date: equal runs make equal files
  header.padded('', DATE_BYTES);
  header.byte(0);
  header.long(0n);
  return header;
}

/** Lengths of all signals: 0 stands for a real number. */
function geometryOf(signals: readonly WaveSignal[]): ByteWriter {
  const lengths = new ByteWriter();
  for (const { kind, width } of signals) lengths.varint(kind === 'real' ? 0 : width);
  const block = new ByteWriter();
  const packed = packIfSmaller(lengths.bytes);
  block.long(BigInt(lengths.length));
  block.long(BigInt(signals.length));
  block.append(packed);
  return block;
}

function hierarchyOf(signals: readonly WaveSignal[]): ByteWriter {
  const text = new ByteWriter();
  for (const step of scopeSteps(signals)) {
    if (step.kind === 'up') text.byte(HIERARCHY.up);
    else if (step.kind === 'down') {
      text.byte(HIERARCHY.scope);
      text.byte(HIERARCHY.module);
      text.text(step.name);
      // No name of a component
      text.text('');
    } else addVariable(text, step.signal);
  }
  const block = new ByteWriter();
  block.long(BigInt(text.length));
  block.append(gzipSync(text.bytes));
  return block;
}

function addVariable(text: ByteWriter, { kind, width, name }: WaveSignal): void {
  text.byte(kind === 'real' ? VARIABLE.real : VARIABLE.wire);
  // Implicit direction
  text.byte(0);
  text.text(kind === 'bits' && width > 1 ? `${name} [${String(width - 1)}:0]` : name);
  text.varint(kind === 'real' ? 8 : width);
  // A signal of its own, no alias
  text.varint(0);
}

/** First values, the chain of changes of every signal, where the chains lie, and the table of times. */
function changesOf(record: WaveRecord, scale: TimeScale): ByteWriter {
  const { signals, endClock } = record;
  const times = timeTable(record, endClock);
  const { frame, chains } = splitChanges(record, times.places);
  const block = new ByteWriter();
  block.long(0n);
  block.long(scale.at(endClock));
  block.long(BigInt(chains.reduce((sum, chain) => sum + chain.length, 0)));
  const packedFrame = packIfSmaller(frame.bytes);
  block.varint(frame.length);
  block.varint(packedFrame.length);
  block.varint(signals.length);
  block.append(packedFrame);
  block.varint(signals.length);
  addChains(block, chains);
  const deltas = new ByteWriter();
  let before = 0n;
  for (const clock of times.clocks) {
    deltas.varint(scale.at(clock) - before);
    before = scale.at(clock);
  }
  const packedTimes = packIfSmaller(deltas.bytes);
  block.append(packedTimes);
  block.long(BigInt(deltas.length));
  block.long(BigInt(packedTimes.length));
  block.long(BigInt(times.clocks.length));
  return block;
}

interface TimeTable {
  readonly clocks: readonly number[];
  /** Place of a clock in the table. */
  readonly places: ReadonlyMap<number, number>;
}

/** All clocks at which something changes, and the last one. */
function timeTable({ clocks }: WaveRecord, endClock: number): TimeTable {
  const places = new Map<number, number>();
  for (const clock of [0, ...clocks, endClock]) if (!places.has(clock)) places.set(clock, places.size);
  return { clocks: [...places.keys()], places };
}

/** Values at clock 0, and the changes of every signal as a chain. */
function splitChanges({ signals, clocks, ids, values }: WaveRecord, places: TimeTable['places']) {
  const first = new Float64Array(signals.length);
  const chains = signals.map(() => new ByteWriter());
  const lastPlaces = new Uint32Array(signals.length);
  for (const [index, id] of ids.entries()) {
    const [clock = NaN, value = NaN, signal, chain] = [clocks[index], values[index], signals[id], chains[id]];
    if (clock === 0) first[id] = value;
    // Also at clock 0: readers take the frame only where the table of times begins behind the block
    if (signal && chain) {
      const place = places.get(clock) ?? NaN;
      addChange(chain, signal, { delta: place - (lastPlaces[id] ?? 0), value });
      lastPlaces[id] = place;
    }
  }
  const frame = new ByteWriter();
  signals.forEach(({ kind, width }, id) => {
    const value = first[id] ?? NaN;
    if (kind === 'real') frame.double(value);
    else frame.append(new TextEncoder().encode(value.toString(2).padStart(width, '0')));
  });
  return { frame, chains };
}

/** @param change  steps in the table of times since the change before, and the new value */
function addChange(
  chain: ByteWriter,
  { kind, width }: WaveSignal,
  { delta, value }: { readonly delta: number; readonly value: number },
): void {
  if (kind === 'real') {
    chain.varint(2 * delta + 1);
    chain.double(value);
  } else if (width === 1) {
    // Two bits beside the delta: the value, and 0 for a value of 0 or 1
    chain.varint(4 * delta + 2 * value);
  } else {
    chain.varint(2 * delta);
    const bytes = Math.ceil(width / 8);
    const aligned = BigInt(value) << BigInt(8 * bytes - width);
    for (let byte = bytes - 1; byte >= 0; byte--) chain.byte(Number((aligned >> BigInt(8 * byte)) & 0xffn));
  }
}

/** Chains behind a byte for their compression, zlib; then the distances of their places. Empty ones have no place. */
function addChains(block: ByteWriter, chains: readonly ByteWriter[]): void {
  const start = block.length;
  block.byte('Z'.charCodeAt(0));
  const table = new ByteWriter();
  let [before, empty] = [0, 0];
  for (const chain of chains) {
    if (chain.length === 0) {
      empty += 1;
      continue;
    }
    if (empty > 0) table.varint(2 * empty);
    empty = 0;
    const place = block.length - start;
    table.varint(2 * (place - before) + 1);
    before = place;
    const packed = packIfSmaller(chain.bytes);
    // 0 says that a chain is not compressed
    block.varint(packed.length < chain.length ? chain.length : 0);
    block.append(packed);
  }
  if (empty > 0) table.varint(2 * empty);
  block.append(table.bytes);
  block.long(BigInt(table.length));
}

/** Readers take data that is as long as unpacked for not packed. */
function packIfSmaller(bytes: Uint8Array): Uint8Array {
  const packed = deflateSync(bytes);
  return packed.length < bytes.length ? packed : bytes;
}
