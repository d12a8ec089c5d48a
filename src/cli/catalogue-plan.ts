/** What `ionloom plan`, and `sim --conductances`, can say. */
import { entry } from '../core/diagnostic.js';

/** Entries of the catalogue of the command line. */
export const PLAN_ENTRIES = {
  'plan-format': entry<{ path: string }>({
    severity: 'error',
    message: ({ path }) => `\`${path}\` names no format: plans are written as \`.csv\`, \`.h5\` or \`.py\``,
    explain:
      '`plan -o` writes the pulses of a program in the format of the ending: a table (`.csv`, or `.h5` for HDF5), or a script of Python that replays them on an ArC TWO (`.py`).',
  }),
  'plan-which': entry<{ names: readonly string[] }>({
    severity: 'error',
    message: ({ names }) =>
      names.length === 0
        ? 'no experiment that was chosen runs a program'
        : `a plan is of one experiment, and there are ${String(names.length)}`,
    help: ({ names }) =>
      names.length === 0
        ? 'choose one with `run Program on Chip`'
        : `choose one: ${names.map((name) => `\`--experiment ${name}\``).join(', ')}`,
    explain:
      'A plan lists the pulses of one experiment on a program, for its first seed: calibration can give every experiment pulses of its own. Experiments on networks have no list of pulses before they run.',
  }),
  'plan-closed': entry<{ program: string; reason: string }>({
    severity: 'error',
    message: ({ program, reason }) => `program \`${program}\` has no plan: ${reason}`,
    help: () => 'a controller can run it: `ionloom build`',
    explain:
      'A plan is fixed before the first pulse. A program that verifies, waits or draws lines decides its pulses while it runs, and an instrument that replays a table cannot.',
  }),
  'plan-instrument': entry<{ asks: string; limit: string }>({
    severity: 'error',
    message: ({ asks, limit }) => `the plan asks for ${asks}, and an ArC TWO has ${limit}`,
    help: () => 'plans as `.csv` or `.h5` suit any instrument',
    explain:
      'The script replays voltages on the 64 channels of an ArC TWO: 32 rows and 32 columns, up to ±20 V, each switched to an arbitrary voltage in 120 µs. The numbers are those of the documentation of pyarc2. A plan beyond them would be another one on the bench, so no script is written.',
  }),
  'conductances-none': entry<{ file: string }>({
    severity: 'error',
    message: ({ file }) => `no experiment of \`${file}\` that was chosen runs a program, whose cells could be written`,
    explain:
      '`sim --conductances` writes the array that a program leaves behind after every image, for the first seed. Experiments on networks keep the spread of their weights in their results (`sim -o results.json`).',
  }),
};
