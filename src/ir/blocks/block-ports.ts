/** Ports that the blocks of a controller bring. */
import { input, portGroup, type ControllerPortGroup } from '../controller-port.js';
import type { ControllerSizes } from '../legal.js';
import { CONDITION_CODE } from '../microcode.js';
import type { ConverterScan } from '../scheduled.js';
import { aerPorts } from './aer.js';
import type { ControllerBlocks } from './controller-blocks.js';
import { fieldPorts } from './field.js';
import { railPorts } from './rails.js';
import { scanPorts } from './scan.js';

/** Whether a program of these `sizes` looks at the compliance of the array. */
export function looksAtCompliance({ conditions }: Pick<ControllerSizes, 'conditions'>): boolean {
  return (conditions >> CONDITION_CODE.compliance) % 2 === 1;
}

/** Groups of ports for `blocks`, converters first. */
export function blockPorts(
  blocks: ControllerBlocks,
  sizes: ControllerSizes,
  scan: ConverterScan,
): readonly ControllerPortGroup[] {
  const { spikes, rails, field } = blocks;
  const compliance = portGroup('Array', input('compliance_i', 1, 'a forming pulse has met its current limit'));
  return [
    scanPorts(blocks.scan, sizes, scan),
    ...(spikes ? [aerPorts(sizes)] : []),
    ...(rails ? [railPorts(rails)] : []),
    ...(field ? [fieldPorts(field)] : []),
    ...(looksAtCompliance(sizes) ? [compliance] : []),
  ];
}
