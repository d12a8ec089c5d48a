/** Ports of every controller, in the order in which they are printed: the contract at bus, lines and converters. */
import type { LegalModule } from './legal.js';

export interface ControllerPort {
  readonly name: string;
  readonly direction: 'input' | 'output';
  readonly width: number;
  readonly summary: string;
}

export interface ControllerPortGroup {
  readonly title: string;
  readonly ports: readonly ControllerPort[];
}

/** Clock and reset; every other port belongs to a group. */
export const CLOCK_PORT = 'clk_i';
export const RESET_PORT = 'rst_ni';

/** Ports of `module` by group, clock and reset first. */
export function controllerPorts({ sizes, scan }: Pick<LegalModule, 'sizes' | 'scan'>): readonly ControllerPortGroup[] {
  return [
    group('Clock and asynchronous reset', input(CLOCK_PORT, 1, 'clock'), input(RESET_PORT, 1, 'reset, active low')),
    group(
      'Host bus (APB)',
      input('psel_i', 1, 'select'),
      input('penable_i', 1, 'access phase'),
      input('pwrite_i', 1, 'write'),
      input('paddr_i', 20, 'byte address'),
      input('pwdata_i', 32, 'write data'),
      output('prdata_o', 32, 'read data'),
      output('pready_o', 1, 'end of the transfer'),
      output('pslverr_o', 1, 'refused'),
    ),
    group(
      'Lines: 1 SELECT, 0 REST; rail set, polarity and fire change on the same edge',
      output('row_o', sizes.rows, 'rows'),
      output('col_o', sizes.columns, 'columns'),
      output('rail_o', sizes.railBits, 'rail set'),
      output('pol_o', 1, 'negative polarity'),
      output('fire_o', 1, 'a pulse is on'),
      output('drv_en_o', 1, 'drivers on'),
    ),
    group(
      'Column converters: converter a takes column a * shares + adc_mux_o',
      output('adc_mux_o', sizes.muxBits, 'column of every converter'),
      output('adc_conv_o', 1, 'conversion strobe'),
      input('adc_valid_i', 1, 'answers are there'),
      input('adc_data_i', scan.converters * scan.bits, 'codes, converter 0 lowest'),
    ),
    group(
      'Safety and interrupt',
      input('estop_ni', 1, 'emergency stop, active low'),
      input('ocp_i', 1, 'over-current'),
      output('irq_o', 1, 'interrupt'),
    ),
    group(
      'Observation; in silicon outputs stay open and inputs are tied low',
      output('line_event_o', 1, 'a commit has taken effect'),
      output('op_o', sizes.addressBits, 'program address of the segment'),
      output('idle_o', 1, 'no program runs'),
      output('left_o', 48, 'clocks that only count'),
      input('warp_i', 1, 'this clock stands for 1 + skip_i'),
      input('skip_i', 48, 'clocks skipped, at most left_o'),
    ),
  ];
}

function group(title: string, ...ports: readonly ControllerPort[]): ControllerPortGroup {
  return { title, ports };
}

function input(name: string, width: number, summary: string): ControllerPort {
  return { name, direction: 'input', width, summary };
}

function output(name: string, width: number, summary: string): ControllerPort {
  return { name, direction: 'output', width, summary };
}
