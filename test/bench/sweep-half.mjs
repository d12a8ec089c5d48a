/** Every second point of a sweep, back to back in this process: file, points, 0 or 1; prints the seconds. */
import { PointRunner } from '../../dist/cli/point-runner.js';
import { createDiskHost } from '../../dist/core/disk.js';
import { withStandardLibrary } from '../../dist/dsl/standard-library.js';
import { sweepPoints } from '../../dist/sweep/sweep-plan.js';

const [file, points, parity] = process.argv.slice(2);
const order = { version: '', vary: [], set: [], files: [], seeds: Number(points) };
const runner = new PointRunner({ ...order, file }, withStandardLibrary(createDiskHost()));
const begin = performance.now();
for (const [index, point] of sweepPoints(order).entries()) {
  if (index % 2 !== Number(parity)) continue;
  const result = await runner.run(point, new Map());
  if ('kind' in result) throw new Error(result.diagnostics[0]?.message);
}
console.log((performance.now() - begin) / 1000);
