/** The example with real wires as a user runs it: what they cost, what the fit of the pulses saves, and the controller. */
import { expect, test } from 'vitest';
import { ionloom } from '../support/ionloom.js';

const EXAMPLE = 'examples/oxide-wires/wires.ion';

interface Simulation {
  readonly experiments: readonly {
    readonly metrics: Readonly<Record<string, { readonly max: number; readonly value: number }>>;
  }[];
}

test('a picture survives wires of 2.5 Ohm a cell, reading it does not', () => {
  const { status, stdout } = ionloom('sim', EXAMPLE, '--json');
  expect(status).toBe(0);
  const [ideal, real] = (JSON.parse(stdout) as Simulation).experiments.map(({ metrics }) => metrics);
  const ratio = (name: string): number => (real?.[name]?.value ?? NaN) / (ideal?.[name]?.value ?? NaN);
  expect(ideal?.['lineLoss']?.value).toBe(0);
  expect(real?.['lineLoss']?.value).toBeGreaterThan(0.08);
  expect(real?.['lineLoss']?.value).toBeLessThan(0.13);
  expect(ratio('rmsError')).toBeLessThan(1.3);
  expect(ratio('writeTime')).toBeGreaterThan(2);
  expect(ratio('readError')).toBeGreaterThan(5);
});

test('the controller and the pulse program agree behind real wires', () => {
  const { status, stdout } = ionloom('cosim', EXAMPLE, '--experiment', 'ThroughRealWires', '--json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, experiments: [{ mismatches: 0 }] });
});

test('drivers of 300 Ohm are made up for, drivers of 400 Ohm leave too little between half and whole voltage', () => {
  const runs = [300, 400].map((ohms) =>
    ionloom(
      'sim',
      EXAMPLE,
      '--experiment',
      'ThroughRealWires',
      '--set',
      `driverResistance=${String(ohms)} Ohm`,
      '--json',
    ),
  );
  expect(runs.map(({ status }) => status)).toEqual([0, 1]);
  expect(runs[1]?.stdout).toContain('schedule/disturb-budget');
});
