/** The wires, drivers and cells of a tile as elements of a netlist. */
import type { Crossbar, CrossbarLines, End, LineDirection } from '../../numerics/crossbar/crossbar.js';
import { endsOf, isNode } from '../../numerics/crossbar/crossbar.js';
import { numberText } from '../../devices/expression-writer.js';

/** A source behind a resistance, at one end of a line. */
export interface LineTerminal {
  /** 0: the source is the line's end itself. */
  readonly ohms: number;
  /** What the source does, in words of SPICE: `DC 0.5`. */
  readonly source: string;
}

/** A tile as a circuit; rows and columns count from 0. */
export interface TileCircuit {
  readonly rows: number;
  readonly columns: number;
  /** Between neighbouring cells [ohm]; 0: a line is one node. */
  readonly ohmsPerCell: Readonly<Record<LineDirection, number>>;
  /** Absent where an end is open. */
  readonly terminal: (direction: LineDirection, line: number, end: End) => LineTerminal | undefined;
  /** The element between two nodes. */
  readonly cell: (row: number, column: number, nodes: string) => string;
}

const LETTER: Readonly<Record<LineDirection, string>> = { row: 'r', column: 'c' };

/** Node of a line at a cell: `r3_1` is row 3 at column 1, `c1_3` column 1 at row 3; `r3` where a line is one node. */
export function lineNode(circuit: TileCircuit, direction: LineDirection, line: number, position: number): string {
  const name = `${LETTER[direction]}${String(line)}`;
  return circuit.ohmsPerCell[direction] === 0 ? name : `${name}_${String(position)}`;
}

/** Name of the source at an end of a line; its current is that out of the line: `Vr3`, `Vc1_far`. */
export function sourceName(direction: LineDirection, line: number, end: End): string {
  return `V${LETTER[direction]}${String(line)}${end === 'near' ? '' : '_far'}`;
}

/** Sources and the resistances between them and their lines. */
export function driverElements(circuit: TileCircuit): readonly string[] {
  return eachLine(circuit).flatMap(({ direction, line, length }) => {
    const near = terminalElements(circuit, { direction, line, end: 'near', position: 0 });
    // Two ideal sources on one node would be a loop without resistance; both have the same voltage
    const isShort = circuit.ohmsPerCell[direction] === 0 && near.length === 1;
    return isShort
      ? near
      : [...near, ...terminalElements(circuit, { direction, line, end: 'far', position: length - 1 })];
  });
}

/** Resistances between neighbouring cells. */
export function wireElements(circuit: TileCircuit): readonly string[] {
  return eachLine(circuit).flatMap(({ direction, line, length }) => {
    const ohms = circuit.ohmsPerCell[direction];
    if (ohms === 0) return [];
    return Array.from({ length: length - 1 }, (_, position) => {
      const [from, to] = [position, position + 1].map((at) => lineNode(circuit, direction, line, at));
      return `R${from ?? ''} ${from ?? ''} ${to ?? ''} ${numberText(ohms)}`;
    });
  });
}

/** All cells, row by row. */
export function cellElements(circuit: TileCircuit): readonly string[] {
  return Array.from({ length: circuit.rows * circuit.columns }, (_, index) => {
    const [row, column] = [Math.floor(index / circuit.columns), index % circuit.columns];
    const nodes = `${lineNode(circuit, 'row', row, column)} ${lineNode(circuit, 'column', column, row)}`;
    return circuit.cell(row, column, nodes);
  });
}

interface LinePlace {
  readonly direction: LineDirection;
  readonly line: number;
  /** Cells on it. */
  readonly length: number;
}

function eachLine({ rows, columns }: TileCircuit): readonly LinePlace[] {
  return [
    ...Array.from({ length: rows }, (_, line) => ({ direction: 'row' as const, line, length: columns })),
    ...Array.from({ length: columns }, (_, line) => ({ direction: 'column' as const, line, length: rows })),
  ];
}

interface TerminalPlace {
  readonly direction: LineDirection;
  readonly line: number;
  readonly end: End;
  readonly position: number;
}

function terminalElements(circuit: TileCircuit, { direction, line, end, position }: TerminalPlace): readonly string[] {
  const terminal = circuit.terminal(direction, line, end);
  if (!terminal) return [];
  const node = lineNode(circuit, direction, line, position);
  const source = sourceName(direction, line, end);
  if (terminal.ohms === 0) return [`${source} ${node} 0 ${terminal.source}`];
  const driver = `d${source.slice(1)}`;
  return [`${source} ${driver} 0 ${terminal.source}`, `R${driver} ${driver} ${node} ${numberText(terminal.ohms)}`];
}

/** An array of our solver as a circuit; `cell` writes its elements: `R0_1 <nodes> 1e6`. */
export function crossbarCircuit(crossbar: Crossbar, cell: TileCircuit['cell']): TileCircuit {
  const linesOf: Readonly<Record<LineDirection, CrossbarLines>> = {
    row: crossbar.rowLines,
    column: crossbar.columnLines,
  };
  const ohmsOf = (lines: CrossbarLines): number => (isNode(lines) ? 0 : lines.ohmsPerCell);
  return {
    rows: crossbar.rows,
    columns: crossbar.columns,
    ohmsPerCell: { row: ohmsOf(crossbar.rowLines), column: ohmsOf(crossbar.columnLines) },
    terminal: (direction, line, end) => {
      const found = endsOf(linesOf[direction]).find(([candidate]) => candidate === end)?.[1];
      const siemens = found?.siemens[line] ?? 0;
      if (siemens === 0) return undefined;
      return { ohms: 1 / siemens, source: `DC ${numberText(found?.volts[line] ?? 0)}` };
    },
    cell,
  };
}
