/** What a sweep costs beside its points. */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Measurement } from './measurement.js';

const FILE = 'examples/ecram-image/image.ion';
const HALF = 'test/bench/sweep-half.mjs';

/**
 * A sweep on two workers, whole process, beside the same points in two processes that do nothing else [s]. Two cores do
 * less than twice what one does, so that halving the time of one process would count the machine's loss, too.
 */
export async function measureSweep(points: number): Promise<Measurement> {
  const limit = Math.max(...(await Promise.all([0, 1].map((parity) => secondsOfHalf(points, parity)))));
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'ionloomsweep'));
  try {
    const words = ['sweep', FILE, '--seeds', String(points), '--jobs', '2', '-o', folder];
    const begin = performance.now();
    const { status, stderr } = spawnSync(process.execPath, ['bin/ionloom.js', ...words], { encoding: 'utf8' });
    const ours = (performance.now() - begin) / 1000;
    if (status !== 0) throw new Error(stderr);
    const each = ((2000 * limit) / points).toPrecision(2);
    return {
      ours,
      limit,
      note: `two experiments with five pictures of 10 x 10, ${each} ms a point; limit: two processes with half of the points each, without their start`,
    };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function secondsOfHalf(points: number, parity: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [HALF, FILE, String(points), String(parity)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
    child.once('close', (status) => {
      if (status === 0) resolve(Number(text));
      else reject(new Error(`half of the points ended with status ${String(status)}`));
    });
  });
}
