/** What a row of the bench is and what it found, and how speed is measured. */

/** What one row found; fields that could not be measured are absent and `note` says why. */
export interface Measurement {
  readonly ours?: number;
  readonly peer?: number;
  readonly peerName?: string;
  /** The best that any design could reach, measured in the same run. */
  readonly limit?: number;
  readonly note?: string;
}

export interface BenchRow {
  readonly name: string;
  readonly unit: string;
  readonly measure: () => Promise<Measurement>;
}

/** CPU time of this process since `start`, or since it began [s]; helper threads of the engine count. */
export function cpuSeconds(start?: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/**
 * `count` per second of CPU time, the best of nine stretches of at least 0.1 s after one to warm up: other programs on
 * the machine only ever make a stretch slower.
 */
export function bestRate(count: number, work: () => void): number {
  const repetitions = repetitionsOf(0.1, work);
  const rates = Array.from({ length: 9 }, () => {
    const start = process.cpuUsage();
    for (let repetition = 0; repetition < repetitions; repetition++) work();
    return (count * repetitions) / cpuSeconds(start);
  });
  return Math.max(...rates);
}

/** How often `work` is done in `seconds`, from a stretch that also warms it up. */
function repetitionsOf(seconds: number, work: () => void): number {
  const start = process.cpuUsage();
  let repetitions = 0;
  do {
    work();
    repetitions++;
  } while (cpuSeconds(start) < seconds);
  return repetitions;
}

/** Three digits. */
export function threeDigits(value: number): string {
  return Number(value.toPrecision(3)).toString();
}
