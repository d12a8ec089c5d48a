/** Devices with tables from files: the kernel against bilinear surfaces computed here, and one copy of their numbers. */
import { describe, expect, test } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { emitDevice } from '../../../src/backends/harness/emit-data.js';
import { compileKernel } from '../../../src/devices/compile-kernel.js';
import type { DeviceModel } from '../../../src/devices/device-model.js';
import { kernelModuleText } from '../../../src/devices/kernel-source.js';
import { compileSource } from '../../../src/dsl/front-end.js';
import { parseModule } from '../../../src/ir/parse.js';
import { printModule } from '../../../src/ir/print.js';
import { memoryHost } from '../../support/memory-host.js';

const SIZE = 501;
const EDGE = { low: 0.1, high: 1 };
const conductances = Array.from(
  { length: SIZE },
  (_, i) => EDGE.low + (EDGE.high - EDGE.low) * (i / (SIZE - 1)) ** 1.2,
);
const quantiles = Array.from({ length: SIZE }, (_, i) => (1 - Math.cos((Math.PI * i) / (SIZE - 1))) / 2);

/** Changes of a nominal pulse by quantile and conductance: curved and noisy, as measured ones. */
const changes = (sign: number): number[][] =>
  quantiles.map((u, row) =>
    conductances.map(
      (g, column) => sign * 0.02 * (1.2 - g) + 0.03 * (u - 0.5) ** 3 + 1e-4 * Math.sin(row * 12.9 + column * 78.2),
    ),
  );

/** A header row of conductances, a first column of quantiles. */
function gridText(values: readonly (readonly number[])[]): string {
  const lines = values.map((row, index) => [quantiles[index], ...row].join(','));
  return [['CDF', ...conductances].join(','), ...lines].join('\n');
}

const curveText = (values: readonly number[]): string =>
  ['conductance,mean', ...values.map((value, index) => `${String(conductances[index])},${String(value)}`)].join('\n');

const [up, down] = [changes(1), changes(-1)];
const means = (table: readonly (readonly number[])[]): number[] =>
  conductances.map((_, column) => table.reduce((sum, row) => sum + row[column]!, 0) / SIZE);

const ORIGIN = 'source "test" confidence measured';
const TEXT = `import device crosssimTable from "std/crosssim"

device cell extends crosssimTable {
  table increase(part, weight) from "dG_increasing.csv" ${ORIGIN}
  table decrease(part, weight) from "dG_decreasing.csv" ${ORIGIN}
  table meanIncrease(weight) from "increase.csv" ${ORIGIN}
  table meanDecrease(weight) from "decrease.csv" ${ORIGIN}
}
`;

function compileMeasured(text = TEXT) {
  const diagnostics = new DiagnosticBag();
  const host = memoryHost({
    'input.ion': text,
    'dG_increasing.csv': gridText(up),
    'dG_decreasing.csv': gridText(down),
    'increase.csv': curveText(means(up)),
    'decrease.csv': curveText(means(down)),
  });
  const network = compileSource('input.ion', host, new Map(), diagnostics);
  expect(diagnostics.all.filter(({ severity }) => severity === 'error')).toEqual([]);
  const device = network?.devices.find(({ name }) => name === 'cell');
  if (!network || !device) throw new Error('no device');
  return { network, device };
}

/** Where `at` lies on an axis: the point before it, and the part of the way to the next. */
function placeOn(axis: readonly number[], at: number): readonly [number, number] {
  const index = Math.min(
    axis.length - 2,
    Math.max(
      0,
      axis.findLastIndex((point) => point <= at),
    ),
  );
  const part = (at - axis[index]!) / (axis[index + 1]! - axis[index]!);
  return [index, Math.min(1, Math.max(0, part))];
}

function surfaceAt(table: readonly (readonly number[])[], u: number, g: number): number {
  const [[row, b], [column, a]] = [placeOn(quantiles, u), placeOn(conductances, g)];
  const corner = (below: number, right: number): number => table[row + below]![column + right]!;
  return (1 - b) * ((1 - a) * corner(0, 0) + a * corner(0, 1)) + b * ((1 - a) * corner(1, 0) + a * corner(1, 1));
}

function lineAt(values: readonly number[], g: number): number {
  const [index, part] = placeOn(conductances, g);
  return (1 - part) * values[index]! + part * values[index + 1]!;
}

/** The device with its random quantile at a fixed place, so that a pulse can be computed here. */
function atQuantile(device: DeviceModel, quantile: number): DeviceModel {
  const spreads = device.spreads.map((spread) =>
    spread.name === 'quantile' ? { ...spread, mean: quantile, deviation: 0 } : spread,
  );
  return { ...device, spreads };
}

describe('tables of 501 x 501 points', () => {
  const { network, device } = compileMeasured();

  test('change the weight in the kernel by the update law of CrossSim', () => {
    const setup = { rows: 1, columns: 1, seed: 1, without: [] };
    let worst = 0;
    for (const quantile of [0, 0.013, 0.25, 0.5, 0.777, 1]) {
      const kernel = compileKernel(atQuantile(device, quantile), setup);
      let w = EDGE.low;
      for (let pulse = 0; pulse < 120; pulse++) {
        const isUp = pulse < 70;
        const [table, ask] = [isUp ? up : down, 1 + (pulse % 3) / 2];
        const mean = lineAt(means(table), w);
        const change = ask * mean + Math.sqrt(ask) * (surfaceAt(table, quantile, w) - mean);
        w = Math.min(EDGE.high, Math.max(EDGE.low, w + change));
        kernel.pulseCells(Float64Array.of(isUp ? 1 : -1), ask * device.pulse.seconds);
        worst = Math.max(worst, Math.abs(kernel.stateOf('w')[0]! - w));
      }
    }
    expect(worst).toBeLessThan(1e-12);
  });

  test('draw steps with the mean and variance of the table at the weight', () => {
    const [rows, columns] = [200, 200];
    const kernel = compileKernel(device, { rows, columns, seed: 7, without: [] });
    const start = kernel.stateOf('w')[0]!;
    kernel.pulseCells(new Float64Array(rows * columns).fill(1), device.pulse.seconds);
    const steps = Array.from(kernel.stateOf('w'), (w) => w - start);
    const samples = Array.from({ length: 100_000 }, (_, i) => surfaceAt(up, (i + 0.5) / 100_000, start));
    const moments = (values: readonly number[]): readonly [number, number] => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length];
    };
    const [[mean, variance], [expected, spread]] = [moments(steps), moments(samples)];
    expect(Math.abs(mean - expected)).toBeLessThan(4 * Math.sqrt(spread / steps.length));
    expect(variance / spread).toBeCloseTo(1, 1);
  });

  test('stand once in the text of a kernel, of the harness and of the IR', () => {
    const probe = String(up[250]![250]);
    const count = (text: string): number => text.split(probe).length - 1;
    expect(count(kernelModuleText(device, '../runtime'))).toBe(1);
    expect(count(emitDevice(device, 'cell'))).toBe(1);
    const ir = printModule({ ...network, devices: [device] });
    expect(count(ir)).toBe(1);
    const parsed = parseModule(ir);
    expect(parsed).toEqual({ ...network, devices: [device] });
    if (!('phase' in parsed)) throw new Error('no module');
    expect(printModule(parsed) === ir).toBe(true);
  });
});

describe('units of tables', () => {
  test('are those of the declaration, Celsius included', () => {
    const diagnostics = new DiagnosticBag();
    const text = `device cell {
  pulse 1 V for 1 ms source "test" confidence estimate
  read 0.1 V source "test" confidence estimate
  param warm = 35 degC source "test" confidence estimate
  table rise(part : %, heat : degC) : nS from "rise.csv" source "test" confidence measured
  let step = rise(0.75, warm)
  state g : S in 0 uS .. 4 uS = 1 uS
  on pulse { g += step }
  current = g * v
  energy = 1 pJ source "test" confidence estimate
}
`;
    const host = memoryHost({ 'input.ion': text, 'rise.csv': '; 20; 40 # head\n\n50; 1; 2\n100; 3; 4\n' });
    const device = compileSource('input.ion', host, new Map(), diagnostics)?.devices[0];
    expect(diagnostics.all).toEqual([]);
    const kernel = compileKernel(device!, { rows: 1, columns: 1, seed: 1, without: [] });
    kernel.pulseCells(Float64Array.of(1), 1e-3);
    expect(kernel.stateOf('g')[0]).toBeCloseTo(1e-6 + 2.75e-9, 15);
  });

  test.each([
    ['increase(0.5, 1 V)', 'unexpected-dimension'],
    ['increase(0.5)', 'argument-count'],
    ['increase + 1', 'unexpected-type'],
    ['increas(0.5, w)', 'unknown-name'],
  ])('%s is refused', (call, code) => {
    const text = TEXT.replace('\n}', `\n  invariant ${call} < 1\n}`);
    const diagnostics = new DiagnosticBag();
    const files = { 'dG_increasing.csv': gridText(up), 'dG_decreasing.csv': gridText(down) };
    const curves = { 'increase.csv': curveText(means(up)), 'decrease.csv': curveText(means(down)) };
    compileSource('input.ion', memoryHost({ 'input.ion': text, ...files, ...curves }), new Map(), diagnostics);
    expect(diagnostics.all.map((each) => each.code)).toEqual([`dsl/${code}`]);
  });
});
