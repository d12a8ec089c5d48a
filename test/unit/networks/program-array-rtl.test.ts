/** Recorded training steps with the RTL in the loop: equal codes, equal conductances, equal weights. */
import { describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { cosimulate, type CosimResult } from '../../../src/cosim/cosimulate.js';
import type { EngineName } from '../../../src/cosim/engine.js';
import { createEngine } from '../../../src/cosim/engines/select.js';
import { encode } from '../../../src/ir/passes/encode.js';
import type { ProgramArray } from '../../../src/networks/programs/program-array.js';
import { modelOf } from '../../support/controller-run.js';
import { hasVerilator } from '../../support/model-fixture.js';
import { bothArrays, COLUMNS, ROWS, train } from '../../support/program-training.js';

/** The recorded steps with the RTL in the loop. */
async function onHardware(arrays: readonly ProgramArray[], engine: EngineName): Promise<CosimResult> {
  const diagnostics = new DiagnosticBag();
  const setups = arrays.map((array) => array.recording());
  const hardware = { legalize: encode, modelSource: modelOf };
  const result = await cosimulate(setups, hardware, createEngine(engine), diagnostics);
  if (!result) throw new Error(JSON.stringify(diagnostics.all));
  return result;
}

const REALIZATIONS = [
  'programming { levels = 100 }',
  'programming { levels = 100, by = rows }',
  'outerProduct { slots = 7 }',
  'outerProduct { trains = scheduled, bits = 3 bit }',
  'outerProduct { trains = exact, bits = 3 bit }',
  'pulses { stochastic = 1, fraction = 1 bit }',
  'tikiTaka { version = 1, every = 2, rate = 0.5 }',
  'tikiTaka { every = 1, rate = 1, pairs = 3 pulses }',
];

describe.each(REALIZATIONS)('with the RTL in the loop: %s', (how) => {
  it.each(['wasm', 'verilator'] as const)(
    'every code and every conductance is that of the harness on %s',
    async (engine) => {
      if (engine === 'verilator' && !(await hasVerilator())) return;
      const { program } = bothArrays(how, []);
      const { weights } = train(program, 4);
      const result = await onHardware([program], engine);
      expect(result.mismatches).toBe(0);
      expect(result.maxConductanceError).toBe(0);
      expect(result.pulses).toBeGreaterThan(20);
      // Weights of the array that the RTL drove
      const last = result.states.at(-1)!;
      const found = Float32Array.from({ length: ROWS * COLUMNS }, (_, synapse) => {
        const place = Math.floor(synapse / COLUMNS) * 8 + 2 * (synapse % COLUMNS);
        return (last[place]! - last[place + 1]!) / 0.5e-6;
      });
      expect([...found]).toEqual(weights);
    },
    120_000,
  );
});
