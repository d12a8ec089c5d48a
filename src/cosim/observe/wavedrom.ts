/** Timing diagrams as WaveJSON, which WaveDrom draws (https://wavedrom.com). */
import type { Diagram, DiagramColumn, DiagramRow } from '../../ir/timing-diagram.js';

/** A signal of WaveJSON: a character for every column, `.` for no change, and the texts of `=`. */
interface WaveSignal {
  readonly name: string;
  readonly wave: string;
  readonly data?: readonly string[];
}

/** The document of `diagram`; `title` stands above it, and the clocks of the columns below. */
export function wavedromText(diagram: Diagram, title: string): string {
  const { columns, rows, notes } = diagram;
  const document = {
    head: { text: title },
    signal: [
      ...rows.map((row) => waveOf(row, columns)),
      ...(notes.length > 0 ? [notesOf(diagram)] : []),
      clocksOf(columns),
    ],
    config: { hscale: 1 },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function waveOf({ name, kind, values }: DiagramRow, columns: readonly DiagramColumn[]): WaveSignal {
  const data: string[] = [];
  let before: string | undefined;
  const wave = columns.map((column, at) => {
    if (column.kind === 'gap') return '|';
    const value = values[at];
    // A gap ends what stands before it: WaveDrom would go on with it
    if (at > 0 && value === before && columns[at - 1]?.kind !== 'gap') return '.';
    before = value;
    if (value === undefined) return 'x';
    if (kind === 'bit') return value;
    if (value === '') return 'z';
    data.push(value);
    return '=';
  });
  return { name, wave: wave.join(''), ...(kind === 'code' && { data }) };
}

/** What is written at some clocks, each up to the next. */
function notesOf({ columns, notes }: Diagram): WaveSignal {
  const texts = new Map(notes.map(({ clock, text }) => [clock, text]));
  const data: string[] = [];
  const wave = columns.map((column, at) => {
    const text = column.kind === 'clock' ? texts.get(column.clock) : undefined;
    if (column.kind === 'gap') return '|';
    if (text === undefined) return at === 0 ? 'z' : '.';
    data.push(text);
    return '=';
  });
  return { name: 'source', wave: wave.join(''), data };
}

/** The number of the first clock, and of those behind gaps. */
function clocksOf(columns: readonly DiagramColumn[]): WaveSignal {
  const data: string[] = [];
  const wave = columns.map((column, at) => {
    if (column.kind === 'gap') return '|';
    if (at > 0 && columns[at - 1]?.kind !== 'gap') return '.';
    data.push(String(column.clock));
    return '=';
  });
  return { name: 'clock', wave: wave.join(''), data };
}
