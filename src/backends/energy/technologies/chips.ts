/** Chips at three nodes: what each has of its own. */
import type { Term } from '../technology.js';
import { chipAt } from './chip.js';

/** Leakage of a gate equivalent at 65 nm and below [W]. */
const LEAKAGE_BELOW_130: Term = {
  low: 0.05e-9,
  typical: 0.5e-9,
  high: 10e-9,
  source: 'not published; libraries from low power to general purpose differ by two decades',
  confidence: 'estimate',
};

export const node130 = chipAt({
  nanometres: 130,
  volts: 1.2,
  lineVolts: 5,
  lineSwitch: {
    low: 0.3e-12,
    typical: 0.6e-12,
    high: 1.2e-12,
    source: 'level shifter and driver gate, 130 nm, 5 V',
    confidence: 'estimate',
  },
  railUpdate: {
    low: 0.8e-12,
    typical: 3e-12,
    high: 10e-12,
    source:
      'CiMLoop tables: 0.79 pJ (65 nm, 8 bit), 0.33 to 5.2 pJ (7 nm) per conversion; between the first scaled by node and V² (1.6 pJ) and the second',
    confidence: 'estimate',
  },
  columnConverter: { slope_uW: 6.48, offset_uW: 49.0 },
  staticPerGate: {
    low: 0.016e-9,
    typical: 0.16e-9,
    high: 1.6e-9,
    source: 'not published; about 1 µW for 6 thousand gates at 130 nm, a decade either way',
    confidence: 'estimate',
  },
});

export const node65 = chipAt({
  nanometres: 65,
  volts: 1.2,
  lineVolts: 3.3,
  lineSwitch: {
    low: 0.08e-12,
    typical: 0.2e-12,
    high: 0.5e-12,
    source:
      'between 0.26 pJ (0.6 pJ at 130 nm and 5 V scaled by V²) and 0.17 pJ (0.05 pJ at 22 nm and 1.8 V scaled by V²)',
    confidence: 'estimate',
  },
  railUpdate: {
    low: 0.33e-12,
    typical: 0.79e-12,
    high: 5.2e-12,
    source: 'CiMLoop tables: 0.79 pJ (65 nm, 8 bit); bounds 0.33 and 5.2 pJ (7 nm, aggressive and conservative)',
    confidence: 'secondary',
  },
  columnConverter: { slope_uW: 2.95, offset_uW: 22.0 },
  staticPerGate: LEAKAGE_BELOW_130,
});

export const node22 = chipAt({
  nanometres: 22,
  volts: 0.8,
  lineVolts: 1.8,
  lineSwitch: {
    low: 0.025e-12,
    typical: 0.05e-12,
    high: 0.1e-12,
    source: 'level shifter and driver gate, 22 nm, 1.8 V',
    confidence: 'estimate',
  },
  railUpdate: {
    low: 0.12e-12,
    typical: 0.33e-12,
    high: 5.2e-12,
    source:
      'CiMLoop tables: 0.33 to 5.2 pJ (7 nm, aggressive and conservative); lower end 0.79 pJ (65 nm) scaled by node and V² of 1.2 and 0.8 V',
    confidence: 'estimate',
  },
  columnConverter: { slope_uW: 0.72, offset_uW: 3.3 },
  staticPerGate: LEAKAGE_BELOW_130,
});
