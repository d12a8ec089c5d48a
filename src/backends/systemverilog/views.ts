/** What each template sees: finished texts, numbers and flags; a template decides nothing. */
import type { ErrorCode } from '../../ir/error-codes.js';
import type { BenchView } from './bench-view.js';
import type { ConverterTexts } from './converter-texts.js';
import type { DriverDataView, DriverView } from './driver-view.js';
import type { EventTexts } from './event-texts.js';
import type { TemplateName } from './hardware-sources.js';
import type { IpxactView } from './ipxact-view.js';
import type { PeripheryTexts } from './periphery-texts.js';
import type { RegistersCodeView, RegistersRdlView } from './register-views.js';
import type { SequencerTexts } from './sequencer-texts.js';
import type { WindowLines } from './window-lines.js';
import type { WiringTexts } from './wiring-texts.js';

/** One finished line of code. */
export interface Line {
  readonly text: string;
}

export interface PortGroupView {
  readonly title: string;
  readonly ports: readonly Line[];
}

/** Which front end stands before the internal bus: exactly one is true. */
export interface BusView {
  readonly isApb: boolean;
  readonly isAxi4Lite: boolean;
  readonly isWishbone: boolean;
}

/** A side whose lines are behind shift registers. */
export interface SerialSideView {
  /** Exactly one is true. */
  readonly hasPins: boolean;
  readonly isSerial: boolean;
  readonly pins: number;
  readonly prefix: string;
  readonly serialMsb: number;
  readonly serialWord: string;
  readonly serialAddress: string;
  readonly serialParameters: readonly Line[];
}

/** One side of the array. */
export interface SideView extends SerialSideView {
  readonly side: 'row' | 'column';
  readonly title: string;
  readonly lines: string;
  /** Lines of tile t in the port. */
  readonly tileLines: string;
  readonly indexBits: number;
  readonly indexMsb: number;
  readonly lanes: number;
  readonly msb: number;
  readonly words: number;
  readonly hasMemory: boolean;
  readonly depth: number;
  readonly depthMsb: number;
  readonly laneBits: number;
  readonly addressBits: number;
  /** What the host's port of the memory is given. */
  readonly request: string;
  readonly write: string;
  readonly address: string;
  readonly data: string;
  readonly hasWords: boolean;
  readonly word: string;
  readonly wordPort: string;
  readonly marks: number;
  readonly up: string;
  readonly down: string;
}

export interface TopView
  extends BusView, WindowLines, SequencerTexts, ConverterTexts, EventTexts, PeripheryTexts, WiringTexts {
  readonly source: string;
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly clock: string;
  readonly facts: readonly Line[];
  readonly portGroups: readonly PortGroupView[];
  readonly parameters: readonly Line[];
  readonly registerSignals: readonly Line[];
  readonly registerConnections: readonly Line[];
  readonly opFields: readonly Line[];
  readonly entryFields: readonly Line[];
  readonly sides: readonly SideView[];
  readonly isSerial: boolean;
  /** Whether the host fills the program's memory, or the chip has it in `programModule`. */
  readonly isLoaded: boolean;
  readonly isFrozen: boolean;
  readonly programModule: string;
  readonly programDepth: number;
  readonly programLaneBits: number;
  readonly programAddressBits: number;
  /** Word of the program that the bus names. */
  readonly idleWord: string;
  readonly workDepth: number;
  readonly workLaneBits: number;
  readonly workAddressBits: number;
  readonly resultDepth: number;
  readonly resultSelectBits: number;
  readonly resultAddressBits: number;
  readonly restClocks: string;
  readonly onTimeLimit: string;
}

export interface RegsView {
  readonly source: string;
  readonly top: string;
  readonly name: string;
  readonly portGroups: readonly PortGroupView[];
  readonly addresses: readonly Line[];
  /** A flop for each register: declaration, reset, next state. */
  readonly hits: readonly Line[];
  readonly clearedHits: readonly Line[];
  readonly takenHits: readonly Line[];
  readonly strobes: readonly Line[];
  /** Terms of three sums over the flops: data of a read, any register, a register that may not be written. */
  readonly reads: readonly Line[];
  readonly known: readonly Line[];
  readonly refused: readonly Line[];
  readonly kept: readonly {
    readonly name: string;
    readonly width: number;
    readonly msb: number;
    readonly reset: string;
    readonly condition: string;
  }[];
}

export interface AssertionsView extends BusView {
  /** Whether lines have pins, or are behind shift registers. */
  readonly hasPins: boolean;
  readonly isSerial: boolean;
  readonly source: string;
  readonly top: string;
  readonly name: string;
  readonly ports: readonly Line[];
  readonly connections: readonly Line[];
}

/** One row of a table of bits. */
export interface BitsRow {
  readonly bits: string;
  readonly name: string;
  readonly meaning: string;
}

export interface RegistersDocumentView {
  readonly source: string;
  readonly top: string;
  readonly rows: readonly (BitsRow & { readonly address: string; readonly access: string; readonly reset: string })[];
  readonly windows: readonly {
    readonly base: string;
    readonly name: string;
    readonly depth: number;
    readonly width: number;
    readonly stride: number;
  }[];
  readonly errors: readonly ErrorCode[];
  readonly isFrozen: boolean;
  readonly start: number;
  readonly startWithoutWork: number;
  /** Whether data sets come with the controller, or with a run. */
  readonly hasData: boolean;
  readonly isWithoutData: boolean;
  readonly dataSets: readonly {
    readonly index: number;
    readonly start: number;
    readonly entries: number;
    readonly resultSteps: number;
  }[];
  readonly shares: number;
  readonly hasTiles: boolean;
  readonly converters: number;
  readonly opFields: readonly BitsRow[];
  readonly entryFields: readonly BitsRow[];
}

export interface ListingView {
  readonly source: string;
  readonly top: string;
  readonly entry: number;
  readonly entryWithoutWork: number;
  readonly lines: readonly Line[];
}

/** One voltage of the rails: what the analog board must provide for these codes. */
export interface RailRow {
  readonly railSet: number;
  readonly name: string;
  readonly polarity: number;
  readonly side: string;
  readonly level: number;
  readonly code: number;
  readonly volts: number;
}

export interface RailsView {
  readonly rows: readonly RailRow[];
}

/** A program as a module of its own. */
export interface ProgramView {
  readonly source: string;
  readonly top: string;
  readonly name: string;
  readonly addressMsb: number;
  readonly wordMsb: number;
  /** Items of a `case` statement over the address. */
  readonly words: readonly Line[];
}

/** A FuseSoC core: names of files beside it. */
export interface CoreView {
  readonly source: string;
  readonly top: string;
  readonly vlnv: string;
  readonly rows: number;
  readonly columns: number;
  readonly specHash: string;
  readonly sources: readonly Line[];
  readonly contents: readonly Line[];
}

/** Timing at the ports [ns]; lines are commands. */
export interface ConstraintsView {
  readonly source: string;
  readonly top: string;
  readonly period: string;
  readonly outsidePercent: number;
  readonly asynchronous: readonly Line[];
  readonly inputs: readonly Line[];
  readonly outputs: readonly Line[];
  readonly observation: readonly Line[];
}

export interface Views extends Record<TemplateName, object> {
  readonly 'top.sv': TopView;
  readonly 'program.sv': ProgramView;
  readonly 'regs.sv': RegsView;
  readonly 'assertions.sv': AssertionsView;
  readonly 'registers.md': RegistersDocumentView;
  readonly 'registers.rdl': RegistersRdlView;
  readonly 'registers.h': RegistersCodeView;
  readonly 'registers.ts': RegistersCodeView;
  readonly 'listing.txt': ListingView;
  readonly 'rails.csv': RailsView;
  readonly 'fusesoc.core': CoreView;
  readonly 'constraints.sdc': ConstraintsView;
  readonly 'ipxact.xml': IpxactView;
  readonly 'bench.sv': BenchView;
  readonly 'driver.h': DriverView;
  readonly 'driver.c': DriverView;
  readonly 'driver_data.c': DriverDataView;
}
