/** Programs in links: the texts that differ from the example, packed, behind the `#` of the address. */
import { MAX_TEXT_BYTES } from './limits.js';

/** What a link holds. */
export interface Shared {
  /** The file that is compiled. */
  readonly main: string;
  /** Texts that differ from those of the example, by file. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Text of all files of a link, unpacked [bytes]. */
const MAX_UNPACKED_BYTES = 2 * MAX_TEXT_BYTES;

/** The fragment of a link, with its `#`. An example as it is has its name in clear. */
export async function encodeFragment({ main, texts }: Shared): Promise<string> {
  if (Object.keys(texts).length === 0) return `#example=${encodeURIComponent(main)}`;
  const bytes = new TextEncoder().encode(JSON.stringify({ main, texts }));
  const packed = await collect(pipe(bytes, new CompressionStream('deflate-raw')), Infinity);
  const text = btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(''));
  return `#code=${text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

/** What a fragment means; undefined for one that means nothing, an error for one that is damaged. */
export async function decodeFragment(fragment: string): Promise<Shared | undefined> {
  const [, kind, value = ''] = /^#(example|code)=(.*)$/s.exec(fragment) ?? [];
  if (kind === undefined) return undefined;
  if (kind === 'example') return { main: decodeURIComponent(value), texts: {} };
  try {
    const characters = atob(value.replaceAll('-', '+').replaceAll('_', '/'));
    const packed = Uint8Array.from(characters, (character) => character.charCodeAt(0));
    const bytes = await collect(pipe(packed, new DecompressionStream('deflate-raw')), MAX_UNPACKED_BYTES);
    const shared: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (isShared(shared)) return shared;
  } catch {
    // Said below, as for a link that holds something else
  }
  throw new Error('the link is damaged or was cut off: nothing was loaded from it');
}

function isShared(value: unknown): value is Shared {
  if (typeof value !== 'object' || value === null || !('main' in value) || !('texts' in value)) return false;
  const { main, texts } = value;
  const isTable = typeof texts === 'object' && texts !== null;
  return typeof main === 'string' && isTable && Object.values(texts).every((text) => typeof text === 'string');
}

function pipe(bytes: Uint8Array<ArrayBuffer>, through: CompressionStream | DecompressionStream) {
  return new Blob([bytes]).stream().pipeThrough(through);
}

async function collect(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (const reader = stream.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    length += value.length;
    if (length > limit) {
      await reader.cancel();
      throw new Error('too large');
    }
    parts.push(Uint8Array.from(value));
  }
}
