/** What an array does between pulses. */
import { expect, it } from 'vitest';
import { compileKernel } from '../../../src/devices/compile-kernel.js';
import { AnalogArray } from '../../../src/ir/analog-array.js';
import { programShell } from '../../../src/ir/passes/operations.js';
import type { SegmentEvent } from '../../../src/ir/events.js';
import { testDevice } from '../../support/test-device.js';
import { mappedFixture, ORIGIN } from '../../support/mapped-fixture.js';

const CLOCK_HZ = 1e3;

function segment(fires: boolean, clocks: number): SegmentEvent {
  return {
    kind: 'segment',
    clock: 0,
    clocks,
    rows: [0],
    columns: [0],
    railSet: fires ? 1 : 0,
    negative: false,
    fires,
    origin: ORIGIN,
  };
}

it('lets cells decay while nothing fires', () => {
  const mapped = mappedFixture({ images: [[[0.5]]] });
  const device = testDevice({ rate: '0.01 * v - g / 2', max: 10 });
  const kernel = compileKernel(device, { rows: 1, columns: 1, window: { low: 0.2, high: 0.8 }, seed: 1, without: [] });
  const { scan } = programShell(mapped, 0);
  const array = new AnalogArray(kernel, { clockHz: CLOCK_HZ, railSets: mapped.railSets, scan });
  array.apply(segment(true, 500));
  const written = kernel.conductance[0]!;
  array.apply(segment(false, 3000));
  expect(kernel.conductance[0]! / written).toBeCloseTo(Math.exp(-1.5), 9);
});
