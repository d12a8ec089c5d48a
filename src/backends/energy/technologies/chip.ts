/** A chip's technology from the data of its node: what all chips share stands here once. */
import type { Technology, Term } from '../technology.js';
import {
  busEdgeAt,
  chipConversions,
  CONVERTER_AREA,
  CONVERTER_IDLE,
  CURRENT_INPUT,
  DIGITAL_BASE,
  FLIP_FLOP_EDGE,
  GATE_AREA,
  GATE_TOGGLE,
  LINE_DRIVER_FARADS,
  MEMORY_WORD,
  PROGRAM_FETCH,
  RAIL_BUFFER,
  type ColumnConverter,
} from './chip-figures.js';
import { scaleArea, scaleEnergy, scalePower } from './scale.js';

/** What a node has of its own. */
export interface ChipNode {
  /** Feature size, after which the technology is called [nm]. */
  readonly nanometres: 130 | 65 | 22;
  /** Supply of the digital part [V]. */
  readonly volts: number;
  /** Highest voltage of the devices that drive lines [V]. */
  readonly lineVolts: number;
  /** One line changes its level [J]. */
  readonly lineSwitch: Term;
  /** One rail voltage is set anew [J]. */
  readonly railUpdate: Term;
  readonly columnConverter: ColumnConverter;
  /** Leakage of one gate equivalent [W]. */
  readonly staticPerGate: Term;
}

/** The technology of a chip at `node`. */
export function chipAt(node: ChipNode): Technology {
  const { nanometres, volts, lineVolts, lineSwitch, railUpdate, columnConverter, staticPerGate } = node;
  const name = `${nanometres} nm` as const;
  const conversions = chipConversions(nanometres, columnConverter);
  const digital = (term: Term): Term => scaleEnergy({ ...DIGITAL_BASE, term }, { nanometres, volts });
  return {
    name,
    summary: `chip in ${name} CMOS with ${lineVolts} V devices for the lines`,
    lineVolts,
    lineSwitch,
    driverFarads: LINE_DRIVER_FARADS,
    railUpdate,
    railBuffer: scalePower(RAIL_BUFFER, lineVolts),
    conversion: conversions.typical,
    conversions,
    converterIdle: CONVERTER_IDLE,
    currentInput: CURRENT_INPUT,
    digital: {
      kind: 'gated',
      perFlipFlopEdge: digital(FLIP_FLOP_EDGE),
      perGateToggle: digital(GATE_TOGGLE),
      perFetch: digital(PROGRAM_FETCH),
      perMemoryWord: digital(MEMORY_WORD),
      staticPerGate,
    },
    busEdge: busEdgeAt(volts),
    area: {
      perGate: scaleArea(GATE_AREA, nanometres),
      perConverter: scaleArea(CONVERTER_AREA, nanometres),
    },
  };
}
