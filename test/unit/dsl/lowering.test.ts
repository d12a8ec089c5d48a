import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDiskHost } from '../../../src/core/disk.js';
import { loadLibraryDevice } from '../../../src/dsl/front-end.js';
import { LIBRARY_DEVICES } from '../../../src/dsl/standard-library.js';
import { REPOSITORY } from '../../support/golden.js';
import { compileText } from '../../support/compile-text.js';

const CHIP = `chip Board {
  clock 10 MHz
  bus apb
  tile 2 x 3 {
    bias third
    rails -6 V .. 6 V by 12 bit
    timer 10 bit
    settle 100 us
    adc 0 A .. 0.5 uA by 8 bit in 2 us settle 10 us shared by 3
    lines 100 pF source "board" confidence estimate
  }
}
`;

function program(images: string, window = 'mid'): string {
  return `import device yszEcram from "std/devices"
param file = "a.csv"
param index = 1
program Write {
  device yszEcram window ${window}
  from ${images}
  write rows
  disturb at most 3 %
}
${CHIP}`;
}

function compile(text: string, files: Record<string, string> = {}, overrides: Record<string, string> = {}) {
  const { network, diagnostics } = compileText(text, files, overrides);
  // The texts below share a head of which some use only a part
  expect(diagnostics.filter(({ code }) => code !== 'dsl/unused-name')).toEqual([]);
  return network!;
}

describe('the library', () => {
  it('lists the files of its folder', () => {
    const files = readdirSync(`${REPOSITORY}src/devices/library`).filter((file) => file.endsWith('.ion'));
    expect([...new Set(Array.from(LIBRARY_DEVICES.values(), ({ file }) => file))].sort()).toEqual(files.sort());
  });

  it('has devices that work, with an origin for every number', () => {
    for (const name of LIBRARY_DEVICES.keys()) {
      const device = loadLibraryDevice(name, createDiskHost());
      expect(device.name).toBe(name);
      const origins = [...device.parameters, ...device.windows, ...device.spreads, ...device.ratings, device.pulse];
      for (const { provenance } of origins) expect(provenance.source).not.toBe('');
    }
  });

  it('has yszEcram with the six published windows', () => {
    const { windows, parameters } = loadLibraryDevice('yszEcram', createDiskHost());
    expect(windows.map(({ low, high, step }) => [low, high, step])).toEqual([
      [0.1e-6, 0.2e-6, 1e-9],
      [0.4e-6, 1e-6, 6e-9],
      [2e-6, 4e-6, 20e-9],
      [15e-6, 30e-6, 150e-9],
      [60e-6, 100e-6, 400e-9],
      [170e-6, 230e-6, 600e-9],
    ]);
    expect(parameters.find(({ name }) => name === 'chargePerConductance')).toMatchObject({
      value: 0.01,
      unit: { symbol: 'mC/S', scale: 1e-3 },
    });
  });
});

describe('chips', () => {
  it('come out in SI units', () => {
    expect(compile(CHIP).chips[0]).toMatchObject({
      clockHz: 1e7,
      tile: {
        rows: 2,
        columns: 3,
        bias: { scheme: 'third' },
        rails: { minVolts: -6, maxVolts: 6, bits: 12 },
        settleSeconds: 1e-4,
        adc: { bits: 8, minAmperes: 0, maxAmperes: 5e-7, conversionSeconds: 2e-6, settleSeconds: 1e-5, sharedBy: 3 },
        line: { farads: 1e-10, provenance: { source: 'board', confidence: 'estimate' } },
      },
    });
  });

  it('take sizes from expressions of parameters', () => {
    const text = `param side = 2\n${CHIP.replace('2 x 3', '10 us * 10 MHz x side ^ 2')}`;
    expect(compile(text).chips[0]?.tile).toMatchObject({ rows: 100, columns: 4 });
  });
});

describe('images', () => {
  const images = (text: string, files: Record<string, string>, overrides = {}) =>
    compile(text, files, overrides).programs[0]!.images;

  it('span the window from black to white', () => {
    const [image] = images(program('"a.csv"'), { 'a.csv': '0, 0.5, 1\n1, 0.25, 0\n' });
    expect(image).toMatchObject({ name: 'a.csv', rows: 2, columns: 3 });
    expect(image!.siemens.map((value) => Number((value * 1e6).toPrecision(12)))).toEqual([2, 3, 4, 4, 2.5, 2]);
  });

  it('hold conductances in the unit that is named', () => {
    const [image] = images(program('"a.csv" in uS', '1 uS .. 3 uS'), { 'a.csv': '1, 3\n' });
    expect(image!.siemens.map((value) => value * 1e6)).toEqual([1, 3]);
  });

  it('are found beside the file that names them', () => {
    const text = `import program Write from "./parts/write.ion"\n`;
    const network = compile(text, { 'parts/write.ion': program('file'), 'parts/a.csv': '1\n' });
    expect(network.programs[0]!.images[0]!.siemens).toEqual([4e-6]);
    expect(network.devices.map(({ name }) => name)).toEqual(['yszEcram']);
  });

  it('are found from the working folder where the command line names them', () => {
    const files = { 'a.csv': '1\n', 'elsewhere/b.csv': '0\n' };
    const [image] = images(program('file'), files, { file: 'elsewhere/b.csv' });
    expect(image).toMatchObject({ name: 'elsewhere/b.csv', siemens: [2e-6] });
  });
});

describe('experiments', () => {
  const files = { 'a.csv': '0, 1\n', 'b.csv': '1\n' };

  it('say what runs, how often and what must hold', () => {
    const text = `${program('"a.csv"')}experiment Run {
  run Write on Board from "b.csv"
  seeds 20 from 7
  without cycle, noise
  calibrate gain with 4 * 4 pulses
  expect mean(rmsError) <= 10 % / 2
  expect writeTime < 1 s
}
`;
    const { experiments, programs } = compile(text, files);
    expect(programs[0]!.images.map(({ name }) => name)).toEqual(['a.csv']);
    expect(experiments[0]).toMatchObject({
      name: 'Run',
      chip: 'Board',
      program: { name: 'Write', write: { order: 'rows' }, images: [{ name: 'b.csv' }] },
      firstSeed: 7,
      seedCount: 20,
      without: ['cycle', 'noise'],
      calibration: { spread: 'gain', pulses: 16 },
      expectations: [
        { text: 'mean(rmsError) <= 10 % / 2', left: { kind: 'mean' }, right: { kind: 'number', value: 0.05 } },
        { text: 'writeTime < 1 s', left: { kind: 'metric', name: 'writeTime' }, operator: '<' },
      ],
    });
  });

  it('say once that a tile is too small, whatever the number of images', () => {
    const large = { 'a.csv': '0, 1, 0, 1\n', 'b.csv': '0, 1\n', 'c.csv': '0\n1\n1\n' };
    const text = `${program('"b.csv", "a.csv", "c.csv"')}experiment Run {\n  run Write on Board\n}\n`;
    expect(compileText(text, large).diagnostics.map(({ message }) => message)).toEqual([
      'tile of 2 x 3 is too small for `a.csv` of 1 x 4 (and for 1 more)',
    ]);
  });

  it.each([
    ['rmsError <= 5 V', 'dsl/dimension-mismatch'],
    ['writeTime <= 20', 'dsl/dimension-mismatch'],
    ['rmsErorr <= 5 %', 'dsl/unknown-name'],
    ['mean(rms) <= 5 %', 'dsl/unknown-name'],
    ['pulses == changed + 1', 'dsl/expectation-shape'],
  ])('refuse to expect %s', (expectation, code) => {
    const text = `${program('"a.csv"')}experiment Run {\n  run Write on Board\n  expect ${expectation}\n}\n`;
    expect(compileText(text, files).codes).toEqual([code]);
  });
});

describe('parameters', () => {
  it('take values of their dimension from the command line', () => {
    const text = `param side = 2\n${CHIP.replace('2 x 3', 'side x side')}`;
    expect(compile(text, {}, { side: '2 * 4' }).chips[0]?.tile.rows).toBe(8);
    expect(compileText(text, {}, { side: '2 V' }).codes).toEqual(['dsl/invalid-override']);
    expect(compileText(text, {}, { side: '' }).codes).toEqual(['dsl/invalid-override']);
    expect(compileText(text, {}, { sides: '2' }).codes).toEqual(['dsl/unknown-parameter']);
  });
});

describe('devices', () => {
  const device = `device cell {
  pulse 1 V for 1 ms source "t" confidence estimate
  read 0.1 V source "t" confidence estimate
  window mid = 1 uS .. 2 uS source "t" confidence estimate
  state g : S in 0.5 uS .. 5 uS = window.low
  evolve g = 1 uS / 1 s * v / 1 V
  current = g * v
  energy = g * v ^ 2 * duration source "t" confidence estimate
}
`;

  it('compile with the parameters of their file folded in', () => {
    const text = `param rate = 1 uS / 1 s\n${device.replace('1 uS / 1 s * v', 'rate * v')}`;
    expect(JSON.stringify(compile(text).devices[0]?.states[0]?.rate)).toContain('0.000001');
  });

  it('hide the names of their file', () => {
    const text = `param v = 1 V\n${device.replace('5 uS = window.low', '5 uS * (v / 1 V) = window.low')}`;
    expect(compileText(text).codes).toEqual(['dsl/name-unavailable']);
  });

  it.each([
    ['evolve g = 1 uS / 1 s * v / 1 V', 'evolve g = 1 uS * v / 1 V', 'dsl/unexpected-dimension'],
    ['evolve g', 'evolve h', 'dsl/unknown-name'],
    ['  evolve g = 1 uS / 1 s * v / 1 V\n', '', 'dsl/missing-clause'],
    ['read 0.1 V', 'read 0.1 uS', 'dsl/unexpected-dimension'],
    ['for 1 ms', 'for 0 ms', 'dsl/out-of-range'],
    ['  pulse 1 V for 1 ms source "t" confidence estimate\n', '', 'dsl/missing-clause'],
    ['  current = g * v\n', '  current = g * v\n  maximum heat 5 K\n', 'dsl/unknown-word'],
    ['  current = g * v\n', '  current = g * v\n  default window low\n', 'dsl/unknown-name'],
    [
      '  current = g * v\n',
      '  current = g * v\n  spread a ~ normal(1 V, 2 S) per read source "t" confidence estimate\n',
      'dsl/unexpected-dimension',
    ],
  ])('with %j as %j are refused', (from, to, code) => {
    expect(device).toContain(from);
    expect(compileText(device.replace(from, to)).codes[0]).toBe(code);
  });

  it('of one name from two files are refused', () => {
    const user = `import program A from "./a.ion"\nimport program B from "./b.ion"\n`;
    const part = (name: string) =>
      `${device}program ${name} {\n  device cell window mid\n  write serial\n  disturb at most 1 %\n}\n`;
    expect(compileText(user, { 'a.ion': part('A'), 'b.ion': part('B') }).codes).toEqual(['dsl/duplicate-name']);
  });
});
