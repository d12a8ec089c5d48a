/** Chips in 65 nm CMOS with 3.3 V devices for the lines. */
import type { Technology } from '../technology.js';
import {
  busEdgeAt,
  chipConversions,
  CONVERTER_AREA_32,
  CONVERTER_IDLE,
  CURRENT_INPUT,
  DIGITAL_BASE,
  FLIP_FLOP_EDGE,
  GATE_AREA_130,
  GATE_TOGGLE,
  LINE_DRIVER_FARADS,
  MEMORY_WORD,
  PROGRAM_FETCH,
  RAIL_BUFFER,
} from './chip-figures.js';
import { scaleArea, scaleEnergy, scalePower } from './scale.js';

const PROCESS = { nanometres: 65, volts: 1.2 };
const CONVERSIONS = chipConversions(65, 2.95, 22.0);

export const node65: Technology = {
  name: '65 nm',
  summary: 'chip in 65 nm CMOS with 3.3 V devices for the lines',
  lineVolts: 3.3,
  lineSwitch: {
    low: 0.08e-12,
    typical: 0.2e-12,
    high: 0.5e-12,
    source:
      'between 0.26 pJ (0.6 pJ at 130 nm and 5 V scaled by V²) and 0.17 pJ (0.05 pJ at 22 nm and 1.8 V scaled by V²)',
    confidence: 'estimate',
  },
  driverFarads: LINE_DRIVER_FARADS,
  railUpdate: {
    low: 0.33e-12,
    typical: 0.79e-12,
    high: 5.2e-12,
    source: 'CiMLoop tables: 0.79 pJ (65 nm, 8 bit); bounds 0.33 and 5.2 pJ (7 nm, aggressive and conservative)',
    confidence: 'secondary',
  },
  railBuffer: scalePower(RAIL_BUFFER, 5, 3.3),
  conversion: CONVERSIONS.typical,
  conversions: CONVERSIONS,
  converterIdle: CONVERTER_IDLE,
  currentInput: CURRENT_INPUT,
  digital: {
    kind: 'gated',
    perFlipFlopEdge: scaleEnergy(FLIP_FLOP_EDGE, DIGITAL_BASE, PROCESS),
    perGateToggle: scaleEnergy(GATE_TOGGLE, DIGITAL_BASE, PROCESS),
    perFetch: scaleEnergy(PROGRAM_FETCH, DIGITAL_BASE, PROCESS),
    perMemoryWord: scaleEnergy(MEMORY_WORD, DIGITAL_BASE, PROCESS),
    staticPerGate: {
      low: 0.05e-9,
      typical: 0.5e-9,
      high: 10e-9,
      source: 'not published; libraries from low power to general purpose differ by two decades',
      confidence: 'estimate',
    },
  },
  busEdge: busEdgeAt(PROCESS.volts),
  area: {
    perGate: scaleArea(GATE_AREA_130, 130, 65),
    perConverter: scaleArea(CONVERTER_AREA_32, 32, 65),
  },
};
