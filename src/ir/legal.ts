/**
 * Phase `legal`: final names, widths, memory contents and addresses; printing decides nothing.
 * The RTL back end prints a `LegalModule`, the host driver loads it, `interpretLegal` executes it.
 */
import type { Span } from '../core/span.js';
import type { ControllerBlocks } from './blocks/controller-blocks.js';
import type { BusProtocol, TunedRegister } from './chip.js';
import type { RailSet } from './mapped.js';
import type { ConverterScan } from './scheduled.js';
import type { WordFormat } from './word-format.js';

export interface LegalModule {
  readonly phase: 'legal';
  /** Name of the top module: a legal SystemVerilog identifier. */
  readonly name: string;
  /** File that the design was compiled from, as the user gave it. */
  readonly source: string;
  /**
   * Low 32 bits of the SHA-256 of everything that fixes the hardware and its program, data sets excepted:
   * one chip takes any data set, and a host can refuse a chip that it was not compiled for.
   */
  readonly specHash: number;
  readonly clockHz: number;
  /** How the host speaks to it. */
  readonly bus: BusProtocol;
  readonly sizes: ControllerSizes;
  readonly blocks: ControllerBlocks;
  readonly scan: ConverterScan;
  /** What the codes of lines, rail set and polarity mean in volts; index is the rail-set code. */
  readonly railSets: readonly RailSet[];
  readonly limits: ControllerLimits;
  readonly opFormat: WordFormat<OpFieldName>;
  readonly entryFormat: WordFormat<EntryFieldName>;
  readonly program: LegalProgram;
  /** Whether the program is a read-only memory of the chip; see passes/freeze.ts. */
  readonly isFrozen?: true;
  readonly windows: MemoryWindows;
  readonly registers: readonly Register[];
  /** Constants of the hardware that would be registers if the source did not say `const`. */
  readonly constants?: readonly TunedRegister[];
  readonly dataSets: readonly LegalDataSet[];
}

/** Sizes that become parameters of the hardware cells. */
export interface ControllerSizes {
  readonly rows: number;
  readonly columns: number;
  readonly rowBits: number;
  /** Bits of a column index. */
  readonly columnBits: number;
  /** Bits of an entry's row and column fields: a line index or a plane index. */
  readonly entryRowBits: number;
  readonly entryColumnBits: number;
  /** Bits of a line's level, 1 to 3. */
  readonly levelBits: number;
  readonly railBits: number;
  readonly addressBits: number;
  readonly counterBits: number;
  /** Loop counters whose last turn is the last entry of the work list, one bit each. */
  readonly entryLoops: number;
  /** Loop counters whose last turn is a register, one bit each; where the program sets it, it is none. */
  readonly countedLoops: number;
  /** Bits of a work-list index. */
  readonly entryBits: number;
  readonly magnitudeBits: number;
  readonly tickExponent: number;
  readonly dwellBits: number;
  readonly onTimeBits: number;
  /** Bits of the converter scan's settle and time-out counter. */
  readonly scanBits: number;
  readonly muxBits: number;
  /** Bits of the plane number in a program word: a plane, an age in ticks, or a direction of marks; 0 for none. */
  readonly rowPlaneBits: number;
  readonly columnPlaneBits: number;
  /** Lines that one word of a plane holds, words of a plane (0: no planes), and address bits of a word. */
  readonly rowPlaneLanes: number;
  readonly rowPlaneWords: number;
  readonly rowPlaneGroupBits: number;
  readonly columnPlaneLanes: number;
  readonly columnPlaneWords: number;
  readonly columnPlaneGroupBits: number;
  /** Whether a segment of the program selects random planes, spike planes, marked lines. */
  readonly hasRandom: boolean;
  readonly hasSpikes: boolean;
  readonly hasMarks: boolean;
  /** Conditions that the program looks at and units that it tells, a bit for each code. */
  readonly conditions: number;
  readonly units: number;
  /** Whether the program sets the limits of loops. */
  readonly hasSet: boolean;
  /** Tiles in lockstep. */
  readonly tiles: number;
}

/** Reset values of the run-time registers; times in clocks. */
export interface ControllerLimits {
  readonly restClocks: number;
  /** Longest pulse that the guard lets pass. */
  readonly onTimeClocks: number;
  /** Longest wait for a converter's answer. */
  readonly answerClocks: number;
  /** Last value of each loop counter that is not set by the program and does not follow the work list. */
  readonly loopLasts: readonly number[];
  /** Planes that a random selection draws from. */
  readonly randomPlanes: number;
}

/** Fields of a program word; `dwell` means something else in words that are no segments. */
export type OpFieldName =
  | 'kind'
  | 'end'
  | 'next'
  | 'entry'
  | 'row'
  | 'row_plane'
  | 'row_level'
  | 'column'
  | 'column_plane'
  | 'column_level'
  | 'rail'
  | 'polarity'
  | 'fires'
  | 'hold'
  | 'samples'
  | 'rest'
  | 'timed'
  | 'tiles'
  | 'dwell'
  | 'parity';

export type EntryFieldName = 'column' | 'row' | 'magnitude' | 'negative' | 'last';

/** 32-bit words, least significant first: how a wide word passes the bus and a process border. */
export type Lanes = readonly number[];

export interface LegalProgram {
  /** Word 0 is address 0; unused addresses hold zero, which is `stop`. */
  readonly words: readonly Lanes[];
  /** One line for each word. */
  readonly listing: readonly ListingLine[];
  /** Where execution starts, and where it starts for a data set without entries. */
  readonly entry: number;
  readonly entryWithoutWork: number;
}

export interface ListingLine {
  readonly address: number;
  /** The operation in words of the listing's language. */
  readonly text: string;
  /** Absent for `stop`. */
  readonly origin?: Span;
}

/** Where a memory lies in the address space and how its words are cut. */
export interface MemoryWindow {
  /** First byte address. */
  readonly base: number;
  readonly depth: number;
  /** Bits of a word. */
  readonly width: number;
  /** Bus words of one memory word, and their distance from word to word, a power of two. */
  readonly lanes: number;
  readonly laneStride: number;
}

/** Depth 0, lanes 0 for a memory that a controller lacks. */
export interface MemoryWindows {
  readonly program: MemoryWindow;
  /** Codes that verify scans compare with. */
  readonly target: MemoryWindow;
  readonly work: MemoryWindow;
  readonly columnPlane: MemoryWindow;
  readonly rowPlane: MemoryWindow;
  /** Codes of one conversion step side by side, one bus word each. */
  readonly result: MemoryWindow;
  readonly accumulator: MemoryWindow;
  readonly transfer: MemoryWindow;
  /** Updates that become the work list. */
  readonly update: MemoryWindow;
  readonly wear: MemoryWindow;
  /** Codes of the rails, and from half of it on their limits. */
  readonly rail: MemoryWindow;
}

/**
 * `ro`: read only; `rw`: kept until written; `wo`: a write is a command, nothing is kept; `rw1c`: set by hardware,
 * cleared by writing ones.
 */
export type RegisterAccess = 'ro' | 'rw' | 'wo' | 'rw1c';

export interface Register {
  readonly name: RegisterName;
  /** Byte address. */
  readonly offset: number;
  readonly access: RegisterAccess;
  readonly summary: string;
  /** While this holds, a write is refused with a bus error. */
  readonly lockedWhile?: 'busy' | 'armed';
  /** Where a `ro` value comes from: a constant of the design, or the hardware. */
  readonly from?: 'constant' | 'hardware';
  /** Whether reading it makes the hardware freeze a value that belongs with it. */
  readonly freezesOnRead?: true;
  readonly fields: readonly RegisterField[];
}

/** A lower-case identifier; blocks bring registers of their own. */
export type RegisterName = string;

export interface RegisterField {
  readonly name: string;
  readonly lsb: number;
  readonly width: number;
  /** Value after reset, and for a constant its value (unsigned). */
  readonly reset: number;
  readonly summary: string;
}

export interface LegalDataSet {
  readonly name: string;
  /** Address at which the program starts for this data set. */
  readonly entry: number;
  readonly entries: readonly Lanes[];
  /** Words of the plane memories in order of address; planes start at multiples of a power of two. */
  readonly rowPlanes: readonly Lanes[];
  readonly columnPlanes: readonly Lanes[];
  /** What the target memory holds: address of a bus word in its window, and the word. */
  readonly targets: readonly { readonly word: number; readonly value: number }[];
  /** Conversion steps that a run stores. */
  readonly resultSteps: number;
  readonly origin: Span;
}
