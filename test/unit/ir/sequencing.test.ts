/** Timing, loop counters, random planes and static analysis of programs, example by example. */
import { describe, expect, it } from 'vitest';
import { allocateLoops } from '../../../src/ir/allocate-loops.js';
import { assemble } from '../../../src/ir/assemble.js';
import { closeLoops } from '../../../src/ir/close-loops.js';
import { interpretProgram } from '../../../src/ir/interpret.js';
import type { Condition } from '../../../src/ir/microcode.js';
import { PipelineClock } from '../../../src/ir/pipeline-clock.js';
import { RandomPlanes } from '../../../src/ir/random-planes.js';
import type { PulseOperation, PulseProgram } from '../../../src/ir/scheduled.js';
import { underruns } from '../../../src/ir/underruns.js';
import { worstCaseClocks } from '../../../src/ir/worst-case.js';
import { ORIGIN } from '../../support/mapped-fixture.js';
import { dataSet, loop, pulseProgram, segment } from '../../support/pulse-program.js';
import { TraceEnvironment } from '../../support/trace-environment.js';

const wait = (condition: Condition): PulseOperation => ({ kind: 'wait', condition, origin: ORIGIN });
const leave = (condition: Condition, when = true): PulseOperation => ({
  kind: 'break',
  condition,
  when,
  origin: ORIGIN,
});
const held = (clocks: number) => segment({ dwell: { kind: 'clocks', clocks }, row: { kind: 'all' }, fires: true });
const plane = segment({ column: { kind: 'plane', source: { kind: 'fixed', plane: 0 } } });

function program(...operations: PulseOperation[]): PulseProgram {
  return pulseProgram({
    rows: 2,
    columns: 130,
    operations: closeLoops(operations),
    dataSets: [dataSet([], [[0, 129]])],
  });
}

function run(trial: PulseProgram, patterns = {}) {
  const environment = new TraceEnvironment(patterns, new RandomPlanes(1, 1));
  return { events: [...interpretProgram(trial, trial.dataSets[0]!, environment)], environment };
}

describe('the pipeline', () => {
  it('commits four clocks after a start, and a segment a clock from then on', () => {
    const clock = new PipelineClock();
    const taken = Array.from({ length: 5 }, () => {
      clock.load(1);
      clock.run(1);
      return clock.taken;
    });
    expect(taken).toEqual([4, 5, 6, 7, 8]);
    expect(clock.finish).toBe(9);
  });

  it('hides a load behind a segment as long as it, and is late behind a shorter one', () => {
    const late = [1, 2, 3, 4].map((dwell) => {
      const clock = new PipelineClock();
      clock.load(1);
      clock.run(dwell);
      clock.load(3);
      clock.run(1);
      return [clock.isUnderrun, clock.taken];
    });
    expect(late).toEqual([
      [true, 7],
      [true, 7],
      [false, 7],
      [false, 8],
    ]);
  });

  it('ends a pulse that nothing follows in time, and counts an underrun', () => {
    const { events, environment } = run(program(held(1), plane));
    expect(events.map((event) => [event.clock, 'clocks' in event && event.clocks])).toEqual([
      [0, 1],
      [1, 2],
      [3, 1],
      [4, 0],
    ]);
    expect(environment.underruns).toEqual([5]);
  });

  it('executes control words when all is over, and goes on after four clocks', () => {
    const { events, environment } = run(program(segment({}), wait('field'), segment({})), { field: 1n << 20n });
    expect(environment.commits.map(({ clock }) => clock)).toEqual([4, 24, 25]);
    expect(events[0]).toMatchObject({ clock: 0, clocks: 20 });
  });

  it('lets lines that hold stay while a word waits', () => {
    const holding = segment({ row: { kind: 'all' }, fires: true, holds: true });
    const { events } = run(program(holding, wait('field'), segment({})), { field: 1n << 9n });
    expect(events[0]).toMatchObject({ rows: [0, 1], fires: true, clocks: 9 });
  });
});

describe('loop counters', () => {
  const countersOf = (...operations: PulseOperation[]) => {
    const plan = allocateLoops(operations);
    return plan && { used: plan.counters, sets: [...plan.places.values()].filter(({ isSet }) => isSet).length };
  };

  it('are one for each loop where three suffice, outer before inner', () => {
    expect(countersOf(loop(7, 2, loop(9, 3, segment({}))), loop(7, 4, segment({})))).toEqual({
      used: [2, 3, 4],
      sets: 0,
    });
  });

  it('are shared by loops of one count', () => {
    const one = loop(0, 5, segment({}));
    expect(countersOf(one, loop(0, 5, segment({})), loop(0, 5, segment({})), loop(1, 6, segment({})))?.sets).toBe(0);
  });

  it('are set where counts differ and counters run out', () => {
    const loops = [2, 3, 4, 5].map((count) => loop(0, count, segment({})));
    expect(countersOf(...loops)?.sets).toBe(2);
    expect(run(program(...loops)).events).toHaveLength(14 + 1);
  });

  it('follow the work list until a counted loop sets them, and never after', () => {
    const deep = loop(0, 2, loop(1, 3, loop(2, 4, segment({}))));
    const entries = loop(0, 'entries', segment({}));
    expect(countersOf(entries, deep)).toEqual({ used: ['entries', 3, 4], sets: 1 });
    expect(countersOf(deep, entries)).toBeUndefined();
    expect(assemble([deep, entries])).toBeUndefined();
  });

  it('count three nested loops at most', () => {
    expect(countersOf(loop(0, 2, loop(1, 2, loop(2, 2, loop(3, 2, segment({}))))))).toBeUndefined();
  });
});

describe('closing loops', () => {
  it('appends a wait where a turn may end without a word, and drops what never runs', () => {
    expect(closeLoops([loop(0, 3, segment({}), leave('field')), loop(0, 0, segment({})), loop(0, 4)])).toEqual([
      loop(0, 3, segment({}), leave('field'), wait('always')),
    ]);
    expect(closeLoops([loop(0, 3, loop(1, 2, leave('field'), segment({})))])).toEqual([
      loop(0, 3, loop(1, 2, leave('field'), segment({})), wait('always')),
    ]);
    const closed = [loop(0, 3, loop(1, 2, segment({})))];
    expect(closeLoops(closed)).toEqual(closed);
  });

  it('gives every successor a place: words are copied where groups compete', () => {
    const assembled = assemble([loop(0, 2, loop(1, 3, segment({})))]);
    const same = assembled?.words.filter((word) => word?.node.content.kind === 'segment') ?? [];
    expect(same.length).toBeGreaterThan(1);
    expect(new Set(same.map((word) => word?.next)).size).toBe(1);
  });
});

describe('random planes', () => {
  it('come with halving likelihood and start again from their seed', () => {
    const random = new RandomPlanes(0, 0x1234_5678);
    const draws = Array.from({ length: 20_000 }, () => random.draw('row'));
    [0.5, 0.25, 0.125, 0.0625].forEach((share, draw) => {
      expect(draws.filter((each) => each === draw).length / draws.length).toBeCloseTo(share, 1);
    });
    expect(Math.max(...draws)).toBeLessThanOrEqual(8);
    expect(random.state('column')).toBe(0x1234_5678);
    random.reseed();
    expect(random.state('row')).toBe(1);
    expect(Array.from({ length: 50 }, () => random.draw('row'))).toEqual(draws.slice(0, 50));
  });
});

describe('static analysis', () => {
  it('names the segment that may come late and the one before it', () => {
    const trial = program(held(2), plane, held(3), plane);
    expect(underruns(trial).map(({ segment: late, before }) => [late.column.kind, before.dwell])).toEqual([
      ['plane', { kind: 'clocks', clocks: 2 }],
    ]);
    expect(run(trial).environment.underruns).toHaveLength(1);
  });

  it('looks around loops and past words that set limits', () => {
    expect(underruns(program(loop(0, 3, plane)))).toHaveLength(1);
    expect(underruns(program(loop(0, 3, wait('always'), plane)))).toHaveLength(0);
    const counted = [2, 3, 4, 5].map((count) => loop(0, count, segment({})));
    expect(underruns(program(...counted)).length).toBeGreaterThan(0);
  });

  it('takes the longest way through breaks and choices', () => {
    const early = program(loop(0, 10, held(5), leave('field')));
    const bound = worstCaseClocks(early, early.dataSets[0]!);
    const lengths = [0n, 2n ** 64n - 1n].map((field) => run(early, { field }).environment.commits.at(-1)?.clock);
    expect(lengths[1]).toBeLessThan(bound);
    expect(lengths[0]).toBe(bound);
    const choice = program({
      kind: 'choice',
      condition: 'field',
      then: [held(50)],
      otherwise: [held(7)],
      origin: ORIGIN,
    });
    expect(run(choice, { field: 2n ** 64n - 1n }).environment.commits.at(-1)?.clock).toBe(
      worstCaseClocks(choice, choice.dataSets[0]!),
    );
  });

  it('knows no bound of a wait that has none', () => {
    const trial = program(segment({}), wait('field'));
    expect(worstCaseClocks(trial, trial.dataSets[0]!)).toBe(Infinity);
    expect(worstCaseClocks(trial, trial.dataSets[0]!, { field: 10 })).toBe(4 + 1 + 1 + 10 + 1);
  });
});
