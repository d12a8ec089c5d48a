/** The files of this package that become part of the output: hand-written cells and templates. */
import type { FileHost } from '../../core/file-host.js';
import { invariant } from '../../core/invariant.js';
import { packagePlace } from '../../core/package-place.js';

/** Cells of `hw/`, in an order in which every cell comes after those that it instantiates. */
export const CELL_NAMES = [
  'ion_ram',
  'ion_host_memory',
  'ion_result_memory',
  'ion_reg',
  'ion_intr',
  'ion_apb',
  'ion_axi4lite',
  'ion_wishbone',
  'ion_bus_decode',
  'ion_line_decode',
  'ion_line_driver',
  'ion_line_serial',
  'ion_plane_loader',
  'ion_loop',
  'ion_fetch',
  'ion_line_select',
  'ion_random',
  'ion_parity',
  'ion_decode',
  'ion_prepare',
  'ion_segment_timer',
  'ion_sequencer_front',
  'ion_sequencer_back',
  'ion_sequencer',
  'ion_converter_scan',
  'ion_cell_memory',
  'ion_tile_select',
  'ion_marks',
  'ion_verify',
  'ion_accumulate',
  'ion_transfer',
  'ion_stochastic_round',
  'ion_update_list',
  'ion_aer_in',
  'ion_aer_out',
  'ion_event_fifo',
  'ion_event_counter',
  'ion_tick',
  'ion_spike_ring',
  'ion_spike_planes',
  'ion_spikes',
  'ion_neuron',
  'ion_corner_turn',
  'ion_rail',
  'ion_field',
  'ion_wear',
  'ion_conditions',
  'ion_duty',
  'ion_on_time',
  'ion_guard',
  'ion_monitor',
  'ion_warp',
] as const;

/** Templates of whole files, and the partials that they include. */
export const TEMPLATE_NAMES = [
  'top.sv',
  'program.sv',
  'regs.sv',
  'assertions.sv',
  'registers.md',
  'registers.rdl',
  'registers.h',
  'registers.ts',
  'listing.txt',
  'rails.csv',
  'fusesoc.core',
  'constraints.sdc',
  'ipxact.xml',
  'bench.sv',
  'driver.h',
  'driver.c',
  'driver_data.c',
] as const;
export type TemplateName = (typeof TEMPLATE_NAMES)[number];

export const PARTIAL_NAMES = [
  'banner',
  'top_bus',
  'top_apb',
  'top_axi4_lite',
  'top_wishbone',
  'top_decode',
  'top_registers',
  'top_program',
  'top_program_loaded',
  'top_program_frozen',
  'top_parity',
  'top_fields',
  'top_sequencer',
  'top_sequencer_nets',
  'top_sequencer_words',
  'top_sequencer_steps',
  'top_lines',
  'top_side',
  'top_line_serial',
  'top_planes',
  'top_converters',
  'top_scan',
  'top_results',
  'top_accumulate',
  'top_tiles',
  'top_verify',
  'top_transfer',
  'top_marks',
  'top_rounding',
  'top_events',
  'top_neuron',
  'top_corner_turn',
  'top_aer',
  'top_event_counters',
  'top_spikes',
  'top_conditions',
  'top_rails',
  'top_field',
  'top_wear',
  'top_guard',
  'top_monitor',
  'top_interrupts',
  'regs_write',
  'regs_kept',
  'regs_read',
  'md_runs',
  'h_words',
  'ts_words',
  'c_types',
  'c_functions',
  'c_results_h',
  'c_fill',
  'c_open',
  'c_load',
  'c_run',
  'c_interrupts',
  'c_fault',
  'core_targets',
  'tb_apb',
  'tb_axi4_lite',
  'tb_wishbone',
  'xml_bus',
  'xml_memory_map',
  'xml_field',
  'xml_model',
  'xml_files',
  'sva_pins',
  'sva_boards',
  'sva_apb',
  'sva_axi4_lite',
  'sva_wishbone',
] as const;

export interface SourceText {
  readonly name: string;
  readonly text: string;
}

export interface HardwareSources {
  /** In dependency order; names are module names. */
  readonly cells: readonly SourceText[];
  readonly templates: readonly SourceText[];
  readonly partials: readonly SourceText[];
  /** Waivers for Verilator's lint of the cells. */
  readonly waivers: SourceText;
}

/** Far more than any of them has. */
const MAX_BYTES = 1 << 20;

/** Reads cells and templates from the package; a package without them is broken and throws. */
export function readHardwareSources(host: FileHost): HardwareSources {
  const read = (folder: string, name: string, extension: string): SourceText => {
    const content = host.readBytes(packagePlace(`${folder}/${name}.${extension}`), MAX_BYTES);
    invariant(content instanceof Uint8Array, `the package lacks ${folder}/${name}.${extension}`);
    return { name, text: new TextDecoder().decode(content) };
  };
  return {
    cells: CELL_NAMES.map((name) => read('hw', name, 'sv')),
    templates: TEMPLATE_NAMES.map((name) => read('templates', name, 'hbs')),
    partials: PARTIAL_NAMES.map((name) => read('templates/partials', name, 'hbs')),
    waivers: read('hw/lint', 'verilator', 'vlt'),
  };
}
