/** What the host finds where a model does not behave like the controller that it should be. */

/** Registers that tell which controller this is: a host that reads something else drives nothing. */
export const IDENTITY_SIGNALS: readonly string[] = ['register id', 'register spec_hash'];

/** A finding about the RTL, not a bug of ours: the model differs before anything else can be compared. */
export class ControllerFault extends Error {
  readonly signal: string;
  readonly expected: string;
  readonly found: string;

  constructor(signal: string, expected: string, found: string) {
    super(`${signal}: expected ${expected}, found ${found}`);
    this.signal = signal;
    this.expected = expected;
    this.found = found;
  }
}
