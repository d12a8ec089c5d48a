/** What a neuron model or a realization takes by name: numbers with dimension, default and bounds, and words. */
import { invariant } from '../../core/invariant.js';
import type { Dimension } from '../../units/dimension.js';
import { parseUnit } from '../../units/unit.js';

/** A setting that `{ name = value }` may give. All numbers are SI. */
export interface Setting {
  readonly name: string;
  readonly dimension: Dimension;
  /** SI unit for messages. */
  readonly symbol: string;
  /** Absent where there is none, or none before the program is mapped to hardware. */
  readonly byDefault?: number;
  /** Both ends are included, except that a low end of `'positive'` is beyond zero. */
  readonly low?: number | 'positive';
  readonly high?: number;
  readonly isInteger?: true;
  /** One line for people. */
  readonly summary: string;
}

type Limits = Pick<Setting, 'byDefault' | 'low' | 'high' | 'isInteger'>;

/** A setting in the given SI unit. */
export function setting(name: string, symbol: string, summary: string, limits: Limits = {}): Setting {
  const unit = parseUnit(symbol);
  invariant(unit, `${symbol} is a unit`);
  return { name, dimension: unit.dimension, symbol, summary, ...limits };
}

/** A setting that is one of a few words; the first is the default. */
export interface Choice {
  readonly name: string;
  readonly words: readonly string[];
  /** One line for people. */
  readonly summary: string;
}
