/** A projection with `realize bias` on a chip: the law of its device, and how long a step takes. */
import type { Chip } from '../../ir/chip.js';
import type { MappedProjection } from '../../ir/mapped-network.js';
import type { LearningRule } from '../../ir/rule.js';
import type { FastPart } from './fast-weight-rule.js';
import { shortTermLaw, type ShortTermLaw } from './short-term-law.js';
import type { WriteLoad } from './write-budget.js';

/** What is realized, and on what. */
export interface BiasedProjection {
  readonly projection: MappedProjection;
  readonly rule: LearningRule;
  readonly fast: FastPart;
  readonly chip: Chip;
  /** Lines before that share the neurons behind, other projections into them included. */
  readonly lines: number;
}

/** Voltages that a line of the chip can be set to [V]. */
export function levelsOf({ tile: { rails } }: Chip): readonly number[] {
  const codes = 2 ** rails.bits - 1;
  return Array.from({ length: codes + 1 }, (_, code) => rails.minVolts + ((rails.maxVolts - rails.minVolts) * code) / codes); // prettier-ignore
}

/** Time that a read of all columns takes [s]: inputs drive the lines, and converters take the columns in turns. */
export function readSecondsOf({ tile: { adc } }: Chip): number {
  return adc.settleSeconds + adc.sharedBy * adc.conversionSeconds;
}

/** The law of the device, and what a step writes where every line is active; or why there is none. */
export function deviceOf({
  projection,
  fast,
  chip,
  rule,
  lines,
}: BiasedProjection): { readonly law: ShortTermLaw; readonly load: WriteLoad } | { readonly reason: string } {
  const { device, name } = projection;
  if (!device) return { reason: `\`${name}\` is not on a device` };
  if (fast.norm.of === 'weights') {
    return {
      reason: `\`${rule.name}\` scales weights, so that decays change in every step; a bias of every synapse stays`,
    };
  }
  const law = shortTermLaw({ device, stepSeconds: fast.seconds, levels: levelsOf(chip) });
  if ('reason' in law) return law;
  const load = {
    lines,
    pulses: 1,
    pulseSeconds: law.pulseSeconds + chip.tile.settleSeconds,
    otherSeconds: readSecondsOf(chip),
    stepSeconds: fast.seconds,
  };
  return { law, load };
}
