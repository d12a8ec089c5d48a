/** Diagnostics of the export to other tools: what a device or a tile says that they cannot be told. */
import { defineCatalogue, entry } from '../../core/diagnostic.js';
import { formatCount } from '../../units/format-quantity.js';

/** Diagnostics `interop/…`. */
export const INTEROP_CATALOGUE = defineCatalogue('interop', {
  'equation-too-long': entry<{ device: string; clause: string; terms: number; limit: number }>({
    severity: 'warning',
    message: (p) =>
      `\`${p.device}\` has no netlist: \`${p.clause}\` has ${formatCount(p.terms)} terms as one equation of ngspice, which takes at most ${formatCount(p.limit)}`,
    help: () => 'shorten tables, or use values that statements have changed less often; other devices are exported',
    explain:
      'The sources of a SPICE netlist are equations without statements: whatever a handler computes step by step is put into one equation for each state, and a value that is used twice is written twice. Simulators parse and differentiate such an equation for every cell. A device beyond the limit runs in simulations of ours, but has no netlist; those of other devices are written.',
  }),
  'no-device': entry<{ source: string }>({
    severity: 'error',
    message: (p) => `\`${p.source}\` declares and imports no device, so there is nothing to export`,
    explain:
      'Netlists are made of devices and of the tiles that programs write. A file with chips, rules or data only has neither; name a file that declares a device or imports one.',
  }),
  'nothing-left': entry<{ source: string }>({
    severity: 'error',
    message: (p) => `none of the devices of \`${p.source}\` can be written as a netlist`,
    help: () => '`--target` chooses what is built',
    explain:
      'A device whose equations are too long for ngspice is left out with a warning. Here that leaves no device, so the build would be empty.',
  }),
  'tile-too-large': entry<{ chip: string; rows: number; columns: number; limit: number }>({
    severity: 'warning',
    message: (p) =>
      `the tile of \`${p.chip}\` has ${formatCount(p.rows * p.columns)} cells (${p.rows} x ${p.columns}) and no netlist, which ends at ${formatCount(p.limit)}`,
    help: () => 'the devices are exported; simulate a smaller tile to compare with ngspice',
    explain:
      'A circuit simulator solves every cell of a tile as a circuit of its own at every time step. ngspice takes seconds for a hundred cells and minutes for a thousand; beyond that a netlist is of no use. The devices of the file are exported without a limit.',
  }),
});
