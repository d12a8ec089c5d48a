/** What level codes of lines mean in volts. */
import { invariant } from '../core/invariant.js';
import type { RailLevel, SideLevels } from './mapped.js';

/** The voltage of `line` at a level; a level that its side has not is a bug of the scheduler. */
export function levelOf({ rest, select, more, banks }: SideLevels, line: number, level: number): RailLevel {
  if (level === 0) return rest;
  const bank = banks?.find(({ lines }) => lines.includes(line));
  const found = bank ? bank.levels[level - 1] : level === 1 ? select : more?.[level - 2];
  invariant(found, `level ${String(level)} of a line has a voltage`);
  return found;
}

/** Voltages of the lines of one side by line and level, looked up once. */
export class LineVolts {
  readonly #side: SideLevels;
  readonly #byLine: Float64Array[] = [];

  constructor(side: SideLevels, lines: number) {
    this.#side = side;
    for (let line = 0; line < lines; line++) this.#byLine.push(this.#voltsOf(line));
  }

  /** Fills `volts` (lines) [V]: the listed lines at their levels, all others at rest. */
  fill(volts: Float64Array, lines: readonly number[], levels: readonly number[]): void {
    volts.fill(this.#side.rest.volts);
    lines.forEach((line, at) => {
      const found = this.#byLine[line]?.[levels[at] ?? 0];
      invariant(found !== undefined, `level ${String(levels[at])} of line ${String(line)} has a voltage`);
      volts[line] = found;
    });
  }

  #voltsOf(line: number): Float64Array {
    const { more = [], banks = [] } = this.#side;
    const bank = banks.find(({ lines }) => lines.includes(line));
    const count = 1 + (bank ? bank.levels.length : 1 + more.length);
    return Float64Array.from({ length: count }, (_, level) => levelOf(this.#side, line, level).volts);
  }
}
