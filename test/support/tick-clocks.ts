/** Clocks that a controller needs for a tick of spike timing. */
import { ControllerHost } from '../../src/cosim/controller-host.js';
import { PLAIN_BLOCKS } from '../../src/ir/blocks/controller-blocks.js';
import { errorText } from '../../src/ir/error-codes.js';
import { stdp, type WaveformStep } from '../../src/ir/modes/stdp.js';
import { encode } from '../../src/ir/passes/encode.js';
import { minSegmentClocks } from '../../src/ir/plane-load.js';
import { closeLoops } from '../../src/ir/close-loops.js';
import { clockByClock } from './clock-by-clock.js';
import { openController, record } from './controller-run.js';
import { ORIGIN } from './mapped-fixture.js';
import { pulseProgram, scheduledModule } from './pulse-program.js';

/** Enough for a controller that is a clock a tick too slow to fall behind by a whole one. */
const TICKS = 64;

/** Code of a tick that came while the one before was pending. */
const LATE_TICK = 21;

/** What a tick takes. */
export interface TickClocks {
  /** Segments of a tick, and words of a plane. */
  readonly segments: number;
  readonly words: number;
  /** The shortest period at which no tick is late [clocks]. */
  readonly shortest: number;
  /** From a tick to the clock in which its last segment is on the lines, at a period that leaves time [clocks]. */
  readonly latency: number;
}

/** Waveforms of so many steps on `lines` x `lines`, tick after tick. */
export async function tickClocks(lines: number, segments: number): Promise<TickClocks> {
  const words = minSegmentClocks(lines);
  const ample = 4 * segments * words + 40;
  const runAt = await openTicks(lines, segments, ample);
  const commits = runAt(ample)!;
  // The first tick comes a period after the start
  const latency = Math.max(
    ...Array.from({ length: TICKS }, (_, tick) => {
      const last = commits.filter((clock) => clock > (tick + 1) * ample && clock <= (tick + 2) * ample).at(-1) ?? NaN;
      return last - (tick + 1) * ample;
    }),
  );
  let shortest = ample;
  while (shortest > 1 && runAt(shortest - 1)) shortest -= 1;
  return { segments, words, shortest, latency };
}

/** Runs at any period: clocks of all commits from the start on, undefined where a tick was late. */
async function openTicks(
  lines: number,
  segments: number,
  period: number,
): Promise<(period: number) => readonly number[] | undefined> {
  const waveform = Array.from({ length: segments }, (_, step): WaveformStep => {
    return { age: 1 + step, level: (segments - 1 - step) % 4 };
  });
  const array = { rows: lines, columns: lines, origin: ORIGIN };
  const waveforms = { rowWaveform: waveform, columnWaveform: waveform };
  const mode = stdp({ ...array, ...waveforms, railSet: 1, ticks: TICKS, memoryTicks: 5, fires: false });
  const program = pulseProgram({
    ...{ rows: lines, columns: lines, dataSets: mode.dataSets, operations: closeLoops(mode.operations) },
    blocks: { ...PLAIN_BLOCKS, spikes: { planes: 8, tickClocks: period, refractoryTicks: 0, tickBits: 16 } },
  });
  const legal = encode(scheduledModule(program));
  let clock = 0;
  let commits: number[] = [];
  const session = clockByClock(await openController(legal), {
    after: (ports) => {
      const isIdle = ports.get('idle_o') === 1;
      clock = isIdle ? 0 : clock + 1;
      if (!isIdle && ports.get('line_event_o') === 1) commits.push(clock);
    },
  });
  const host = new ControllerHost(session, legal);
  host.start();
  return (clocks) => {
    host.writeRegister('tick_div', clocks);
    commits = [];
    const { errorCode } = record(host, legal, 0).summary;
    if (errorCode === 0) return commits;
    if (errorCode !== LATE_TICK) throw new Error(errorText(errorCode));
    return undefined;
  };
}
