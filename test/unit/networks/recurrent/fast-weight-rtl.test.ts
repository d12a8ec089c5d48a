/** Steps of a layer with fast weights on a small tile: written by width, held by groups of columns, RTL in the loop. */
import { describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../../../src/core/diagnostic.js';
import { invariant } from '../../../../src/core/invariant.js';
import { cosimulate } from '../../../../src/cosim/cosimulate.js';
import { createEngine } from '../../../../src/cosim/engines/select.js';
import { compileKernel } from '../../../../src/devices/compile-kernel.js';
import { AnalogArray } from '../../../../src/ir/analog-array.js';
import { prepareTile } from '../../../../src/ir/calibrate.js';
import { closeLoops } from '../../../../src/ir/close-loops.js';
import { interpretProgram } from '../../../../src/ir/interpret.js';
import type { RailLevel, RailSet, SideLevels } from '../../../../src/ir/mapped.js';
import { fastWeightStep, fastWeightWork } from '../../../../src/ir/modes/fast-weight-step.js';
import { dataSetOf } from '../../../../src/ir/modes/mode-program.js';
import { encode } from '../../../../src/ir/passes/encode.js';
import { arrayProgram, networkArray } from '../../../../src/ir/realize/network-array.js';
import type { ScheduledArray } from '../../../../src/ir/scheduled.js';
import { modelOf } from '../../../support/controller-run.js';
import { compileText } from '../../../support/compile-text.js';
import { libraryDevice } from '../../../support/library-tile.js';
import { hasVerilator } from '../../../support/model-fixture.js';
import { randomNumbers } from '../../../support/random-numbers.js';

const CHIP = `chip Bench {
  clock 1 MHz
  bus apb
  tile 4 x 4 {
    bias half
    rails -4 V .. 4 V by 8 bit
    timer 16 bit
    settle 10 us
    adc 0 A .. 200 nA by 12 bit in 2 us settle 10 us shared by 2
    lines 20 pF source "bench" confidence estimate
  }
}
`;
const STEPS = 12;
const STEP_CLOCKS = 66_700;
const LEVELS = [-0.5, 0.25, 0.5] as const;
const GROUPS = [
  { columns: [0], level: 1 },
  { columns: [1, 2], level: 2 },
  { columns: [3], level: 3 },
] as const;

/** The level of 8 bits from -4 V to 4 V. */
function rail(volts: number): RailLevel {
  const code = Math.round(((volts + 4) / 8) * 256);
  return { code, volts: -4 + (8 * code) / 256 };
}

/** Rows at 0 V, columns at the negative of their bias. */
function biasSet(): RailSet {
  const row: SideLevels = { rest: rail(0), select: rail(0) };
  const [select, ...more] = LEVELS.map((volts) => rail(-volts));
  invariant(select, 'there is a level');
  const lines = { row, column: { rest: rail(0), select, more } };
  return { name: 'idle', positive: lines, negative: lines };
}

/** A program of steps with pulses of random widths on some of the cells. */
function scheduledSteps(): ScheduledArray {
  const { network } = compileText(CHIP);
  const [chip] = network?.chips ?? [];
  invariant(chip, 'the text has a chip');
  const plain = networkArray('test.ion', chip, libraryDevice('stoMemristor'));
  const array = { ...plain, railSets: [...plain.railSets, biasSet()] };
  const shell = arrayProgram(array, 'fast');
  const { operations } = fastWeightStep({
    ...{ rows: 4, columns: 4, origin: array.tileOrigin, readRailSet: 2, writeRailSet: 1, biasRailSet: 3 },
    ...{ readPlanes: 4, integrateClocks: shell.restClocks, biasClocks: STEP_CLOCKS, groups: GROUPS },
  });
  const below = randomNumbers(11);
  const dataSets = Array.from({ length: STEPS }, (_, step) => {
    // Nothing is written in the last one
    const widths = Array.from({ length: 16 }, () => (below(3) === 0 && step < STEPS - 1 ? 20 + below(180) : 0));
    const reads = [[0], [1], [2], [0, 1, 2, 3]];
    const work = { groups: GROUPS.map(({ columns }) => columns), rounds: [widths], reads };
    return dataSetOf(
      array.tileOrigin,
      `step ${step}`,
      fastWeightWork({ rows: 4, columns: 4, origin: array.tileOrigin }, work),
    );
  });
  const restBias = { modulator: 'bias', minVolts: -0.6, maxVolts: 0.6 };
  return {
    phase: 'scheduled',
    mapped: array,
    program: { ...shell, restBias, operations: closeLoops(operations), dataSets },
  };
}

const SCHEDULED = scheduledSteps();
/** Single pulses differ by 10 %, the same ones for the same seed. */
const START = { window: { low: 0, high: 40e-9 }, without: [] } as const;

/** Fast parts behind every step of the interpreted program. */
function interpreted(): readonly Float64Array[] {
  const { mapped, program } = SCHEDULED;
  const { kernel } = prepareTile(mapped, START, 1, (tile) => compileKernel(mapped.device, tile));
  const array = new AnalogArray(kernel, program);
  return program.dataSets.map((dataSet) => {
    for (const event of interpretProgram(program, dataSet)) {
      if (event.kind === 'segment') array.apply(event);
    }
    return kernel.stateOf('f').slice();
  });
}

it('decays column by column as fast as its bias says', () => {
  const behind = interpreted();
  const [before, after] = [behind.at(-2)!, behind.at(-1)!];
  const kept = [-0.5, 0.25, 0.25, 0.5].map((bias) => 0.08 + 0.84 / (1 + Math.exp(-bias / 0.15)));
  expect(Math.max(...before)).toBeGreaterThan(1e-9);
  after.forEach((value, cell) => {
    const [share, expected] = [value / before[cell]!, kept[cell % 4]!];
    // Reads take a part of the time, at biases of their own
    if (before[cell]! > 1e-12) expect(Math.abs(share / expected - 1), `cell ${cell}`).toBeLessThan(0.05);
  });
});

describe('with the RTL in the loop', () => {
  async function onHardware(name: 'wasm' | 'verilator') {
    const diagnostics = new DiagnosticBag();
    const hardware = { legalize: encode, modelSource: modelOf };
    const setups = [{ scheduled: SCHEDULED, seed: 1, start: START }];
    const result = await cosimulate(setups, hardware, createEngine(name), diagnostics);
    invariant(result, JSON.stringify(diagnostics.all));
    return result;
  }
  const wasm = onHardware('wasm');

  it('reads the same codes on wasm', async () => {
    const { mismatches, samples, pulses, clocks } = await wasm;
    const entries = SCHEDULED.program.dataSets.flatMap((dataSet) => dataSet.entries);
    expect(mismatches).toBe(0);
    expect(samples).toBe(STEPS * 4 * 4);
    expect(pulses).toBe(entries.length);
    expect(clocks).toBeGreaterThan(STEPS * STEP_CLOCKS);
  }, 60_000);

  it('comes to the same digest on verilator', async () => {
    if (!(await hasVerilator())) return;
    const result = await onHardware('verilator');
    expect(result.mismatches).toBe(0);
    expect(result.digest).toBe((await wasm).digest);
  }, 120_000);
});
