/** `npm run timing`: clocks that the goals name, measured at the pins of whole controllers. */
import {
  holds,
  measureAbort,
  measureSegments,
  measureTicks,
  measureVerifyLoop,
  type ClockGoal,
} from '../support/clock-goals.js';
import { printTable } from './table.js';

/** A second at the clock of the corpus, 1 MHz. */
const LONGEST_CLOCKS = 1_000_000;

/** Prints a row for each goal; false where one is missed. */
export async function main(): Promise<boolean> {
  const goals = [
    ...(await measureSegments(LONGEST_CLOCKS)),
    ...(await measureTicks()),
    ...(await measureVerifyLoop()),
    ...(await measureAbort()),
  ];
  printTable(['clocks', 'measured', 'goal', 'holds'], goals.map(rowOf));
  return goals.every(holds);
}

function rowOf(row: ClockGoal): readonly string[] {
  const { what, measured, goal, isMost } = row;
  const digits = goal === 1 ? 3 : 0;
  if (goal === undefined) return [what, measured.toFixed(digits), '', ''];
  return [what, measured.toFixed(digits), isMost ? `at most ${String(goal)}` : String(goal), holds(row) ? 'yes' : 'no'];
}
