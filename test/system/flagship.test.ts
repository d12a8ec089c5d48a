/** The main job as a user runs it: five patterns, both engines, and what the contract promises of them. */
import { beforeAll, describe, expect, it } from 'vitest';
import { ionloom } from '../support/ionloom.js';

const FLAGSHIP = 'examples/ecram-image/image.ion';

interface Expectation {
  readonly text: string;
  readonly ok: boolean;
}

interface Experiment {
  readonly name: string;
  readonly events: number;
  readonly samples: number;
  readonly pulses: number;
  readonly clocks: number;
  readonly evaluatedClocks: number;
  readonly mismatches: number;
  readonly digest: string;
  readonly conductances: readonly number[];
  readonly maxConductanceError: { readonly value: number; readonly unit: string };
  readonly expectations: readonly Expectation[];
}

interface Simulation {
  readonly experiments: readonly { readonly metrics: Readonly<Record<string, { readonly value: number }>> }[];
}

interface Document {
  readonly ok: boolean;
  readonly engine: string;
  readonly experiments: readonly Experiment[];
}

function cosimulate(engine: string): Document {
  const { status, stdout, stderr } = ionloom('cosim', FLAGSHIP, '--engine', engine, '--json');
  expect(stderr.includes('error')).toBe(false);
  expect(status).toBe(0);
  return JSON.parse(stdout) as Document; // the shape is what these tests are about
}

describe('the flagship', () => {
  let wasm: Document;
  let verilator: Document;

  beforeAll(() => {
    wasm = cosimulate('wasm');
    verilator = cosimulate('verilator');
  }, 240_000);

  it('has no mismatch on either engine', () => {
    for (const { experiments } of [wasm, verilator]) {
      expect(experiments.map(({ name }) => name)).toEqual(['Calibrated', 'Uncalibrated']);
      for (const experiment of experiments) {
        expect(experiment).toMatchObject({ mismatches: 0, maxConductanceError: { value: 0, unit: 'S' } });
      }
    }
  });

  it('shows the same events, samples and conductances on both engines', () => {
    wasm.experiments.forEach((experiment, index) => {
      const { events, samples, pulses, clocks, evaluatedClocks, digest, conductances } = experiment;
      const same = { events, samples, pulses, clocks, evaluatedClocks, digest, conductances };
      expect(verilator.experiments[index]).toMatchObject(same);
      expect(events).toBeGreaterThan(1000);
      expect(samples).toBe(20 * 5 * 100);
    });
  });

  it('meets its expectations: error with and without calibration, one pulse for each pixel that changes', () => {
    const texts = wasm.experiments.map(({ expectations }) => expectations.map(({ text }) => text));
    expect(texts).toEqual([
      ['rmsError <= 5 %', 'pulses == changed'],
      ['rmsError <= 13 %', 'pulses == changed'],
    ]);
    for (const { expectations } of wasm.experiments) expect(expectations.every(({ ok }) => ok)).toBe(true);
  });

  it('evaluates few clocks of the many that pass: pulses of seconds at 10 MHz', () => {
    for (const { clocks, evaluatedClocks, events, samples } of wasm.experiments) {
      expect(clocks).toBeGreaterThan(1e11);
      // A commit takes at most two evaluated clocks, a converter step at most five.
      expect(evaluatedClocks).toBeLessThan(2 * events + (5 * samples) / 2);
    }
  });
});

it('writes the same patterns a row at a time: one pulse for each pixel that changes, in a third of the time', () => {
  const { status, stdout } = ionloom('cosim', 'examples/ecram-image/rows.ion', '--json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, experiments: [{ name: 'RowParallel', mismatches: 0 }] });
  const [serial, rows] = ['image.ion', 'rows.ion'].map((file) => {
    const { stdout: text } = ionloom('sim', `examples/ecram-image/${file}`, '--json');
    return (JSON.parse(text) as Simulation).experiments[0]?.metrics['writeTime']?.value ?? NaN;
  });
  expect((rows ?? NaN) / (serial ?? NaN)).toBeLessThan(0.5);
});
