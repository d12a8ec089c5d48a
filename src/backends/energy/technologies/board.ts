/** A printed circuit board of parts that can be bought; their areas are those of their packages, and left out. */
import type { Technology } from '../technology.js';

const ICE40_MEASUREMENT = 'github.com/tinyvision-ai-inc/ice40_power, iCE40UP5K core current at 1.219 V and 12 MHz';

export const board: Technology = {
  name: 'board',
  summary: 'printed circuit board: small FPGA, analog switches, discrete converters',
  lineSwitch: {
    low: 2.4e-9,
    typical: 15e-9,
    high: 30e-9,
    source:
      'ADG412 data sheet: 35 pF on, 2 × 9 pF off, so 17 pF of gate; ½ C V² of two switches per line over 12 V and over 30 V (±15 V), upper end twice that',
    confidence: 'derived',
  },
  driverFarads: {
    low: 50e-12,
    typical: 100e-12,
    high: 200e-12,
    source: 'board traces and switches, 50 to 200 pF per line',
    confidence: 'estimate',
  },
  railUpdate: {
    low: 1e-9,
    typical: 4e-9,
    high: 20e-9,
    source: '24-bit serial word, clock and data of 10 pF at 3.3 V',
    confidence: 'estimate',
  },
  railBuffer: {
    low: 3e-3,
    typical: 12e-3,
    high: 50e-3,
    source: 'bipolar 12-bit converter with output amplifier, about 1 mA from ±6 V per channel',
    confidence: 'estimate',
  },
  conversion: {
    kind: 'per-conversion',
    joules: {
      low: 0.9e-9,
      typical: 1.05e-9,
      high: 3e-9,
      source:
        'AD7091R data sheet, 12 bit: 349 µA at 3 V and 1 MS/s; upper end with serial interface and reference buffer',
      confidence: 'secondary',
    },
  },
  converterIdle: {
    low: 0.8e-6,
    typical: 27e-6,
    high: 84e-6,
    source: 'AD7091 data sheet: 9.1 µA typical, 28 µA maximum at 3 V, static; 264 nA powered down (AD7091R)',
    confidence: 'secondary',
  },
  currentInput: {
    low: 0.5e-3,
    typical: 5e-3,
    high: 20e-3,
    source: 'transimpedance amplifier of about 0.5 mA from ±5 V',
    confidence: 'estimate',
  },
  digital: {
    kind: 'free-running',
    perClock: {
      low: 53e-12,
      typical: 92e-12,
      high: 300e-12,
      source: `${ICE40_MEASUREMENT}: 996 µA with 208 cells of logic, 614 µA with a counter, 86 µA blank; upper end for 1000 cells`,
      confidence: 'derived',
    },
    static: {
      low: 104e-6,
      typical: 125e-6,
      high: 5e-3,
      source: `${ICE40_MEASUREMENT}: blank design, core and banks; upper end for larger parts`,
      confidence: 'secondary',
    },
  },
  busEdge: {
    low: 27e-12,
    typical: 54e-12,
    high: 110e-12,
    source: '½ C V² of a trace of 10 pF at 3.3 V; 5 to 20 pF',
    confidence: 'derived',
  },
};
