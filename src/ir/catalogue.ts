/** Diagnostics of mapping and scheduling: a program that is well written but cannot be run on its chip. */
import { defineCatalogue, entry } from '../core/diagnostic.js';
import type { Tile } from './chip.js';
import { formatApart, formatPercent, formatQuantity } from '../units/format-quantity.js';

export const SCHEDULE_CATALOGUE = defineCatalogue('schedule', {
  'chip-not-scheduled': entry<{ clause: string; chip: string; reason: string }>({
    severity: 'error',
    message: (p) => `\`${p.clause}\` of chip \`${p.chip}\` cannot be scheduled: ${p.reason}`,
    help: () => 'write the program on a chip without it; networks may use this one',
    explain:
      'The language describes more chips than this version can build controllers for. A controller that left out a part of its chip would be wrong, so programs are scheduled only on chips with one tile, the bias `half` or `third`, at 300 K, and without waveform converters, address events, coil and limits.',
  }),
  'grid-exceeded': entry<{
    projection: string;
    rows: number;
    columns: number;
    scheme: 'single' | 'differential';
    tiles: number;
    /** Tiles of what stands before it. */
    before: number;
    chip: string;
    tile: Tile;
  }>({
    severity: 'warning',
    message: ({ projection, rows, columns, scheme, tiles, before, chip, tile }) => {
      const cells = `${rows} x ${columns} ${scheme === 'differential' ? 'pairs of cells' : 'cells'}`;
      const own = `take ${tiles} ${tiles === 1 ? 'tile' : 'tiles'}${before > 0 ? ` behind ${before} ${before === 1 ? 'other' : 'others'}` : ''}`;
      const need = tiles > 0 ? own : 'are wider than a tile';
      const { grid } = tile;
      return `the ${cells} of \`${projection}\` ${need}, and chip \`${chip}\` has ${grid.rows} x ${grid.columns} of ${tile.rows} x ${tile.columns}`;
    },
    help: () => 'give the chip more or larger tiles with `tile ROWS x COLUMNS grid ROWS x COLUMNS`',
    explain:
      'A chip has a cell for every weight that is built, two beside one another for `encode differential`; projections are placed in their order, and what the tiles have no room for gets no controller. `ionloom sim` computes with as many tiles as it takes.',
  }),
  'sum-too-wide': entry<{ projection: string; what: string; bits: number; holder: string; limit: number }>({
    severity: 'warning',
    message: ({ projection, what, bits, holder, limit }) =>
      `sums of \`${projection}\` ${what} take ${bits} bits, and ${holder} ${limit}`,
    help: () => 'take fewer bits for `adc`',
    explain:
      'A product with a vector is a sum of converter codes: of every bit of the inputs, of every tile that a column goes ' +
      'through, of both cells of a pair. What adds them up has to hold the largest sum that codes can make; the ' +
      'accumulator of a controller has 32 bits and stops at its ends, the host adds whole numbers exactly up to 53 bits.',
  }),
  'network-too-large': entry<{ limit: number }>({
    severity: 'error',
    message: ({ limit }) => `written out, this network has more than ${limit} populations, projections and connections`,
    help: () => 'use larger populations instead of many small ones',
    explain:
      'Loops and arrays of modules are written out when an experiment runs. Populations and projections may be of any size; their number is limited.',
  }),
  'port-circle': entry<{ port: string }>({
    severity: 'error',
    message: ({ port }) => `\`${port}\` is driven by itself: the connections go round without a population between`,
    help: () => 'put a population into the circle',
    explain:
      'A port shows neurons that are somewhere. Following the connections from this one leads back to it, and no neurons were found on the way.',
  }),
  'port-in-parts': entry<{ port: string }>({
    severity: 'error',
    message: ({ port }) => `the parts of \`${port}\` are driven by neurons that do not lie side by side`,
    help: () => 'drive the port by one population, or by neighbouring parts of one in their order',
    explain:
      'A port may be driven part by part, and where the parts come from neighbouring neurons of one population it runs. Other mixtures can be checked, but not run.',
  }),
  'wires-not-solvable': entry<{ clause: string; reason: string }>({
    severity: 'error',
    message: (p) => `the voltages of the cells cannot be found with \`${p.clause}\`: ${p.reason}`,
    help: () => 'leave the resistance out, or correct `current`',
    explain:
      'Where lines or drivers have a resistance, the voltages of all cells are found together. That has one answer as long as the current of every cell rises with its voltage and is a finite number, which is tried at both ends of the window, up to the read voltage of a device with a gate and up to the write voltage of any other.',
  }),
  'rail-out-of-range': entry<{ what: string; volts: number; min: number; max: number }>({
    severity: 'error',
    message: (p) => {
      const [volts, min, max] = formatApart([p.volts, p.min, p.max], 'V');
      return `${p.what} needs a rail at ${volts}, but the rails reach from ${min} to ${max}`;
    },
    explain:
      'The bias scheme splits the write voltage over the two lines of a cell; each share must lie inside the range of the rail converters. Widen `rails` or use a device with a smaller pulse.',
  }),
  'rail-resolution': entry<{ what: string; volts: number; made: number }>({
    severity: 'error',
    message: (p) =>
      `${p.what} of ${formatQuantity(p.volts, 'V')} comes out as ${formatQuantity(p.made, 'V')}: the rail converters are too coarse`,
    help: () => 'give `rails` more bits or a narrower range',
    explain:
      'A converted voltage may differ from the wanted one by at most 5 %. Beyond that the pulse would no longer be the one that the device was characterised with.',
  }),
  'rating-voltage': entry<{ device: string; volts: number; max: number }>({
    severity: 'error',
    message: (p) => {
      const [volts, max] = formatApart([p.volts, p.max], 'V');
      return `a selected cell would see ${volts}, more than the ${max} that \`${p.device}\` is rated for`;
    },
    explain:
      'The difference of the row and column rails of a selected cell exceeds the `maximum voltage` of the device. Lower the pulse amplitude or correct the rating.',
  }),
  'rating-duration': entry<{
    device: string;
    seconds: number;
    max: number;
    row: number;
    column: number;
    image: string;
  }>({
    severity: 'error',
    message: (p) =>
      `cell (${p.row}, ${p.column}) of \`${p.image}\` needs a pulse of ${formatQuantity(p.seconds, 's')}, longer than the ${formatQuantity(p.max, 's')} that \`${p.device}\` is rated for`,
    explain:
      'One pulse carries the whole change of a pixel. Choose a narrower window, a stronger pulse, or correct the `maximum duration` of the device.',
  }),
  'adc-range': entry<{ amperes: number; max: number }>({
    severity: 'error',
    message: (p) =>
      `a cell at the top of the window carries ${formatQuantity(p.amperes, 'A')} when read, more than the converters' ${formatQuantity(p.max, 'A')}`,
    explain:
      'The converters would saturate on the brightest pixels. Widen the range of `adc` or lower the read voltage.',
  }),
  'dwell-too-long': entry<{ seconds: number; max: number; rated: string | undefined }>({
    severity: 'error',
    message: (p) =>
      `the pulse timer counts up to ${formatQuantity(p.max, 's')}, less than the ${formatQuantity(p.seconds, 's')} ${
        p.rated === undefined ? 'that a pulse of this program takes' : `that \`${p.rated}\` is rated for`
      }`,
    help: () => 'use a slower clock or more timer bits',
    explain:
      'A pulse width is magnitude x 2^exponent clocks, with the magnitude bits of `timer` and an exponent up to 31. Use a slower clock or more timer bits.',
  }),
  'wait-too-long': entry<{ what: string; seconds: number; max: number }>({
    severity: 'error',
    message: (p) =>
      `${p.what} of ${formatQuantity(p.seconds, 's')} is longer than the ${formatQuantity(p.max, 's')} that the controller can count`,
    help: () => 'use a slower clock or a shorter time',
    explain: 'Settling and conversion times are counted in clocks by counters of limited width.',
  }),
  'memory-too-small': entry<{ memory: string; words: number; limit: number }>({
    severity: 'error',
    message: (p) =>
      `the ${p.memory} memory of the controller would need ${String(p.words)} bus words, more than the ${String(p.limit)} of its window`,
    help: () => 'split the picture over smaller tiles',
    explain:
      'The host reaches work list, planes and results through windows of 32 to 256 KiB in the address space of the controller. A tile with more pulses, planes or conversions than such a window holds cannot be served by one controller.',
  }),
  'dwell-too-short': entry<{ seconds: number; tick: number; what: string }>({
    severity: 'error',
    message: (p) =>
      `${p.what} of ${formatQuantity(p.seconds, 's')} is shorter than half a tick of ${formatQuantity(p.tick, 's')} that the timer can represent`,
    help: () => 'use a faster clock, or more timer bits so that the tick can be shorter',
    explain:
      'Durations are counted in whole ticks. A shorter one would be lost altogether or come out several times too long.',
  }),
  'target-unreachable': entry<{ image: string; row: number; column: number; siemens: number; reached: number }>({
    severity: 'error',
    message: (p) =>
      `cell (${p.row}, ${p.column}) of \`${p.image}\` cannot be brought to ${formatQuantity(p.siemens, 'S')}: the pulses found lead to ${formatQuantity(p.reached, 'S')}`,
    explain:
      'No pulse width at the write voltage leads to this conductance: it lies outside the bounds of the state, or half-select disturb from the other pulses outweighs every correction.',
  }),
  'disturb-budget': entry<{
    image: string;
    row: number;
    column: number;
    disturb: number;
    budget: number;
    bias: string;
  }>({
    severity: 'error',
    message: (p) =>
      `with bias \`${p.bias}\`, half-selected pulses move cell (${p.row}, ${p.column}) of \`${p.image}\` by ${formatPercent(p.disturb)} of the window, more than the budget of ${formatPercent(p.budget)}`,
    help: (p) =>
      p.bias === 'half'
        ? 'try `bias third`, a smaller tile, or a larger `disturb at most`'
        : 'use a smaller tile or a larger `disturb at most`',
    explain:
      'Cells on the selected row or column see a part of the write voltage and drift. Cells that are written are corrected for it in advance; those that keep their value are not, and here the drift left in one of them exceeds the budget of the program.',
  }),
});
