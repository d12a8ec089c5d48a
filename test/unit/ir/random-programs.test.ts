/** Random programs: operations, their words and static timing tell the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ControllerEvent } from '../../../src/ir/events.js';
import { interpretLegal } from '../../../src/ir/interpret-legal.js';
import { interpretProgram } from '../../../src/ir/interpret.js';
import type { CONDITION_CODE } from '../../../src/ir/microcode.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { RandomPlanes } from '../../../src/ir/random-planes.js';
import { underruns } from '../../../src/ir/underruns.js';
import { verifyLegal } from '../../../src/ir/verify-legal.js';
import { verifyProgram } from '../../../src/ir/verify-scheduled.js';
import { worstCaseClocks, type WaitBounds } from '../../../src/ir/worst-case.js';
import { arbitraryProgram } from '../../support/arbitrary-pulse-program.js';
import { scheduledModule } from '../../support/pulse-program.js';
import { PATTERN_CLOCKS, TraceEnvironment } from '../../support/trace-environment.js';

const WHOLE = { hasSpikes: true, hasMarks: true, hasControl: true };
const BY_ITSELF = { hasSpikes: true, hasMarks: true, hasControl: false };

/** No condition of the trace is waited for longer than its period. */
const BOUNDS: WaitBounds = Object.fromEntries(
  (['field', 'rails', 'compliance', 'wear'] satisfies (keyof typeof CONDITION_CODE)[]).map((name) => [
    name,
    PATTERN_CLOCKS - 1,
  ]),
);

function startToIdle(events: readonly ControllerEvent[], environment: TraceEnvironment): number {
  const last = events.at(-1);
  if (!last) throw new Error('a run ends with an event');
  return last.clock + environment.commits[0]!.clock;
}

describe('a random program', () => {
  it('means the same in operations and in words, with all that happens around it', () => {
    fc.assert(
      fc.property(arbitraryProgram(WHOLE), ({ program, patterns }) => {
        const scheduled = scheduledModule(program);
        verifyProgram(program, (condition, text) => {
          // The generator leaves the last rest to chance.
          if (!text.includes('is followed by a rest')) expect(condition, text).toBe(true);
        });
        const legal = encode(scheduled);
        verifyLegal(legal);
        const [ofOperations, ofWords] = [new RandomPlanes(1, 2), new RandomPlanes(1, 2)];
        program.dataSets.forEach((data, index) => {
          const one = new TraceEnvironment(patterns, ofOperations);
          const other = new TraceEnvironment(patterns, ofWords);
          const expected = [...interpretProgram(program, data, one)];
          expect([...interpretLegal(legal, legal.dataSets[index]!, other)]).toEqual(expected);
          expect({ ...other }).toEqual({ ...one });
        });
      }),
      { seed: 5, numRuns: 800 },
    );
  });

  it('follows itself without a gap, and leaves the lines idle', () => {
    fc.assert(
      fc.property(arbitraryProgram(WHOLE), ({ program, patterns }) => {
        for (const data of program.dataSets) {
          const environment = new TraceEnvironment(patterns, new RandomPlanes(7, 9));
          let clock = 0;
          const events = [...interpretProgram(program, data, environment)];
          for (const event of events) {
            if (event.kind !== 'segment') continue;
            expect(event.clock).toBe(clock);
            clock += event.clocks;
          }
          expect(events.at(-1)).toMatchObject({ rows: [], columns: [], fires: false, railSet: 0, clocks: 0 });
        }
      }),
      { seed: 6, numRuns: 300 },
    );
  });

  it('lasts as long as static timing says where nothing outside decides', () => {
    fc.assert(
      fc.property(arbitraryProgram(BY_ITSELF), ({ program, patterns }) => {
        // Every draw loads a plane, as in the worst case.
        const always = { ...program, randomPlanes: 9 };
        fc.pre(program.rows < 65 && program.columns < 65);
        for (const data of program.dataSets) {
          const planes = (list: typeof data.rowPlanes) => [...list, ...list.slice(0, 8)];
          const more = { ...data, rowPlanes: planes(data.rowPlanes), columnPlanes: planes(data.columnPlanes) };
          const environment = new TraceEnvironment(patterns, new RandomPlanes(3, 4));
          const measured = startToIdle([...interpretProgram(always, more, environment)], environment);
          expect(worstCaseClocks(always, more)).toBe(measured);
        }
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('never lasts longer than static timing says', () => {
    fc.assert(
      fc.property(arbitraryProgram(WHOLE), ({ program, patterns }) => {
        for (const data of program.dataSets) {
          const environment = new TraceEnvironment(patterns, new RandomPlanes(3, 4));
          const measured = startToIdle([...interpretProgram(program, data, environment)], environment);
          expect(measured).toBeLessThanOrEqual(worstCaseClocks(program, data, BOUNDS));
        }
      }),
      { seed: 8, numRuns: 500 },
    );
  });

  it('has no underrun where the analysis finds none', () => {
    let free = 0;
    fc.assert(
      fc.property(arbitraryProgram(WHOLE), ({ program, patterns }) => {
        const isFree = underruns(program).length === 0;
        free += Number(isFree);
        for (const data of program.dataSets) {
          const environment = new TraceEnvironment(patterns, new RandomPlanes(3, 4));
          for (const _event of interpretProgram(program, data, environment));
          if (isFree) expect(environment.underruns).toEqual([]);
        }
      }),
      { seed: 9, numRuns: 500 },
    );
    expect(free).toBeGreaterThan(100);
  });
});
