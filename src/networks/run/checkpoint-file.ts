/**
 * Checkpoints as files: a line that says what it is, the length of the JSON behind it, the JSON, then the numbers of
 * all arrays bit by bit (little-endian), then a digest of everything before.
 */
import { joinBytes } from '../../core/join-bytes.js';
import { TextDigest } from '../../core/text-digest.js';
import type { ArraySnapshot } from '../arrays/synapse-array.js';

/** What a checkpoint file holds: plain data, and arrays by name. */
export interface SavedState {
  /** Digest of what the runs depend on. */
  readonly spec: string;
  /** Plain data; numbers that JSON does not know, such as NaN, are kept. */
  readonly position: unknown;
  readonly arrays: Readonly<Record<string, ArraySnapshot>>;
}

/** Why a file is no checkpoint. */
export interface CheckpointFault {
  readonly kind: 'checkpoint-fault';
  readonly reason: string;
  /** Whether it is whole, but of something else. */
  readonly isOther?: true;
}

const MAGIC = 'ionloom checkpoint 1\n';

const ELEMENTS = { Float32Array, Float64Array, Int32Array, Uint32Array };
type ElementName = keyof typeof ELEMENTS;

/** Where an array lies behind the header. */
interface Entry {
  readonly owner: string;
  readonly name: string;
  readonly type: ElementName;
  readonly length: number;
}

/** Bytes of `state`; {@link decodeCheckpoint} gives it back bit by bit. */
export function encodeCheckpoint({ spec, position, arrays }: SavedState): Uint8Array {
  const parts = Object.entries(arrays).flatMap(([owner, snapshot]) =>
    Object.entries(snapshot).map(([name, values]) => ({ owner, name, values })),
  );
  const entries = parts.map(({ owner, name, values }): Entry => {
    return { owner, name, type: elementName(values), length: values.length };
  });
  const header = new TextEncoder().encode(JSON.stringify({ spec, position, entries }, keepNumbers));
  const start = new TextEncoder().encode(`${MAGIC}${String(header.length)}\n`);
  const bodies = parts.map(({ values }) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  const body = joinBytes([start, header, ...bodies]);
  return joinBytes([body, new TextEncoder().encode(digestOf(body))]);
}

/** The state that `bytes` hold, or why they hold none. */
export function decodeCheckpoint(bytes: Uint8Array): SavedState | CheckpointFault {
  const start = new TextDecoder().decode(bytes.subarray(0, MAGIC.length + 20));
  const length = start.startsWith(MAGIC) ? /^(\d+)\n/.exec(start.slice(MAGIC.length)) : undefined;
  if (!length) return fault('it is no checkpoint of this version');
  const body = bytes.subarray(0, bytes.length - DIGEST_LENGTH);
  const digest = new TextDecoder().decode(bytes.subarray(body.length));
  if (digest !== digestOf(body)) return fault('it is damaged: it was not written to its end, or changed since');
  const headerStart = MAGIC.length + length[0].length;
  const headerEnd = headerStart + Number(length[1]);
  const header = readHeader(new TextDecoder().decode(body.subarray(headerStart, headerEnd)));
  const arrays = header && readArrays(header.entries, body.subarray(headerEnd));
  // The digest tells damage, not intent
  return arrays ? { spec: header.spec, position: header.position, arrays } : fault('its header is not as it should be');
}

interface Header {
  readonly spec: string;
  readonly position: unknown;
  readonly entries: readonly Entry[];
}

function readHeader(text: string): Header | undefined {
  try {
    const value: unknown = JSON.parse(text, giveNumbers);
    if (typeof value !== 'object' || value === null || !('spec' in value) || !('entries' in value)) return undefined;
    const { spec, entries } = value;
    if (typeof spec !== 'string' || !Array.isArray(entries) || !entries.every(isEntry)) return undefined;
    return { spec, position: 'position' in value ? value.position : undefined, entries };
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { owner, name, type, length } = value as Partial<Record<keyof Entry, unknown>>;
  const isNamed = typeof owner === 'string' && typeof name === 'string' && typeof type === 'string';
  return isNamed && Object.hasOwn(ELEMENTS, type) && Number.isSafeInteger(length) && Number(length) >= 0;
}

/** The arrays that `entries` tell of, which fill `bytes`. */
function readArrays(entries: readonly Entry[], bytes: Uint8Array): Record<string, ArraySnapshot> | undefined {
  const arrays = new Map<string, [string, ArraySnapshot[string]][]>();
  let offset = 0;
  for (const { owner, name, type, length } of entries) {
    const Element = ELEMENTS[type];
    const end = offset + length * Element.BYTES_PER_ELEMENT;
    if (end > bytes.length) return undefined;
    // Copied: the array needs not lie at a multiple of its elements' size
    const values = new Element(bytes.slice(offset, end).buffer);
    arrays.set(owner, [...(arrays.get(owner) ?? []), [name, values]]);
    offset = end;
  }
  if (offset !== bytes.length) return undefined;
  return Object.fromEntries([...arrays].map(([owner, values]) => [owner, Object.fromEntries(values)]));
}

function elementName(values: ArraySnapshot[string]): ElementName {
  if (values instanceof Float32Array) return 'Float32Array';
  if (values instanceof Float64Array) return 'Float64Array';
  return values instanceof Int32Array ? 'Int32Array' : 'Uint32Array';
}

/** Numbers that JSON would lose, as objects. */
function keepNumbers(_: string, value: unknown): unknown {
  const isLost = typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0));
  return isLost ? { $number: Object.is(value, -0) ? '-0' : String(value) } : value;
}

function giveNumbers(_: string, value: unknown): unknown {
  const isKept = typeof value === 'object' && value !== null && '$number' in value;
  return isKept ? Number(value.$number) : value;
}

/** Hexadecimal digits. */
const DIGEST_LENGTH = 16;

function digestOf(bytes: Uint8Array): string {
  const digest = new TextDigest();
  const whole = bytes.length - (bytes.length % 4);
  for (const word of new Uint32Array(bytes.slice(0, whole).buffer)) digest.word(word);
  for (const byte of bytes.subarray(whole)) digest.word(byte);
  return digest.value;
}

function fault(reason: string): CheckpointFault {
  return { kind: 'checkpoint-fault', reason };
}
