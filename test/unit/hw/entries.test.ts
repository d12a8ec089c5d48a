/** Work lists that ask for what is not there end a run before a line moves: entries, lines, times. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ControllerHost } from '../../../src/cosim/controller-host.js';
import type { ModelSession } from '../../../src/cosim/engine.js';
import type { WorkEntry } from '../../../src/ir/scheduled.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { openController, record } from '../../support/controller-run.js';
import { dataSet, loop, pulseProgram, scheduledModule, segment } from '../../support/pulse-program.js';

const ENTRY: WorkEntry = { row: 1, column: 4, negative: false, magnitude: 5, last: true };
const GOOD = [ENTRY, { ...ENTRY, row: 2, column: 0 }];

/** 3 x 5 lines, whose indices could name 4 and 8. */
const LEGAL = encode(
  scheduledModule(
    pulseProgram({
      rows: 3,
      columns: 5,
      operations: [
        loop(
          0,
          'entries',
          segment({ row: { kind: 'entry' }, column: { kind: 'entry' }, dwell: { kind: 'entry' }, fires: true }),
        ),
      ],
      dataSets: [dataSet(GOOD)],
    }),
  ),
);

const NO_ENTRY = 19;

describe('a work list', () => {
  let session: ModelSession;
  let host: ControllerHost;
  beforeAll(async () => {
    session = await openController(LEGAL);
    host = new ControllerHost(session, LEGAL);
    host.start();
  });
  afterAll(() => {
    session.close();
  });

  /** Runs the list with field `name` of entry `index` overwritten. */
  function runWith(index: number, name: string, value: number) {
    const field = LEGAL.entryFormat.fields.find((candidate) => candidate.name === name)!;
    host.loadDataSet(0);
    const word = LEGAL.dataSets[0]!.entries[index]![0]!;
    const mask = (2 ** field.width - 1) * 2 ** field.lsb;
    host.writeWord('work', index * LEGAL.windows.work.laneStride, (word & ~mask) | (value * 2 ** field.lsb));
    host.writeRegister('ctrl', 1);
    host.arm();
    const fired: boolean[] = [];
    const summary = host.execute(LEGAL.program.entry, {
      commit: ({ fires }) => fired.push(fires),
      sample: () => [],
    });
    return { code: summary.errorCode, pulses: fired.filter((fires) => fires).length };
  }

  it('that is right runs to its end', () => {
    expect(record(host, LEGAL, 0).summary).toMatchObject({ errorCode: 0, pulses: 2 });
  });

  it.each([
    ['row', 3],
    ['column', 5],
    ['column', 7],
    ['magnitude', 0],
  ])('whose %s is %i ends with its code before the pulse', (name, value) => {
    expect(runWith(0, name, value)).toEqual({ code: NO_ENTRY, pulses: 0 });
    expect(runWith(1, name, value)).toMatchObject({ code: NO_ENTRY });
    expect(runWith(1, name, value).pulses).toBeLessThanOrEqual(1);
  });

  it('that claims more entries than there can be does not run', () => {
    host.loadDataSet(0);
    host.writeRegister('limit', LEGAL.windows.work.depth + 1);
    host.writeRegister('ctrl', 1);
    host.arm();
    const summary = host.execute(LEGAL.program.entry, { commit: () => undefined, sample: () => [] });
    expect(summary).toMatchObject({ errorCode: NO_ENTRY, pulses: 0 });
    expect(record(host, LEGAL, 0).summary).toMatchObject({ errorCode: 0, pulses: 2 });
  });
});
