/** A pulse plan as CSV: one line a step, units in the header, numbers that read back as what they were. */
import type { PlanStep, PulsePlan } from './pulse-plan.js';

/** The text, in pieces: a plan can be longer than a string. */
export function* planCsv({ clockHz, rows, columns }: PulsePlan, steps: Iterable<PlanStep>): Generator<string> {
  const lines = (name: string, count: number): readonly string[] =>
    Array.from({ length: count }, (_, line) => `${name}${String(line)} [V]`);
  const fixed = ['data set', 'time [s]', 'width [s]', 'mode', 'pulse', 'conversions [s]', 'converted columns'];
  yield `${[...fixed, ...lines('row', rows), ...lines('column', columns)].join()}\n`;
  const seconds = (clocks: number): string => String(clocks / clockHz);
  for (const { dataSet, clock, clocks, mode, fires, conversions, rowVolts, columnVolts } of steps) {
    const fields = [
      String(dataSet),
      seconds(clock),
      seconds(clocks),
      mode,
      fires ? '1' : '0',
      conversions.map((each) => seconds(each.clock)).join(' '),
      conversions.map((each) => each.columns.join('+')).join(' '),
      rowVolts.join(),
      columnVolts.join(),
    ];
    yield `${fields.join()}\n`;
  }
}
