/**
 * Files of every kind that is read, damaged at random: each reader gives a value or a fault of its own kind, and no
 * exception. `IONLOOM_FUZZ_RUNS` and `IONLOOM_FUZZ_SEED` say how many and which.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRecord } from '../../../src/cli/fit-record.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { dataFormatOf, readDataHeader } from '../../../src/data/data-header.js';
import { decodeImage } from '../../../src/data/image.js';
import { readIndexPairs } from '../../../src/data/index-pairs.js';
import { readMeasuredTable } from '../../../src/data/measured-table.js';
import { readPulseTable } from '../../../src/data/pulse-table.js';
import { readSamples } from '../../../src/data/read-samples.js';
import { unpack } from '../../../src/data/unpack.js';
import { readWeightMatrix } from '../../../src/data/weight-matrix.js';
import { parseAssembly } from '../../../src/ir/assembly/parse.js';
import { printAssembly } from '../../../src/ir/assembly/print.js';
import { opFormat } from '../../../src/ir/microcode.js';
import { parseModule } from '../../../src/ir/parse.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { decodeCheckpoint, encodeCheckpoint } from '../../../src/networks/run/checkpoint-file.js';
import { FUZZ_RUNS, FUZZ_TIMEOUT, fuzzSeed } from '../../support/fuzz-runs.js';
import { REPOSITORY } from '../../support/golden.js';
import { keepRecord } from '../../support/hostile/trust-record.js';
import { mutatedBytes } from '../../support/hostile/mutated-bytes.js';
import { pulseProgram, scheduledModule, segment } from '../../support/pulse-program.js';

interface Reader {
  readonly what: string;
  readonly seeds: readonly Uint8Array[];
  readonly read: (bytes: Uint8Array) => unknown;
  /** Kinds of values and faults that reading ends in; absent where it has no kinds. */
  readonly kinds?: readonly string[];
}

const file = (name: string): Uint8Array => new Uint8Array(readFileSync(path.join(REPOSITORY, name)));
const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const same = (value: number): number => value;
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const LEGAL = encode(scheduledModule(pulseProgram({ rows: 4, columns: 4, operations: [segment({})] })));
const FORMAT = opFormat(LEGAL.sizes);

const STATE = {
  spec: 'a spec',
  position: { done: [], numbers: [NaN, -0] },
  arrays: { first: { weights: Float32Array.of(0.1, 2), counters: Uint32Array.of(1, 2) } },
};

const PICTURES = ['heart.pgm', 'bolt.png', 'letters.idx', 'ring.csv'];
const TABLES = ['side-by-side.csv', 'trains.csv', 'voltage-width.csv'];
const COLUMNS = { firstColumn: 0, lastColumn: 1, encoding: 'number' } as const;

function samplesOf(format: 'csv' | 'idx', extra: object = {}): (bytes: Uint8Array) => unknown {
  const files = { file: 'a', format, padding: 0, scale: 1, ...extra };
  return (bytes) => readSamples(files, () => bytes);
}

const READERS: readonly Reader[] = [
  ...PICTURES.map((name): Reader => {
    const seeds = [file(`examples/ecram-image/patterns/${name}`)];
    return {
      what: `picture ${name}`,
      seeds,
      read: (bytes) => decodeImage(name, bytes, 0),
      kinds: ['image', 'image-fault'],
    };
  }),
  { what: 'packed data', seeds: [gzipSync(file('examples/ecram-image/patterns/ring.csv'))], read: unpack },
  {
    what: 'header of data',
    seeds: PICTURES.map((name) => file(`examples/ecram-image/patterns/${name}`)),
    read: (bytes) => PICTURES.map((name) => readDataHeader(dataFormatOf(name) ?? 'csv', bytes)),
  },
  {
    what: 'samples in a table',
    seeds: [file('examples/tiki-taka/points.csv')],
    read: samplesOf('csv', { features: COLUMNS }),
  },
  {
    what: 'samples in words',
    seeds: [file('examples/tiki-taka/points.csv'), text('a,b\nx,y\n')],
    read: samplesOf('csv', {
      features: { ...COLUMNS, encoding: 'oneHot' },
      labels: { kind: 'column', column: 1 },
    }),
  },
  {
    what: 'samples in IDX',
    seeds: [file('examples/ecram-image/patterns/letters.idx')],
    read: samplesOf('idx', { padding: 2, labels: { kind: 'file', file: 'a' } }),
  },
  { what: 'weights', seeds: [file('examples/ecram-mushroom/matrix.csv')], read: readWeightMatrix },
  {
    what: 'pairs',
    seeds: [text('0,1\n2,3\n# c\n')],
    read: (bytes) => readIndexPairs(bytes, { preSize: 4, postSize: 4 }),
  },
  {
    what: 'table of a device',
    seeds: [file('examples/device-vocabulary/steps-up.csv')],
    read: (bytes) => readMeasuredTable(bytes, { x: same, y: same, value: same }),
  },
  ...TABLES.map((name): Reader => {
    return { what: `pulses ${name}`, seeds: [file(`examples/fit-from-csv/${name}`)], read: readPulseTable };
  }),
  { what: 'checkpoint', seeds: [encodeCheckpoint(STATE)], read: decodeCheckpoint },
  {
    what: 'record of a fit',
    seeds: [text('{"generator":"ionloom fit","rms_S":1}')],
    read: (bytes) => parseRecord(textOf(bytes)),
  },
  { what: 'IR', seeds: [file('test/golden/network/stdp.ir')], read: (bytes) => parseModule(textOf(bytes)) },
  {
    what: 'assembly',
    seeds: [text(printAssembly(LEGAL.program.words, FORMAT))],
    read: (bytes) => {
      const diagnostics = new DiagnosticBag();
      const parsed = parseAssembly({ text: textOf(bytes), file: 'a.s' }, FORMAT, diagnostics);
      expect(parsed === undefined).toBe(diagnostics.hasErrors);
    },
  },
];

describe('damaged files', () => {
  it.each(READERS.map((reader, index) => ({ ...reader, index })))(
    '$what',
    ({ seeds, read, kinds, index }) => {
      // What is not damaged can be read
      for (const seed of seeds) expect(() => read(seed)).not.toThrow();
      const holds = (bytes: Uint8Array): void => {
        const result = read(bytes);
        if (kinds) expect(kinds).toContain((result as { kind: string }).kind);
      };
      const numRuns = Math.ceil(FUZZ_RUNS / 20);
      fc.assert(fc.property(mutatedBytes(seeds), holds), { seed: fuzzSeed(100 + index), numRuns });
      keepRecord({ what: 'damaged data files, checkpoints, IR and assembly', tried: numRuns, faults: { crashes: 0 } });
    },
    FUZZ_TIMEOUT,
  );
});
