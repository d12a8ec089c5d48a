/** Where the command line speaks: results on stdout, everything else on stderr, colors only on terminals. */
import picocolors from 'picocolors';
import type { Painter } from '../core/render-diagnostic.js';
import { EXIT } from './exit-status.js';

export interface Terminal {
  /** Emphasis on stdout. */
  readonly colors: Colors;
  /** Emphasis of diagnostics on stderr. */
  readonly painter: Painter;
  print(text: string): void;
  /** A line on stderr. */
  tell(text: string): void;
  /** A line on stderr about work that takes time; shown on a terminal only. */
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

/** The process's own streams; `NO_COLOR` and `FORCE_COLOR` are honored. */
export function openTerminal(): Terminal {
  watchStream(process.stdout, 'stdout');
  watchStream(process.stderr, 'stderr');
  const status = new StatusLine(process.stderr);
  return {
    colors: colorsFor(process.stdout),
    painter: painterFor(process.stderr),
    print: (text) => {
      status.show('');
      process.stdout.write(`${text}\n`);
    },
    tell: (text) => {
      status.show('');
      process.stderr.write(`${text}\n`);
    },
    progress: (text) => {
      status.show('');
      if (process.stderr.isTTY) process.stderr.write(`${text}\n`);
    },
    status: (text) => {
      status.show(text);
    },
  };
}

/** The last line of a terminal, written over again and again. */
class StatusLine {
  readonly #stream: NodeJS.WriteStream;
  #isShown = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  show(text: string): void {
    if (!this.#stream.isTTY || (text === '' && !this.#isShown)) return;
    // A longer line would be broken, and only its last part replaced
    const line = text.slice(0, Math.max(0, this.#stream.columns - 1));
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
  const isForced = !['', '0'].includes(process.env['FORCE_COLOR'] ?? '');
  const isPlain = (process.env['NO_COLOR'] ?? '') !== '' || process.env['TERM'] === 'dumb';
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
