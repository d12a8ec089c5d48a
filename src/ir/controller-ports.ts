/** Ports of every controller, in the order in which they are printed: the contract at bus, lines and converters. */
import { blockPorts } from './blocks/block-ports.js';
import { guardPorts } from './blocks/guard.js';
import { busPorts } from './bus-ports.js';
import { serialPorts } from './blocks/line-serial.js';
import { input, output, portGroup, type ControllerPort, type ControllerPortGroup } from './controller-port.js';
import type { LegalModule } from './legal.js';

/** Clock and reset; every other port belongs to a group. */
export const CLOCK_PORT = 'clk_i';
export const RESET_PORT = 'rst_ni';

/** Ports of `module` by group, clock and reset first. */
export function controllerPorts({
  bus,
  sizes,
  blocks,
  scan,
}: Pick<LegalModule, 'bus' | 'sizes' | 'blocks' | 'scan'>): readonly ControllerPortGroup[] {
  return [
    portGroup('Clock and asynchronous reset', input(CLOCK_PORT, 1, 'clock'), input(RESET_PORT, 1, 'reset, active low')),
    busPorts(bus),
    portGroup(
      'Lines: bit planes of levels, 0 REST; rail set, polarity and fire change on the same edge',
      ...(blocks.serial ? [] : linePins(sizes)),
      output('rail_o', sizes.railBits, 'rail set'),
      output('pol_o', 1, 'negative polarity'),
      output('fire_o', 1, 'a pulse is on'),
      output('drv_en_o', 1, 'drivers on'),
    ),
    ...(blocks.serial ? [serialPorts('row', blocks.serial), serialPorts('col', blocks.serial)] : []),
    ...blockPorts(blocks, sizes, scan),
    portGroup(
      'Safety and interrupt',
      input('estop_ni', 1, 'emergency stop, active low'),
      input('ocp_i', 1, 'over-current'),
      ...guardPorts(),
      output('irq_o', 1, 'interrupt'),
    ),
    portGroup(
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

function linePins({ rows, columns, levelBits, tiles }: LegalModule['sizes']): readonly ControllerPort[] {
  return [output('row_o', rows * levelBits * tiles, 'rows'), output('col_o', columns * levelBits * tiles, 'columns')];
}
