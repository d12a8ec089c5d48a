/** Figures of one process carried to another: in proportion to the feature size and to the square of the voltage. */
import type { Term } from '../technology.js';

/** A process: feature size [nm] and supply [V]. */
export interface Process {
  readonly nanometres: number;
  readonly volts: number;
}

/** `base`, which holds at `from`, at `to`; the source says how it was scaled. Digits are those of the base. */
export function scaleEnergy(base: Term, from: Process, to: Process): Term {
  const factor = (to.nanometres / from.nanometres) * (to.volts / from.volts) ** 2;
  const how = `from ${processText(from)} to ${processText(to)} in proportion to the node and to the square of the voltage`;
  return multiply(base, factor, `${base.source}; scaled ${how}`);
}

/** An area at another node, in proportion to the square of the feature size. */
export function scaleArea(base: Term, fromNanometres: number, toNanometres: number): Term {
  const how = `from ${fromNanometres} nm to ${toNanometres} nm in proportion to the square of the node`;
  return multiply(base, (toNanometres / fromNanometres) ** 2, `${base.source}; scaled ${how}`);
}

/** A power that follows the voltage. */
export function scalePower(base: Term, fromVolts: number, toVolts: number): Term {
  const how = `from ${fromVolts} V to ${toVolts} V in proportion to the voltage`;
  return multiply(base, toVolts / fromVolts, `${base.source}; scaled ${how}`);
}

/** What is scaled is not better than an estimate. */
function multiply({ low, typical, high }: Term, factor: number, source: string): Term {
  const scaled = (value: number): number => Number((value * factor).toPrecision(SCALED_DIGITS));
  return { low: scaled(low), typical: scaled(typical), high: scaled(high), source, confidence: 'estimate' };
}

/** Digits that a scaled figure keeps. */
const SCALED_DIGITS = 2;

function processText({ nanometres, volts }: Process): string {
  return `${nanometres} nm, ${volts} V`;
}
