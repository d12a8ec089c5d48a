/** What the playground is, what it takes on, and what it leaves to the command line. */
import { create } from '../dom.js';
import { MAX_CHECK_MS, MAX_FILE_BYTES, MAX_LINK_LENGTH, MAX_RUN_MS, MAX_TEXT_BYTES } from '../limits.js';

/** Fills `pane`. */
export function showAbout(pane: HTMLElement): void {
  pane.replaceChildren(
    create('h3', { textContent: 'What this is' }),
    paragraph(
      'The compiler of Ionloom in this page: the front end, every back end, the device models and the energy estimate are the ones of the command line. Nothing leaves your computer, there is no server behind the page, and it loads nothing from elsewhere.',
    ),
    create('h3', { textContent: 'Limits' }),
    create(
      'ul',
      {},
      limits().map((text) => create('li', { textContent: text })),
    ),
    create('h3', { textContent: 'Keys' }),
    create('ul', {}, [
      create('li', { textContent: 'Ctrl+Enter runs, Ctrl+Shift+Enter builds, Escape stops what runs.' }),
      create('li', { textContent: 'Ctrl+Space completes, F8 goes to the next problem.' }),
      create('li', { textContent: 'Tab leaves the editor; arrow keys choose a tab.' }),
    ]),
    create('h3', { textContent: 'What is not here' }),
    paragraph(
      'Co-simulation of the emitted SystemVerilog: its embedded engine is a program of 31 MB. Threads: trainings run on one core. Data sets that do not come with the repository: add your copies with “Add files”; they stay in this page.',
    ),
  );
}

function paragraph(textContent: string): HTMLElement {
  return create('p', { textContent });
}

function limits(): readonly string[] {
  const mebibytes = (bytes: number): string => `${String(bytes / 2 ** 20)} MiB`;
  return [
    `A text has at most ${mebibytes(MAX_TEXT_BYTES)}, a data file ${mebibytes(MAX_FILE_BYTES)}.`,
    `A check that takes longer than ${String(MAX_CHECK_MS / 1000)} s is given up, and the editor stays usable.`,
    `A run or a build is stopped after ${String(MAX_RUN_MS / 60_000)} minutes; Stop ends it at once.`,
    `A link holds texts that come to ${String(MAX_LINK_LENGTH)} characters when they are packed; data files that were added are not in it.`,
    'Whoever goes away loses the text: share it, or copy it.',
  ];
}
