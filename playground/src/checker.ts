/** Checks the text after changes: soon, once for many keystrokes, and never twice at the same time. */
import type { LanguageClient } from './language-client.js';
import type { Checked } from './protocol.js';

/** Quiet time before a check [ms]. */
const PAUSE_MS = 60;

/** What is checked, and who is told. */
export interface CheckerSetup {
  readonly language: LanguageClient;
  /** The file in the editor and its text. */
  readonly current: () => { readonly file: string; readonly text: string };
  readonly onChecked: (checked: Checked, text: string) => void;
  readonly onFailure: (reason: string) => void;
}

export class Checker {
  readonly #setup: CheckerSetup;
  #timer = 0;
  #isBusy = false;
  #isWanted = false;

  constructor(setup: CheckerSetup) {
    this.#setup = setup;
  }

  /** Checks after a pause. */
  request(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#check(), PAUSE_MS);
  }

  async #check(): Promise<void> {
    this.#isWanted = this.#isBusy;
    if (this.#isBusy) return;
    this.#isBusy = true;
    const { language, current, onChecked, onFailure } = this.#setup;
    const { file, text } = current();
    try {
      const checked = await language.check(file);
      const now = current();
      if (now.file === file && now.text === text) onChecked(checked, text);
    } catch (error) {
      onFailure(error instanceof Error ? error.message : String(error));
    }
    this.#isBusy = false;
    if (this.#isWanted) this.request();
  }
}
