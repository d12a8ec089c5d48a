/** Counts from three places: the pulse program, the RTL in co-simulation, and registers that a host has read. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countedActivity } from '../../../src/backends/energy/counted-activity.js';
import { registerCosim } from '../../../src/cli/commands/cosim.js';
import { registerEnergy } from '../../../src/cli/commands/energy.js';
import type { EnergyComponent } from '../../../src/ir/energy-estimate.js';
import { exampleResult } from '../../support/example-result.js';
import { runCli } from '../../support/run-cli.js';

const IMAGE = 'examples/ecram-image/image.ion';
const CHOICE = ['--experiment', 'Uncalibrated', '--json'] as const;

interface Document {
  readonly diagnostics: readonly { readonly code: string; readonly message: string }[];
  readonly experiments?: readonly {
    readonly components: readonly EnergyComponent[];
    readonly time: readonly { readonly name: string; readonly count: number }[];
    readonly omitted: readonly string[];
    readonly clocks: number;
    readonly events: number;
    readonly pulses: number;
    readonly samples: number;
  }[];
}

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'ionloom-counters-'));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

function write(value: unknown): string {
  const file = path.join(folder, 'counters.json');
  fs.writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
}

async function energy(...args: readonly string[]): Promise<Document> {
  const run = await runCli(registerEnergy, 'energy', ...args);
  return JSON.parse(run.stdout) as Document;
}

/** Four pulses of 6.4 s at 10 MHz. */
const SOUND = { time_lo: 257_000_000, time_hi: 0, pulses: 4, adc_conv: 2 };

async function codesWith(counters: unknown, ...args: readonly string[]): Promise<readonly string[]> {
  const { diagnostics } = await energy(IMAGE, '--counters', write(counters), ...args);
  return diagnostics.map(({ code }) => code);
}

describe('counts of co-simulation and of the pulse program', () => {
  it('are equal, so that the estimate prices what the RTL does', { timeout: 120_000 }, async () => {
    const source = path.join(folder, 'one-seed.ion');
    const text = fs.readFileSync(IMAGE, 'utf8').replaceAll('seeds 20 from 1', 'seeds 1 from 1');
    fs.writeFileSync(source, text.replaceAll('"patterns/', `"${path.resolve('examples/ecram-image/patterns')}/`));
    const run = await runCli(registerCosim, 'cosim', source, ...CHOICE);
    const [rtl] = (JSON.parse(run.stdout) as Document).experiments ?? [];
    const [priced] = (await energy(source, ...CHOICE, '--technology', '130 nm')).experiments ?? [];
    const countOf = (name: string): number | undefined =>
      [...(priced?.time ?? []), ...(priced?.components ?? [])].find((part) => part.name === name)?.count;
    expect(rtl?.pulses).toBeGreaterThan(100);
    expect(countOf('pulses')).toBe(rtl?.pulses);
    expect(countOf('whole run')).toBe(rtl?.clocks);
    expect(countOf('program fetch')).toBe(rtl?.events);
    expect(countOf('conversions')).toBe((rtl?.samples ?? NaN) / 2);
    expect(priced?.components.find(({ name }) => name === 'conversions')?.count).toBe(rtl?.samples);
  });
});

describe('counters of the hardware', () => {
  const hardware = { clockHz: 10e6, converters: 1 };
  const { activity } = exampleResult;
  const same = { clocks: 20e6, pulses: 40, adc_conv: 6, ev_in: 0, ev_out: 0 };

  it('of one run give that run', () => {
    expect(countedActivity(activity, same, hardware)).toEqual({ ...activity, addressEvents: 0 });
  });

  it('of several runs give as much of everything', () => {
    const three = { clocks: 60e6, pulses: 120, adc_conv: 18, ev_in: 5, ev_out: 7 };
    expect(countedActivity(activity, three, hardware)).toMatchObject({
      ...{ seconds: 6, clocks: 60e6, segments: 300, pulses: 120, conversions: 18, addressEvents: 12 },
      ...{ selectedEnergy: 3 * 9e-12, lineTransitions: 3 * 92, railChanges: 30 },
    });
  });

  it('say nothing of what the program never does', () => {
    const silent = { ...activity, firingSegments: 0 };
    expect(countedActivity(silent, same, hardware)).toEqual({ fault: 'foreign', register: 'pulses', what: 'pulses' });
    const blind = { ...activity, scanSteps: 0 };
    expect(countedActivity(blind, same, hardware)).toEqual({
      fault: 'foreign',
      register: 'adc_conv',
      what: 'conversions',
    });
  });

  it('cannot hold more pulses than there was time for', () => {
    // 1.5 s for 40 pulses at 10 MHz
    const shortest = { ...same, clocks: 15e6 };
    expect(countedActivity(activity, shortest, hardware)).toMatchObject({ seconds: 1.5, firingSeconds: 1.5 });
    expect(countedActivity(activity, { ...shortest, clocks: 15e6 - 1 }, hardware)).toEqual({
      ...{ fault: 'too-short', pulses: 40, pulseSeconds: 1.5 / 40, runSeconds: 1.4999999 },
    });
    expect(countedActivity(activity, { ...shortest, pulses: 0, clocks: 1 }, hardware)).toMatchObject({ pulses: 0 });
  });

  it('are priced by the command', async () => {
    const document = await energy(IMAGE, ...CHOICE, '--counters', write({ ...SOUND, ev_in: 3 }));
    expect(document.diagnostics).toEqual([]);
    const [priced] = document.experiments ?? [];
    const countOf = (name: string) => priced?.components.find((component) => component.name === name)?.count;
    // Two converters
    expect([countOf('conversions'), countOf('controller, clocked'), countOf('address events')]).toEqual([
      4, 257_000_000, 3,
    ]);
    expect(priced?.omitted.at(-1)).toMatch(/^a count of transitions/);
  });

  it.each([
    ['{', ['cli/counters-malformed']],
    [[1], ['cli/counters-malformed']],
    [{ ...SOUND, pulses: undefined }, ['cli/counters-missing']],
    [{ ...SOUND, pulse: 1 }, ['cli/counters-unknown']],
    [{ ...SOUND, toString: 1 }, ['cli/counters-unknown']],
    [{ ...SOUND, pulses: -1 }, ['cli/counters-value']],
    [{ ...SOUND, pulses: 1.5 }, ['cli/counters-value']],
    [{ ...SOUND, pulses: '4' }, ['cli/counters-value']],
    [{ ...SOUND, time_hi: 65_536 }, ['cli/counters-value']],
    [{ ...SOUND, adc_conv: 2 ** 32 - 1 }, ['cli/counters-saturated']],
    [{ ...SOUND, pulses: 2 ** 32 - 1 }, ['cli/counters-saturated', 'cli/counters-short']],
    [{ ...SOUND, ev_drop: 65_535 }, ['cli/counters-saturated']],
    [{ ...SOUND, time_lo: 2 ** 32 - 1 }, []],
    [{ ...SOUND, time_lo: 256_000_000 }, ['cli/counters-short']],
    [{ ...SOUND, time_lo: 0, time_hi: 1 }, []],
  ])('are checked: %j', async (counters, codes) => {
    expect(await codesWith(counters, ...CHOICE)).toEqual(codes);
  });

  it('belong to one experiment on a program, and to a file that can be read', async () => {
    expect(await codesWith(SOUND, '--json')).toEqual(['cli/counters-without-program']);
    const { diagnostics } = await energy(IMAGE, ...CHOICE, '--counters', path.join(folder, 'none.json'));
    expect(diagnostics.map(({ code }) => code)).toEqual(['cli/unreadable-file']);
  });

  it('of reads need a program that reads', async () => {
    const source = path.join(folder, 'blind.ion');
    const text = fs.readFileSync(IMAGE, 'utf8').replace('  read after each\n', '');
    fs.writeFileSync(source, text.replaceAll('"patterns/', `"${path.resolve('examples/ecram-image/patterns')}/`));
    const { diagnostics } = await energy(source, ...CHOICE, '--counters', write(SOUND));
    expect(diagnostics.map(({ code }) => code)).toEqual(['cli/counters-foreign']);
  });
});

describe('converters', () => {
  it('cannot be chosen on a board', async () => {
    const { diagnostics } = await energy(IMAGE, ...CHOICE, '--adc', 'good');
    expect(diagnostics.map(({ code }) => code)).toEqual(['cli/converter-given']);
  });

  it('are chosen on a chip', async () => {
    const sourceOf = async (adc: string): Promise<string | undefined> => {
      const { experiments } = await energy(IMAGE, ...CHOICE, '--technology', '65 nm', '--adc', adc);
      return experiments?.[0]?.components.find(({ name }) => name === 'conversions')?.source;
    };
    expect(await sourceOf('best')).toMatch(/^Murmann.*best figure/);
    expect(await sourceOf('column')).toMatch(/^NeuroSim/);
  });
});
