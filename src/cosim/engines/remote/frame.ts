/**
 * Frames between the host of a model and a simulator in another process: a header of five 32-bit words, then the
 * payload, all little endian. The same in `hw/cosim/ionloom_vpi.c` and `hw/cosim/ionloom_bench.py`.
 */
import { crc32 } from './crc32.js';

/** `IONF` in memory. */
export const FRAME_MAGIC = 0x464e4f49;
/** Changes with every change of what frames mean. */
export const FRAME_VERSION = 1;
/** Magic number, version and kind in its upper half, sequence number, bytes of payload, checksum of all the others. */
export const HEADER_BYTES = 20;
/** No frame is longer: a larger number in a header is damage. */
export const MAX_PAYLOAD_BYTES = 2 ** 20;

export const FRAME_KINDS = {
  /** Host: the ports of the model. Simulator: its name and version as text. */
  hello: 1,
  /** Host: operations to do one after the other. Simulator: what came of them. */
  run: 2,
  /** Host: the run is over; the simulator ends without an answer. */
  bye: 3,
  /** Simulator: why it cannot go on, as text. */
  fault: 4,
} as const;

export type FrameKind = keyof typeof FRAME_KINDS;

/** A frame that arrived is not what was sent, or not what was asked for. */
export class FrameFault extends Error {
  override readonly name = 'FrameFault';
}

/** Header and payload of a frame as they travel. */
export function encodeFrame(kind: FrameKind, sequence: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + payload.length);
  const header = new DataView(bytes.buffer, 0, HEADER_BYTES);
  header.setUint32(0, FRAME_MAGIC, true);
  header.setUint32(4, FRAME_VERSION | (FRAME_KINDS[kind] << 16), true);
  header.setUint32(8, sequence, true);
  header.setUint32(12, payload.length, true);
  header.setUint32(16, crc32(payload, crc32(bytes.subarray(0, 16))), true);
  bytes.set(payload, HEADER_BYTES);
  return bytes;
}

/** What a header says of the frame behind it. */
export interface FrameHeader {
  readonly kind: FrameKind;
  readonly sequence: number;
  readonly payloadBytes: number;
}

/**
 * Reads a header, whose checksum can be checked only with the payload.
 * @throws {@link FrameFault} where the bytes are no header, or one of another version
 */
export function decodeHeader(bytes: Uint8Array): FrameHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const magic = view.getUint32(0, true);
  if (magic !== FRAME_MAGIC) throw new FrameFault(`it begins with 0x${magic.toString(16)}`);
  const version = view.getUint16(4, true);
  if (version !== FRAME_VERSION)
    throw new FrameFault(`it has version ${String(version)}, not ${String(FRAME_VERSION)}`);
  const [code, sequence, payloadBytes] = [view.getUint16(6, true), view.getUint32(8, true), view.getUint32(12, true)];
  const kind = Object.entries(FRAME_KINDS).find(([, each]) => each === code)?.[0] as FrameKind | undefined;
  if (kind === undefined) throw new FrameFault(`it is of unknown kind ${String(code)}`);
  if (payloadBytes > MAX_PAYLOAD_BYTES) throw new FrameFault(`it claims ${String(payloadBytes)} bytes`);
  return { kind, sequence, payloadBytes };
}

/** @throws {@link FrameFault} where header and payload do not have the checksum that the header says */
export function checkFrame(header: Uint8Array, payload: Uint8Array): void {
  const stated = new DataView(header.buffer, header.byteOffset, HEADER_BYTES).getUint32(16, true);
  const found = crc32(payload, crc32(header.subarray(0, 16)));
  if (stated !== found)
    throw new FrameFault(`its checksum is 0x${found.toString(16)}, but it says 0x${stated.toString(16)}`);
}
