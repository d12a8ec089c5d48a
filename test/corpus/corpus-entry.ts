/** One mode of the controller as a program that runs: small enough to be read clock by clock. */
import { PLAIN_BLOCKS, type ControllerBlocks } from '../../src/ir/blocks/controller-blocks.js';
import { closeLoops } from '../../src/ir/close-loops.js';
import type { RailSet } from '../../src/ir/mapped.js';
import type { ModeProgram } from '../../src/ir/modes/mode-program.js';
import type { ConverterScan, DataSet, PulseProgram } from '../../src/ir/scheduled.js';
import { mappedFixture, ORIGIN } from '../support/mapped-fixture.js';
import type { SurroundingsPlan } from './surroundings.js';

/** What a mode of the corpus is called, why it is there, and what runs. */
export interface CorpusEntry {
  /** Unique, in words of a heading. */
  readonly title: string;
  /** One or two sentences for the manual. */
  readonly summary: string;
  readonly program: PulseProgram;
  readonly mode: ModeProgram;
  readonly plan: SurroundingsPlan;
  /** What the controller needs beside sequencer, lines, scan and guard. */
  readonly blocks: readonly CorpusBlock[];
  /** What its rail sets are for, by code. */
  readonly rails: readonly string[];
  /** Clocks of the timing diagram, of the first data set. */
  readonly diagram: { readonly from: number; readonly clocks: number };
}

export type CorpusBlock = 'accumulate' | 'verify' | 'transfer' | 'spikes' | 'field' | 'compliance' | 'random';

/** Rail sets of the corpus by code. */
export const RAILS = { idle: 0, write: 1, read: 2, bias: 3 } as const;

/** What they are for by code, unless an entry says something else. */
const RAIL_NAMES: readonly string[] = ['idle', 'write', 'read', 'bias'];

/** Its converters. */
export const SCAN: ConverterScan = {
  converters: 2,
  shares: 2,
  bits: 6,
  minAmperes: 0,
  maxAmperes: 1e-6,
  settleClocks: 1,
  conversionClocks: 1,
};

/** The array of most entries. */
export const ARRAY = { rows: 4, columns: 4, origin: ORIGIN } as const;

/** How its entries with a verify read and write. */
export const VERIFY = {
  ...ARRAY,
  readRailSet: RAILS.read,
  writeRailSet: RAILS.write,
  integrateClocks: 2,
} as const;

/** What an entry says; the rest follows. */
export type EntryParts = Omit<CorpusEntry, 'program' | 'plan' | 'blocks' | 'rails' | 'diagram'> &
  Partial<Pick<CorpusEntry, 'plan' | 'blocks' | 'rails' | 'diagram'>> & {
    readonly program?: Partial<PulseProgram>;
  };

/** The mode on a controller of 4 x 4 lines with two converters that take two columns each. */
export function corpusEntry(parts: EntryParts): CorpusEntry {
  const { mode, plan = {}, blocks = [] } = parts;
  return {
    plan,
    blocks,
    rails: RAIL_NAMES,
    diagram: { from: 0, clocks: 96 },
    ...parts,
    program: {
      name: 'Corpus',
      origin: ORIGIN,
      clockHz: 1e6,
      rows: ARRAY.rows,
      columns: ARRAY.columns,
      railSets: railSets(),
      tickExponent: 0,
      magnitudeBits: 8,
      restClocks: 2,
      tiles: 1,
      randomPlanes: mode.randomPlanes ?? 0,
      scan: SCAN,
      blocks: blocksOf(plan, blocks),
      dataSets: mode.dataSets.map((dataSet) => withTargets(dataSet, plan)),
      ...parts.program,
      operations: closeLoops(mode.operations),
    },
  };
}

/** The hardware that the surroundings belong to. */
function blocksOf(
  { verify, transfer, ticks, field }: SurroundingsPlan,
  blocks: readonly CorpusBlock[],
): ControllerBlocks {
  return {
    ...PLAIN_BLOCKS,
    ...(blocks.includes('accumulate') && { accumulate: { resultBits: 16, offset: 0 } }),
    ...(verify && { verify: { tolerance: verify.tolerance } }),
    ...(transfer && { transfer: { sumBits: transfer.sumBits, zero: transfer.zero, threshold: transfer.threshold } }),
    ...(ticks && { spikes: { planes: 8, tickClocks: ticks.clocks, refractoryTicks: 0, tickBits: 16 } }),
    ...(field && { field }),
  };
}

function withTargets(dataSet: DataSet, { verify }: SurroundingsPlan): DataSet {
  if (!verify) return dataSet;
  const cells = Array.from({ length: ARRAY.rows * ARRAY.columns }, (_, cell) => cell);
  const target = (cell: number) => verify.target(Math.floor(cell / ARRAY.columns), cell % ARRAY.columns) ?? null;
  return { ...dataSet, targetCodes: cells.map(target) };
}

function railSets(): readonly RailSet[] {
  const sets = mappedFixture({ images: [[[0]]] }).railSets;
  const [, , read] = sets;
  if (!read) throw new Error('the fixture has a rail set for reading');
  return [...sets, read];
}
