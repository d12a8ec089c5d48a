/**
 * Phase `legal`: final names, widths, memory contents and addresses; printing decides nothing.
 * The RTL back end prints a `LegalModule`, the host driver loads it, `interpretLegal` executes it.
 */
import type { Span } from '../core/span.js';
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
  readonly sizes: ControllerSizes;
  readonly scan: ConverterScan;
  /** What the codes of lines, rail set and polarity mean in volts; index is the rail-set code. */
  readonly railSets: readonly RailSet[];
  readonly limits: ControllerLimits;
  readonly opFormat: WordFormat<OpFieldName>;
  readonly entryFormat: WordFormat<EntryFieldName>;
  readonly program: LegalProgram;
  readonly windows: MemoryWindows;
  readonly registers: readonly Register[];
  readonly dataSets: readonly LegalDataSet[];
}

/** Sizes that become parameters of the hardware cells. */
export interface ControllerSizes {
  readonly rows: number;
  readonly columns: number;
  readonly rowBits: number;
  /** Bits of a column index. */
  readonly columnBits: number;
  /** Bits of an entry's column field: a column index or a plane index. */
  readonly entryColumnBits: number;
  readonly railBits: number;
  readonly addressBits: number;
  readonly counterBits: number;
  /** Bits of a work-list index. */
  readonly entryBits: number;
  readonly magnitudeBits: number;
  readonly tickExponent: number;
  readonly dwellBits: number;
  readonly onTimeBits: number;
  /** Bits of the converter scan's settle and time-out counter. */
  readonly scanBits: number;
  readonly muxBits: number;
  /** Lines that one word of the plane memory holds, words of a plane (0: no planes), and address bits of a word. */
  readonly planeLanes: number;
  readonly planeWords: number;
  readonly planeGroupBits: number;
}

/** Reset values of the run-time registers [clocks]. */
export interface ControllerLimits {
  readonly restClocks: number;
  /** Longest pulse that the guard lets pass. */
  readonly onTimeClocks: number;
  /** Longest wait for a converter's answer. */
  readonly answerClocks: number;
}

/** Fields of a program word; `loop0` is the outermost loop. */
export type OpFieldName =
  | 'segment'
  | 'row'
  | 'column'
  | 'rail'
  | 'fires'
  | 'samples'
  | 'rest'
  | 'timed'
  | 'dwell'
  | 'next'
  | `loop${0 | 1 | 2}_${'end' | 'entries' | 'last' | 'back'}`;

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

export interface MemoryWindows {
  readonly program: MemoryWindow;
  readonly work: MemoryWindow;
  /** Depth 0, lanes 0 where no segment selects a plane. */
  readonly plane: MemoryWindow;
  /** Codes of one conversion step side by side, one bus word each. */
  readonly result: MemoryWindow;
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

export type RegisterName =
  | 'id'
  | 'cap_lines'
  | 'cap_converters'
  | 'spec_hash'
  | 'ctrl'
  | 'status'
  | 'arm'
  | 'abort'
  | 'intr_state'
  | 'intr_enable'
  | 'intr_test'
  | 'err_code'
  | 'cmd'
  | 'limit'
  | 'time_lo'
  | 'time_hi'
  | 'underrun'
  | 'pulses'
  | 'on_max_lo'
  | 'on_max_hi'
  | 'rest_lo'
  | 'rest_hi'
  | 'adc_settle'
  | 'adc_limit';

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
  /** Words of the plane memory in order of address; planes start at multiples of a power of two. */
  readonly planes: readonly Lanes[];
  /** Conversion steps that a run stores. */
  readonly resultSteps: number;
  readonly origin: Span;
}
