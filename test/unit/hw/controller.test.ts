/** The whole controller in RTL against the instruction-set model and the meaning of the pulse program. */
import { describe, expect, it } from 'vitest';
import { ControllerHost } from '../../../src/cosim/controller-host.js';
import { interpretLegal } from '../../../src/ir/interpret-legal.js';
import { interpretProgram } from '../../../src/ir/interpret.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { observable, openController, record, testCodes } from '../../support/controller-run.js';
import { randomProgram, scheduledModule } from '../../support/pulse-program.js';

const SIZES = [
  [1, 1],
  [3, 5],
  [10, 10],
  [64, 64],
  [4, 130],
] as const;

describe.each(SIZES)('a controller of %i x %i lines', (rows, columns) => {
  it.each([1, 2, 3])('does what random program %i says, clock by clock', async (seed) => {
    const scheduled = scheduledModule(randomProgram(rows, columns, seed));
    const legal = encode(scheduled);
    const host = new ControllerHost(await openController(legal), legal);
    host.start();
    for (const [index, dataSet] of legal.dataSets.entries()) {
      const { events, summary } = record(host, legal, index);
      const expected = [...interpretLegal(legal, dataSet)].map(observable);
      expect(expected).toEqual(
        [...interpretProgram(scheduled.program, scheduled.program.dataSets[index]!)].map(observable),
      );
      expect(events).toEqual(expected);
      expect(summary).toMatchObject({ errorCode: 0, underruns: 0, isStalled: false });
      expect(summary.pulses).toBe(expected.filter((event) => 'fires' in event && event.fires).length);
      expect(host.readResults()).toEqual(
        Array.from({ length: dataSet.resultSteps }, (_, step) => testCodes(legal, step % legal.scan.shares)),
      );
    }
  });
});
