/** A run that takes too long ends with a diagnostic on the engine that runs in this process, too. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DiagnosticBag } from '../../../../src/core/diagnostic.js';
import { modelLimitSeconds } from '../../../../src/cosim/engines/time-limit.js';
import { ModelOverdue, withDeadline } from '../../../../src/cosim/engines/wasm/deadline.js';
import { wasmEngine } from '../../../../src/cosim/engines/wasm/engine.js';
import { startOf } from '../../../../src/ir/calibrate.js';
import { encode } from '../../../../src/ir/passes/encode.js';
import { modelOf } from '../../../support/controller-run.js';
import { design, openOnWasm } from '../../../support/model-fixture.js';
import { randomProgram, scheduledModule } from '../../../support/pulse-program.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the time limit of a run', () => {
  it.each([
    ['2.5', 2.5],
    ['', 3600],
    ['-1', 3600],
    ['soon', 3600],
  ])('is what IONLOOM_MODEL_SECONDS says where that is a time: `%s`', (text, seconds) => {
    vi.stubEnv('IONLOOM_MODEL_SECONDS', text);
    expect(modelLimitSeconds()).toBe(seconds);
  });

  it('ends a model that would run for ever', async () => {
    const body = "always_ff @(posedge clk_i) y_o <= y_o + 4'd1;";
    const model = await openOnWasm(design(body, { inputs: {}, outputs: { y_o: 4 } }));
    const session = withDeadline(model, 0.1);
    const begin = performance.now();
    expect(() => {
      for (;;) session.runUntil(100);
    }).toThrow(ModelOverdue);
    expect(performance.now() - begin).toBeGreaterThan(100);
    expect(session.evaluatedClocks).toBe(model.evaluatedClocks);
  });

  it('is a diagnostic of the embedded engine', async () => {
    const scheduled = scheduledModule(randomProgram(3, 5, 2));
    const legal = encode(scheduled);
    const bag = new DiagnosticBag();
    const model = await wasmEngine.prepare(modelOf(legal), bag);
    vi.stubEnv('IONLOOM_MODEL_SECONDS', '1e-9');
    expect(
      await model?.run({ runs: [{ scheduled, legal, seed: 1, start: startOf(scheduled.mapped.experiment) }] }, bag),
    ).toBeUndefined();
    expect(bag.all).toMatchObject([{ code: 'cosim/model-hung', blame: 'environment' }]);
  });
});
