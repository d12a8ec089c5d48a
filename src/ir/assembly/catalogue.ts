/** What can be wrong with a program in assembly language. */
import { defineCatalogue, entry } from '../../core/diagnostic.js';

const LANGUAGE =
  'The listing that comes with every controller is a program in this language, to be read as an example.';

export const ASSEMBLY_CATALOGUE = defineCatalogue('assembly', {
  'unknown-instruction': entry<{ text: string }>({
    severity: 'error',
    message: ({ text }) => `\`${text}\` is no instruction`,
    help: () => 'write stop, fire, drive, wait, branch, command, set, .word or .align',
    explain: `A line holds labels and at most one instruction. ${LANGUAGE}`,
  }),
  'unknown-operand': entry<{ text: string; instruction: string }>({
    severity: 'error',
    message: ({ text, instruction }) => `\`${instruction}\` has no operand \`${text}\``,
    explain: `Operands are written \`name=value\` without spaces, in any order. ${LANGUAGE}`,
  }),
  'operand-twice': entry<{ text: string }>({
    severity: 'error',
    message: ({ text }) => `\`${text}\` is given twice`,
    explain: 'Each operand of an instruction is given once.',
  }),
  'operand-missing': entry<{ instruction: string; expected: string }>({
    severity: 'error',
    message: ({ instruction, expected }) => `\`${instruction}\` needs ${expected}`,
    explain: `Some instructions cannot do without an operand. ${LANGUAGE}`,
  }),
  'bad-value': entry<{ value: string; expected: string }>({
    severity: 'error',
    message: ({ value, expected }) => `\`${value}\` is not ${expected}`,
    explain: 'Numbers are decimal, or hexadecimal after `0x`; names are those that listings use.',
  }),
  'does-not-fit': entry<{ what: string; value: string; bits: number }>({
    severity: 'error',
    message: ({ what, value, bits }) =>
      bits === 0
        ? `this controller has no \`${what}\`, so it cannot be ${value}`
        : `${value} does not fit the ${String(bits)} bits of \`${what}\``,
    explain: 'A controller is built with the fields and widths that its program needs; another may not fit it.',
  }),
  'wrong-parity': entry<{ value: string }>({
    severity: 'warning',
    message: ({ value }) => `the parity of ${value} is wrong: a run ends where it meets this word`,
    help: () => 'write the word as an instruction, or turn its highest bit',
    explain: 'The number of ones in a program word is even, so that a bit that flips in the memory is noticed.',
  }),
  'unknown-label': entry<{ label: string }>({
    severity: 'error',
    message: ({ label }) => `there is no label \`${label}\``,
    explain: 'A successor is a label of the program, or the number of an address.',
  }),
  'label-twice': entry<{ label: string }>({
    severity: 'error',
    message: ({ label }) => `label \`${label}\` stands for two places`,
    explain: 'A label stands for one address, so that a jump to it has one meaning.',
  }),
});
