/** Programs that no controller runs, or that may be late, are told before hardware is made of them. */
import { describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { checkCapacity } from '../../../src/ir/passes/check-capacity.js';
import type { PulseOperation } from '../../../src/ir/scheduled.js';
import { loop, pulseProgram, scheduledModule, segment } from '../../support/pulse-program.js';

const COLUMNS = 130;

function codesOf(
  operations: readonly PulseOperation[],
  planes: readonly (readonly number[])[] = [],
): readonly string[] {
  const diagnostics = new DiagnosticBag();
  const dataSets = [
    {
      name: 'set',
      entries: [],
      rowPlanes: [],
      columnPlanes: planes,
      believed: [],
      targets: [],
      changed: 0,
      disturb: 0,
    },
  ].map((dataSet) => ({ ...dataSet, origin: segment({}).origin }));
  checkCapacity(scheduledModule(pulseProgram({ rows: 4, columns: COLUMNS, operations, dataSets })), diagnostics);
  return diagnostics.all.map(({ code }) => code);
}

describe('a program', () => {
  it('with loops four deep fits no controller', () => {
    const three = loop(0, 2, loop(1, 2, loop(2, 2, segment({}))));
    expect(codesOf([three])).toEqual([]);
    expect(codesOf([loop(3, 2, three)])).toEqual(['program/loops-too-many']);
  });

  it('with a plane of three words behind a segment of two clocks may be late', () => {
    const plane = segment({ column: { kind: 'plane', source: { kind: 'fixed', plane: 0 } } });
    const behind = (clocks: number) => [segment({ dwell: { kind: 'clocks', clocks } }), plane];
    expect(codesOf(behind(3), [[1]])).toEqual([]);
    expect(codesOf(behind(2), [[1]])).toEqual(['program/underrun-possible']);
  });
});
