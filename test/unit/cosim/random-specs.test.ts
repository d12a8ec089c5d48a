/**
 * Random specs: the controller does on every engine what the pulse program says to the same devices.
 * `IONLOOM_TRUST_RUNS` and `IONLOOM_FUZZ_SEED` say how many and which.
 */
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cosimulateExperiment, loadNetwork, mapExperiment } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../src/core/disk.js';
import type { EngineName } from '../../../src/cosim/engine.js';
import { compiledUrl } from '../../../src/cosim/engines/host/run-model.js';
import type { CosimOutcome } from '../../../src/cosim/job.js';
import { arbitrarySpec, type RandomSpec } from '../../support/hostile/arbitrary-spec.js';
import { keepRecord, trustRuns } from '../../support/hostile/trust-record.js';
import { fuzzSeed } from '../../support/fuzz-runs.js';
import { memoryHost } from '../../support/memory-host.js';
import { hasIcarus, hasVerilator } from '../../support/model-fixture.js';

const isReady = existsSync(compiledUrl('./model-host.js'));
/** Other engines take every so-many-th spec: building their models takes seconds. */
const OTHERS: readonly (readonly [EngineName, number, boolean])[] = [
  ['icarus', 4, isReady && (await hasIcarus())],
  ['verilator', 12, isReady && (await hasVerilator())],
];

/** What becomes of a spec on an engine; undefined where the compiler refuses it. */
async function cosimulated({ source, files }: RandomSpec, engine: EngineName): Promise<CosimOutcome | undefined> {
  const diagnostics = new DiagnosticBag();
  const network = loadNetwork('a.ion', memoryHost({ ...files, 'a.ion': source }), new Map(), diagnostics);
  const [experiment] = network?.experiments ?? [];
  const mapped = network && experiment && mapExperiment(network, experiment, diagnostics);
  const outcome = mapped && (await cosimulateExperiment(mapped, { engine }, createDiskHost(), diagnostics));
  // Refused with a reason, or run: nothing between
  expect(outcome === undefined).toBe(diagnostics.hasErrors);
  return outcome;
}

describe('random specs', () => {
  it('run alike on the device models and on every engine', async () => {
    const count = trustRuns(8);
    const specs = fc.sample(arbitrarySpec, { numRuns: count, seed: fuzzSeed(200) });
    const tried: Record<string, number> = { refused: 0, wasm: 0, icarus: 0, verilator: 0 };
    const note = (name: string): number => (tried[name] = (tried[name] ?? 0) + 1);
    for (const [index, spec] of specs.entries()) {
      const embedded = await cosimulated(spec, 'wasm');
      note(embedded ? 'wasm' : 'refused');
      if (!embedded) continue;
      expect(embedded, spec.source).toMatchObject({ mismatches: 0, maxConductanceError: 0 });
      for (const [engine, every, isThere] of OTHERS) {
        if (!isThere || index % every !== 0) continue;
        const { digest, states } = embedded;
        expect(await cosimulated(spec, engine), `${engine}\n${spec.source}`).toMatchObject({
          mismatches: 0,
          digest,
          states,
        });
        note(engine);
      }
    }
    for (const engine of ['wasm', 'icarus', 'verilator']) {
      keepRecord({ what: `random specs on \`${engine}\``, tried: tried[engine] ?? 0, faults: { mismatches: 0 } });
    }
    expect(tried['wasm'], JSON.stringify(tried)).toBeGreaterThan(count / 4);
  }, 3_600_000);
});
