/** The `tile` of a chip: lines, rails, converters and timing. */
import type { Converter, Line, LineDrivers, Pitch, Tile, TunedRegister, VoltageConverter } from '../../ir/chip.js';
import {
  BIAS_SCHEMES,
  type AdcPart,
  type DacPart,
  type DriversPart,
  type LinesPart,
  type PitchPart,
  type RailsPart,
  type SettlePart,
  type TileClause,
  type TilePart,
  type TimerPart,
} from '../syntax/chip.js';
import type { Identifier } from '../syntax/nodes.js';
import { checkWord, ClauseFinder, type Owner } from '../check/check-clauses.js';
import { checkInteger, checkRange, checkSigned, type IntegerLimits } from '../check/check-constant.js';
import { checkProvenance } from '../check/check-provenance.js';
import { DIMENSION } from '../check/dimensions.js';
import type { CheckContext } from '../check/scope.js';
import { lowerFaults, lowerSpare } from './lower-faults.js';
import type { ImageContext } from './lower-images.js';

/** Lines of one side of a tile, at most. */
const MAX_LINES = 4096;

/** Tiles along one side of a grid, at most. */
const MAX_GRID = 1024;

/** Bits of a converter, timer or address, at most: words of the generated hardware are not wider. */
const MAX_BITS = 32;

/** What a number of bits called `what` may be. */
export function bitLimits(what: string): IntegerLimits {
  return { what, min: 1, max: MAX_BITS, dimension: DIMENSION.bits };
}

/** The tile of the chip called `chip`; undefined after reporting. */
export function lowerTile(clause: TileClause, chip: Identifier, context: ImageContext): Tile | undefined {
  const owner: Owner = { description: `tile of \`${chip.name}\``, name: chip };
  const finder = new ClauseFinder<TilePart>(owner, clause.body.clauses, context.diagnostics);
  const bias = finder.required('bias', 'bias');
  const rails = finder.required('rails', 'rails');
  const dac = finder.optional('dac', 'dac');
  const timer = finder.required('timer', 'timer');
  const settle = finder.required('settle', 'settle');
  const adc = finder.required('adc', 'adc');
  const lines = finder.required('lines', 'lines');
  const pitch = finder.optional('pitch', 'pitch');
  const drivers = finder.optional('drivers', 'drivers');
  const spare = finder.optional('spare', 'spare');
  const faults = finder.optional('faults', 'faults');
  const size = lowerSize(clause, context);
  const scheme = bias && checkWord(bias.scheme, { what: 'bias scheme', known: BIAS_SCHEMES }, context.diagnostics);
  if (!bias || !scheme || !rails || !timer || !settle || !adc || !lines) return undefined;
  const settling = { what: 'settling time', dimension: DIMENSION.time, sign: 'not negative', symbol: 's' } as const;
  const found = faults && lowerFaults(faults, size, context);
  return {
    origin: clause.span,
    ...size,
    bias: { scheme, origin: bias.span },
    rails: lowerVoltages(rails, 'rails', context),
    ...(dac && { dac: lowerDac(dac, context) }),
    timer: lowerTimer(timer, context),
    settleSeconds: checkSigned(settle.duration, settling, context),
    adc: lowerAdc(adc, context),
    ...lowerConstants(settle, adc),
    line: lowerLines(lines, context),
    ...(spare && { spare: lowerSpare(spare, size, context) }),
    ...(found && { faults: found }),
    ...(pitch && { pitch: lowerPitch(pitch, context) }),
    ...(drivers && { drivers: lowerDrivers(drivers, context) }),
  };
}

/** What `const` keeps from being a register. */
function lowerConstants(settle: SettlePart, adc: AdcPart): Pick<Tile, 'constants'> {
  const constants: readonly TunedRegister[] = [
    ...(settle.isConstant ? (['rest'] as const) : []),
    ...(adc.isConstant ? (['adc_settle', 'adc_limit'] as const) : []),
  ];
  return constants.length > 0 ? { constants } : {};
}

function lowerSize(
  { rows, columns, gridRows, gridColumns }: TileClause,
  context: CheckContext,
): Pick<Tile, 'rows' | 'columns' | 'grid'> {
  const side = (node: TileClause['rows'], what: string, max: number) =>
    checkInteger(node, { what, min: 1, max }, context);
  return {
    rows: side(rows, 'number of rows', MAX_LINES),
    columns: side(columns, 'number of columns', MAX_LINES),
    grid: {
      rows: gridRows ? side(gridRows, 'number of tiles in a column', MAX_GRID) : 1,
      columns: gridColumns ? side(gridColumns, 'number of tiles in a row', MAX_GRID) : 1,
    },
  };
}

function lowerVoltages(
  { range, bits, span }: RailsPart | DacPart,
  name: 'rails' | 'dac',
  context: CheckContext,
): VoltageConverter {
  const expected = { what: `range of the ${name}`, dimension: DIMENSION.voltage, symbol: 'V' };
  const { low, high } = checkRange(range, expected, context);
  return {
    minVolts: low,
    maxVolts: high,
    bits: checkInteger(bits, bitLimits(`bits of the ${name}`), context),
    origin: span,
  };
}

function lowerDac(part: DacPart, context: CheckContext): NonNullable<Tile['dac']> {
  const expected = { what: 'rate of the dac', dimension: DIMENSION.frequency, sign: 'positive', symbol: 'Hz' } as const;
  return { ...lowerVoltages(part, 'dac', context), samplesPerSecond: checkSigned(part.rate, expected, context) };
}

function lowerTimer({ bits, span }: TimerPart, context: CheckContext): Tile['timer'] {
  return { bits: checkInteger(bits, bitLimits('bits of the timer'), context), origin: span };
}

function lowerAdc({ bits, range, conversion, settle, sharedBy, span }: AdcPart, context: CheckContext): Converter {
  const expected = { what: 'range of the adc', dimension: DIMENSION.current, symbol: 'A' };
  const { low, high } = checkRange(range, expected, context);
  const time = { dimension: DIMENSION.time, symbol: 's' };
  return {
    origin: span,
    bits: checkInteger(bits, bitLimits('bits of the adc'), context),
    minAmperes: low,
    maxAmperes: high,
    conversionSeconds: checkSigned(conversion, { what: 'conversion time', sign: 'positive', ...time }, context),
    settleSeconds: checkSigned(settle, { what: 'settling time of the adc', sign: 'not negative', ...time }, context),
    sharedBy: checkInteger(sharedBy, { what: 'columns of one adc', min: 1, max: MAX_LINES }, context),
  };
}

function lowerPitch({ distance, capacitance, provenance, span }: PitchPart, context: CheckContext): Pitch {
  const metres = { what: 'pitch of the lines', dimension: DIMENSION.length, sign: 'positive', symbol: 'm' } as const;
  const farads = { what: 'capacitance of a cell', dimension: DIMENSION.capacitance, symbol: 'F' };
  return {
    metres: checkSigned(distance, metres, context),
    ...(capacitance && { cellFarads: checkSigned(capacitance, { ...farads, sign: 'not negative' }, context) }),
    provenance: checkProvenance(provenance, { what: '`pitch`', span }, context.diagnostics),
    origin: span,
  };
}

function lowerLines({ capacitance, resistance, provenance, span }: LinesPart, context: CheckContext): Line {
  const farads = { what: 'capacitance of the lines', dimension: DIMENSION.capacitance, symbol: 'F' };
  const ohms = { what: 'resistance of the lines', dimension: DIMENSION.resistance, symbol: 'Ohm' };
  return {
    farads: checkSigned(capacitance, { ...farads, sign: 'not negative' }, context),
    ...(resistance && { ohmsPerCell: checkSigned(resistance, { ...ohms, sign: 'not negative' }, context) }),
    provenance: checkProvenance(provenance, { what: '`lines`', span }, context.diagnostics),
    origin: span,
  };
}

function lowerDrivers({ resistance, ends, provenance, span }: DriversPart, context: CheckContext): LineDrivers {
  const expected = { what: 'resistance of the drivers', dimension: DIMENSION.resistance, symbol: 'Ohm' };
  return {
    ohms: checkSigned(resistance, { ...expected, sign: 'not negative' }, context),
    bothEnds: ends === 'both',
    provenance: checkProvenance(provenance, { what: '`drivers`', span }, context.diagnostics),
    origin: span,
  };
}
