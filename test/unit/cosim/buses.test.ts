/** The same program over each bus: the same events, on both engines; and hosts that meet another controller. */
import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { emitSystemVerilog } from '../../../src/backends/systemverilog/emit.js';
import { reportDivergence } from '../../../src/cli/run-cosim.js';
import { cosimulateExperiment, legalize, loadNetwork, mapExperiment, scheduleSeeds } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../src/core/disk.js';
import { invariant } from '../../../src/core/invariant.js';
import { controllerModel } from '../../../src/cosim/controller-model.js';
import { cosimulate } from '../../../src/cosim/cosimulate.js';
import type { EngineName } from '../../../src/cosim/engine.js';
import { createEngine } from '../../../src/cosim/engines/select.js';
import { compiledUrl } from '../../../src/cosim/engines/host/run-model.js';
import { BUS_PROTOCOLS, type BusProtocol } from '../../../src/ir/chip.js';
import type { LegalModule } from '../../../src/ir/legal.js';
import { HARDWARE_SOURCES } from '../../support/controller-run.js';
import { memoryHost } from '../../support/memory-host.js';
import { hasIcarus, hasVerilator } from '../../support/model-fixture.js';

const hasIcarusHere = await hasIcarus();
const isReady = (await hasVerilator()) && existsSync(compiledUrl('./model-host.js'));

function source(bus: BusProtocol): string {
  return `import device yszEcram from "std/devices"
chip Board {
  clock 10 MHz
  bus ${bus}
  tile 5 x 6 {
    bias half
    rails -6 V .. 6 V by 12 bit
    timer 14 bit
    settle 100 us
    adc 0 A .. 0.5 uA by 12 bit in 2 us settle 10 us shared by 2
    lines 100 pF source "test" confidence estimate
  }
}
program Picture {
  device yszEcram window mid
  from "picture.csv"
  write rows
  read after each
  disturb at most 100 %
}
experiment Once {
  run Picture on Board
  seeds 2 from 1
}
`;
}

const PICTURE = '0,0.5,1,0.25,0.75,0\n1,0,0.25,0,1,0.5\n0.5,0.5,0,1,0,0\n0,0,0,0,0.25,1\n1,1,0.75,0,0,0.5\n';

function mappedOn(bus: BusProtocol) {
  const host = memoryHost({ 'bus.ion': source(bus), 'picture.csv': PICTURE });
  const diagnostics = new DiagnosticBag();
  const network = loadNetwork('bus.ion', host, new Map(), diagnostics);
  const [experiment] = network?.experiments ?? [];
  const mapped = network && experiment && mapExperiment(network, experiment, diagnostics);
  invariant(mapped, JSON.stringify(diagnostics.all));
  return mapped;
}

async function cosimulated(bus: BusProtocol, engine: EngineName, freezes = false) {
  const diagnostics = new DiagnosticBag();
  const result = await cosimulateExperiment(mappedOn(bus), { engine, freezes }, createDiskHost(), diagnostics);
  invariant(result, JSON.stringify(diagnostics.all));
  return result;
}

/** Runs the first seed on a controller that `hardware` has made of the right one. */
async function cosimulateOn(bus: BusProtocol, hardware: (legal: LegalModule) => LegalModule) {
  const diagnostics = new DiagnosticBag();
  const setups = [...scheduleSeeds(mappedOn(bus), diagnostics)].slice(0, 1);
  const modelSource = (legal: LegalModule) =>
    controllerModel(legal, emitSystemVerilog(hardware(legal), HARDWARE_SOURCES));
  const engine = createEngine('wasm');
  const result = await cosimulate(setups, { legalize, modelSource }, engine, diagnostics);
  invariant(result, JSON.stringify(diagnostics.all));
  return result;
}

/** `legal` with another value in a constant register. */
function withConstant(legal: LegalModule, name: string, value: number): LegalModule {
  const registers = legal.registers.map((register) =>
    register.name === name ? { ...register, fields: [{ ...register.fields[0]!, reset: value }] } : register,
  );
  return { ...legal, registers };
}

describe.each(BUS_PROTOCOLS)('co-simulation over %s', (bus) => {
  let reference: Awaited<ReturnType<typeof cosimulated>>;
  beforeAll(async () => {
    reference = await cosimulated('apb', 'wasm');
  });

  it('sees what it sees over any other bus', async () => {
    const { mismatches, digest, pulses, samples, clocks } = await cosimulated(bus, 'wasm');
    expect({ mismatches, digest, pulses, samples, clocks }).toEqual({
      mismatches: 0,
      digest: reference.digest,
      pulses: reference.pulses,
      samples: reference.samples,
      clocks: reference.clocks,
    });
    expect(pulses).toBeGreaterThan(10);
    expect(samples).toBeGreaterThan(10);
  });

  it('sees it with the program as part of the controller', async () => {
    expect(await cosimulated(bus, 'wasm', true)).toMatchObject({ mismatches: 0, digest: reference.digest });
  });

  it.skipIf(!isReady)('sees it with Verilator, too', async () => {
    expect(await cosimulated(bus, 'verilator')).toMatchObject({ mismatches: 0, digest: reference.digest });
  });

  it.skipIf(!isReady || !hasIcarusHere)('sees it with Icarus, whose bus writes go in batches, too', async () => {
    const { mismatches, digest, busClocks } = await cosimulated(bus, 'icarus');
    const single = await cosimulated(bus, 'wasm');
    expect({ mismatches, digest, busClocks }).toEqual({
      mismatches: 0,
      digest: reference.digest,
      busClocks: single.busClocks,
    });
  });

  it('does not start a controller that was compiled from something else', async () => {
    const outcome = await cosimulateOn(bus, (legal) => withConstant(legal, 'spec_hash', (legal.specHash ^ 1) >>> 0));
    const { firstDivergence, pulses, mismatches } = outcome;
    expect({ pulses, mismatches }).toEqual({ pulses: 0, mismatches: 1 });
    expect(firstDivergence?.signal).toBe('register spec_hash');
    const diagnostics = new DiagnosticBag();
    reportDivergence(outcome, diagnostics);
    expect(diagnostics.all.map(({ code }) => code)).toEqual(['cosim/other-controller']);
    expect(diagnostics.all[0]?.message).toContain(`expected ${firstDivergence?.expected ?? ''}`);
  });

  it('does not take something else for a controller', async () => {
    const { firstDivergence, pulses } = await cosimulateOn(bus, (legal) => withConstant(legal, 'id', 7));
    expect(pulses).toBe(0);
    expect(firstDivergence).toMatchObject({ signal: 'register id', found: '0x7' });
  });
});

describe('the spec hash', () => {
  it('tells controllers on different buses apart', () => {
    const hashes = BUS_PROTOCOLS.map((bus) => {
      const [setup] = scheduleSeeds(mappedOn(bus), new DiagnosticBag());
      invariant(setup, 'the first seed is scheduled');
      return legalize(setup.scheduled).specHash;
    });
    expect(new Set(hashes).size).toBe(BUS_PROTOCOLS.length);
  });
});
