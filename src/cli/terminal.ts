/** Where the command line speaks: results on stdout, everything else on stderr, colors only on terminals. */
import picocolors from 'picocolors';
import type { Painter } from '../core/render-diagnostic.js';
import { EXIT } from './exit-status.js';

export interface Terminal {
  /** Emphasis on stdout. */
  readonly colors: Colors;
  /** Emphasis of diagnostics on stderr. */
  readonly painter: Painter;
  /** Whether a line on stderr can be written over: a terminal, and none that is `dumb`. */
  readonly isLive: boolean;
  print(text: string): void;
  /** A line on stderr. */
  tell(text: string): void;
  /** What is being worked on; shown on a terminal only, until something else is. */
  progress(text: string): void;
  /** A line on stderr that the next one takes the place of; shown on a terminal only. An empty one ends it. */
  status(text: string): void;
}

export interface Colors {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
}

/** The process's own streams; `NO_COLOR`, `FORCE_COLOR` and `TERM=dumb` are honored. */
export function openTerminal(): Terminal {
  watchStream(process.stdout, 'stdout');
  watchStream(process.stderr, 'stderr');
  const isLive = process.stderr.isTTY && process.env['TERM'] !== 'dumb';
  const status = new StatusLine(process.stderr, isLive);
  return {
    colors: colorsFor(process.stdout),
    painter: painterFor(process.stderr),
    isLive,
    print: (text) => {
      status.show('');
      process.stdout.write(`${text}\n`);
    },
    tell: (text) => {
      status.show('');
      process.stderr.write(`${text}\n`);
    },
    progress: (text) => {
      status.show(text);
    },
    status: (text) => {
      status.show(text);
    },
  };
}

/** Width where a terminal does not tell. */
const DEFAULT_COLUMNS = 80;

/** The last line of a terminal, written over again and again. */
class StatusLine {
  readonly #stream: NodeJS.WriteStream;
  readonly #isLive: boolean;
  #isShown = false;

  constructor(stream: NodeJS.WriteStream, isLive: boolean) {
    this.#stream = stream;
    this.#isLive = isLive;
  }

  show(text: string): void {
    if (!this.#isLive || (text === '' && !this.#isShown)) return;
    // Some terminals do not say how wide they are
    const columns = this.#stream.columns || DEFAULT_COLUMNS;
    // A longer line would be broken, and only its last part replaced
    const line = text.length < columns ? text : `${text.slice(0, Math.max(0, columns - 2))}…`;
    this.#stream.write(`\r\u001b[K${line}`);
    this.#isShown = text !== '';
  }
}

/** A reader that has seen enough (`| head`) is no fault of ours; a full disk behind `>` is one of the machine's. */
function watchStream(stream: NodeJS.WriteStream, name: string): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    // Where stderr itself fails, the status has to say it alone
    if (stream !== process.stderr) process.stderr.write(`ionloom: cannot write to ${name}: ${error.message}\n`);
    process.exit(EXIT.environment);
  });
}

function paletteFor(stream: NodeJS.WriteStream): ReturnType<typeof picocolors.createColors> {
  const wish = process.env['FORCE_COLOR'] ?? '';
  const isForced = !['', '0'].includes(wish);
  const isPlain = wish === '0' || (process.env['NO_COLOR'] ?? '') !== '' || process.env['TERM'] === 'dumb';
  // Never undefined, which would leave the choice to picocolors: it takes `CI` for a terminal
  return picocolors.createColors(isForced || (Boolean(stream.isTTY) && !isPlain));
}

function colorsFor(stream: NodeJS.WriteStream): Colors {
  const palette = paletteFor(stream);
  return { strong: palette.bold, faint: palette.dim, good: palette.green, bad: palette.red };
}

function painterFor(stream: NodeJS.WriteStream): Painter {
  const palette = paletteFor(stream);
  return {
    severity: (severity, text) => palette.bold(severity === 'error' ? palette.red(text) : palette.yellow(text)),
    strong: palette.bold,
    faint: palette.cyan,
  };
}

const plain = (text: string): string => text;
const nothing = (): void => undefined;

/** Says nothing: for work of which somebody else tells. */
export const SILENT_TERMINAL: Terminal = {
  colors: { strong: plain, faint: plain, good: plain, bad: plain },
  painter: { severity: (_, text) => text, strong: plain, faint: plain },
  isLive: false,
  print: nothing,
  tell: nothing,
  progress: nothing,
  status: nothing,
};
