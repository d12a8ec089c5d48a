/** Diagnostics of handlers' statements, and of names that are unused or hide others. */
import { entry } from '../../core/diagnostic.js';

export const STATEMENT_ENTRIES = {
  'not-assignable': entry<{ name: string; assignable: readonly string[] }>({
    severity: 'error',
    message: ({ name }) => `\`${name}\` cannot be assigned to`,
    help: ({ assignable }) =>
      assignable.length === 0
        ? undefined
        : `statements here change ${assignable.map((name) => `\`${name}\``).join(', ')}`,
    explain:
      'Handlers change state variables: the states of a device, the weight and the traces of a rule. ' +
      'Parameters, `let` values, modulators and inputs keep their values; a local value is given once, with `let`.',
  }),
  'unused-name': entry<{ what: string; name: string }>({
    severity: 'warning',
    message: ({ what, name }) => `${what} \`${name}\` is never used`,
    help: () => 'remove it, or use it in an equation',
    explain: 'The name is declared and no equation refers to it, which is often a forgotten term or a slip of the pen.',
  }),
  'shadowed-name': entry<{ what: string; name: string }>({
    severity: 'warning',
    message: ({ what, name }) => `${what} \`${name}\` hides the parameter \`${name}\` of the file`,
    help: () => 'give one of the two another name',
    explain:
      'Inside the declaration, the name means what is declared there; the parameter of the file, and what the command ' +
      'line sets it to, have no effect in it.',
  }),
};
