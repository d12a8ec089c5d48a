/** Where commands speak in the playground: progress goes to the page, everything else is plain text that nobody prints. */
import type { Terminal } from '../../../src/cli/terminal.js';
import { PLAIN_PAINTER } from '../../../src/core/render-diagnostic.js';

const plain = (text: string): string => text;
const ignore = (): void => undefined;

/** A terminal whose status lines go to `show`. */
export function statusTerminal(show: (text: string) => void): Terminal {
  return {
    colors: { strong: plain, faint: plain, good: plain, bad: plain },
    painter: PLAIN_PAINTER,
    isLive: true,
    print: ignore,
    tell: ignore,
    progress: show,
    status: (text) => {
      if (text !== '') show(text);
    },
  };
}
