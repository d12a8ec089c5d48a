/** A `chip` declaration with every number in SI units and within the limits of the hardware. */
import {
  LIMIT_UNITS,
  ROOM_TEMPERATURE,
  type AerPort,
  type Chip,
  type ChipLimit,
  type Coil,
  type CoilDrive,
} from '../../ir/chip.js';
import { parseUnit } from '../../units/unit.js';
import {
  BUSES,
  LIMITED_QUANTITIES,
  type AerClause,
  type AmbientClause,
  type ChipClause,
  type ChipItem,
  type CoilClause,
  type LimitClause,
} from '../syntax/chip.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkWord, ClauseFinder, clausesOf, type Owner } from '../check/check-clauses.js';
import { checkInteger, checkRange, checkSigned } from '../check/check-constant.js';
import { checkProvenance } from '../check/check-provenance.js';
import { DIMENSION } from '../check/dimensions.js';
import type { CheckContext } from '../check/scope.js';
import type { ImageContext } from './lower-images.js';
import { bitLimits, lowerTile } from './lower-tile.js';

/** The chip; undefined after reporting. */
export function lowerChip(item: ChipItem, context: ImageContext): Chip | undefined {
  const { diagnostics } = context;
  const owner: Owner = { description: `chip \`${item.name.name}\``, name: item.name };
  const { clauses } = item.body;
  const finder = new ClauseFinder<ChipClause>(owner, clauses, diagnostics);
  const clock = finder.required('clock', 'clock');
  const bus = finder.required('bus', 'bus');
  const tileClause = finder.required('tile', 'tile');
  const frequency = { what: 'clock', dimension: DIMENSION.frequency, sign: 'positive', symbol: 'Hz' } as const;
  const clockHz = clock && checkSigned(clock.frequency, frequency, context);
  const protocol = bus && checkWord(bus.protocol, { what: 'bus', known: BUSES }, diagnostics);
  const tile = tileClause && lowerTile(tileClause, item.name, context);
  const coil = finder.optional('coil', 'coil');
  const around = {
    aer: lowerPorts(clauses, owner, context),
    ...(coil && { coil: lowerCoil(coil, context) }),
    limits: lowerLimits(clauses, owner, context),
    temperature: lowerTemperature(finder.optional('temperature', 'temperature'), context),
  };
  if (clockHz === undefined || !bus || !protocol || !tile) return undefined;
  return { name: item.name.name, origin: item.span, clockHz, bus: { protocol, origin: bus.span }, tile, ...around };
}

function lowerPorts(clauses: readonly ChipClause[], owner: Owner, context: CheckContext): AerPort[] {
  const ports = clausesOf(clauses, 'aer');
  reportRepeated(ports, (port) => `aer ${port.direction}`, { owner, context });
  return ports.map((port) => lowerPort(port, context));
}

function lowerPort({ direction, bits, span }: AerClause, context: CheckContext): AerPort {
  return { direction, bits: checkInteger(bits, bitLimits(`bits of \`aer ${direction}\``), context), origin: span };
}

function lowerCoil(clause: CoilClause, context: CheckContext): Coil {
  const { range, bits, settle, provenance, span } = clause;
  const drive = lowerDrive(clause, context);
  const field = { what: 'range of the coil', dimension: DIMENSION.magneticField, symbol: 'T' };
  const time = { what: 'settling time of the coil', dimension: DIMENSION.time, symbol: 's' };
  const { low, high } = checkRange(range, field, context);
  return {
    minTesla: low,
    maxTesla: high,
    bits: checkInteger(bits, bitLimits('bits of the coil'), context),
    settleSeconds: checkSigned(settle, { ...time, sign: 'not negative' }, context),
    ...(drive && { drive }),
    provenance: checkProvenance(provenance, { what: '`coil`', span }, context.diagnostics),
    origin: span,
  };
}

/** The electrical side of the coil, where the source gives it. */
function lowerDrive({ current, resistance, inductance }: CoilClause, context: CheckContext): CoilDrive | undefined {
  if (!current || !resistance || !inductance) return undefined;
  const amperes = { what: 'current of the coil', dimension: DIMENSION.current, sign: 'positive', symbol: 'A' } as const;
  const ohms = { what: 'resistance of the coil', dimension: DIMENSION.resistance, symbol: 'Ohm' };
  const henries = { what: 'inductance of the coil', dimension: DIMENSION.inductance, symbol: 'H' };
  return {
    amperes: checkSigned(current, amperes, context),
    ohms: checkSigned(resistance, { ...ohms, sign: 'not negative' }, context),
    henries: checkSigned(inductance, { ...henries, sign: 'not negative' }, context),
  };
}

function lowerLimits(clauses: readonly ChipClause[], owner: Owner, context: CheckContext): ChipLimit[] {
  const limits = clausesOf(clauses, 'limit');
  reportRepeated(limits, ({ quantity }) => `limit ${quantity.name}`, { owner, context });
  return limits.flatMap((limit) => lowerLimit(limit, context) ?? []);
}

function lowerLimit({ quantity, value, provenance, span }: LimitClause, context: CheckContext): ChipLimit | undefined {
  const name = checkWord(quantity, { what: 'limited quantity', known: LIMITED_QUANTITIES }, context.diagnostics);
  if (!name) return undefined;
  const what = `limit of \`${name}\``;
  const symbol = LIMIT_UNITS[name];
  const dimension = parseUnit(symbol)?.dimension ?? DIMENSION.none;
  return {
    quantity: name,
    max: checkSigned(value, { what, dimension, sign: 'positive', symbol }, context),
    provenance: checkProvenance(provenance, { what, span }, context.diagnostics),
    origin: span,
  };
}

function lowerTemperature(clause: AmbientClause | undefined, context: CheckContext): Chip['temperature'] {
  if (!clause) return { kelvin: ROOM_TEMPERATURE };
  const expected = { what: 'temperature', dimension: DIMENSION.temperature, sign: 'positive', symbol: 'K' } as const;
  return { kelvin: checkSigned(clause.value, expected, context), origin: clause.span };
}

/** Reports clauses that say the same as one above them, as `wordOf` names what they say. */
function reportRepeated<Clause extends ChipClause>(
  clauses: readonly Clause[],
  wordOf: (clause: Clause) => string,
  { owner, context }: { readonly owner: Owner; readonly context: CheckContext },
): void {
  const first = new Map<string, Clause>();
  for (const clause of clauses) {
    const word = wordOf(clause);
    const earlier = first.get(word);
    if (!earlier) first.set(word, clause);
    else {
      const related = [{ message: 'first given here', span: earlier.span }];
      const params = { owner: owner.description, clause: word };
      context.diagnostics.report(DSL_CATALOGUE, 'duplicate-clause', params, { span: clause.span, related });
    }
  }
}
