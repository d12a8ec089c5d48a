/** A `chip` declaration with every number in SI units and within the limits of the hardware. */
import type { Chip, Converter, Tile } from '../../ir/network.js';
import {
  BIAS_SCHEMES,
  BUSES,
  type AdcPart,
  type ChipItem,
  type LinesPart,
  type RailsPart,
  type TileClause,
  type TilePart,
  type TimerPart,
} from '../syntax/chip.js';
import type { Identifier } from '../syntax/nodes.js';
import { checkWord, ClauseFinder, type Owner } from '../check/check-clauses.js';
import { checkInteger, checkRange, checkSigned } from '../check/check-constant.js';
import { checkProvenance } from '../check/check-provenance.js';
import { DIMENSION } from '../check/dimensions.js';
import type { CheckContext } from '../check/scope.js';

/** Lines of one side of a tile, at most. */
const MAX_LINES = 4096;

/** Bits of a converter or timer, at most: words of the generated hardware are not wider. */
const MAX_BITS = 32;

/** The chip; undefined after reporting. */
export function lowerChip(item: ChipItem, { scope, diagnostics }: CheckContext): Chip | undefined {
  const owner: Owner = { description: `chip \`${item.name.name}\``, name: item.name };
  const finder = new ClauseFinder(owner, item.body.clauses, diagnostics);
  const clock = finder.required('clock', 'clock');
  const bus = finder.required('bus', 'bus');
  const tileClause = finder.required('tile', 'tile');
  const context: CheckContext = { scope, diagnostics };
  const clockHz =
    clock &&
    checkSigned(
      clock.frequency,
      { what: 'clock', dimension: DIMENSION.frequency, sign: 'positive', symbol: 'Hz' },
      context,
    );
  const protocol = bus && checkWord(bus.protocol, { what: 'bus', known: BUSES }, diagnostics);
  const tile = tileClause && lowerTile(tileClause, item.name, context);
  if (clockHz === undefined || !protocol || !tile) return undefined;
  return { name: item.name.name, origin: item.span, clockHz, bus: protocol, tile };
}

function lowerTile(clause: TileClause, chip: Identifier, context: CheckContext): Tile | undefined {
  const owner: Owner = { description: `tile of \`${chip.name}\``, name: chip };
  const finder = new ClauseFinder<TilePart>(owner, clause.body.clauses, context.diagnostics);
  const bias = finder.required('bias', 'bias');
  const rails = finder.required('rails', 'rails');
  const timer = finder.required('timer', 'timer');
  const settle = finder.required('settle', 'settle');
  const adc = finder.required('adc', 'adc');
  const lines = finder.required('lines', 'lines');
  const rows = checkInteger(clause.rows, { what: 'number of rows', min: 1, max: MAX_LINES }, context);
  const columns = checkInteger(clause.columns, { what: 'number of columns', min: 1, max: MAX_LINES }, context);
  const scheme = bias && checkWord(bias.scheme, { what: 'bias scheme', known: BIAS_SCHEMES }, context.diagnostics);
  if (!scheme || !rails || !timer || !settle || !adc || !lines) return undefined;
  const settling = { what: 'settling time', dimension: DIMENSION.time, sign: 'not negative', symbol: 's' } as const;
  return {
    origin: clause.span,
    rows,
    columns,
    bias: scheme,
    rails: lowerRails(rails, context),
    timer: lowerTimer(timer, context),
    settleSeconds: checkSigned(settle.duration, settling, context),
    adc: lowerAdc(adc, context),
    line: lowerLines(lines, context),
  };
}

function lowerRails({ range, bits, span }: RailsPart, context: CheckContext): Tile['rails'] {
  const { low, high } = checkRange(
    range,
    { what: 'range of the rails', dimension: DIMENSION.voltage, symbol: 'V' },
    context,
  );
  const limits = { what: 'bits of the rails', min: 1, max: MAX_BITS, dimension: DIMENSION.bits };
  return { minVolts: low, maxVolts: high, bits: checkInteger(bits, limits, context), origin: span };
}

function lowerTimer({ bits, span }: TimerPart, context: CheckContext): Tile['timer'] {
  return {
    bits: checkInteger(bits, { what: 'bits of the timer', min: 1, max: MAX_BITS, dimension: DIMENSION.bits }, context),
    origin: span,
  };
}

function lowerAdc({ bits, range, conversion, settle, sharedBy, span }: AdcPart, context: CheckContext): Converter {
  const { low, high } = checkRange(
    range,
    { what: 'range of the adc', dimension: DIMENSION.current, symbol: 'A' },
    context,
  );
  const time = { dimension: DIMENSION.time, symbol: 's' };
  return {
    origin: span,
    bits: checkInteger(bits, { what: 'bits of the adc', min: 1, max: MAX_BITS, dimension: DIMENSION.bits }, context),
    minAmperes: low,
    maxAmperes: high,
    conversionSeconds: checkSigned(conversion, { what: 'conversion time', sign: 'positive', ...time }, context),
    settleSeconds: checkSigned(settle, { what: 'settling time of the adc', sign: 'not negative', ...time }, context),
    sharedBy: checkInteger(sharedBy, { what: 'columns of one adc', min: 1, max: MAX_LINES }, context),
  };
}

function lowerLines({ capacitance, provenance, span }: LinesPart, context: CheckContext): Tile['line'] {
  const what = 'capacitance of the lines';
  return {
    farads: checkSigned(
      capacitance,
      { what, dimension: DIMENSION.capacitance, sign: 'not negative', symbol: 'F' },
      context,
    ),
    provenance: checkProvenance(provenance, { what: '`lines`', span }, context.diagnostics),
  };
}
