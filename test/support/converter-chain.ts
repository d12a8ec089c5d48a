/** Converters and all that can follow them, printed by the templates of the top and wired to pins. */
import Handlebars from 'handlebars';
import { converterTexts } from '../../src/backends/systemverilog/converter-texts.js';
import { tidy } from '../../src/backends/systemverilog/render.js';
import { CODE_TEXTS } from '../../src/backends/systemverilog/wiring-texts.js';
import type { ConverterBlocks } from '../../src/ir/blocks/converter-blocks.js';
import type { ModelPort, ModelSource } from '../../src/cosim/engine.js';
import type { LegalModule } from '../../src/ir/legal.js';
import { cellFiles } from './cell-session.js';
import { HARDWARE_SOURCES } from './controller-run.js';

/** What the chain is built for. */
export interface ChainShape {
  readonly sizes: LegalModule['sizes'];
  readonly scan: LegalModule['scan'];
  readonly blocks: ConverterBlocks;
  readonly entryBits: { readonly index: number; readonly word: number };
}

const CELLS = ['ion_converter_scan', 'ion_result_memory', 'ion_accumulate', 'ion_verify', 'ion_transfer', 'ion_marks'];

/** Inputs that are nets of the top: name -> width. */
function inputs({ sizes, scan }: ChainShape): Readonly<Record<string, number>> {
  return {
    scan_start: 1,
    scan_mode: 4,
    scan_row: sizes.rowBits,
    abort: 1,
    clear: 1,
    cmd_we: 1,
    busy: 1,
    command: 1,
    command_unit: 4,
    adc_settle: sizes.scanBits,
    adc_limit: sizes.scanBits,
    adc_os: 2,
    adc_compare: 1,
    adc_offset: scan.bits,
    cmp_tol: scan.bits,
    transfer_zero: scan.bits,
    transfer_threshold: 9,
    transfer_chop: 1,
    update_start_we: 1,
    update_whole: 1,
    update_seed_we: 1,
    bus_we: 1,
    bus_addr: 20,
    bus_wdata: 32,
    ...Object.fromEntries(
      ['result', 'accumulator', 'target', 'transfer', 'update'].map((window) => [`${window}_req`, 1]),
    ),
  };
}

/** Pins of the controller: their names carry suffixes. */
function pins({ sizes, scan }: ChainShape): readonly ModelPort[] {
  const port = (name: string, direction: ModelPort['direction'], width: number): ModelPort => ({
    name,
    direction,
    width,
  });
  return [
    port('adc_mux_o', 'output', sizes.muxBits),
    port('adc_conv_o', 'output', 1),
    port('adc_compare_o', 'output', 1),
    port('adc_threshold_o', 'output', scan.converters * scan.bits),
    port('adc_tolerance_o', 'output', scan.bits),
    port('adc_valid_i', 'input', 1),
    port('adc_data_i', 'input', scan.converters * scan.bits),
    port('adc_answer_i', 'input', 2 * scan.converters),
    port('warp_i', 'input', 1),
    port('skip_i', 'input', 48),
  ];
}

/** Outputs that are nets which the partials declare. */
function outputs({ sizes }: ChainShape): Readonly<Record<string, number>> {
  return {
    scan_timeout: 1,
    scan_left: sizes.scanBits,
    result_full: 1,
    sum_saturated: 1,
    sums_quiet: 1,
    transfer_saturated: 1,
    marks_up: sizes.columns,
    marks_down: sizes.columns,
    marks_empty: 1,
  };
}

/** Outputs that the rest of the top declares. */
const DECLARED = {
  scan_done: 1,
  scan_ending: 1,
  result_rdata: 32,
  result_error: 1,
  accumulator_rdata: 32,
  accumulator_error: 1,
  target_rdata: 32,
  target_error: 1,
  transfer_rdata: 32,
  transfer_error: 1,
  update_rdata: 32,
  update_seed: 32,
  update_status: 32,
  update_busy: 1,
  list_we: 1,
} as const;

function declared({ entryBits }: ChainShape): Readonly<Record<string, number>> {
  return { ...DECLARED, list_addr: entryBits.index, list_entry: entryBits.word };
}

/** The chain as a model; nets become pins with the suffixes of directions. */
export function chainModel(shape: ChainShape): ModelSource {
  const suffixed = (suffix: string, direction: ModelPort['direction'], widths: Readonly<Record<string, number>>) =>
    Object.entries(widths).map(([name, width]): ModelPort => ({ name: `${name}_${suffix}`, direction, width }));
  const ports: readonly ModelPort[] = [
    { name: 'rst_ni', direction: 'input', width: 1 },
    ...suffixed('net_i', 'input', inputs(shape)),
    ...suffixed('net_o', 'output', { ...outputs(shape), ...declared(shape) }),
    ...pins(shape),
  ];
  const cells = new Map(
    [...CELLS, 'ion_update_list'].flatMap((cell) => cellFiles(cell).map((file) => [file.name, file] as const)),
  );
  return {
    top: 'chain',
    files: [...cells.values(), { name: 'chain.sv', text: topText(shape, ports) }],
    clock: 'clk_i',
    reset: 'rst_ni',
    ports,
    strobes: [],
    watch: [],
  };
}

function topText(shape: ChainShape, ports: readonly ModelPort[]): string {
  const { sizes, scan, blocks, entryBits } = shape;
  const environment = Handlebars.create();
  for (const { name, text } of HARDWARE_SOURCES.partials) environment.registerPartial(name, text);
  const numbers = { resultDepth: 16, resultSelectBits: 1, resultAddressBits: 5 };
  // Nothing but the host reads the sums, and no status is put together
  const alone = { sumRequest: 'accumulator_req', sumAddress: '', hasSaturation: false, saturation: '' };
  const partials = '{{> top_rounding this}}\n{{> top_converters this}}';
  const body = environment.compile(partials, { noEscape: true, strict: true })({
    ...CODE_TEXTS,
    ...converterTexts({ sizes, scan }, blocks),
    ...numbers,
    ...alone,
  });
  const bits = (width: number): string => (width === 1 ? 'logic' : `logic [${String(width - 1)}:0]`);
  const net = (name: string, width: number): string => `  ${bits(width)} ${name};`;
  const constants = {
    Tiles: sizes.tiles,
    Converters: scan.converters,
    Shares: scan.shares,
    Bits: scan.bits,
    MuxW: sizes.muxBits,
    ScanW: sizes.scanBits,
    Columns: sizes.columns,
    EntryW: entryBits.index,
    EntryBits: entryBits.word,
  };
  return tidy(
    [
      '`default_nettype none',
      'module chain (',
      ['  input logic clk_i', ...ports.map((port) => `  ${port.direction} ${bits(port.width)} ${port.name}`)].join(
        ',\n',
      ),
      ');',
      ...Object.entries(constants).map(([name, value]) => `  localparam int ${name} = ${String(value)};`),
      ...Object.entries(inputs(shape)).map(([name, width]) => net(name, width)),
      ...Object.entries(declared(shape)).map(([name, width]) => net(name, width)),
      ...Object.keys(inputs(shape)).map((name) => `  assign ${name} = ${name}_net_i;`),
      body,
      ...Object.keys({ ...outputs(shape), ...declared(shape) }).map((name) => `  assign ${name}_net_o = ${name};`),
      'endmodule',
      '`default_nettype wire',
    ].join('\n'),
  );
}
