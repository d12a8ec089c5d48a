/** Faults injected into a whole controller while it runs: each ends in its code, all lines at REST, drivers off. */
import { beforeAll, describe, expect, it } from 'vitest';
import { STATUS_ARMED, STATUS_BUSY } from '../../../src/ir/register-map.js';
import { FaultBench, type RunOutcome } from '../../support/fault-bench.js';
import { INJECTIONS, type Injection } from '../../support/injections.js';
import { PLANT_CODE } from '../../support/plant.js';

/** A pin passes its synchroniser, is told, and REST is committed; the host's abort is seen at once. */
const PIN_CLOCKS = 5;
const ABORT_CLOCKS = 2;
/** Runs after which the controller is shown to be whole again. */
const HEALTH_CHECK_RUNS = 32;

let bench: FaultBench;
let healthy: RunOutcome;

beforeAll(async () => {
  bench = await FaultBench.open();
  healthy = cleanRun();
}, 120_000);

function cleanRun(): RunOutcome {
  bench.clear();
  bench.host.arm();
  bench.start();
  return bench.finish();
}

/** The first word of the program with another bit 4, and as it is. */
function damagedWord(): NonNullable<Injection['word']> {
  const { windows, program, dataSets } = bench.legal;
  const entry = dataSets[0]?.entry ?? NaN;
  const back = program.words[entry]?.[0] ?? NaN;
  return { address: windows.program.base + 4 * entry * windows.program.laneStride, value: (back ^ 0x10) >>> 0, back };
}

/** The run that `injection` spoils. */
function spoiltRun({ trouble, registers = {}, damagesWord, isUnarmed, runs = 1, ...more }: Injection): RunOutcome {
  const word = damagesWord ? damagedWord() : more.word;
  bench.clear();
  bench.host.writeRegister('arm', 0);
  const kept = Object.keys(registers).map((name) => [name, bench.host.readRegister(name)] as const);
  for (const [name, value] of Object.entries(registers)) bench.host.writeRegister(name, value);
  let outcome: RunOutcome | undefined;
  for (let run = 0; run < runs && (outcome?.code ?? 0) === 0; run++) {
    if (word) bench.bus.write(word.address, word.value);
    if (!isUnarmed) bench.host.arm();
    bench.start(trouble);
    outcome = bench.finish();
  }
  if (isUnarmed !== true && outcome?.code !== 0) {
    expect(bench.host.readRegister('status') & (STATUS_ARMED | STATUS_BUSY)).toBe(0);
  }
  bench.plant.suffer({});
  bench.host.writeRegister('arm', 0);
  for (const [name, value] of kept) bench.host.writeRegister(name, value);
  if (word) bench.bus.write(word.address, word.back);
  return outcome ?? healthy;
}

describe('a run in which nothing fails', () => {
  it('goes through every part of the program', () => {
    expect(healthy).toMatchObject({ code: 0, conversions: 16, hasFired: true, lettingGo: undefined });
    expect(bench.host.readRegister('underrun')).toBe(1);
    expect(bench.isAtRest()).toBe(true);
  });
});

describe.each(INJECTIONS)('$what', (injection) => {
  it(`ends in code ${String(injection.code)}`, () => {
    const outcome = spoiltRun(injection);
    expect(outcome.code).toBe(injection.code);
    expect(bench.isAtRest()).toBe(true);
    if (injection.code === 0) expect(outcome).toEqual(healthy);
    else expect(outcome.lettingGo).toBeLessThanOrEqual(1);
    if (injection.firesNothing) expect(outcome.hasFired).toBe(false);
  });

  it('leaves a controller that works', () => {
    expect(cleanRun()).toEqual(healthy);
  });
});

describe('converters', () => {
  it('may fall silent in any step', () => {
    for (let step = 0; step < healthy.conversions; step++) {
      const { code, conversions } = spoiltRun({ what: '', code: 7, trouble: { silentFrom: step } });
      expect({ code, conversions }).toEqual({ code: 7, conversions: step + 1 });
    }
  });

  it.each([{ answersUnasked: true }, { answerClocks: 2 }])('are heard when they are asked, %o', (trouble) => {
    expect(spoiltRun({ what: '', code: 0, trouble }).code).toBe(0);
    expect(new Set(bench.host.readResults().flat())).toEqual(new Set([PLANT_CODE]));
  });
});

describe('the event input', () => {
  it.each([
    ['takes a request of one clock for none', 1, 0],
    ['takes a request that stands for one event, however long', 400, 1],
  ])('%s', (_, clocks, events) => {
    bench.clear();
    bench.host.arm();
    bench.start({ pins: [{ pin: 'aer_in_req_i', value: 1, from: 100, until: 100 + clocks }] });
    expect(bench.finish().code).toBe(0);
    expect(bench.host.readRegister('ev_in')).toBe(events);
  });
});

/** Lets a run go on for so many clocks; what it shows at its pins. */
function runFor(clocks: number): string {
  bench.clear();
  bench.host.arm();
  bench.start();
  bench.step(clocks);
  const { ports } = bench;
  const shown = ['op_o', 'fire_o', 'pol_o', 'adc_conv_o', 'adc_mux_o', 'dac_req_o', 'coil_en_o', 'coil_pol_o'];
  return [...shown, 'coil_code_o', 'aer_out_req_o'].map((name) => ports.get(name)).join(' ');
}

/** Stops a run in each of its clocks. */
function stopEverywhere(stop: (at: string) => void): void {
  const states = new Set<string>();
  for (let clocks = 0; clocks < healthy.clocks; clocks++) {
    states.add(runFor(clocks));
    stop(`clock ${String(clocks)}`);
    expect(bench.host.readRegister('status') & (STATUS_ARMED | STATUS_BUSY)).toBe(0);
    if (clocks % HEALTH_CHECK_RUNS === 0) expect(cleanRun(), `after clock ${String(clocks)}`).toEqual(healthy);
  }
  expect(states.size).toBeGreaterThan(40);
}

describe.each([
  ['estop_ni', 0, 5],
  ['ocp_i', 1, 3],
  ['otp_i', 1, 4],
] as const)('%s in every clock of a run', (pin, value, code) => {
  it('switches off at once, and the lines follow', { timeout: 120_000 }, () => {
    stopEverywhere((at) => {
      bench.plant.suffer({ pins: [{ pin, value, from: 0, until: 1 }] });
      for (let clock = 0; clock < PIN_CLOCKS; clock++) {
        bench.step(1);
        expect(bench.ports.get('drv_en_o'), at).toBe(0);
      }
      expect(bench.isOff(), at).toBe(true);
      expect(bench.code(), at).toBe(code);
    });
  });
});

describe('an abort in every clock of a run', () => {
  it('brings the lines to REST, and is no fault', { timeout: 120_000 }, () => {
    const address = bench.legal.registers.find(({ name }) => name === 'abort')?.offset ?? NaN;
    stopEverywhere((at) => {
      const { ports } = bench;
      ports.set('psel_i', 1);
      ports.set('pwrite_i', 1);
      ports.set('paddr_i', address);
      bench.step(1);
      ports.set('penable_i', 1);
      bench.step(ABORT_CLOCKS);
      expect(bench.isOff(), at).toBe(true);
      while (ports.get('pready_o') === 0) bench.step(1);
      ports.set('psel_i', 0);
      ports.set('penable_i', 0);
      expect(bench.code(), at).toBe(0);
    });
  });
});
