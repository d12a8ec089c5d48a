/** Whole processes of `ionloom build`: a layer on tiles from source to all artifacts, in seconds and bytes of memory. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { threeDigits, type Measurement } from './measurement.js';

/** Runs of which the fastest counts: other programs on the machine only ever make one slower. */
const RUNS = 5;

/** Lines of a tile on each side. */
const TILE = 64;

/** Each process, as it ends, adds the most memory that it has had to a file [kB]. */
const WATCH = `process.on('exit', () => require('node:fs').appendFileSync(process.env.IONLOOM_BENCH_MEMORY, process.resourceUsage().maxRSS + '\\n'));\n`;

/** Builds a trained layer of `side` x `side` weights for all targets; `goal` is the time that was aimed at [s]. */
export function measureCompile(side: number, goal: number): Promise<Measurement> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ionloom-bench-'));
  try {
    writeFileSync(path.join(folder, 'layer.ion'), layerText(side));
    writeFileSync(path.join(folder, 'samples.csv'), samplesText(side));
    writeFileSync(path.join(folder, 'watch.cjs'), WATCH);
    const runs = Array.from({ length: RUNS }, (_, run) => build(folder, run));
    const seconds = Math.min(...runs.map((run) => run.seconds));
    const bytes = Math.max(...runs.map((run) => run.bytes));
    const tiles = (side / TILE) ** 2;
    const note = `${tiles} tiles of ${TILE} x ${TILE}, whole process, fastest of ${RUNS}, goal ${goal} s; at most ${threeDigits(bytes / 1e6)} MB with the process that watches it`;
    return Promise.resolve({ ours: seconds, note });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function build(folder: string, run: number): { readonly seconds: number; readonly bytes: number } {
  const memory = path.join(folder, `memory-${run}`);
  const args = ['--require', path.join(folder, 'watch.cjs'), 'bin/ionloom.js', 'build', path.join(folder, 'layer.ion'), '-o', path.join(folder, `out-${run}`)]; // prettier-ignore
  const begin = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, IONLOOM_BENCH_MEMORY: memory } }); // prettier-ignore
  const seconds = (performance.now() - begin) / 1000;
  if (status !== 0) throw new Error(`the build ends with status ${String(status)}: ${stderr}`);
  const kilobytes = readFileSync(memory, 'utf8').trim().split('\n').map(Number);
  return { seconds, bytes: 1024 * kilobytes.reduce((sum, each) => sum + each, 0) };
}

/** Samples with a number for each neuron before and a label. */
function samplesText(side: number): string {
  const rows = Array.from({ length: 8 }, (_, sample) => {
    const features = Array.from({ length: side }, (__, at) => ((at * 7 + sample * 13) % 16) / 16);
    return [...features, sample % 4].join();
  });
  return `${rows.join('\n')}\n`;
}

function layerText(side: number): string {
  const grid = Math.ceil(side / TILE);
  return `import device yszEcram from "std/devices"
chip Board {
  clock 50 MHz
  bus apb
  tile ${TILE} x ${TILE} grid ${grid} x ${grid} {
    bias half
    rails -5 V .. 5 V by 12 bit
    timer 16 bit
    settle 100 us
    adc 0 A .. 26 uA by 12 bit in 2 us settle 10 us shared by 8
    lines 100 fF source "generated" confidence estimate
  }
}
rule backprop {
  param rate = 0.01
  weight w : 1 in -4 .. 4
  on sample { w -= rate * post.error * pre.value }
  realize programming { levels = 100 }
}
data samples {
  from "samples.csv"
  labels column ${side}
  features columns 0 .. ${side - 1} encoded number
}
network Layer {
  population before : rates[${side}]
  population behind : softmax[${side}]
  projection weights : before -> behind all-to-all on yszEcram {
    learn backprop
    weights ~ normal(0, 0.1) seed 1
    encode single window mid scale 1 uS
  }
}
experiment Train {
  run Layer on Board
  train on samples { batch = 4, loss = crossEntropy }
}
`;
}
