/** Chips in 130 nm CMOS with 5 V devices for the lines. */
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
import { scaleArea, scaleEnergy } from './scale.js';

const PROCESS = { nanometres: 130, volts: 1.2 };
const CONVERSIONS = chipConversions(130, 6.48, 49.0);

export const node130: Technology = {
  name: '130 nm',
  summary: 'chip in 130 nm CMOS with 5 V devices for the lines',
  lineVolts: 5,
  lineSwitch: {
    low: 0.3e-12,
    typical: 0.6e-12,
    high: 1.2e-12,
    source: 'level shifter and driver gate, 130 nm, 5 V',
    confidence: 'estimate',
  },
  driverFarads: LINE_DRIVER_FARADS,
  railUpdate: {
    low: 0.8e-12,
    typical: 3e-12,
    high: 10e-12,
    source:
      'CiMLoop tables: 0.79 pJ (65 nm, 8 bit), 0.33 to 5.2 pJ (7 nm) per conversion; between the first scaled by node and V² (1.6 pJ) and the second',
    confidence: 'estimate',
  },
  railBuffer: RAIL_BUFFER,
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
      low: 0.016e-9,
      typical: 0.16e-9,
      high: 1.6e-9,
      source: 'not published; about 1 µW for 6 thousand gates at 130 nm, a decade either way',
      confidence: 'estimate',
    },
  },
  busEdge: busEdgeAt(PROCESS.volts),
  area: {
    perGate: GATE_AREA_130,
    perConverter: scaleArea(CONVERTER_AREA_32, 32, 130),
  },
};
