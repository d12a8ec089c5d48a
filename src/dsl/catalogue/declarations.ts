/** Diagnostics of devices, chips, programs and experiments as wholes. */
import { entry } from '../../core/diagnostic.js';

export const DECLARATION_ENTRIES = {
  'missing-clause': entry<{ owner: string; clause: string }>({
    severity: 'error',
    message: ({ owner, clause }) => `${owner} has no \`${clause}\``,
    explain: 'A clause that has no sensible default is missing from the declaration.',
  }),
  'duplicate-clause': entry<{ owner: string; clause: string }>({
    severity: 'error',
    message: ({ owner, clause }) => `${owner} has \`${clause}\` twice`,
    explain: 'This clause can be given once. Remove one of the two.',
  }),
  'missing-source': entry<{ what: string }>({
    severity: 'error',
    message: ({ what }) => `${what} does not say where its number comes from`,
    help: () => 'add `source "…" confidence measured`, or `secondary`, `derived`, `estimate`',
    explain:
      'Every number of a device carries its source and how well founded it is, and reports print both. ' +
      'A guess is welcome as long as it says so: `source "not published" confidence estimate`.',
  }),
  'conductance-state': entry<{ name: string; found: string }>({
    severity: 'error',
    message: ({ name, found }) => `first state \`${name}\` must be a conductance (S), found ${found}`,
    help: () => 'declare the conductance first; the states behind it may be anything',
    explain:
      'The first state of a device with a window is its conductance: windows, targets and read-out refer to it. ' +
      'A device without windows, for networks only, may keep any state.',
  }),
  'device-cycle': entry<{ chain: readonly string[] }>({
    severity: 'error',
    message: ({ chain }) => `devices extend each other in a circle: ${chain.join(' -> ')}`,
    explain: 'A device takes over the clauses of the one that it extends, so no device can extend itself.',
  }),
  'extension-limit': entry<{ reason: string }>({
    severity: 'error',
    message: ({ reason }) => `too much is extended: ${reason}`,
    explain:
      'A device takes over all clauses of the one that it extends, and of those that this one extends; they are checked ' +
      'for every device anew. Chains are 32 devices long at most, and all devices together take over 10000 clauses.',
  }),
  'unprogrammable-device': entry<{ device: string; reason: string }>({
    severity: 'error',
    message: ({ device, reason }) => `a program cannot write \`${device}\`: ${reason}`,
    explain:
      'Programs write conductances with pulses of chosen width, open-loop: of devices with a window, ' +
      'whose states follow the voltage by `evolve`, each for itself; modulators keep their initial values. ' +
      'Devices with counted pulses, coupled states, power between pulses or invariants can be used in networks.',
  }),
  'device-fault': entry<{ text: string }>({
    severity: 'error',
    message: ({ text }) => text,
    explain:
      'The equations have the right dimensions, but the device does not work: a range is empty, an initial value lies outside, ' +
      'a result is not finite, the nominal pulse exceeds a maximum, or the conductance does not follow the sign of the voltage.',
  }),
  'device-step': entry<{ text: string }>({
    severity: 'warning',
    message: ({ text }) => text,
    explain:
      'The step of one nominal pulse at the centre of the window differs by more than half from the published one given with `step`.',
  }),
  'window-outside-state': entry<{ window: string; state: string; low: string; high: string }>({
    severity: 'error',
    message: ({ window, state, low, high }) => `${window} leaves the range of \`${state}\`, ${low} .. ${high}`,
    explain: 'A window is a part of the range of the conductance; the device cannot be programmed outside it.',
  }),
  'calibrated-spread': entry<{ name: string; per: string }>({
    severity: 'error',
    message: ({ name, per }) => `\`${name}\` is drawn per ${per}; only a spread per device can be calibrated`,
    explain:
      'Calibration measures what stays the same in a device. What is drawn anew for every pulse or read cannot be measured beforehand.',
  }),
  'image-unreadable': entry<{ path: string; reason: string }>({
    severity: 'error',
    message: ({ path, reason }) => `cannot read image \`${path}\`: ${reason}`,
    explain: 'The image file could not be read. Paths are relative to the file that names them.',
  }),
  'image-malformed': entry<{ path: string; reason: string }>({
    severity: 'error',
    message: ({ path, reason }) => `cannot use image \`${path}\`: ${reason}`,
    explain: 'Images are CSV, PGM, grey PNG or IDX files (IDX with `at` and the number of the image, counted from 0).',
  }),
  'unit-on-grey-image': entry<{ path: string }>({
    severity: 'error',
    message: ({ path }) => `\`${path}\` holds grey values, which have no unit`,
    help: () => 'leave `in …` out: black becomes the low end of the window, white the high end',
    explain: 'Only a CSV file can hold conductances; its unit is given with `in`. Grey values span the window.',
  }),
  'target-outside-window': entry<{
    row: number;
    column: number;
    found: string;
    low: string;
    high: string;
    others: number;
  }>({
    severity: 'error',
    message: ({ row, column, found, low, high, others }) =>
      `pixel in row ${row}, column ${column} asks for ${found}, outside the window ${low} .. ${high}` +
      (others === 0 ? '' : ` (and ${others} more)`),
    explain:
      'Every pixel must become a conductance inside the window of the program. Rows and columns count from 1. ' +
      'A CSV file holds grey values 0 to 1, or conductances where `in` names their unit.',
  }),
  'tile-too-small': entry<{
    image: string;
    rows: number;
    columns: number;
    tileRows: number;
    tileColumns: number;
    others: number;
  }>({
    severity: 'error',
    message: ({ image, rows, columns, tileRows, tileColumns, others }) =>
      `tile of ${tileRows} x ${tileColumns} is too small for \`${image}\` of ${rows} x ${columns}` +
      (others === 0 ? '' : ` (and for ${others} more)`),
    explain:
      'Every pixel needs a cell; sizes are rows x columns. Use a larger tile or a smaller image; a smaller image leaves the other cells alone.',
  }),
  'no-images': entry<{ program: string }>({
    severity: 'error',
    message: ({ program }) => `\`${program}\` writes nothing: neither it nor the experiment has \`from\``,
    explain: 'The images to write are named with `from`, in the program or in the `run` of an experiment.',
  }),
  'expectation-shape': entry<{ reason: string }>({
    severity: 'error',
    message: ({ reason }) => `cannot check this expectation: ${reason}`,
    help: () => 'compare a metric, or `mean(metric)`, with a number or another metric',
    explain:
      'An expectation compares two operands. At least one is a metric or the mean of a metric over the seeds; a number is built from literals and parameters.',
  }),
};
