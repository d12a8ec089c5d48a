/**
 * What a model showed last, in a file that outlives its process however that ends. The file is a ring of records; a
 * record is the number of the stretch of clocks, from 1, the clocks evaluated so far, and the I/O block behind it.
 */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { ModelPort, ModelSession, ModelSource } from '../../engine.js';
import { layoutPorts } from '../../io-layout.js';

/** Records of the ring. */
const RECORDS = 16;
/** Number of the stretch, and the clocks in two words. */
const HEAD_WORDS = 3;
/** Events that a report names. */
const SHOWN_EVENTS = 4;

type BoxedPorts = Pick<ModelSource, 'ports'>;

/** Where records are put: memory that is also the file, or a descriptor of the file. */
export interface BoxStorage {
  write(record: Uint32Array, index: number): void;
  close(): void;
}

/** Bytes of the file for a design. */
export function blackBoxBytes({ ports }: BoxedPorts): number {
  return 4 * RECORDS * (HEAD_WORDS + layoutPorts(ports).words);
}

/** Storage in memory that the operating system keeps as the file. */
export function mappedStorage(memory: ArrayBuffer): BoxStorage {
  const words = new Uint32Array(memory);
  return {
    write: (record, index) => {
      words.set(record, index * record.length);
    },
    close: () => undefined,
  };
}

/**
 * Storage by writing to the file: two microseconds a record, for models that take longer. Where nothing can be written,
 * the run goes on without.
 */
export function writtenStorage(file: string): BoxStorage {
  let descriptor: number | undefined;
  const close = (): void => {
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
  };
  try {
    descriptor = openSync(file, 'w', 0o600);
  } catch {
    return { write: () => undefined, close };
  }
  return {
    write: (record, index) => {
      try {
        if (descriptor !== undefined) writeSync(descriptor, record, 0, record.byteLength, index * record.byteLength);
      } catch {
        close();
      }
    },
    close,
  };
}

/** `session`, which leaves a record behind every stretch of clocks. */
export function withBlackBox(session: ModelSession, storage: BoxStorage): ModelSession {
  const { io } = session;
  const record = new Uint32Array(HEAD_WORDS + io.length);
  let stretches = 0;
  const note = (): void => {
    stretches += 1;
    const clocks = session.evaluatedClocks;
    record[0] = stretches;
    record[1] = clocks % 2 ** 32;
    record[2] = Math.floor(clocks / 2 ** 32);
    record.set(io, HEAD_WORDS);
    storage.write(record, stretches % RECORDS);
  };
  const { runBatch } = session;
  return {
    io,
    slots: session.slots,
    get evaluatedClocks() {
      return session.evaluatedClocks;
    },
    step: () => {
      session.step();
      note();
    },
    runUntil: (maxClocks) => {
      const clocks = session.runUntil(maxClocks);
      note();
      return clocks;
    },
    ...(runBatch && {
      runBatch: (steps) => {
        const done = runBatch.call(session, steps);
        note();
        return done;
      },
    }),
    close: () => {
      session.close();
      storage.close();
    },
  };
}

/** The last stretches of clocks in words, oldest first; nothing where there is no readable file. */
export function readBlackBox(file: string, { ports }: BoxedPorts): readonly string[] {
  const { slots, words } = layoutPorts(ports);
  const length = HEAD_WORDS + words;
  const outputs = ports.filter(({ direction }) => direction === 'output');
  return recordsOf(file, length)
    .filter(([stretch = 0]) => stretch > 0)
    .sort(([a = 0], [b = 0]) => a - b)
    .slice(-SHOWN_EVENTS)
    .map((record) => {
      const clocks = (record[1] ?? 0) + 2 ** 32 * (record[2] ?? 0);
      const shown = outputs.flatMap((port) => showPort(port, record, HEAD_WORDS + (slots.get(port.name)?.offset ?? 0)));
      return `clock ${String(clocks)}: ${shown.join(' ') || 'all outputs zero'}`;
    });
}

function recordsOf(file: string, length: number): Uint32Array[] {
  try {
    const bytes = readFileSync(file);
    const all = new Uint32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 4));
    const count = Math.floor(all.length / length);
    return Array.from({ length: count }, (_, index) => all.slice(index * length, (index + 1) * length));
  } catch {
    return [];
  }
}

/** `name=0x…` where the port is not zero. */
function showPort({ name, width }: ModelPort, record: Uint32Array, at: number): readonly string[] {
  let value = 0n;
  for (let word = Math.ceil(width / 32) - 1; word >= 0; word--) value = (value << 32n) | BigInt(record[at + word] ?? 0);
  return value === 0n ? [] : [`${name}=0x${value.toString(16)}`];
}
