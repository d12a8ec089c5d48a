/** How long an experiment applies which magnetic field, and how often it switches to it: what its coil is priced by. */
import { evaluate } from '../../devices/evaluate.js';
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import type { FieldTime } from '../../ir/study-result.js';
import { isSameDimension } from '../../units/dimension.js';
import { parseUnit } from '../../units/unit.js';

/** Fields so far; plain data that a checkpoint can hold. */
export interface FieldRecord {
  /** Modulators of devices that are a magnetic field. */
  readonly modulators: readonly string[];
  /** The field now [T], and since when [s]. */
  tesla: number;
  since: number;
  readonly times: FieldTime[];
}

/** A record that begins at time 0 with the field of the devices; undefined where none of them sees one. */
export function beginFields({ projections }: Pick<MappedNetwork, 'projections'>): FieldRecord | undefined {
  const fields = projections.flatMap(fieldsOf);
  if (fields.length === 0) return undefined;
  // One coil applies one field; where projections begin with several, it is taken to be the strongest
  const tesla = fields.reduce((most, each) => (Math.abs(each.tesla) > Math.abs(most) ? each.tesla : most), 0);
  const modulators = [...new Set(fields.map(({ name }) => name))];
  return { modulators, tesla, since: 0, times: [{ tesla, seconds: 0, switches: tesla === 0 ? 0 : 1 }] };
}

function fieldsOf({ device, modulations }: MappedProjection): readonly { name: string; tesla: number }[] {
  const isField = (symbol: string): boolean => {
    const [unit, tesla] = [parseUnit(symbol), parseUnit('T')];
    return unit !== undefined && tesla !== undefined && isSameDimension(unit.dimension, tesla.dimension);
  };
  const found = device?.modulators.filter(({ unit }) => isField(unit.symbol)) ?? [];
  return found.map(({ name, initial }) => {
    const own = modulations.find(({ modulator }) => modulator === name);
    return { name, tesla: own ? evaluate(own.value, () => NaN) : initial };
  });
}

/** At `now` [s], `modulator` gets `value`; other modulators and fields that stay are no switch. */
export function switchField(record: FieldRecord | undefined, setting: FieldSetting, now: number): void {
  const { modulator, value: tesla } = setting;
  if (!record?.modulators.includes(modulator) || tesla === record.tesla) return;
  record.times.splice(0, Infinity, ...fieldTimes(record, now));
  const at = record.times.findIndex((time) => time.tesla === tesla);
  const before = record.times[at];
  if (before) record.times[at] = { ...before, switches: before.switches + 1 };
  else record.times.push({ tesla, seconds: 0, switches: 1 });
  Object.assign(record, { tesla, since: now });
}

/** A modulator and what it is set to. */
export interface FieldSetting {
  readonly modulator: string;
  readonly value: number;
}

/** All fields of the record until `now` [s], in the order of their first use. */
export function fieldTimes({ tesla, since, times }: FieldRecord, now: number): readonly FieldTime[] {
  return times.map((time) => (time.tesla === tesla ? { ...time, seconds: time.seconds + now - since } : time));
}
