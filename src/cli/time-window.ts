/** A stretch of a run as the command line names it: `10us..25us`. */
import { InvalidArgumentError } from 'commander';
import type { DiagramPlan } from '../cosim/observe/trace-recorder.js';

const EXPONENTS: Readonly<Record<string, number>> = { s: 0, ms: -3, us: -6, ns: -9, ps: -12 };
/** A number with a unit; nothing is nothing in any. */
const TIME = String.raw`(?:(\d+(?:\.\d+)?)(s|ms|us|ns|ps)|0(?:\.0+)?)`;
const WINDOW = new RegExp(String.raw`^${TIME}\.\.${TIME}$`);

/** The stretch that `text` names; a usage error where it names none. */
export function parseWindow(text: string): DiagramPlan {
  const match = WINDOW.exec(text.replaceAll(' ', ''));
  const [, from = '0', fromUnit = 's', to = '0', toUnit = 's'] = match ?? [];
  // As one number of the text: a product would round
  const seconds = (digits: string, unit: string): number => Number(`${digits}e${EXPONENTS[unit] ?? 0}`);
  const plan = { fromSeconds: seconds(from, fromUnit), toSeconds: seconds(to, toUnit) };
  if (!match || plan.fromSeconds >= plan.toSeconds)
    throw new InvalidArgumentError('expected a stretch of time such as 10us..25us');
  return plan;
}
