/** What is refused before a model is built. */
import { expect, it } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { cosimulate, type CosimSetup } from '../../../src/cosim/cosimulate.js';
import { createEngine } from '../../../src/cosim/engines/select.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { modelOf } from '../../support/controller-run.js';
import { randomProgram, scheduledModule } from '../../support/pulse-program.js';

it('refuses seeds that need different controllers, at the experiment', async () => {
  const setups = [0, 1].map((tickExponent): CosimSetup => {
    const scheduled = scheduledModule({ ...randomProgram(3, 5, 2), tickExponent });
    return { seed: 7 + tickExponent, scheduled, start: { without: [] } };
  });
  const bag = new DiagnosticBag();
  const hardware = { legalize: encode, modelSource: modelOf };
  expect(await cosimulate(setups, hardware, createEngine('wasm'), bag)).toBeUndefined();
  expect(bag.all).toMatchObject([
    {
      code: 'cosim/hardware-differs',
      message: 'seed 8 needs another controller than seed 7',
      span: setups[0]?.scheduled.program.origin,
    },
  ]);
});
