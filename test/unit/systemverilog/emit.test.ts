/** The emitted files as a user gets them: goldens of one small controller, and what holds for all of them. */
import { describe, expect, it } from 'vitest';
import { emitSystemVerilog } from '../../../src/backends/systemverilog/emit.js';
import { BUS_PROTOCOLS } from '../../../src/ir/chip.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { allBlocksProgram } from '../../support/all-blocks.js';
import { HARDWARE_SOURCES } from '../../support/controller-run.js';
import { expectGolden } from '../../support/golden.js';
import { dataSet, loop, pulseProgram, randomProgram, scheduledModule, segment } from '../../support/pulse-program.js';

/** Names of the cells that `text` instantiates. */
function cellsIn(text: string): readonly string[] {
  return [...text.matchAll(/^\s+(ion_\w+) (?:#\(|u_\w+ \()/gm)].map(([, name = '']) => `rtl/${name}.sv`);
}

const BUS_CELLS = ['ion_apb', 'ion_axi4lite', 'ion_wishbone'];

/** Cells of blocks that exclude others of the program with every block, and of several tiles. */
const LEFT_OUT = ['ion_line_serial', 'ion_tile_select'];

const FOLDER = 'test/golden/systemverilog/write-and-read';

/** Row-parallel writing and reading of a tile of 3 x 5 cells. */
function smallProgram() {
  const write = segment({
    row: { kind: 'entry' },
    column: { kind: 'plane', source: { kind: 'entry', base: 0 } },
    dwell: { kind: 'entry' },
    fires: true,
    rest: 'entry',
  });
  const read = segment({
    row: { kind: 'counter', counter: 1 },
    railSet: 2,
    dwell: { kind: 'clocks', clocks: 20 },
    samples: { mode: 'store', negate: false },
  });
  return scheduledModule(
    pulseProgram({
      rows: 3,
      columns: 5,
      operations: [loop(0, 'entries', write), loop(1, 3, read)],
      dataSets: [
        dataSet(
          [
            { row: 0, column: 0, negative: false, magnitude: 4, last: false },
            { row: 0, column: 1, negative: false, magnitude: 8, last: true },
            { row: 2, column: 0, negative: true, magnitude: 1, last: true },
          ],
          [
            [0, 4],
            [1, 2, 3],
          ],
        ),
      ],
    }),
    0.001,
  );
}

describe('the SystemVerilog back end', () => {
  const artifacts = emitSystemVerilog(encode(smallProgram()), HARDWARE_SOURCES);

  it('emits what the goldens show', () => {
    const generated = artifacts.filter(({ path }) => !path.startsWith('rtl/ion_'));
    expect(generated.map(({ path }) => path)).toEqual([
      'rtl/trial_ctrl_regs.sv',
      'rtl/trial_ctrl.sv',
      'rtl/trial_ctrl.f',
      'rtl/trial_ctrl_sva.sv',
      'rtl/trial_ctrl_tb.sv',
      'rtl/trial_ctrl_listing.txt',
      'rtl/trial_ctrl_source_map.json',
      'rtl/trial_ctrl_registers.md',
      'rtl/trial_ctrl_registers.rdl',
      'rtl/trial_ctrl_registers.h',
      'rtl/trial_ctrl_registers.ts',
      'rtl/trial_ctrl_rails.csv',
      'rtl/trial_ctrl.core',
      'rtl/trial_ctrl.sdc',
      'rtl/trial_ctrl.xml',
      'rtl/trial_ctrl.vlt',
      'rtl/ionloom_trial_ctrl.h',
      'rtl/ionloom_trial_ctrl.c',
      'rtl/ionloom_trial_ctrl_data.c',
      'rtl/trial_ctrl_program.hex',
      'rtl/trial_ctrl_work_0.hex',
      'rtl/trial_ctrl_column_planes_0.hex',
    ]);
    for (const { path, text } of generated) expectGolden(`${FOLDER}/${path}`, text);
  });

  it('maps every word to its line in the listing', () => {
    const textOf = (name: string): string =>
      artifacts.find(({ path }) => path === `rtl/trial_ctrl_${name}`)?.text ?? '';
    const listing = textOf('listing.txt').split('\n');
    const map = JSON.parse(textOf('source_map.json')) as {
      words: { address: number; listingLine: number; text: string }[];
    };
    expect(map.words.length).toBeGreaterThan(3);
    for (const { address, listingLine, text } of map.words)
      expect(listing[listingLine - 1]).toMatch(new RegExp(`^w${String(address)}: +${text.replaceAll('.', '\\.')}  ;`));
  });

  it('is byte-identical when it is done again', () => {
    expect(emitSystemVerilog(encode(smallProgram()), HARDWARE_SOURCES)).toEqual(artifacts);
  });

  it('copies the hand-written cells that it uses unchanged and lists every file once, users after used', () => {
    const list = artifacts
      .find(({ kind }) => kind === 'file-list')
      ?.text.trim()
      .split('\n');
    expect(list).toEqual(artifacts.filter(({ kind }) => kind === 'systemverilog').map(({ path }) => path));
    const cells = artifacts.filter(({ path }) => path.startsWith('rtl/ion_'));
    for (const { path, text } of cells)
      expect(HARDWARE_SOURCES.cells.find(({ name }) => path === `rtl/${name}.sv`)?.text).toBe(text);
    const instances = artifacts.filter(({ kind }) => kind === 'systemverilog').flatMap(({ text }) => cellsIn(text));
    expect(cells.map(({ path }) => path).sort()).toEqual(
      instances.sort().filter((cell, at) => instances[at - 1] !== cell),
    );
  });

  it('has every cell in the controller with every block, and bus cells of its own bus only', () => {
    const used = BUS_PROTOCOLS.flatMap((bus) => {
      const { mapped, ...rest } = scheduledModule(allBlocksProgram(8, 8));
      return emitSystemVerilog(encode({ ...rest, mapped: { ...mapped, bus } }), HARDWARE_SOURCES)
        .filter(({ path }) => path.startsWith('rtl/ion_'))
        .map(({ path }) => path);
    });
    const times = (name: string): number => used.filter((path) => path === `rtl/${name}.sv`).length;
    const names = HARDWARE_SOURCES.cells.map(({ name }) => name).filter((name) => !LEFT_OUT.includes(name));
    expect(names.map((name) => [name, times(name)])).toEqual(
      names.map((name) => [name, BUS_CELLS.includes(name) ? 1 : BUS_PROTOCOLS.length]),
    );
  });

  it.each([1, 2, 3, 4])('keeps to 100 columns, ASCII, no trailing blanks (program %i)', (seed) => {
    const files = emitSystemVerilog(encode(scheduledModule(randomProgram(30, 130, seed))), HARDWARE_SOURCES);
    for (const { path, text } of files.filter(({ path: name }) => name.endsWith('.sv'))) {
      expect(
        text.split('\n').filter((line) => line.length > 100),
        path,
      ).toEqual([]);
      expect(text, path).toMatch(/^[\n\x20-\x7e]*[^\n]\n$/);
      expect(text, path).not.toMatch(/[ \t]\n|\n\n\n/);
    }
  });

  it('keeps user text out of code: only a plain file name reaches a comment', () => {
    const module = smallProgram();
    const hostile = '/home/hostile_user/`\\\n*/ endmodule // $display("x").ion';
    const legal = { ...encode(module), source: hostile };
    for (const { text } of emitSystemVerilog(legal, HARDWARE_SOURCES))
      expect(text).not.toMatch(/hostile_user|\$display\("x|endmodule \/\//);
  });
});
