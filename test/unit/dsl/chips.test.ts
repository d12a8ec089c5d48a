import { describe, expect, it } from 'vitest';
import { parseModule } from '../../../src/ir/parse.js';
import { printModule } from '../../../src/ir/print.js';
import { compileText } from '../../support/compile-text.js';

const CHIP = `chip Board {
  clock 50 MHz
  bus wishbone
  aer in 4 bit
  aer out 2 * 3 bit
  coil -50 mT .. 100 mT by 8 bit settle 10 ms drive 2 A resistance 3 Ohm inductance 5 mH source "coil" confidence estimate
  limit power 2 W source "supply" confidence measured
  limit current 10 mA source "supply" confidence measured
  temperature 25 degC
  tile 64 x 32 grid 4 x 2 {
    bias floating
    rails -2 V .. 2 V by 8 bit
    dac -1 V .. 1 V by 10 bit at 5 kHz
    timer 16 bit
    settle 10 us
    adc 0 A .. 50 nA by 10 bit in 2 us settle 10 us shared by 4
    lines 20 pF with 3 Ohm source "probe" confidence estimate
    pitch 0.3 um with 0.1 fF source "layout" confidence derived
    drivers 40 Ohm at both ends source "data sheet" confidence measured
  }
}
`;

describe('chips', () => {
  it('say everything around the array, in SI units', () => {
    const { network, codes } = compileText(CHIP);
    expect(codes).toEqual([]);
    expect(network?.chips[0]).toMatchObject({
      bus: { protocol: 'wishbone' },
      aer: [
        { direction: 'in', bits: 4 },
        { direction: 'out', bits: 6 },
      ],
      coil: {
        minTesla: -0.05,
        maxTesla: 0.1,
        bits: 8,
        settleSeconds: 0.01,
        drive: { amperes: 2, ohms: 3, henries: 5e-3 },
      },
      limits: [
        { quantity: 'power', max: 2, provenance: { confidence: 'measured' } },
        { quantity: 'current', max: 0.01 },
      ],
      temperature: { kelvin: 298.15 },
      tile: {
        rows: 64,
        columns: 32,
        grid: { rows: 4, columns: 2 },
        bias: { scheme: 'floating' },
        dac: { minVolts: -1, maxVolts: 1, bits: 10, samplesPerSecond: 5000 },
        line: { farads: 2e-11, ohmsPerCell: 3 },
        pitch: { metres: 3e-7, cellFarads: 1e-16, provenance: { confidence: 'derived' } },
        drivers: { ohms: 40, bothEnds: true, provenance: { confidence: 'measured' } },
      },
    });
  });

  it('name the registers that `const` turns into hardware, and none without it', () => {
    const constants = (text: string) => compileText(text).network?.chips[0]?.tile.constants;
    const settle = CHIP.replace('    settle', '    const settle');
    expect(constants(CHIP)).toBeUndefined();
    expect(constants(settle)).toEqual(['rest']);
    expect(constants(settle.replace('    adc', '    const adc'))).toEqual(['rest', 'adc_settle', 'adc_limit']);
    expect(compileText(CHIP.replace('    timer', '    const timer')).codes).toEqual(['dsl/syntax']);
  });

  it('survive being printed and read as IR', () => {
    const { network } = compileText(CHIP);
    expect(parseModule(printModule(network!))).toEqual(network);
    const constant = compileText(CHIP.replace('    adc', '    const adc')).network!;
    expect(parseModule(printModule(constant))).toEqual(constant);
  });

  it('are at 300 K and one tile by default', () => {
    const text = CHIP.replace('  temperature 25 degC\n', '').replace(' grid 4 x 2', '');
    const [chip] = compileText(text).network!.chips;
    expect(chip).toMatchObject({ temperature: { kelvin: 300 }, tile: { grid: { rows: 1, columns: 1 } } });
  });

  it.each([
    ['aer out 2 * 3 bit', 'aer in 3 bit', 'dsl/duplicate-clause'],
    ['aer in 4 bit', 'aer in 4', 'dsl/unexpected-dimension'],
    ['aer in 4 bit', 'aer in 33 bit', 'dsl/integer-range'],
    ['limit current 10 mA', 'limit power 10 mW', 'dsl/duplicate-clause'],
    ['limit current 10 mA', 'limit current 10 mV', 'dsl/unexpected-dimension'],
    ['limit current', 'limit curent', 'dsl/unknown-word'],
    ['limit power 2 W source "supply" confidence measured', 'limit power 2 W', 'dsl/missing-source'],
    ['temperature 25 degC', 'temperature 0 K', 'dsl/out-of-range'],
    ['bus wishbone', 'bus axi', 'dsl/unknown-word'],
    ['bias floating', 'bias quarter', 'dsl/unknown-word'],
    ['at 5 kHz', 'at 5 ms', 'dsl/unexpected-dimension'],
    ['at 5 kHz', 'at 0 Hz', 'dsl/out-of-range'],
    ['with 3 Ohm', 'with 3 pF', 'dsl/unexpected-dimension'],
    ['drivers 40 Ohm', 'drivers -40 Ohm', 'dsl/out-of-range'],
    ['drivers 40 Ohm', 'drivers 40 V', 'dsl/unexpected-dimension'],
    ['at both ends', 'at both', 'dsl/syntax'],
    ['pitch 0.3 um', 'pitch 0 um', 'dsl/out-of-range'],
    ['pitch 0.3 um', 'pitch 0.3 fF', 'dsl/unexpected-dimension'],
    ['with 0.1 fF', 'with -0.1 fF', 'dsl/out-of-range'],
    ['drive 2 A', 'drive 0 A', 'dsl/out-of-range'],
    ['inductance 5 mH', 'inductance 5 mOhm', 'dsl/unexpected-dimension'],
    [' inductance 5 mH', '', 'dsl/syntax'],
    [' source "data sheet" confidence measured', '', 'dsl/missing-source'],
    ['-50 mT .. 100 mT', '100 mT .. 100 mT', 'dsl/empty-range'],
    ['grid 4 x 2', 'grid 0 x 2', 'dsl/integer-range'],
  ])('with %j as %j are refused', (from, to, code) => {
    expect(CHIP).toContain(from);
    expect(compileText(CHIP.replace(from, to)).codes).toEqual([code]);
  });
});
