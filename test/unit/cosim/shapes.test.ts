/** From a source text to compared events: tiles of odd shapes under every way of writing, biasing and reading. */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cosimulateExperiment, loadNetwork, mapExperiment } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../src/core/disk.js';
import { invariant } from '../../../src/core/invariant.js';
import type { EngineName } from '../../../src/cosim/engine.js';
import { compiledUrl } from '../../../src/cosim/engines/host/run-model.js';
import { memoryHost } from '../../support/memory-host.js';
import { hasVerilator } from '../../support/model-fixture.js';

const isReady = (await hasVerilator()) && existsSync(compiledUrl('./model-host.js'));

/** Rows, columns, order, bias, and whether the tile is read back. */
type Shape = readonly [number, number, 'serial' | 'rows', 'half' | 'third', boolean];

/**
 * Every size with both orders, with both biases, and with and without reading; all that differ for 100 x 3. Serial
 * writing of 64 x 64 cells with a third of the voltage on all others is refused: too much disturb to correct.
 */
const SHAPES: readonly Shape[] = [
  [1, 1, 'serial', 'half', true],
  [1, 1, 'rows', 'third', false],
  [1, 7, 'serial', 'third', true],
  [1, 7, 'rows', 'half', false],
  [7, 1, 'serial', 'half', false],
  [7, 1, 'rows', 'third', true],
  [64, 64, 'serial', 'half', false],
  [64, 64, 'rows', 'third', true],
  [100, 3, 'serial', 'half', false],
  [100, 3, 'rows', 'half', true],
  [100, 3, 'serial', 'third', true],
  [100, 3, 'rows', 'third', false],
];

const NATIVE: readonly Shape[] = [
  [7, 1, 'rows', 'third', true],
  [100, 3, 'serial', 'half', false],
];

/** Two pictures of brightnesses without symmetry, so that a swapped line or a stale plane shows. */
function picture(rows: number, columns: number, step: number): string {
  const line = (row: number): string =>
    Array.from({ length: columns }, (_, column) => (((row * columns + column + 1) * step) % 5) / 4).join(',');
  return Array.from({ length: rows }, (_, row) => `${line(row)}\n`).join('');
}

function source([rows, columns, order, bias, reads]: Shape): string {
  return `import device yszEcram from "std/devices"
chip Board {
  clock 10 MHz
  bus apb
  tile ${rows} x ${columns} {
    bias ${bias}
    rails -6 V .. 6 V by 12 bit
    timer 14 bit
    settle 100 us
    adc 0 A .. 0.5 uA by 12 bit in 2 us settle 10 us shared by ${Math.min(3, columns)}
    lines 100 pF source "test" confidence estimate
  }
}
program Shape {
  device yszEcram window mid
  from "first.csv", "second.csv"
  write ${order}
  ${reads ? 'read after each' : ''}
  disturb at most 100 %
}
experiment Once {
  run Shape on Board
  seeds 2 from 1
}
`;
}

async function cosimulated(shape: Shape, engine: EngineName) {
  const [rows, columns] = shape;
  const host = memoryHost({
    'shape.ion': source(shape),
    'first.csv': picture(rows, columns, 3),
    'second.csv': picture(rows, columns, 2),
  });
  const diagnostics = new DiagnosticBag();
  const network = loadNetwork('shape.ion', host, new Map(), diagnostics);
  const [experiment] = network?.experiments ?? [];
  const mapped = network && experiment && mapExperiment(network, experiment, diagnostics);
  const result = mapped && (await cosimulateExperiment(mapped, { engine }, createDiskHost(), diagnostics));
  invariant(result, JSON.stringify(diagnostics.all));
  return result;
}

/** Codes of two seeds and two pictures: a row at a time, from every column of every converter. */
function codeCount([rows, columns, , , reads]: Shape): number {
  const shares = Math.min(3, columns);
  return reads ? 2 * 2 * rows * shares * Math.ceil(columns / shares) : 0;
}

describe('co-simulation of a tile', () => {
  it.each(SHAPES)('%i x %i, %s, bias %s, read back %s', async (...shape) => {
    const [rows, columns] = shape;
    const result = await cosimulated(shape, 'wasm');
    expect(result).toMatchObject({ mismatches: 0, maxConductanceError: 0, samples: codeCount(shape) });
    expect(result.states.map(({ length }) => length)).toEqual([rows * columns, rows * columns]);
    expect(result.pulses).toBeGreaterThan(0);
  });

  it.skipIf(!isReady).each(NATIVE)('%i x %i, %s, bias %s, read back %s, on both engines', async (...shape) => {
    const [embedded, native] = [await cosimulated(shape, 'wasm'), await cosimulated(shape, 'verilator')];
    expect(native).toMatchObject({ mismatches: 0, digest: embedded.digest, states: embedded.states });
  });
});
