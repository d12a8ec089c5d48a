/** What the command line can say about estimates: converters that cannot be chosen, counters that say nothing. */
import { entry } from '../core/diagnostic.js';
import { formatCount, formatQuantity } from '../units/format-quantity.js';

const list = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** Entries of the catalogue of the command line. */
export const ENERGY_ENTRIES = {
  'converter-given': entry<{ technology: string }>({
    severity: 'error',
    message: ({ technology }) => `the converter of technology \`${technology}\` is a given part`,
    help: () => 'leave `--adc` out, or choose a chip, for example `--technology "65 nm"`',
    explain:
      '`--adc` chooses among converters that a chip can have. On a board the converter is a part from a data sheet, whose figures are those of the estimate.',
  }),
  'counters-without-program': entry<{ names: readonly string[] }>({
    severity: 'error',
    message: ({ names }) =>
      names.length === 0
        ? 'counters belong to an experiment on a program, and there is none'
        : `counters belong to one experiment on a program; there are ${list(names)}`,
    help: () => 'choose one with `--experiment`',
    explain:
      '`energy --counters` prices what one controller has counted while it ran one program. Experiments on networks have several controllers, and are priced from their simulation.',
  }),
  'counters-malformed': entry<{ file: string; reason: string }>({
    severity: 'error',
    message: ({ file, reason }) => `\`${file}\` holds no counters: ${reason}`,
    help: () => 'write an object of registers and values, for example `{ "time_lo": 1200, "time_hi": 0, "pulses": 3 }`',
    explain:
      'Counters are a JSON object whose keys are registers of the controller, named as in its register map, and whose values are what a host has read.',
  }),
  'counters-missing': entry<{ register: string }>({
    severity: 'error',
    message: ({ register }) => `register \`${register}\` is missing in the counters`,
    explain:
      'An estimate needs `time_lo`, `time_hi`, `pulses` and `adc_conv`. Those of address events are needed only where there are any.',
  }),
  'counters-unknown': entry<{ register: string; known: readonly string[]; nearest: string | undefined }>({
    severity: 'error',
    message: ({ register, known }) => `\`${register}\` is no counter; there are ${list(known)}`,
    help: ({ nearest }) => (nearest === undefined ? undefined : `did you mean \`${nearest}\`?`),
    explain: 'The names of counters are those of the registers in the emitted register map.',
  }),
  'counters-value': entry<{ register: string; found: string; max: number }>({
    severity: 'error',
    message: ({ register, found, max }) =>
      `counter \`${register}\` is ${found}, and not a whole number from 0 to ${max}`,
    explain: 'A register holds a whole number of as many bits as the register map says.',
  }),
  'counters-saturated': entry<{ register: string; max: number }>({
    severity: 'warning',
    message: ({ register, max }) =>
      `counter \`${register}\` stands at its end, ${max}: there may have been more events`,
    help: () => 'clear the counters more often, and add up what they say',
    explain:
      'Counters stay at their highest value, so that they never say less than they did. From then on events are missing, and the estimate is a lower bound.',
  }),
  'counters-short': entry<{ pulses: number; pulseSeconds: number; runSeconds: number }>({
    severity: 'error',
    message: ({ pulses, pulseSeconds, runSeconds }) =>
      `${formatCount(pulses)} pulses of ${formatQuantity(pulseSeconds, 's')}, as the program has them, are longer than the ${formatQuantity(runSeconds, 's')} that \`time_lo\` and \`time_hi\` say`,
    help: () => 'read both halves of `time`, and subtract what they were when the counters were cleared',
    explain:
      'A controller gives one pulse after the other, so that its clocks are at least those of its pulses. Where they are fewer, the counters are of different runs, of another program, or one of them was misread. The length of a pulse is the mean of those that the program gives in simulation.',
  }),
  'counters-foreign': entry<{ register: string; what: string }>({
    severity: 'error',
    message: ({ register, what }) => `counter \`${register}\` is not zero, but the program has no ${what}`,
    explain:
      'What the controller does not count, such as transitions of lines, is taken from the program in proportion to what it counts. Counters of another program cannot be priced so.',
  }),
};
