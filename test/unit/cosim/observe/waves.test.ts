/** Waves of a run, read back by readers that others wrote: vcdvcd, and fst2vcd of GTKWave. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { invariant } from '../../../../src/core/invariant.js';
import type { CosimResult } from '../../../../src/cosim/cosimulate.js';
import { writeFst } from '../../../../src/cosim/observe/fst.js';
import { TimeScale } from '../../../../src/cosim/observe/time-scale.js';
import { writeVcd } from '../../../../src/cosim/observe/vcd.js';
import { WaveChanges, type WaveRecord } from '../../../../src/cosim/observe/wave-record.js';
import { hasTool } from '../../../support/external-tool.js';
import { observeExample } from '../../../support/observed-run.js';
import { hasPythonPackages, PYTHON } from '../../../support/python.js';
import { inWorkFolder } from '../../../support/work-folder.js';

const READ_VCD = `
import json, sys
from vcdvcd import VCDVCD
vcd = VCDVCD(sys.argv[1])
json.dump({'unit': str(vcd.timescale['timescale']), 'signals': {name: vcd[name].tv for name in vcd.signals}}, sys.stdout)
`;

interface ReadWave {
  readonly unit: string;
  readonly signals: Readonly<Record<string, readonly (readonly [number, string])[]>>;
}

function readVcd(file: string): ReadWave {
  const text = execFileSync(PYTHON, ['-c', READ_VCD, file], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  return JSON.parse(text) as ReadWave;
}

/** The same of a record; digits are those that a reader keeps of real numbers. */
function expected(record: WaveRecord, digits: number): ReadWave['signals'] {
  const scale = new TimeScale(record.clockHz);
  const names = record.signals.map(({ scopes, name, width, kind }) =>
    [...scopes, kind === 'bits' && width > 1 ? `${name}[${width - 1}:0]` : name].join('.'),
  );
  const signals: Record<string, [number, string][]> = Object.fromEntries(names.map((name) => [name, []]));
  record.ids.forEach((id, index) => {
    const value = record.values[index]!;
    const text = record.signals[id]!.kind === 'real' ? String(Number(value.toPrecision(digits))) : String(value);
    signals[names[id]!]!.push([Number(scale.at(record.clocks[index]!)), text]);
  });
  return signals;
}

function normalized({ signals }: ReadWave, record: WaveRecord): ReadWave['signals'] {
  const reals = new Set(
    record.signals.filter(({ kind }) => kind === 'real').map(({ scopes, name }) => [...scopes, name].join('.')),
  );
  return Object.fromEntries(
    Object.entries(signals).map(([name, changes]) => [
      name,
      changes.map(([time, text]): readonly [number, string] => [
        time,
        reals.has(name) ? String(Number(text)) : String(Number.parseInt(text, 2)),
      ]),
    ]),
  );
}

let result: CosimResult;
let record: WaveRecord;

beforeAll(async () => {
  result = await observeExample({ observe: { wave: {} } });
  const wave = result.observations?.wave;
  invariant(wave, 'a wave was asked for');
  record = wave;
});

describe('a wave', () => {
  it('changes nothing that is compared', async () => {
    const plain = await observeExample({});
    expect({ ...result, observations: undefined, seconds: 0, secondsBuild: 0 }).toEqual({
      ...plain,
      observations: undefined,
      seconds: 0,
      secondsBuild: 0,
    });
    expect(plain.observations).toBeUndefined();
  });

  it('shows every data set, skipped clocks at their time', () => {
    expect(record.dataSets.map(({ name }) => name)).toHaveLength(5);
    expect(result.evaluatedClocks + result.busClocks).toBeLessThan(10_000);
    // From the first commit to the last of every data set, and the bus between them
    expect(record.endClock).toBeGreaterThanOrEqual(result.clocks);
    expect(record.endClock).toBeLessThan(result.clocks + result.busClocks);
  });

  it('ends with the conductances that the run has', () => {
    const last = new Map<string, number>();
    record.ids.forEach((id, index) => last.set(record.signals[id]!.name, record.values[index]!));
    const cells = Array.from({ length: 100 }, (_, cell) => last.get(`siemens_${Math.floor(cell / 10)}_${cell % 10}`));
    expect(cells).toEqual(result.conductances);
    expect(last.get('rail')).toBe(0);
    expect(last.get('running')).toBe(0);
  });

  it('shows firing lines at the voltages of the rails', () => {
    const seen = new Set<number>();
    record.ids.forEach((id, index) => {
      if (record.signals[id]!.name === 'row1_volts') seen.add(record.values[index]!);
    });
    // V/2 rails, both polarities, and the read voltage
    expect([...seen].sort((a, b) => a - b)).toMatchObject({ length: 4, 0: -2.4990234375, 3: 2.4990234375 });
  });

  it('ends where there are too many changes', async () => {
    const { observations } = await observeExample({ observe: { wave: { maxChanges: 400 } } });
    const cut = observations?.wave;
    expect(cut).toMatchObject({ isCut: true });
    expect(cut!.clocks.length).toBeLessThanOrEqual(400);
    expect(cut!.endClock).toBeLessThan(record.endClock);
    const { length } = cut!.clocks;
    expect(cut!.clocks).toEqual(record.clocks.slice(0, length));
    expect(cut!.values).toEqual(record.values.slice(0, length));
  });
});

describe.skipIf(!hasPythonPackages('vcdvcd'))('written as VCD', () => {
  it('reads back event by event', () => {
    inWorkFolder((folder) => {
      writeFileSync(join(folder, 'a.vcd'), writeVcd(record));
      const read = readVcd(join(folder, 'a.vcd'));
      expect(Number(read.unit)).toBe(1e-7);
      expect(normalized(read, record)).toEqual(expected(record, 17));
    });
  });

  it.skipIf(!hasTool('fst2vcd'))('and as FST, reads back event by event', () => {
    inWorkFolder((folder) => {
      const bytes = writeFst(record);
      expect(bytes.length).toBeLessThan(writeVcd(record).length / 2);
      expect(writeFst(record)).toEqual(bytes);
      writeFileSync(join(folder, 'a.fst'), bytes);
      const text = execFileSync('fst2vcd', [join(folder, 'a.fst')], { encoding: 'utf8', maxBuffer: 2 ** 28 });
      writeFileSync(join(folder, 'b.vcd'), text);
      const read = readVcd(join(folder, 'b.vcd'));
      expect(Number(read.unit)).toBe(1e-7);
      // fst2vcd prints real numbers with sixteen digits
      expect(normalized(read, record)).toEqual(expected(record, 16));
    });
  });
});

describe('times', () => {
  it.each([
    [10e6, '100 ns', 3n],
    [1e9, '1 ns', 3n],
    [12.5e6, '10 ns', 24n],
    [1, '1 s', 3n],
    [0.5, '1 s', 6n],
  ])('of a clock of %d Hz are whole numbers of %s', (clockHz, unit, third) => {
    const scale = new TimeScale(clockHz);
    expect(scale.vcdUnit).toBe(unit);
    expect(scale.at(3)).toBe(third);
  });

  it('of a clock whose period is no whole number of femtoseconds are rounded one by one', () => {
    const scale = new TimeScale(3e6);
    expect(scale.vcdUnit).toBe('1 fs');
    expect([1, 2, 3, 3_000_000].map((clock) => scale.at(clock))).toEqual([
      333_333_333n,
      666_666_667n,
      1_000_000_000n,
      10n ** 15n,
    ]);
  });
});

it('keeps the last of several changes in one clock, and none that changes nothing', () => {
  const changes = new WaveChanges(10);
  changes.add(0, 0, 1);
  changes.add(0, 1, 5);
  changes.add(7, 0, 2);
  changes.add(7, 0, 3);
  changes.add(8, 0, 3);
  changes.add(5, 1, 6);
  const { clocks, ids, values } = changes.sorted();
  expect([...clocks]).toEqual([0, 0, 5, 7]);
  expect([...ids]).toEqual([0, 1, 1, 0]);
  expect([...values]).toEqual([1, 5, 6, 3]);
});
