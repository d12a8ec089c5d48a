/** Mutants that no judge kills or proves equivalent, argued one by one: why nobody can tell them from the design. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Mutant } from './mutants.js';

export interface ArguedMutant {
  readonly cell: string;
  /** Part of the line of source at which the fault is. */
  readonly source: string;
  /** Kind and place of the fault as the report prints them; any fault of the line where absent. */
  readonly fault?: RegExp;
  readonly reason: string;
}

export const ARGUED: readonly ArguedMutant[] = [
  {
    cell: 'ion_plane_loader',
    source: 'end else if (abort_i) begin',
    fault: /^const0 S/,
    reason: 'a segment that enters in the clock of an abort is never loaded, and the next one brings its own end',
  },
  {
    cell: 'ion_sequencer',
    source: 'always_ff @(posedge clk_i or negedge rst_ni) begin',
    fault: /^const1 ARST/,
    reason:
      'the bus is in reset, too, and gives no start, so its first clock clears what the reset does; each start brings its address',
  },
];

/** Why a mutant is no fault, where that has been argued. */
export function argumentFor(cell: string, { place }: Mutant): string | undefined {
  const [, line = '', fault = ''] = /^\S+:(\d+) (.*)$/.exec(place) ?? [];
  const text = readFileSync(path.join('hw', `${cell}.sv`), 'utf8').split('\n')[Number(line) - 1] ?? '';
  return ARGUED.find((each) => each.cell === cell && text.includes(each.source) && (each.fault?.test(fault) ?? true))
    ?.reason;
}
