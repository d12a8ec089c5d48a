/** Products of a written picture with vectors, through the converters. */
import { expect, it } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { mapExperiment, simulate } from '../../../src/compiler.js';
import { compileText } from '../../support/compile-text.js';

/** RMS of the products of one picture on a board with converters of so many bits up to `most`, and no noise. */
function errorOf(bits: number, most: string, clauses = 'without gain, cycle, noise'): number {
  const { network, diagnostics } = compileText(
    `import device yszEcram from "std/devices"
    chip Board {
      clock 10 MHz
      bus apb
      tile 4 x 4 {
        bias half
        rails -6 V .. 6 V by 12 bit
        timer 20 bit
        settle 100 us
        adc 0 A .. ${most} by ${String(bits)} bit in 2 us settle 10 us shared by 2
        lines 100 pF source "estimate" confidence estimate
      }
    }
    program Matrix {
      device yszEcram window mid
      from "matrix.csv"
      write serial
      disturb at most 20 %
    }
    experiment Products {
      run Matrix on Board
      ${clauses}
      expect productError <= 2 %
    }`,
    { 'matrix.csv': '0.9,0.1,0.5\n0.4,1,0.3\n0.2,0.7,1\n' },
  );
  const [experiment] = network?.experiments ?? [];
  const bag = new DiagnosticBag();
  const mapped = network && experiment && mapExperiment(network, experiment, bag);
  const result = mapped && simulate(mapped, bag);
  if (!result) throw new Error(JSON.stringify([diagnostics, bag.all]));
  return result.metrics.productError.mean;
}

it('is what rounding of the codes leaves, where cells are as they should be', () => {
  // Codes of eight planes are off by LSB / sqrt 12 each, over a full scale of three rows; of three rows there are few
  // different planes, so that the same roundings come again and again
  const siemens = 1.3e-6 / 2 ** 8 / 0.1;
  const expected = (siemens * Math.sqrt((4 ** 8 - 1) / 3 / 12)) / (3 * 255 * 2e-6);
  const eight = errorOf(8, '1.3 uA');
  expect(eight).toBeGreaterThan(expected / 3);
  expect(eight).toBeLessThan(3 * expected);
  expect(errorOf(12, '1.3 uA')).toBeLessThan(eight / 5);
});

it('grows with the spread of the devices, and where converters saturate', () => {
  expect(errorOf(12, '1.3 uA', 'without cycle, noise')).toBeGreaterThan(10 * errorOf(12, '1.3 uA'));
  expect(errorOf(12, '0.5 uA')).toBeGreaterThan(0.05);
});
