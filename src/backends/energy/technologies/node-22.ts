/** Chips in 22 nm CMOS with 1.8 V devices for the lines. */
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

const PROCESS = { nanometres: 22, volts: 0.8 };
const CONVERSIONS = chipConversions(22, 0.72, 3.3);

export const node22: Technology = {
  name: '22 nm',
  summary: 'chip in 22 nm CMOS with 1.8 V devices for the lines',
  lineVolts: 1.8,
  lineSwitch: {
    low: 0.025e-12,
    typical: 0.05e-12,
    high: 0.1e-12,
    source: 'level shifter and driver gate, 22 nm, 1.8 V',
    confidence: 'estimate',
  },
  driverFarads: LINE_DRIVER_FARADS,
  railUpdate: {
    low: 0.12e-12,
    typical: 0.33e-12,
    high: 5.2e-12,
    source:
      'CiMLoop tables: 0.33 to 5.2 pJ (7 nm, aggressive and conservative); lower end 0.79 pJ (65 nm) scaled by node and V² of 1.2 and 0.8 V',
    confidence: 'estimate',
  },
  railBuffer: scalePower(RAIL_BUFFER, 5, 1.8),
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
    perGate: scaleArea(GATE_AREA_130, 130, 22),
    perConverter: scaleArea(CONVERTER_AREA_32, 32, 22),
  },
};
