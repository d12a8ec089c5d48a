/**
 * The invariants of the controller in simulation: assertions inside the cells and those bound to the ports hold in
 * runs of whole controllers under Verilator, a seeded bug trips them, and none of A1 to A22 is left unchecked.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { emitSystemVerilog } from '../../../src/backends/systemverilog/emit.js';
import type { LegalModule } from '../../../src/ir/legal.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { INVARIANTS } from '../../invariants.js';
import { PROOFS } from '../../proofs.js';
import { HARDWARE_SOURCES } from '../../support/controller-run.js';
import { hasTool } from '../../support/external-tool.js';
import { randomProgram, scheduledModule } from '../../support/pulse-program.js';
import { recordController, type RecordedController } from '../../support/recorded-controller.js';
import { buildReplay, exerciseTraces } from '../../support/verilator-replay.js';
import { inWorkFolder, type CommandEnd } from '../../support/work-folder.js';

const LEGALS = [encode(scheduledModule(randomProgram(3, 5, 1))), encode(scheduledModule(randomProgram(10, 10, 2)))];

type Edit = readonly [file: string, right: RegExp, wrong: string];

/** Replays a run of every clock (proofs leave time warp to others) with assertions on: those inside the cells, and those of `bound`; outputs are compared elsewhere. */
function exercise({ source, trace }: RecordedController, bound?: LegalModule, edit?: Edit): CommandEnd {
  const sva = bound && emitSystemVerilog(bound, HARDWARE_SOURCES).find(({ path: file }) => file.endsWith('_sva.sv'));
  const files = source.files.map(({ name, text }) => {
    if (!edit || name !== edit[0]) return { name, text };
    expect(text).toMatch(edit[1]);
    return { name, text: text.replace(edit[1], edit[2]) };
  });
  return inWorkFolder((folder) => {
    const program = buildReplay(folder, {
      source: { ...source, files },
      moreFiles: sva ? [{ name: 'bound_sva.sv', text: sva.text }] : [],
      flags: ['--assert', '-DFORMAL'],
      isBrief: true,
    });
    return exerciseTraces(program, [trace]);
  });
}

describe.skipIf(!hasTool('verilator'))('assertions in simulation', () => {
  it.each(LEGALS)('hold in a run of a controller', { timeout: 120_000 }, async (legal) => {
    expect(exercise(await recordController(legal, false), legal)).toEqual({ isGood: true, output: '' });
  });

  it('at the ports trip over a bug', { timeout: 120_000 }, async () => {
    const [legal] = LEGALS;
    const edit: Edit = ['ion_segment_timer.sv', /event_q +<= commit_o;/, 'event_q <= commit_o & ~select_o;'];
    const { isGood, output } = exercise(await recordController(legal!, false), legal, edit);
    expect(isGood).toBe(false);
    expect(output).toMatch(/bound_sva\.sv:\d+: Assertion failed/);
  });

  it('inside a cell trip over a bug', { timeout: 120_000 }, async () => {
    const edit: Edit = ['ion_line_driver.sv', /else if \(commit_i\) begin/, 'else begin'];
    const { isGood, output } = exercise(await recordController(LEGALS[1]!, false), undefined, edit);
    expect(isGood).toBe(false);
    expect(output).toMatch(/ion_line_driver\.sv:\d+: Assertion failed/);
  });
});

/** Tests of a file that have this title, and run. */
function testsCalled(text: string, title: string): number {
  const named = text.split(`('${title}', `);
  const isRun = (before: string, after: string): boolean =>
    /^(?:\{[^}]*\}, )?(?:async )?\(/.test(after) &&
    // The nearest call before the title is a test, with a table or by itself
    /\b(?:it|test)(?:\.each\((?:(?!\b(?:it|test|describe)\b(?:\.|\())[^])*\))?$/.test(before);
  return named.slice(1).filter((after, index) => isRun(named[index] ?? '', after)).length;
}

describe('the invariants', () => {
  const template = ['assertions.sv.hbs', 'partials/sva_pins.hbs']
    .map((file) => readFileSync(path.join('templates', file), 'utf8'))
    .join('');

  it('are A1 to A22, each once', () => {
    expect(INVARIANTS.map(({ invariant }) => invariant)).toEqual(
      Array.from({ length: 22 }, (_, index) => `A${String(index + 1)}`),
    );
  });

  it.each(INVARIANTS)('$invariant: $says', ({ invariant, isBound, tests = [] }) => {
    const proofs = PROOFS.filter(({ invariants }) => invariants.includes(invariant));
    expect(proofs.length + tests.length + Number(isBound ?? false)).toBeGreaterThan(0);
    if (isBound) expect(template).toMatch(new RegExp(`^ *// ${invariant}\\b`, 'm'));
    for (const [file, title] of tests) {
      const text = readFileSync(path.join('test', 'unit', file), 'utf8');
      expect(testsCalled(text, title), `${file}: ${title}`).toBe(1);
    }
  });
});
