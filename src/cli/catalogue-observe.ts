/** What the command line can say about looking into a co-simulation. */
import { entry } from '../core/diagnostic.js';

const list = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** Entries of the catalogue of the command line. */
export const OBSERVE_ENTRIES = {
  'wave-format': entry<{ path: string }>({
    severity: 'error',
    message: ({ path }) =>
      `\`${path}\` names no format: waves are written as \`.vcd\`, \`.fst\`, \`.json\` or \`.svg\``,
    explain:
      '`cosim --wave` writes in the format of the ending: value change dump, the compressed format of GTKWave, a timing diagram for WaveDrom, or that diagram as a picture.',
  }),
  'unknown-tile': entry<{ choice: string; known: readonly string[] }>({
    severity: 'error',
    message: ({ choice, known }) => `\`${choice}\` names no tile; there are ${list(known)}`,
    help: () => 'put the name of the tile before the cells, for example `tile0[3,7]`',
    explain:
      'Every projection that learns on a device has a tile and a controller of its own, or several. `tile0` is the first of them; the name of the projection does as well. An experiment that writes a program has the one tile `tile0`.',
  }),
  'cell-outside': entry<{ choice: string; rows: number; columns: number }>({
    severity: 'error',
    message: ({ choice, rows, columns }) =>
      `\`${choice}\` lies outside of the tile, which has ${rows} rows and ${columns} columns`,
    help: () => 'rows and columns count from 0',
    explain:
      'Cells are named by row and column, both from 0: `[3,7]` is one cell, `[0..3,7]` four of a column, `[3,*]` a whole row.',
  }),
  'experiment-unusable': entry<{ file: string; reason: string }>({
    severity: 'error',
    message: ({ file, reason }) => `\`${file}\` is no experiment that can be run: ${reason}`,
    help: () => 'name the `experiment.json` of a folder that `cosim --break-on mismatch` has written',
    explain:
      '`cosim` takes source files, and files that end with `.json`: small experiments that `--break-on mismatch` writes, each in a folder with its SystemVerilog.',
  }),
  'wave-cut': entry<{ path: string; seconds: number }>({
    severity: 'warning',
    message: ({ path, seconds }) =>
      `\`${path}\` ends after ${seconds} s of the design's time: the run has too many changes`,
    help: () => 'choose fewer cells with `--watch`, or fewer steps',
    explain:
      'Some millions of changes are kept in memory until the run is over. The wave holds everything before the moment at which there were too many.',
  }),
};
