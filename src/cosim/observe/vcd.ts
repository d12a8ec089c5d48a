/** Waves as value change dumps (IEEE 1800-2017, clause 21.7), readable by every viewer. */
import type { WaveRecord, WaveSignal } from './wave-record.js';
import { TimeScale } from './time-scale.js';
import { scopeSteps } from './scope-steps.js';

/** First and last character of identifier codes. */
const FIRST_CODE = 33;
const CODES = 94;

/** Text of `record`; real values have all of their digits. */
export function writeVcd(record: WaveRecord): string {
  const scale = new TimeScale(record.clockHz);
  const parts = [
    '$version Ionloom $end\n',
    ...record.dataSets.map(
      ({ name, clock }) => `$comment data set ${JSON.stringify(name)} begins at ${String(scale.at(clock))} $end\n`,
    ),
    `$timescale ${scale.vcdUnit} $end\n`,
    ...declarations(record.signals),
    '$enddefinitions $end\n',
  ];
  const codes = record.signals.map((_, id) => codeOf(id));
  let clock = -1;
  for (const [index, id] of record.ids.entries()) {
    const now = record.clocks[index] ?? NaN;
    if (now !== clock) {
      if (clock === 0) parts.push('$end\n');
      parts.push(`#${String(scale.at(now))}\n`);
      if (now === 0) parts.push('$dumpvars\n');
    }
    clock = now;
    const signal = record.signals[id];
    if (signal) parts.push(changeText(signal, record.values[index] ?? NaN, codes[id] ?? ''));
  }
  if (clock === 0) parts.push('$end\n');
  if (record.endClock > clock) parts.push(`#${String(scale.at(record.endClock))}\n`);
  return parts.join('');
}

function declarations(signals: readonly WaveSignal[]): readonly string[] {
  return scopeSteps(signals).map((step) => {
    if (step.kind === 'up') return '$upscope $end\n';
    if (step.kind === 'down') return `$scope module ${step.name} $end\n`;
    const { kind, width, name } = step.signal;
    const range = kind === 'bits' && width > 1 ? ` [${String(width - 1)}:0]` : '';
    return `$var ${kind === 'real' ? 'real' : 'wire'} ${String(width)} ${codeOf(step.id)} ${name}${range} $end\n`;
  });
}

function changeText({ kind, width }: WaveSignal, value: number, code: string): string {
  if (kind === 'real') return `r${String(value)} ${code}\n`;
  return width === 1 ? `${String(value)}${code}\n` : `b${value.toString(2)} ${code}\n`;
}

/** A short printable code for every signal. */
function codeOf(id: number): string {
  let code = '';
  for (let rest = id; ; rest = Math.floor(rest / CODES) - 1) {
    code += String.fromCharCode(FIRST_CODE + (rest % CODES));
    if (rest < CODES) return code;
  }
}
