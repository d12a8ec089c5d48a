/** The example of spike timing: what it expects holds, its time scales share their codes, its controller plays it. */
import { expect, it } from 'vitest';
import { readHardwareSources } from '../../../src/backends/systemverilog/hardware-sources.js';
import { emitSystemVerilog } from '../../../src/backends/systemverilog/emit.js';
import { legalize } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../src/core/disk.js';
import { controllerModel } from '../../../src/cosim/controller-model.js';
import { cosimulate } from '../../../src/cosim/cosimulate.js';
import { createEngine } from '../../../src/cosim/engines/select.js';
import { compileSource } from '../../../src/dsl/front-end.js';
import type { MappedNetwork } from '../../../src/ir/mapped-network.js';
import { mapNetwork } from '../../../src/ir/passes/map-network.js';
import { checkCapacity } from '../../../src/ir/passes/check-capacity.js';
import { planSuperposition } from '../../../src/ir/realize/superposition/plan.js';
import type { DataSet } from '../../../src/ir/scheduled.js';
import { verifyScheduledArray } from '../../../src/ir/verify-scheduled.js';
import { SpikeRun } from '../../../src/networks/spikes/spike-run.js';
import { studyJobs } from '../../../src/networks/spikes/study-jobs.js';

const host = createDiskHost();
const network = compileSource('examples/eis-stdp/stdp.ion', host, new Map(), new DiagnosticBag())!;
const names = network.studies.map(({ name }) => name);

function mapExperiment(name: string): MappedNetwork {
  const bag = new DiagnosticBag();
  const mapped = mapNetwork(
    network,
    network.studies.find((study) => study.name === name)!,
    [],
    bag,
  );
  expect(bag.all).toEqual([]);
  return mapped!;
}

it.each(names)('%s shows what it expects', (name) => {
  const run = new SpikeRun(mapExperiment(name));
  while (run.step()) continue;
  const { expectations } = run.result();
  expect(expectations.length).toBeGreaterThanOrEqual(2);
  expect(expectations.filter(({ ok }) => !ok).map(({ text, value }) => `${text}: ${String(value)}`)).toEqual([]);
});

it('milliseconds and nanoseconds are the same codes and another divider', () => {
  const [slow, fast] = ['Hebbian', 'Nanoseconds'].map((name) => {
    const mapped = mapExperiment(name);
    return planSuperposition(mapped, mapped.projections[0]!, 100e-9, new DiagnosticBag())!;
  });
  const codesOf = (plan: typeof slow) => {
    const { positive } = plan!.array.railSets.at(-1)!;
    const levels = [positive.row, positive.column].map(({ rest, select, more }) =>
      [rest, select, ...(more ?? [])].map(({ code }) => code),
    );
    return { levels, rows: plan!.rowSteps, columns: plan!.columnSteps, amplitude: plan!.amplitude };
  };
  expect(codesOf(fast)).toEqual(codesOf(slow));
  expect(slow!.sampleSeconds / fast!.sampleSeconds).toBeCloseTo(200_000, 6);
});

it('and the same window, but for the clocks that a tick takes', () => {
  const [slow, fast] = ['Hebbian', 'Nanoseconds'].map((name) => {
    const mapped = mapExperiment(name);
    const run = new SpikeRun({ ...mapped, study: { ...mapped.study, without: ['gain', 'cycle'] } });
    while (run.step()) continue;
    const { change } = run.result().windows[0]!;
    const peak = Math.max(...change.map(Math.abs));
    return change.map((each) => each / peak);
  });
  const differences = slow!.map((each, index) => Math.abs(each - fast![index]!));
  expect(Math.max(...differences)).toBeLessThan(0.01);
});

it.each(names)('%s has pulse programs that its controller can hold', (name) => {
  const mapped = mapExperiment(name);
  const jobs = studyJobs(mapped, 2);
  expect(jobs.map(({ projection }) => projection)).toEqual(['synapses']);
  for (const { scheduled } of jobs[0]!.setups) {
    const bag = new DiagnosticBag();
    verifyScheduledArray(scheduled);
    checkCapacity(scheduled, bag);
    expect(bag.all).toEqual([]);
    expect(scheduled.program.dataSets).toHaveLength(2);
    const [{ spikes, entries }] = scheduled.program.dataSets as [DataSet, ...DataSet[]];
    // At 59 ms time stamps ask for a tenth of a pulse, which is carried over
    expect(spikes?.length ?? entries.length).toBe({ Update: 1, TimeStamps: 0 }[name] ?? 16);
  }
});

it.each([
  { name: 'Window', runs: 1, events: 40_000, engine: 'wasm' },
  { name: 'Window', runs: 1, events: 40_000, engine: 'verilator' },
  { name: 'TimeStamps', runs: 150, events: 2_000, engine: 'wasm' },
] as const)('the controller plays $runs runs of $name: $engine', async ({ name, runs, events, engine }) => {
  const sources = readHardwareSources(host);
  const [job] = studyJobs(mapExperiment(name), runs);
  const bag = new DiagnosticBag();
  const modelSource: Parameters<typeof cosimulate>[1]['modelSource'] = (legal) =>
    controllerModel(legal, emitSystemVerilog(legal, sources));
  const result = await cosimulate(job!.setups, { legalize, modelSource }, createEngine(engine), bag);
  expect(bag.all).toEqual([]);
  expect(result).toMatchObject({ mismatches: 0, maxConductanceError: 0 });
  expect(result!.events).toBeGreaterThan(events);
  expect(new Set(result!.states.at(-1)).size).toBeGreaterThan(8);
});
