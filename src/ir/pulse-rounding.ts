/**
 * Updates as pulses, bit for bit as hw/ion_stochastic_round.sv and hw/ion_update_list.sv. An update is a signed number
 * of pulses with `fractionBits` bits after the point; a full pulse lasts 2^fractionBits ticks, and the last pulse of an
 * update is shortened to its fraction. Rounding goes up with the probability of what it cuts off.
 */
import { nextRandomState } from './random-register.js';
import type { WorkEntry } from './scheduled.js';

export interface PulseRoundingRule {
  /** 4 to 12. */
  readonly fractionBits: number;
  /** Shortened pulses are multiples of 2^grainBits ticks. */
  readonly grainBits: number;
  /** Whether pulses are whole or the last one is shortened. */
  readonly isWhole: boolean;
}

const STRATUM_BITS = 4;
const STRATA = 2 ** STRATUM_BITS;
const STEPS = 8;

/** Draws that fall into sixteen different sixteenths in sixteen turns. */
export class PulseRounding {
  readonly #rule: PulseRoundingRule;
  #state: number;
  #turn = 0;
  #order = 0;

  /** @param seed  as the host writes it; 0 is replaced by 1 */
  constructor(rule: PulseRoundingRule, seed: number) {
    this.#rule = rule;
    this.#state = seed >>> 0 || 1;
  }

  /** What the seed register reads. */
  get state(): number {
    return this.#state;
  }

  /** Rounds the size of an update [2^-fractionBits pulses = ticks]; uses up one draw. */
  round(size: number): number {
    const { fractionBits, grainBits, isWhole } = this.#rule;
    const stepBits = isWhole ? fractionBits : grainBits;
    const step = 2 ** stepBits;
    const cut = (size % step) * 2 ** (fractionBits - stepBits);
    const kept = size - (size % step);
    return kept + (cut > this.#draw() ? step : 0);
  }

  /** Entries of the work list for the update of one cell, in ticks; none where it rounds to nothing. */
  entries(row: number, column: number, update: number): readonly WorkEntry[] {
    const full = 2 ** this.#rule.fractionBits;
    const ticks = this.round(Math.abs(update));
    const rest = ticks % full;
    const magnitudes = [...Array.from({ length: Math.floor(ticks / full) }, () => full), ...(rest > 0 ? [rest] : [])];
    return magnitudes.map((magnitude) => ({ row, column, negative: update < 0, magnitude, last: true }));
  }

  #draw(): number {
    const lowBits = this.#rule.fractionBits - STRATUM_BITS;
    const draw = (this.#turn ^ this.#order) * 2 ** lowBits + ((this.#state & 0xff) >>> (8 - lowBits));
    if (this.#turn === STRATA - 1) this.#order = this.#state >>> 28;
    this.#turn = (this.#turn + 1) % STRATA;
    for (let step = 0; step < STEPS; step++) this.#state = nextRandomState(this.#state);
    return draw;
  }
}
