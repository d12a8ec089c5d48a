/** `spice/README.md`: what the netlists are and how to run them. */
import type { Subcircuit } from './device-subcircuit.js';
import { commentText } from './spice-names.js';

/** A netlist of a tile, or why there is none. */
export interface TileNote {
  readonly chip: string;
  readonly file?: string;
  readonly reason?: string;
}

/** Markdown that goes with `cells` and `tiles`. */
export function runNotes(cells: readonly Subcircuit[], tiles: readonly TileNote[]): string {
  return [
    '# Netlists for ngspice',
    '',
    ...tileLines(tiles),
    'Devices, each a subcircuit with the terminals `row` (gate) and `column` (channel):',
    '',
    '| device | file | states, as nodes inside |',
    '| - | - | - |',
    ...cells.map(({ name, device, nodeOf }) => {
      const states = device.states.map((state) => `${cellText(state.name)}: \`${nodeOf(state.name)}\``);
      return `| ${cellText(device.name)} | \`${name}.sub\` | ${states.join(', ')} |`;
    }),
    '',
    'Use one in a netlist of yours:',
    '',
    '```',
    `.include ${cells[0]?.name ?? 'device'}.sub`,
    `X1 gate channel ${cells[0]?.name ?? 'device'}`,
    '.options reltol=1e-5',
    '```',
    '',
    'The header of each file says what its names mean. A node of a state is 0 V at the beginning; the state is',
    '`start_ + span_ * v(x_)`. Spreads stand at their means: give each instance its own `r_` values. Modulators are `m_`',
    'parameters. Energies, invariants and ratings are not part of the circuits.',
    '',
    'Devices that count pulses take a voltage beyond `pulse_min` for a pulse. They need a rest of 0.5 % of the nominal',
    'pulse between two pulses, and change at the end of a pulse, as the language says. Their files set',
    '`reltol=1e-5` for the whole netlist: with the default of 1e-3 ngspice may step over what a pulse does, and no value',
    'is then to be trusted. With `1e-5` steps are those of the compiler within 0.1 %.',
    '',
  ].join('\n');
}

function tileLines(tiles: readonly TileNote[]): readonly string[] {
  return tiles.flatMap(({ chip, file, reason }) =>
    file === undefined
      ? [`There is no netlist of the tile of ${cellText(chip)}: ${reason ?? ''}.`, '']
      : [
          `The tile of ${cellText(chip)}, with its first write pulse and read:`,
          '',
          '```',
          `ngspice -b ${file}`,
          '```',
          '',
        ],
  );
}

/** User text in a table. */
function cellText(text: string): string {
  return commentText(text).replaceAll(/[|`<>[\]\\]/g, '_');
}
