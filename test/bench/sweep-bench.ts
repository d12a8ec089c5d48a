/** What a sweep costs beside its points. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PointRunner } from '../../src/cli/point-runner.js';
import { createDiskHost } from '../../src/core/disk.js';
import { withStandardLibrary } from '../../src/dsl/standard-library.js';
import { sweepPoints } from '../../src/sweep/sweep-plan.js';
import type { Measurement } from './measurement.js';

const FILE = 'examples/ecram-image/image.ion';

/** A sweep on two workers, whole process, beside the same points back to back in one process, halved [s]. */
export async function measureSweep(points: number): Promise<Measurement> {
  const alone = await secondsAlone(points);
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'ionloomsweep'));
  try {
    const words = ['sweep', FILE, '--seeds', String(points), '--jobs', '2', '-o', folder];
    const begin = performance.now();
    const { status, stderr } = spawnSync(process.execPath, ['bin/ionloom.js', ...words], { encoding: 'utf8' });
    const ours = (performance.now() - begin) / 1000;
    if (status !== 0) throw new Error(stderr);
    const each = ((alone / points) * 1000).toPrecision(2);
    return {
      ours,
      limit: alone / 2,
      note: `two experiments with five pictures of 10 x 10, ${each} ms a point; limit: one process, halved`,
    };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function secondsAlone(points: number): Promise<number> {
  const order = { version: '', vary: [], set: [], files: [], seeds: points };
  const runner = new PointRunner({ ...order, file: FILE }, withStandardLibrary(createDiskHost()));
  const begin = performance.now();
  for (const point of sweepPoints(order)) {
    const result = await runner.run(point, new Map());
    if ('kind' in result) throw new Error(result.diagnostics[0]?.message);
  }
  return (performance.now() - begin) / 1000;
}
