/** View of one side of the array: its plane memory and its line drivers. */
import { ceilLog2 } from '../../ir/bit-width.js';
import { cornerTurnGroupBits } from '../../ir/blocks/corner-turn.js';
import { serialParameters, serialSide } from '../../ir/blocks/line-serial.js';
import { busWords } from '../../ir/controller-sizes.js';
import type { LegalModule, MemoryWindow } from '../../ir/legal.js';
import { connectPorts } from './declaration.js';
import type { SerialSideView, SideView } from './views.js';

/** What pins need. */
type ParallelSide = Omit<SideView, keyof SerialSideView>;

interface SideShape {
  readonly side: SideView['side'];
  readonly title: string;
  readonly lines: string;
  readonly port: string;
  readonly indexBits: number;
  readonly lanes: number;
  readonly words: number;
  readonly window: MemoryWindow;
  readonly hasSpikes: boolean;
  /** Whether the corner turn writes planes, too. */
  readonly turns: boolean;
  readonly turnGroupBits: number;
  readonly marks: boolean;
  /** Bits of the side's port. */
  readonly width: number;
}

/** Bits of an index that names a line or a plane. */
export function planeIndexBits(entryBits: number, planeBits: number): number {
  return Math.max(entryBits, planeBits);
}

/** Rows, then columns. */
export function sideViews(module: LegalModule): readonly SideView[] {
  return parallelSides(module).map((view) => ({ ...view, ...serialTexts(module, view) }));
}

/** What a board of shift registers is told where there are no pins. */
function serialTexts({ sizes, blocks: { serial } }: LegalModule, { side, lines, hasWords, word }: ParallelSide) {
  const groupBits = side === 'row' ? sizes.rowPlaneGroupBits : sizes.columnPlaneGroupBits;
  const config = { ...serialSide(sizes, side, serial ?? { pins: 1, divider: 2 }), groupBits };
  const groups = groupBits > 0;
  // Sizes that the top has a name for
  const shared: Readonly<Record<string, string>> = { Lines: lines, GroupW: 'GroupW', LevelW: 'LevelW' };
  const first = groups ? `{${side}_first_addr, ${String(groupBits)}'d0}` : `${side}_first_addr`;
  const next = groups ? `{${side}_index, ${side}_group[${String(groupBits - 1)}:0]}` : `${side}_index`;
  return {
    hasPins: serial === undefined,
    isSerial: serial !== undefined,
    pins: config.pins,
    prefix: side === 'row' ? 'row' : 'col',
    serialMsb: config.lanes - 1,
    serialWord: hasWords ? word : "'0",
    serialAddress: `first_re ? ${first} : ${next}`,
    serialParameters: connectPorts(
      serialParameters(config).map(({ port, signal }) => ({ port, signal: shared[port] ?? signal })),
    ),
  };
}

function parallelSides({ sizes, windows, blocks }: LegalModule): readonly ParallelSide[] {
  return [
    sideView({
      side: 'row',
      title: 'Rows',
      lines: 'Rows',
      port: 'row_o',
      indexBits: sizes.rowBits,
      lanes: sizes.rowPlaneLanes,
      words: sizes.rowPlaneWords,
      window: windows.rowPlane,
      hasSpikes: sizes.hasSpikes,
      turns: blocks.turn !== undefined,
      turnGroupBits: cornerTurnGroupBits(sizes),
      marks: false,
      width: sizes.rows * sizes.levelBits * sizes.tiles,
    }),
    sideView({
      side: 'column',
      title: 'Columns',
      lines: 'Columns',
      port: 'col_o',
      indexBits: sizes.columnBits,
      lanes: sizes.columnPlaneLanes,
      words: sizes.columnPlaneWords,
      window: windows.columnPlane,
      hasSpikes: sizes.hasSpikes,
      turns: false,
      turnGroupBits: 0,
      marks: sizes.hasMarks,
      width: sizes.columns * sizes.levelBits * sizes.tiles,
    }),
  ];
}

function sideView({ window, marks, hasSpikes, turns, turnGroupBits, width, port, ...shape }: SideShape): ParallelSide {
  const { side, words, indexBits } = shape;
  const lanes = words > 0 ? shape.lanes : 1;
  const hasMemory = window.depth > 0;
  const depthBits = ceilLog2(Math.max(2, window.depth));
  return {
    ...shape,
    lanes,
    msb: lanes - 1,
    indexMsb: indexBits - 1,
    // A port of one bit has no parts.
    tileLines: width === 1 ? port : `${port}[t*${shape.lines}*LevelW +: ${shape.lines}*LevelW]`,
    hasMemory,
    depth: window.depth,
    depthMsb: depthBits - 1,
    laneBits: hasMemory ? ceilLog2(window.laneStride) : 0,
    addressBits: hasMemory ? ceilLog2(busWords(window)) : 0,
    ...portTexts(side, turns && turnGroupBits > 0, turns),
    hasWords: words > 0,
    word: wordOf(side, hasMemory, hasSpikes),
    wordPort: words > 0 ? `${side}_word` : "1'b0",
    marks: Number(marks),
    up: marks ? 'marks_up' : `{${shape.lines}{1'b0}}`,
    down: marks ? 'marks_down' : `{${shape.lines}{1'b0}}`,
  };
}

/** The corner turn writes while a program runs, when the host is refused. */
function portTexts(
  side: SideView['side'],
  hasGroups: boolean,
  turns: boolean,
): Pick<SideView, 'request' | 'write' | 'address' | 'data'> {
  const request = `${side}_plane_req`;
  if (!turns) return { request, write: 'bus_we', address: '', data: '' };
  return {
    request: `${request} | turn_we`,
    write: 'bus_we | turn_we',
    address: hasGroups ? 'turn_we ? {turn_plane, turn_group} : ' : 'turn_we ? turn_plane : ',
    data: "turn_we ? 32'(turn_word) : ",
  };
}

/** The memory that answers: planes that the host wrote, or planes of spikes. */
function wordOf(side: SideView['side'], hasMemory: boolean, hasSpikes: boolean): string {
  if (!hasSpikes) return `${side}_plane_word`;
  if (!hasMemory) return `${side}_spike_word`;
  return `(${side}_kind == 3'd4) ? ${side}_spike_word : ${side}_plane_word`;
}
