/** The emitted driver in C, a process of its own, on the emitted RTL behind a pipe, beside the host of co-simulation. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emitSystemVerilog } from '../../../src/backends/systemverilog/emit.js';
import { ControllerHost } from '../../../src/cosim/controller-host.js';
import type { ModelSource } from '../../../src/cosim/engine.js';
import type { LegalModule } from '../../../src/ir/legal.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { freeze } from '../../../src/ir/passes/freeze.js';
import type { PulseProgram, WorkEntry } from '../../../src/ir/scheduled.js';
import { HARDWARE_SOURCES, modelOf, openController, record } from '../../support/controller-run.js';
import { hasTool } from '../../support/external-tool.js';
import { PipedController } from '../../support/piped-controller.js';
import { dataSet, loop, pulseProgram, scheduledModule, segment } from '../../support/pulse-program.js';

const MAIN = readFileSync(new URL('../../support/driver-main.c', import.meta.url), 'utf8');

/** Row-parallel writing by planes, then reading row by row; two data sets. */
function writeAndRead(): PulseProgram {
  const column = { kind: 'plane', source: { kind: 'entry', base: 0 } } as const;
  const write = segment({ row: { kind: 'entry' }, column, dwell: { kind: 'entry' }, fires: true, rest: 'entry' });
  const read = segment({
    row: { kind: 'counter', counter: 1 },
    railSet: 2,
    dwell: { kind: 'clocks', clocks: 400 },
    samples: { mode: 'store', negate: false },
  });
  const entry = (row: number, plane: number, magnitude: number): WorkEntry => {
    return { row, column: plane, negative: plane === 1, magnitude, last: true };
  };
  return pulseProgram({
    rows: 3,
    columns: 5,
    operations: [loop(0, 'entries', write), loop(1, 3, read)],
    dataSets: [
      dataSet(
        [entry(0, 0, 240), entry(2, 1, 90)],
        [
          [0, 4],
          [1, 2, 3],
        ],
      ),
      dataSet([entry(1, 1, 200), entry(0, 0, 7), entry(2, 2, 250)], [[2], [0, 1, 3, 4], [4]]),
    ],
  });
}

/** A loaded program and one that is part of the chip; the driver sees nothing of the bus. */
const CONTROLLERS = (['apb', 'wishbone'] as const).map((bus) => {
  const { mapped, ...rest } = scheduledModule(writeAndRead(), 1);
  const legal = encode({ ...rest, mapped: { ...mapped, bus } });
  return bus === 'apb' ? { title: bus, legal } : { title: `${bus}, frozen`, legal: freeze(legal) };
});

const STRICT = ['-std=c99', '-pedantic', '-Wall', '-Wextra', '-Werror', '-Wconversion', '-Wshadow'];

/** Builds the host of the test with the driver of `legal` in `folder`; returns its path. */
function buildHost(legal: LegalModule, folder: string): string {
  for (const { path, text } of emitSystemVerilog(legal, HARDWARE_SOURCES))
    if (/\.[ch]$/.test(path)) writeFileSync(join(folder, path.slice('rtl/'.length)), text);
  const stem = `ionloom_${legal.name}`;
  const main = MAIN.replaceAll('@top@', legal.name).replaceAll('@TOP@', legal.name.toUpperCase());
  writeFileSync(join(folder, 'main.c'), main);
  const gcc = (...args: readonly string[]): void => {
    execFileSync('gcc', [...STRICT, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  };
  gcc('-ffreestanding', '-c', `${stem}.c`, `${stem}_data.c`);
  gcc('-o', 'host', 'main.c', `${stem}.o`, `${stem}_data.o`);
  return join(folder, 'host');
}

describe.skipIf(!hasTool('gcc')).each(CONTROLLERS)('the driver in C, on $title', ({ legal }) => {
  let source: ModelSource;
  let folder: string;
  let host: string;
  beforeAll(() => {
    source = modelOf(legal);
    folder = mkdtempSync(join(tmpdir(), 'ionloomdriver'));
    host = buildHost(legal, folder);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Lines that the host tells; it has ended well. */
  async function driven(task: string, change?: (controller: PipedController) => void) {
    const session = await openController(legal, source);
    const controller = new PipedController(session, legal);
    change?.(controller);
    const child = spawn(host, task === '' ? [] : [task], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    const told: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      const answer = controller.answer(line);
      if (answer === undefined) told.push(line);
      else child.stdin.write(`${answer}\n`);
    }
    expect(await ended, told.join('\n')).toBe(0);
    session.close();
    return { told, controller };
  }

  it('ends in the results of the host in TypeScript, by polling and by interrupts', async () => {
    const { told, controller } = await driven('');
    const session = await openController(legal, source);
    const reference = new ControllerHost(session, legal);
    reference.start();
    const expected = legal.dataSets.flatMap((_, index) => {
      const { summary, events } = record(reference, legal, index);
      const codes = reference.readResults().flat();
      return { pulses: summary.pulses, codes, commits: events.filter(({ kind }) => kind === 'segment').length };
    });
    session.close();
    expect(expected.map(({ pulses, codes }) => [pulses, codes.length])).toEqual([
      [2, 18],
      [3, 18],
    ]);
    expect(told).toEqual(
      expected.flatMap(({ pulses, codes }) => [
        `pulses ${String(pulses)}`,
        ...codes.map((code) => `code ${String(code)}`),
      ]),
    );
    expect(controller.commits).toBe(expected.reduce((sum, { commits }) => sum + commits, 0));
  });

  it('refuses another controller, and one that is none', async () => {
    const wrong = (address: number) => (controller: PipedController) => {
      controller.change = (at, value) => (at === address ? value ^ 1 : value);
    };
    await driven('absent', wrong(0x000));
    await driven('other', wrong(0x00c));
  });

  it('tells that a pin keeps the drivers off, and a run that was ended', async () => {
    await driven('stopped', (controller) => {
      controller.stop();
    });
    await driven('abort');
  });

  it('tells the fault of a converter that does not answer, by code and text', async () => {
    const { told } = await driven('fault', (controller) => {
      controller.isSilent = true;
    });
    expect(told).toEqual(['fault 7 a converter did not answer in time']);
  });
});
