/** The partials of spikes, neurons and the corner turn, each with the signals that the top brings, read by three tools. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { declareSignals } from '../../../src/backends/systemverilog/declaration.js';
import { eventTexts } from '../../../src/backends/systemverilog/event-texts.js';
import { createRenderer } from '../../../src/backends/systemverilog/render.js';
import type { Views } from '../../../src/backends/systemverilog/views.js';
import { aerPorts, aerRegisters } from '../../../src/ir/blocks/aer.js';
import { NEURON_RECTIFIES, neuronRegisters, type NeuronConfig } from '../../../src/ir/blocks/neuron.js';
import { maxSpikeAge, spikePlanesFor, spikeRegisters, type SpikeConfig } from '../../../src/ir/blocks/spikes.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { cellFiles } from '../../support/cell-session.js';
import { HARDWARE_SOURCES } from '../../support/controller-run.js';
import { hasTool, runTool } from '../../support/external-tool.js';
import { randomProgram, scheduledModule } from '../../support/pulse-program.js';

const PARTIALS = join(import.meta.dirname, '..', '..', '..', 'templates', 'partials');

const SPIKES: SpikeConfig = { planes: 8, tickClocks: 1000, refractoryTicks: 3, tickBits: 20 };
const NEURON: NeuronConfig = {
  stateBits: 12,
  accumulatorBits: 14,
  activationBits: 6,
  refractoryBits: 3,
  settings: { kind: 'rectify', subtracts: true, leak: 3, threshold: -5, refractory: 2 },
  sends: true,
  returns: true,
};

/** Sides of one word and of several, with and without a second bus word. */
const SHAPES = [
  [8, 12],
  [64, 64],
  [130, 40],
].map(([rows = 1, columns = 1]) => {
  const legal = encode(scheduledModule(randomProgram(rows, columns, 3)));
  const words = (lines: number): number => Math.ceil(lines / 64);
  const bits = (lines: number): number => Math.ceil(Math.log2(words(lines)));
  const sizes = {
    ...legal.sizes,
    rowPlaneBits: 4,
    rowPlaneLanes: Math.min(64, rows),
    rowPlaneWords: words(rows),
    rowPlaneGroupBits: bits(rows),
    columnPlaneBits: 4,
    columnPlaneLanes: Math.min(64, columns),
    columnPlaneWords: words(columns),
    columnPlaneGroupBits: bits(columns),
  };
  return { title: `${String(rows)} x ${String(columns)}`, legal: { ...legal, sizes } };
});

type Shape = (typeof SHAPES)[number]['legal'];

/** What the rest of the top brings, as inputs: so that nothing is optimised away and everything has a width. */
function inputsOf({ sizes }: Shape) {
  const registers = [...spikeRegisters(SPIKES), ...neuronRegisters(NEURON)].map(({ name, fields }) => ({
    name,
    width: Math.max(...fields.map(({ lsb, width }) => lsb + width)),
  }));
  return [
    ...['clk_i', 'rst_ni', 'clear', 'busy', 'cmd_we', 'abort', 'command', 'plane_re', 'warp_i'].map(one),
    { name: 'skip_i', width: 48 },
    { name: 'condition_take', width: 16 },
    { name: 'command_unit', width: 4 },
    { name: 'command_argument', width: 8 },
    { name: 'accumulator_rdata', width: 32 },
    { name: 'row_plane_addr', width: 9 + sizes.rowPlaneGroupBits },
    { name: 'column_plane_addr', width: 9 + sizes.columnPlaneGroupBits },
    ...registers,
  ];
}

function one(name: string) {
  return { name, width: 1 };
}

/** A module around the partials: ports of the pins, and one output that depends on all that the partials bring. */
function moduleAround(legal: Shape): string {
  const pins = aerPorts(legal.sizes).ports;
  const ports = [
    ...inputsOf(legal).map((port) => ({ ...port, direction: 'input' })),
    ...pins,
    { ...one('used_o'), direction: 'output' },
  ];
  const declared = ports.map(({ name, width, direction }) => `${direction} logic [${String(width - 1)}:0] ${name}`);
  const results = [
    ...['ev_in', 'ev_out', 'ev_drop', 'tick_pending', 'tick_late', 'tick_left', 'tick_index', 'spike_pending'],
    ...['spikes_quiet', 'aer_quiet', 'row_spike_word', 'column_spike_word', 'neuron_idle', 'neuron_re'],
    ...['neuron_addr', 'turn_idle', 'turn_we', 'turn_plane', 'turn_group', 'turn_word'],
  ];
  const inputs = ['command_unit', 'condition_take', 'skip_i', 'accumulator_rdata', 'command_argument'];
  return [
    '`default_nettype none',
    `module partials (${declared.join(', ')});`,
    ...declareSignals(['ev_in', 'ev_out', 'ev_drop'].map((name) => ({ name, width: 32 }))).map(({ text }) => text),
    ...['top_spikes', 'top_aer', 'top_neuron', 'top_corner_turn'].map((name) => `{{> ${name} this}}`),
    `assign used_o = ^{${[...results, ...inputs, 'row_plane_addr', 'column_plane_addr'].join(', ')}};`,
    'endmodule',
    '`default_nettype wire',
  ].join('\n');
}

function render(legal: Shape): string {
  const texts = eventTexts(legal, { spikes: SPIKES, neuron: NEURON, turn: { isPresent: true } });
  const partials = ['top_spikes', 'top_aer', 'top_neuron', 'top_corner_turn'].map((name) => ({
    name,
    text: readFileSync(join(PARTIALS, `${name}.hbs`), 'utf8'),
  }));
  const top = { name: 'top.sv', text: moduleAround(legal) };
  // The view has what these partials print, and nothing else of the top.
  const view = texts as unknown as Views['top.sv'];
  return createRenderer({ ...HARDWARE_SOURCES, templates: [top], partials })('top.sv', view);
}

function filesOf(legal: Shape) {
  const cells = ['ion_tick', 'ion_spikes', 'ion_aer_in', 'ion_aer_out', 'ion_event_counter', 'ion_neuron'];
  const all = [...cells, 'ion_corner_turn'].flatMap(cellFiles);
  const unique = [...new Map(all.map((file) => [file.name, file.text]))];
  return [...unique, ['partials.sv', render(legal)] as const].map(([path, text]) => ({ path, text }));
}

describe.each(SHAPES)('spikes and neurons of $title lines', ({ legal }) => {
  const files = filesOf(legal);
  const names = files.map(({ path }) => path);

  it.skipIf(!hasTool('verilator'))('are clean under verilator -Wall', () => {
    const args = [
      '--lint-only',
      '-Wall',
      '-Wno-DECLFILENAME',
      '-Wno-SYMRSVDWORD',
      '--top-module',
      'partials',
      ...names,
    ];
    expect(runTool('verilator', args, files)).toEqual({ output: '', isGood: true });
  });

  it.skipIf(!hasTool('iverilog'))('elaborate in Icarus', () => {
    const args = ['-g2012', '-Wall', '-Wno-timescale', '-s', 'partials', '-o', 'model', ...names];
    expect(runTool('iverilog', args, files)).toEqual({ output: '', isGood: true });
  });

  it.skipIf(!hasTool('yosys'))('are read and checked by Yosys', () => {
    const script = `read_verilog -sv ${names.join(' ')}; hierarchy -check -top partials; proc; check -assert`;
    expect(runTool('yosys', ['-q', '-p', script], files)).toEqual({ output: '', isGood: true });
  });
});

describe('registers of spikes and neurons', () => {
  const registers = [...aerRegisters(), ...spikeRegisters(SPIKES), ...neuronRegisters(NEURON)];

  it('have places of their own and reset values that fit', () => {
    expect(new Set(registers.map(({ offset }) => offset)).size).toBe(registers.length);
    for (const { fields } of registers) for (const { reset, width } of fields) expect(reset).toBeLessThan(2 ** width);
    const resets = Object.fromEntries(registers.map(({ name, fields }) => [name, fields.map(({ reset }) => reset)]));
    expect(resets).toMatchObject({ tick_div: [1000], neuron_kind: [1, 1, 1, 1], neuron_threshold: [4091] });
    expect(resets['neuron_kind']?.[0]).toBe(NEURON_RECTIFIES);
  });

  it('remember as many ticks as the oldest age needs', () => {
    for (const age of [0, 1, 2, 5, 6, 13]) {
      const planes = spikePlanesFor(age);
      expect(maxSpikeAge({ planes })).toBeGreaterThanOrEqual(age);
      if (planes > 4) expect(maxSpikeAge({ planes: planes / 2 })).toBeLessThan(age);
    }
  });
});
