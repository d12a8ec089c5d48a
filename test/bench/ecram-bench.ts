/** Speed of whole co-simulations with the physics of the example's device, every event compared with the program. */
import { DiagnosticBag } from '../../src/core/diagnostic.js';
import { prepareWasmModule } from '../../src/cosim/engines/wasm/prepare-module.js';
import { openWasmModel } from '../../src/cosim/engines/wasm/session.js';
import { executeJob } from '../../src/cosim/execute.js';
import type { SeedJob } from '../../src/cosim/job.js';
import { scheduleSquare, sourceOf } from './engine-bench.js';
import { cpuSeconds, threeDigits, type Measurement } from './measurement.js';

const LINES = 64;
const ROUNDS = 20;

/** Data sets of the longer job; what it takes longer than a job of one is the time of data sets alone. */
const DATA_SETS = 5;

/**
 * Events a second of CPU time: data sets go over the bus, run, and are compared, conductances included. What a job does
 * once, which is to make a tile of fresh devices and to calibrate it with pulses of its own, counts in the note only.
 */
export async function measureEcramEvents(): Promise<Measurement> {
  const diagnostics = new DiagnosticBag();
  const run = scheduleSquare(LINES, diagnostics);
  const source = sourceOf(run);
  const module = await prepareWasmModule(source, diagnostics);
  if (!module) throw new Error(diagnostics.all.map(({ message }) => message).join('; '));
  const play = (job: SeedJob): Played => {
    const begin = process.cpuUsage();
    const { events, mismatches } = executeJob(openWasmModel(module, source), { runs: [job] });
    if (mismatches !== 0) throw new Error(`${mismatches} mismatches`);
    return { events, seconds: cpuSeconds(begin) };
  };
  const one = best(() => play(run));
  const many = best(() => play(withDataSets(run, DATA_SETS)));
  const whole = threeDigits(one.events / one.seconds);
  return {
    ours: (many.events - one.events) / (many.seconds - one.seconds),
    note: `engine wasm, ${LINES} x ${LINES}, CPU time; loading included, ${whole} with making and calibrating the tile; goal 3e5`,
  };
}

interface Played {
  readonly events: number;
  readonly seconds: number;
}

/** Others on the machine only ever make a round slower. */
function best(play: () => Played): Played {
  const rounds = Array.from({ length: ROUNDS }, play);
  return rounds.reduce((fastest, round) => (round.seconds < fastest.seconds ? round : fastest));
}

/** The run with its data set `count` times: the same pulses on the devices as the last one has left them. */
function withDataSets(run: SeedJob, count: number): SeedJob {
  const { scheduled, legal } = run;
  const { program } = scheduled;
  const repeat = <Item>(items: readonly Item[]): readonly Item[] => Array.from({ length: count }, () => items).flat();
  return {
    ...run,
    scheduled: { ...scheduled, program: { ...program, dataSets: repeat(program.dataSets) } },
    legal: { ...legal, dataSets: repeat(legal.dataSets) },
  };
}
