/** What `ionloom fit` can say of a table of measured pulses and of the device that it makes. */
import { entry } from '../core/diagnostic.js';
import { formatQuantity } from '../units/format-quantity.js';

const list = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(' and ');

const HOW_TABLES_LOOK =
  'The first line names the columns, with units where there are any: `pulse,direction,conductance (uS)` for trains of equal pulses, ' +
  '`pulse,up (uS),down (uS)` for a train up and one down side by side, `voltage (V),width (ms),conductance (uS)` for pulses that differ. ' +
  '`device` and `cycle` tell sequences apart. docs/fit.md shows each of them.';

/** Diagnostics of fits, `cli/…`. */
export const FIT_ENTRIES = {
  'table-malformed': entry<{ file: string; reason: string; hint?: string }>({
    severity: 'error',
    message: ({ file, reason }) => `cannot use \`${file}\` as a table of pulses: ${reason}`,
    help: ({ hint }) => hint,
    explain: `The file is no table, or one that is too long. ${HOW_TABLES_LOOK}`,
  }),
  'table-column-missing': entry<{ examples: readonly string[]; why: string; misspelt?: string }>({
    severity: 'error',
    message: ({ examples, why }) => `the table has no column ${list(examples)}; ${why}`,
    help: ({ misspelt }) =>
      misspelt === undefined ? 'add it to the first line and to every row' : `is it the one called \`${misspelt}\`?`,
    explain: HOW_TABLES_LOOK,
  }),
  'table-column-repeated': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the table has a second column \`${name}\``,
    help: () => 'remove one of them, or tell several devices apart by rows with a column `device`',
    explain: HOW_TABLES_LOOK,
  }),
  'table-column-ignored': entry<{ found: string; nearest: string | undefined }>({
    severity: 'warning',
    message: ({ found }) => (found === '' ? 'a column without a name is not read' : `column \`${found}\` is not read`),
    help: ({ nearest }) => (nearest === undefined ? undefined : `did you mean \`${nearest}\`?`),
    explain: `Columns with other names may stay in a table; nothing is taken from them. ${HOW_TABLES_LOOK}`,
  }),
  'table-unit': entry<{ found: string; isMissing: boolean; example: string }>({
    severity: 'error',
    message: ({ found, isMissing, example }) =>
      isMissing
        ? `column \`${found}\` has no unit`
        : `the unit of column \`${found}\` does not fit; expected one like that of \`${example}\``,
    help: ({ example }) => `write it behind the name, for example \`${example}\``,
    explain:
      'A number without a unit may be wrong by a factor of a million, so that units are never guessed. Conductances are in siemens, voltages in volts, widths in seconds, all with prefixes; pulses, devices and cycles have no unit.',
  }),
  'table-value': entry<{ expected: string; found: string; hint?: string }>({
    severity: 'error',
    message: ({ expected, found }) => `expected ${expected}, found ${found}`,
    help: ({ found, hint }) =>
      found === 'nothing' ? 'remove the whole row; pulse numbers say how many pulses were not read' : hint,
    explain:
      'Every field of a table that is read must be a number (or a word, where words stand), with a point for decimals. Empty fields, NaN, infinities, conductances of zero or below and sizes that nobody measures (1e200 S) are refused, because a fit through them would be wrong without a sign of it.',
  }),
  'table-order': entry<{ found: number; before: number }>({
    severity: 'error',
    message: ({ found, before }) => `pulse ${found} does not follow pulse ${before}`,
    help: () =>
      'pulses count up within a device and cycle; where the direction changes, counting goes on or begins with 1',
    explain:
      'The number of a pulse says how many pulses lie between two readings: 1, or more in one direction where not every pulse was read. Numbers that fall, repeat or leap over a change of direction leave that open. Sequences of their own need columns `device` or `cycle`.',
  }),
  'fit-too-few': entry<{ direction: 'up' | 'down'; found: number; needed: number }>({
    severity: 'error',
    message: ({ direction, found, needed }) =>
      `${found === 0 ? 'no pulse goes' : `only ${found} pulses go`} ${direction}; ${needed} are needed at least`,
    help: () =>
      'a device is fitted in both directions; the first reading of a sequence is where it starts and counts for none',
    explain:
      'From a few pulses, a law cannot be told from noise, and a device with one direction cannot be programmed. Measure trains in both directions.',
  }),
  'fit-constant': entry<{ siemens: number }>({
    severity: 'error',
    message: ({ siemens }) => `all conductances are ${formatQuantity(siemens, 'S')}: nothing moves`,
    explain:
      'The table has the same conductance in every row, so that there is no step to be fitted. Check that the column holds what was measured, with enough digits.',
  }),
  'fit-polarity': entry<{ direction: 'up' | 'down'; step: number }>({
    severity: 'error',
    message: ({ direction, step }) =>
      `pulses ${direction} change the conductance by ${formatQuantity(step, 'S')} on average`,
    help: () => 'if `up` and `down` are exchanged, or the device falls at positive voltage, give a column `direction`',
    explain:
      'A pulse `up` raises the conductance, one `down` lowers it; without a column `direction`, positive voltages are up. On average over the table it is the other way round.',
  }),
  'fit-single': entry<{ quantity: 'amplitude' | 'width' }>({
    severity: 'error',
    message: ({ quantity }) => `all pulses have the same ${quantity}, so that its effect cannot be fitted`,
    help: ({ quantity }) => `measure with a second ${quantity} at least, or keep to rows in which all pulses are equal`,
    explain:
      'How a step depends on amplitude and width is fitted to pulses that differ in both. Of pulses that are all equal, the step is fitted as a function of the conductance instead.',
  }),
  'fit-model': entry<{ model: string; known: readonly string[] }>({
    severity: 'error',
    message: ({ model, known }) =>
      `model \`${model}\` does not suit this table; there are ${known.map((name) => `\`${name}\``).join(', ')}`,
    explain:
      'Trains of equal pulses say how the step depends on the conductance, pulses of different amplitudes and widths how it depends on those. Each kind of table has models of its own.',
  }),
  'fit-undetermined': entry<{ models: readonly string[] }>({
    severity: 'error',
    message: ({ models }) => `the table does not determine the parameters of ${list(models)}`,
    help: () => 'measure more pulses, over more of the range, or try other models',
    explain:
      'The least squares do not single out one set of parameters: the rows are too few, or too much alike, for as many parameters as the model has.',
  }),
  'fit-structured': entry<{ model: string; score: number }>({
    severity: 'warning',
    message: ({ model, score }) =>
      `the residuals of \`${model}\` are not chance: their signs change ${score < 0 ? 'too seldom' : 'too often'} (runs score ${score.toFixed(1)})`,
    help: () => 'look at the plot; standard errors and noise are larger or smaller than printed',
    explain:
      'After the right law, signs of residuals are as random as those of coins. A runs score beyond 4 in size says that something in the data is not in any of the laws: drift between pulses, devices that differ in shape, a read-out with memory.',
  }),
  'fit-name': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `\`${name}\` is no name for a device`,
    help: () => 'give one with `--name`: letters, digits and `_`, a letter first, no reserved word',
    explain: 'The name of the device is that of the output file where `--name` gives no other.',
  }),
  'fit-device': entry<{ file: string; name: string; reason: string }>({
    severity: 'error',
    message: ({ file, name, reason }) => `cannot compare device \`${name}\` of \`${file}\`: ${reason}`,
    explain:
      '`ionloom fit --verify` compares the device that the record beside the file names. It must still be there, with one state and a window.',
  }),
  'fit-record': entry<{ file: string; reason: string }>({
    severity: 'error',
    message: ({ file, reason }) => `cannot use \`${file}\` as the record of a fit: ${reason}`,
    help: () => 'fit again to write it anew',
    explain:
      'Beside a fitted device lies a record, `.fit.json`, of how far it was from its data. `--verify` needs it to know what was reached.',
  }),
  'fit-worse': entry<{ found: number; allowed: number; isSameTable: boolean }>({
    severity: 'error',
    message: ({ found, allowed }) =>
      `the device misses the readings by ${formatQuantity(found, 'S', 4)} rms; ${formatQuantity(allowed, 'S', 4)} were recorded`,
    help: ({ isSameTable }) =>
      isSameTable ? 'the device was changed after the fit' : 'the table is not the one that was fitted',
    explain:
      '`ionloom fit --verify` asks the device, without noise, for each reading from the one before. The error must not exceed the one recorded when the device was fitted.',
  }),
};
