/** The signals of a recorded run: what the controller says of itself, and every line, converter and cell that it drives. */
import type { LegalModule } from '../../ir/legal.js';
import type { Cell } from './cell-range.js';
import type { WaveSignal } from './wave-record.js';

/** Indices of signals by what they mean. */
export interface WaveIds {
  readonly run: Readonly<Record<RunSignal, number>>;
  /** Of every tile. */
  readonly tiles: readonly TileIds[];
  /** Codes by converter. */
  readonly codes: readonly number[];
  /** Conductances of the watched cells, in their order. */
  readonly cells: readonly number[];
}

export interface TileIds {
  readonly rows: SideIds;
  readonly columns: SideIds;
}

/** By line. */
export interface SideIds {
  readonly levels: readonly number[];
  readonly volts: readonly number[];
}

const RUN_SIGNALS = [
  'running',
  'fire',
  'polarity',
  'rail',
  'convert',
  'share',
  'address',
  'listing_line',
  'source_line',
  'data_set',
] as const;
export type RunSignal = (typeof RUN_SIGNALS)[number];

/** Bits of line numbers and of the number of a data set. */
const NUMBER_BITS = 32;

export interface WaveSignals {
  readonly signals: readonly WaveSignal[];
  readonly ids: WaveIds;
}

/** Signals of the controller `legal` on an array whose conductances are recorded for `cells`. */
export function waveSignals(legal: LegalModule, cells: readonly Cell[]): WaveSignals {
  const { name: top, sizes, scan } = legal;
  const signals: WaveSignal[] = [];
  const add = (scopes: readonly string[], name: string, width?: number): number =>
    signals.push({ scopes: [top, ...scopes], name, kind: width === undefined ? 'real' : 'bits', width: width ?? 64 }) -
    1;
  const addLines = (tile: string, side: 'row' | 'column'): SideIds => {
    const lines = Array.from({ length: side === 'row' ? sizes.rows : sizes.columns }, (_, line) => String(line));
    const scopes = [tile, `${side}s`];
    return {
      levels: lines.map((line) => add(scopes, `${side}${line}`, sizes.levelBits)),
      volts: lines.map((line) => add(scopes, `${side}${line}_volts`)),
    };
  };
  const widths = runWidths(legal);
  const run = Object.fromEntries(RUN_SIGNALS.map((name) => [name, add([], name, widths[name])]));
  const codes = Array.from({ length: scan.converters }, (_, each) =>
    add(['converters'], `code${String(each)}`, scan.bits),
  );
  const tiles = Array.from({ length: sizes.tiles }, (_, index): TileIds => {
    const tile = tileName(index);
    return { rows: addLines(tile, 'row'), columns: addLines(tile, 'column') };
  });
  const ofCells = cells.map(({ row, column }) =>
    add([tileName(0), 'cells'], `siemens_${String(row)}_${String(column)}`),
  );
  // The keys are exactly those of the list
  return { signals, ids: { run: run as Record<RunSignal, number>, tiles, codes, cells: ofCells } };
}

function tileName(index: number): string {
  return `tile${String(index)}`;
}

function runWidths({ sizes }: LegalModule): Readonly<Record<RunSignal, number>> {
  return {
    running: 1,
    fire: 1,
    polarity: 1,
    rail: sizes.railBits,
    convert: 1,
    share: Math.max(1, sizes.muxBits),
    address: sizes.addressBits,
    listing_line: NUMBER_BITS,
    source_line: NUMBER_BITS,
    data_set: NUMBER_BITS,
  };
}
