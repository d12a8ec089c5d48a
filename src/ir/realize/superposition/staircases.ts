/**
 * Waveforms as the pulse program plays them: staircases of levels by the age of a spike. A level is a row of a table
 * that each waveform bank fills with codes of its own, so that lines of different rules go through the same levels.
 */
import type { RailLevel, SideLevels, WaveformBank } from '../../mapped.js';
import type { WaveformStep } from '../../modes/stdp.js';
import type { BankWaveform } from './fit-waveforms.js';
import type { LineConverter } from './line-converter.js';

export interface Staircase {
  readonly steps: readonly WaveformStep[];
  readonly levels: SideLevels;
  /** Levels beside REST. */
  readonly levelCount: number;
}

/** Lines that play the waveform of a bank; those that belong to none stay at REST. */
export interface BankLines {
  readonly waveform: BankWaveform;
  readonly lines: readonly number[];
}

export interface StaircaseTask {
  readonly banks: readonly BankLines[];
  /** Lines of the side. */
  readonly lineCount: number;
  /** Age at which the sample of a spike's own moment begins. */
  readonly delay: number;
  readonly converter: LineConverter;
  /** -1 for columns, whose voltage counts negative. */
  readonly sign: 1 | -1;
}

/** The staircase of one side. */
export function staircase({ banks, lineCount, delay, converter, sign }: StaircaseTask): Staircase {
  const first = Math.min(...banks.map(({ waveform }) => waveform.first));
  const end = Math.max(...banks.map(({ waveform }) => waveform.first + waveform.codes.length));
  const rows: (readonly number[])[] = [];
  const steps: WaveformStep[] = [];
  const known = new Map<string, number>();
  for (let sample = first; sample <= end; sample++) {
    const codes = banks.map(({ waveform }) => sign * (waveform.codes[sample - waveform.first] ?? 0));
    const level = codes.every((code) => code === 0) ? 0 : levelOf(codes, known, rows);
    if (level !== (steps.at(-1)?.level ?? 0)) steps.push({ age: delay + sample, level });
  }
  const ofBank = (bank: number): readonly RailLevel[] => rows.map((codes) => converter.level((codes[bank] ?? 0) + 0));
  const [select = converter.level(0), ...more] = ofBank(0);
  const others = banks.map(({ lines }, bank): WaveformBank => ({ lines, levels: ofBank(bank) })).slice(1);
  const playing = new Set(banks.flatMap(({ lines }) => lines));
  const silent = Array.from({ length: lineCount }, (_, line) => line).filter((line) => !playing.has(line));
  const rest = converter.level(0);
  const bankList = [...others, ...(silent.length > 0 ? [{ lines: silent, levels: rows.map(() => rest) }] : [])];
  const levels = { rest, select, more, ...(bankList.length > 0 && { banks: bankList }) };
  return { steps, levels, levelCount: rows.length };
}

function levelOf(codes: readonly number[], known: Map<string, number>, rows: (readonly number[])[]): number {
  const key = codes.join(' ');
  const found = known.get(key);
  if (found !== undefined) return found;
  rows.push(codes);
  known.set(key, rows.length);
  return rows.length;
}
