/** A stretch of a run as the command line names it: `10us..25us`. */
import { InvalidArgumentError } from 'commander';
import type { DiagramPlan } from '../cosim/observe/trace-recorder.js';

const EXPONENTS: Readonly<Record<string, number>> = { s: 0, ms: -3, us: -6, ns: -9, ps: -12 };
const WINDOW = /^(\d+(?:\.\d+)?)(s|ms|us|ns|ps)\.\.(\d+(?:\.\d+)?)(s|ms|us|ns|ps)$/;

/** The stretch that `text` names; a usage error where it names none. */
export function parseWindow(text: string): DiagramPlan {
  const [, from, fromUnit = '', to, toUnit = ''] = WINDOW.exec(text.replaceAll(' ', '')) ?? [];
  // As one number of the text: a product would round
  const seconds = (digits = '', unit = ''): number => Number(`${digits}e${EXPONENTS[unit] ?? 0}`);
  const plan = { fromSeconds: seconds(from, fromUnit), toSeconds: seconds(to, toUnit) };
  if (from === undefined || to === undefined || plan.fromSeconds >= plan.toSeconds)
    throw new InvalidArgumentError('expected a stretch of time such as 10us..25us');
  return plan;
}
