/**
 * Exit statuses, a contract with scripts. A signal ends with 128 and its number, SIGINT with 130: bin/watch-command.js
 * says so of long commands, the shell of quick ones.
 */
import type { Diagnostic } from '../core/diagnostic.js';

export const EXIT = {
  ok: 0,
  /** Errors in the input, a failed expectation, a mismatch. */
  failed: 1,
  usage: 2,
  /** A tool or file is missing, or a tool failed. */
  environment: 3,
  bug: 70,
} as const;

/** Status that `diagnostics` alone ask for; trouble with the machine hides what the input is worth. */
export function statusOf(diagnostics: readonly Diagnostic[]): number {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  if (errors.some((diagnostic) => diagnostic.blame === 'environment')) return EXIT.environment;
  return errors.length > 0 ? EXIT.failed : EXIT.ok;
}
