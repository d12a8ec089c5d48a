/** Wall time of `ionloom check` as a whole process, beside a process of Node that does nothing. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface CheckSpeed {
  /** Median of `ionloom check` on the generated file [s]. */
  readonly seconds: number;
  /** Median of `node -e 0`, the runs taken in turns [s]. */
  readonly emptySeconds: number;
}

/** Checks a generated file of `lines` lines `runs` times; throws where a run does not find it good. */
export function benchCheck(lines: number, runs: number): CheckSpeed {
  const folder = mkdtempSync(path.join(tmpdir(), 'ionloom-bench-'));
  try {
    const file = path.join(folder, 'generated.ion');
    writeFileSync(file, generateSource(lines));
    const pairs = Array.from({ length: runs }, () => ({
      check: timeNode(['bin/ionloom.js', 'check', file]),
      empty: timeNode(['-e', '0']),
    }));
    return {
      seconds: median(pairs.map(({ check }) => check)),
      emptySeconds: median(pairs.map(({ empty }) => empty)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timeNode(args: readonly string[]): number {
  const begin = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ends with status ${String(status)}: ${stderr}`);
  return (performance.now() - begin) / 1000;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('there is no median of nothing');
  return middle;
}

/** A valid file of exactly `lines` lines: blocks of a device and parameters, each computed from the one before. */
export function generateSource(lines: number): string {
  const text = ['param p0 = 100 ms'];
  for (let block = 1; text.length + BLOCK_LINES <= lines; block++) text.push(...generateBlock(block));
  while (text.length < lines) text.push(`// line ${text.length + 1}`);
  return `${text.join('\n')}\n`;
}

const BLOCK_LINES = generateBlock(1).length;

function generateBlock(block: number): readonly string[] {
  return [
    '',
    `param scale${block} = (1 + ${block} / 1000) * 2`,
    `param p${block} = p${block - 1} * scale${block} / (2 + ${block} / 500)`,
    `device device${block} "generated" {`,
    `  pulse 5 V for p${block} source "generated" confidence estimate`,
    '  read 0.1 V source "generated" confidence estimate',
    '  window mid = 2 uS .. 4 uS step 20 nS source "generated" confidence estimate',
    '  param fieldVoltage = 0.5 V source "generated" confidence estimate',
    '  spread gain ~ normal(1, 12 %) per device source "generated" confidence estimate',
    '  state g : S in 0.05 uS .. 260 uS = window.low',
    '  evolve g = gain * (window.high - window.low) / 100 / pulse.width * sinh(v / fieldVoltage) / sinh(pulse.voltage / fieldVoltage)',
    '  current = g * v',
    '  energy = 1 pF * v ^ 2 source "generated" confidence estimate',
    '  maximum voltage 6 V source "generated" confidence estimate',
    '  maximum duration 30 s source "generated" confidence estimate',
    '}',
  ];
}
