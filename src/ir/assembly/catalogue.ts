/** What can be wrong with a program in assembly language. */
import { defineCatalogue, entry } from '../../core/diagnostic.js';

const LANGUAGE =
  'The listing that comes with every controller is a program in this language, to be read as an example.';

export const ASSEMBLY_CATALOGUE = defineCatalogue('assembly', {
  'unknown-instruction': entry<{ text: string }>({
    severity: 'error',
    message: ({ text }) => `\`${text}\` is no instruction`,
    help: () => 'write stop, fire, drive, wait, branch, command, set, .word or .align',
    explain: `A line holds labels and at most one instruction: give every instruction a line of its own, and comments a \`;\`. ${LANGUAGE}`,
  }),
  'unknown-operand': entry<{ text: string; instruction: string }>({
    severity: 'error',
    message: ({ text, instruction }) => `\`${instruction}\` has no operand \`${text}\``,
    help: () => 'look in the listing for the operands of this instruction, and write them as `name=value`',
    explain: `Operands are written \`name=value\` without spaces, in any order. ${LANGUAGE}`,
  }),
  'operand-twice': entry<{ text: string }>({
    severity: 'error',
    message: ({ text }) => `\`${text}\` is given twice`,
    help: () => 'keep one of the two',
    explain:
      'Each operand of an instruction is given once, so that a word has one meaning. Delete the one that does not belong.',
  }),
  'operand-missing': entry<{ instruction: string; expected: string }>({
    severity: 'error',
    message: ({ instruction, expected }) => `\`${instruction}\` needs ${expected}`,
    help: ({ expected }) => `add ${expected} behind the instruction`,
    explain: `Some instructions cannot do without an operand: add it behind the instruction. ${LANGUAGE}`,
  }),
  'bad-value': entry<{ value: string; expected: string }>({
    severity: 'error',
    message: ({ value, expected }) => `\`${value}\` is not ${expected}`,
    help: ({ expected }) => `write ${expected}`,
    explain:
      'Numbers are decimal, or hexadecimal after `0x`; names are those that listings use. The message says what may stand here.',
  }),
  'does-not-fit': entry<{ what: string; value: string; bits: number }>({
    severity: 'error',
    message: ({ what, value, bits }) =>
      bits === 0
        ? `this controller has no \`${what}\`, so it cannot be ${value}`
        : `${value} does not fit the ${String(bits)} bits of \`${what}\``,
    help: ({ bits }) =>
      bits === 0
        ? 'leave it out, or build the controller from a source that uses it'
        : 'take a smaller one, or build the controller from a source that needs more bits',
    explain:
      'A controller is built with the fields and widths that its program needs; another program may not fit it. Either stay ' +
      'within them, which the register document lists under "Program word", or build a controller whose source needs more.',
  }),
  'wrong-parity': entry<{ value: string }>({
    severity: 'warning',
    message: ({ value }) => `the parity of ${value} is wrong: a run ends where it meets this word`,
    help: () => 'write the word as an instruction, or turn its highest bit',
    explain:
      'The number of ones in a program word is even, so that a bit that flips in the memory is noticed. Where the word is ' +
      'wrong by intention, for a test of this, the warning may be ignored.',
  }),
  'unknown-label': entry<{ label: string }>({
    severity: 'error',
    message: ({ label }) => `there is no label \`${label}\``,
    help: ({ label }) => `write \`${label}:\` before the instruction that is meant, or mend the name`,
    explain:
      'A successor is a label of the program, or the number of an address. Labels may stand anywhere in the file; they end with a colon where they are defined, and have none where they are used.',
  }),
  'label-twice': entry<{ label: string }>({
    severity: 'error',
    message: ({ label }) => `label \`${label}\` stands for two places`,
    help: () => 'rename one of the two, and the jumps that mean it',
    explain:
      'A label stands for one address, so that a jump to it has one meaning. Give the second place a name of its own.',
  }),
});
