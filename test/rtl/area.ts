/** `npm run area`: look-up tables, flip-flops, memories and clock of the controllers that the goals name. */
import { areaPerLine, measureArea, measureLineDriver, measureSpeed } from '../support/area.js';
import {
  levelsController,
  rowParallelController,
  serialController,
  verifyController,
} from '../support/area-controllers.js';
import type { LegalModule } from '../../src/ir/legal.js';
import { printTable, secondsSince } from './table.js';

const CONTROLLERS: readonly (readonly [title: string, lines: number, build: (lines: number) => LegalModule])[] = [
  ['serial', 16, serialController],
  ['serial', 64, serialController],
  ['row-parallel', 64, rowParallelController],
  ['levels of 3 bits', 64, levelsController],
  ['write and verify', 32, verifyController],
  ['write and verify', 64, verifyController],
  ['row-parallel', 256, rowParallelController],
  ['serial, 512 pulses at a time', 256, (lines) => serialController(lines, 512)],
  ['serial, 512 pulses at a time', 512, (lines) => serialController(lines, 512)],
];

const SEEDS = [1, 2, 3];

/** Prints a row for each controller; the speed is that of the slowest and the fastest seed. */
export function main(): boolean {
  const rows = CONTROLLERS.map(([title, lines, build]) => {
    const start = performance.now();
    const legal = build(lines);
    const { luts, flipFlops, memories } = measureArea(legal);
    const speeds = measureSpeed(legal, SEEDS);
    const speed =
      speeds.length === 0 ? 'does not fit' : `${Math.min(...speeds).toFixed(0)} .. ${Math.max(...speeds).toFixed(0)}`;
    const side = String(lines);
    return [
      `${side} x ${side}, ${title}`,
      luts,
      flipFlops,
      memories,
      (luts / (2 * lines)).toFixed(1),
      speed,
      secondsSince(start),
    ];
  });
  const shapes = [64, 1024].flatMap((lines) => [1, 2, 3].map((levelBits) => ({ lines, levelBits })));
  printTable(
    ['line driver', 'LUT4 / line', 'flip-flops / line', 'decoder, once for all tiles'],
    shapes.map(({ lines, levelBits }) => {
      const { luts, flipFlops } = areaPerLine(lines, levelBits);
      const { decoder } = measureLineDriver(lines, levelBits);
      const title = `${String(lines)} lines, levels of ${String(levelBits)} bits`;
      return [title, luts.toFixed(2), flipFlops.toFixed(2), `${String(decoder.luts)} LUT4`];
    }),
  );
  printTable(['array', 'LUT4', 'flip-flops', 'memories', 'LUT4 / line', 'HX8K MHz', 's'], rows);
  return true;
}
