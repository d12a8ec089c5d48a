/** How many clocks only count, against the smallest of what is told. */
import { describe, expect, it } from 'vitest';
import { firstDifference, packed } from '../../support/cell-model.js';
import { randomNumbers } from '../../support/random-numbers.js';
import { mostOf, wideNumbers } from '../../support/wide-numbers.js';

const UNIT_BITS = 48;
const FOREVER = 2 ** UNIT_BITS - 1;

describe.each([
  { DwellW: 4, ScanW: 3, OnTimeW: 5, Units: 1 },
  { DwellW: 20, ScanW: 5, OnTimeW: 48, Units: 1 },
  { DwellW: 30, ScanW: 8, OnTimeW: 24, Units: 3 },
])('time warp with %o', (parameters) => {
  it('skips what nothing ends earlier', async () => {
    const { DwellW, ScanW, OnTimeW, Units } = parameters;
    const random = randomNumbers(Units);
    const wide = wideNumbers(random);
    const difference = await firstDifference({
      shape: {
        cell: 'ion_warp',
        parameters,
        ports: {
          settled_i: 1,
          waits_i: 1,
          quiet_i: 1,
          bus_i: 1,
          dwell_left_i: DwellW,
          scan_left_i: ScanW,
          guard_left_i: OnTimeW,
          unit_left_i: UNIT_BITS * Units,
          left_o: UNIT_BITS,
        },
      },
      model: {
        reset: () => undefined,
        advance: () => undefined,
        outputs: ({ settled_i, waits_i, quiet_i, bus_i, dwell_left_i, scan_left_i, guard_left_i, unit_left_i }) => {
          const units = Array.from({ length: Units }, (_, unit) =>
            Number((unit_left_i >> BigInt(UNIT_BITS * unit)) & BigInt(FOREVER)),
          );
          const guard = guard_left_i === 2 ** OnTimeW - 1 ? FOREVER : guard_left_i;
          const own = waits_i ? FOREVER : Math.max(dwell_left_i, scan_left_i);
          const least = Math.min(own, guard, ...units);
          return { left_o: settled_i && quiet_i && !bus_i && least !== FOREVER ? least : 0 };
        },
      },
      clocks: 6000,
      stimulus: () => {
        // One of dwell and scan is zero
        const isScan = random(3) === 0;
        const units = Array.from({ length: Units }, () => {
          const small = random(2) === 0 ? random(40) : Number(wide(mostOf(UNIT_BITS)));
          return random(3) === 0 ? FOREVER : small;
        });
        return {
          settled_i: Number(random(6) > 0),
          waits_i: Number(random(3) === 0),
          quiet_i: Number(random(6) > 0),
          bus_i: Number(random(6) === 0),
          dwell_left_i: isScan ? 0 : random(2 ** DwellW),
          scan_left_i: isScan ? random(2 ** ScanW) : 0,
          guard_left_i: random(2) === 0 ? 2 ** OnTimeW - 1 : Number(wide(mostOf(OnTimeW))),
          unit_left_i: packed(units, UNIT_BITS),
        };
      },
    });
    expect(difference).toBeUndefined();
  });
});
