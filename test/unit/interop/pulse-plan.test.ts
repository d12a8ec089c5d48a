/** Pulse plans: equal to what the RTL plays, event by event, as a table and on an instrument that writes down its calls. */
import { describe, expect, it } from 'vitest';
import { arc2Plan, faultText, type Arc2Fault } from '../../../src/backends/interop/arc2-plan.js';
import { planCsv } from '../../../src/backends/interop/plan-csv.js';
import { planObstacle, planSteps, pulsePlan, type PlanStep } from '../../../src/backends/interop/pulse-plan.js';
import { readPackageFile } from '../../../src/cli/package-files.js';
import { createDiskHost } from '../../../src/core/disk.js';
import type { ObservedCommit } from '../../../src/cosim/comparison.js';
import { ControllerHost } from '../../../src/cosim/controller-host.js';
import { encode } from '../../../src/ir/passes/encode.js';
import type { PulseOperation, ScheduledModule } from '../../../src/ir/scheduled.js';
import { allBlocksProgram } from '../../support/all-blocks.js';
import { ORIGIN } from '../../support/mapped-fixture.js';
import { openController, record, type ObservedEvent } from '../../support/controller-run.js';
import { runTool } from '../../support/external-tool.js';
import { dataSet, loop, pulseProgram, randomProgram, scheduledModule, segment } from '../../support/pulse-program.js';
import { hasPythonPackages, PYTHON } from '../../support/python.js';
import { readFileSync } from 'node:fs';

/** Voltages of a side as the rails say them, line by line. */
function voltsOf(scheduled: ScheduledModule, event: ObservedCommit, side: 'row' | 'column'): readonly number[] {
  const { program } = scheduled;
  const set = program.railSets[event.railSet]!;
  const { rest, select, more = [] } = (event.negative ? set.negative : set.positive)[side];
  const [lines, levels] = side === 'row' ? [event.rows, event.levels?.rows] : [event.columns, event.levels?.columns];
  return Array.from({ length: side === 'row' ? program.rows : program.columns }, (_, line) => {
    const at = lines.indexOf(line);
    const level = at < 0 ? 0 : (levels?.[at] ?? 1);
    return [rest, select, ...more][level]!.volts;
  });
}

/** A step as the pins of the controller show it. */
type Shown = readonly unknown[];

function shownByPins(scheduled: ScheduledModule, events: readonly ObservedEvent[]): readonly Shown[] {
  return events.map((event) =>
    event.kind === 'sample'
      ? ['sample', event.clock, event.share]
      : ['step', event.clock, event.fires, voltsOf(scheduled, event, 'row'), voltsOf(scheduled, event, 'column')],
  );
}

function shownByPlan({ program }: ScheduledModule, steps: readonly PlanStep[]): readonly Shown[] {
  const { shares } = program.scan;
  return steps.flatMap(({ clock, fires, rowVolts, columnVolts, conversions }): Shown[] => [
    ['step', clock, fires, [...rowVolts], [...columnVolts]],
    ...conversions.map((each) => ['sample', each.clock, (each.columns[0] ?? 0) % shares]),
  ]);
}

/** Rows are written one by one and read. */
function bench(dwell = 20_000, rows = 3, columns = 5): ScheduledModule {
  const write = segment({
    row: { kind: 'entry' },
    column: { kind: 'entry' },
    railSet: 1,
    dwell: { kind: 'clocks', clocks: dwell },
    polarity: 'entry',
    fires: true,
    rest: 'always',
  });
  const read = segment({
    row: { kind: 'counter', counter: 1 },
    railSet: 2,
    dwell: { kind: 'clocks', clocks: 20_000 },
    samples: { mode: 'store', negate: false },
  });
  const entry = (row: number, column: number, negative: boolean) => {
    return { row, column, negative, magnitude: 1, last: true };
  };
  return scheduledModule(
    pulseProgram({
      rows,
      columns,
      restClocks: 2000,
      operations: [loop(0, 'entries', write), loop(1, 2, read)],
      dataSets: [dataSet([entry(0, 1, false), entry(2, 4, true)], []), dataSet([entry(1, 0, true)], [])],
    }),
  );
}

const PROGRAMS = [
  ['written and read', bench()],
  ['drawn at random', scheduledModule(randomProgram(4, 6, 1))],
] as const;

describe.each(PROGRAMS)('the plan of a program, %s', (_, scheduled) => {
  const steps = [...planSteps(scheduled)];

  it('has every change of the lines and every conversion that the RTL shows', async () => {
    const legal = encode(scheduled);
    const session = await openController(legal);
    const host = new ControllerHost(session, legal);
    host.start();
    for (const index of legal.dataSets.keys()) {
      const ours = steps.filter((step) => step.dataSet === index);
      const { events } = record(host, legal, index);
      expect(shownByPlan(scheduled, ours)).toEqual(shownByPins(scheduled, events));
      expect(ours.at(-1)?.clocks).toBe(0);
      ours.slice(1).forEach(({ clock }, at) => {
        expect(clock).toBe(ours[at]!.clock + ours[at]!.clocks);
      });
    }
    session.close();
  });

  it('says the same as a table', () => {
    const plan = pulsePlan(scheduled);
    const [header = '', ...lines] = [...planCsv(plan, steps)].join('').trimEnd().split('\n');
    const names = header.split(',');
    expect(names.slice(0, 5)).toEqual(['data set', 'time [s]', 'width [s]', 'mode', 'pulse']);
    expect(names.slice(7)).toEqual([
      ...Array.from({ length: plan.rows }, (__, row) => `row${String(row)} [V]`),
      ...Array.from({ length: plan.columns }, (__, column) => `column${String(column)} [V]`),
    ]);
    const clocks = (seconds: string): number => Number((Number(seconds) * plan.clockHz).toFixed(3));
    const read = lines.map((line) => {
      const [set, time = '', width = '', mode, pulse, strobes = '', columns = '', ...volts] = line.split(',');
      const times = strobes === '' ? [] : strobes.split(' ').map(clocks);
      return {
        dataSet: Number(set),
        clock: clocks(time),
        clocks: clocks(width),
        mode,
        fires: pulse === '1',
        rowVolts: Float64Array.from(volts.slice(0, plan.rows).map(Number)),
        columnVolts: Float64Array.from(volts.slice(plan.rows).map(Number)),
        conversions: times.map((clock, at) => ({ clock, columns: columns.split(' ')[at]!.split('+').map(Number) })),
      };
    });
    expect(read).toEqual(steps);
  });
});

it.each([
  [[{ kind: 'wait', condition: 'host' }], 'waits'],
  [[{ kind: 'choice', condition: 'verified', then: [], otherwise: [] }], 'what it has read'],
  [[loop(0, 2, { kind: 'break', condition: 'verified', when: true, origin: ORIGIN })], 'what it has read'],
  [[{ kind: 'command', unit: 'field', argument: 1 }], 'commands'],
  [[segment({ row: { kind: 'plane', source: { kind: 'random', base: 0 } } })], 'random'],
  [[segment({ column: { kind: 'plane', source: { kind: 'age', ticks: 1 } } })], 'spikes'],
  [[segment({ column: { kind: 'plane', source: { kind: 'marks', direction: 'up' } } })], 'cells that it has read'],
] as unknown as readonly [readonly PulseOperation[], string][])(
  'a program that decides while it runs has none: %#',
  (operations, reason) => {
    expect(planObstacle({ program: pulseProgram({ rows: 2, columns: 2, operations }) })).toContain(reason);
  },
);

it('a program that drives several tiles has none, and one with every block neither', () => {
  expect(planObstacle({ program: pulseProgram({ rows: 2, columns: 2, tiles: 2 }) })).toContain('tiles');
  expect(planObstacle({ program: allBlocksProgram(8, 8) })).toBeDefined();
});

describe('the script for an ArC TWO', () => {
  const planned = (scheduled: ScheduledModule) => arc2Plan(pulsePlan(scheduled), planSteps(scheduled));

  it.each([
    [bench(20_000, 33, 5), { kind: 'lines', side: 'rows', found: 33 }, ['33 rows', 'channels for 32']],
    [bench(20_000, 3, 40), { kind: 'lines', side: 'columns', found: 40 }, ['40 columns', 'channels for 32']],
    [bench(100), { kind: 'width', found: 1e-4 }, ['a step of 100 µs', '120 µs to switch to an arbitrary voltage']],
  ] as const)('is refused where the instrument cannot do what the plan asks: %#', (scheduled, fault, text) => {
    expect(planned(scheduled)).toEqual(fault);
    const { asks, limit } = faultText(fault);
    expect([asks, limit]).toEqual(text);
  });

  it('is refused where a line needs more volts than there are', () => {
    const steps = [...planSteps(bench())].map((step) => ({
      ...step,
      rowVolts: step.rowVolts.map((volts) => 20 * volts),
    }));
    const fault = arc2Plan(pulsePlan(bench()), steps) as Extract<Arc2Fault, { kind: 'volts' }>;
    expect(fault.kind).toBe('volts');
    expect(fault.found).toBe(Math.max(...steps.flatMap(({ rowVolts }) => [...rowVolts].map(Math.abs))));
    expect(faultText(fault).limit).toBe('at most ±20 V');
  });

  it.skipIf(!hasPythonPackages('pyarc2'))('plays the plan with calls that pyarc2 takes', () => {
    const scheduled = bench();
    const steps = [...planSteps(scheduled)];
    const plan = planned(scheduled);
    const script = readPackageFile(createDiskHost(), 'templates/replay_arc2.py');
    const replay = readFileSync(new URL('../../support/replay_arc2.py', import.meta.url), 'utf8');
    const { output, isGood } = runTool(
      PYTHON,
      ['replay.py', 'plan.py'],
      [
        { path: 'replay.py', text: replay },
        { path: 'plan.py', text: script.replace('PLAN = {}', `PLAN = ${JSON.stringify(plan)}`) },
      ],
    );
    expect(isGood, output).toBe(true);
    const { calls, currents } = JSON.parse(output) as {
      readonly calls: readonly (readonly [string, ...unknown[]])[];
      readonly currents: readonly (readonly number[])[];
    };
    const { clockHz, rows, columns } = pulsePlan(scheduled);
    const rowChannels = [0, 1, 2];
    const columnChannels = [16, 17, 18, 19, 20];
    expect(calls[0]).toEqual(['set_channel_range', [...rowChannels, ...columnChannels], 'OutputRange.STD']);
    expect([rows, columns]).toEqual([3, 5]);
    const played = calls.filter(([name]) => name === 'config_channels').map(([, lines]) => lines);
    expect(played).toEqual(
      steps.map(({ rowVolts, columnVolts }) => [
        ...rowChannels.map((channel, row) => [channel, rowVolts[row]]),
        ...columnChannels.map((channel, column) => [channel, columnVolts[column]]),
      ]),
    );
    const delays = calls.filter(([name]) => name === 'delay').map(([, nanoseconds]) => nanoseconds);
    expect(delays).toEqual(
      steps.filter(({ clocks }) => clocks > 0).map(({ clocks }) => Math.round((clocks / clockHz) * 1e9)),
    );
    expect(currents).toEqual(
      steps.flatMap(({ dataSet: set, conversions }, step) =>
        conversions.flatMap((each) => each.columns.map((column) => [set, step, column, 1e-9 * (16 + column)])),
      ),
    );
    expect(currents.length).toBeGreaterThan(0);
    // Nothing is sent between the beginning of a pulse and its end
    let step = -1;
    for (const [name] of calls) {
      if (name === 'config_channels') step += 1;
      if (name === 'execute') expect(steps[step]).toMatchObject({ mode: 'rest', fires: false });
    }
    expect(calls.slice(-3).map(([name]) => name)).toEqual(['ground_all', 'execute', 'wait']);
  });
});
