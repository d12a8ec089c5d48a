/** The budget of the controller: look-up tables and flip-flops for a line, and for all of it, on iCE40. */
import { describe, expect, it } from 'vitest';
import { areaPerLine, measureArea } from '../../support/area.js';
import { serialController } from '../../support/area-controllers.js';
import { hasTool } from '../../support/external-tool.js';

describe.skipIf(!hasTool('yosys'))('the area of a controller', { timeout: 120_000 }, () => {
  it('of 64 x 64 lines, serial, with its bus, is at most 2,200 LUT4', () => {
    expect(measureArea(serialController(64)).luts).toBeLessThanOrEqual(2200);
  });

  it.each([
    [64, 1, 2.1],
    [64, 3, 4.1],
    [1024, 1, 2.1],
    [1024, 3, 4.1],
  ])(
    'is for one of %i lines of levels of %i bits at most %f LUT4 and as many flip-flops',
    (lines, levelBits, limit) => {
      const { luts, flipFlops } = areaPerLine(lines, levelBits);
      expect(luts).toBeLessThanOrEqual(limit);
      expect(flipFlops).toBeLessThanOrEqual(limit);
      expect(flipFlops).toBeGreaterThan(0);
    },
  );
});
