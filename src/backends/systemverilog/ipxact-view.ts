/** View of the IP-XACT description (IEEE 1685-2014): bus interface, registers and memories, ports, files. */
import type { BusProtocol } from '../../ir/chip.js';
import { CLOCK_PORT, controllerPorts, RESET_PORT } from '../../ir/controller-ports.js';
import { busPorts } from '../../ir/bus-ports.js';
import type { LegalModule, MemoryWindow, Register, RegisterField } from '../../ir/legal.js';
import { sourceName } from './comment-text.js';
import { isKept, windowViews } from './register-views.js';

/** Names of a bus that both ends of a design have to agree on, and the logical name of each of our ports. */
interface BusDefinition {
  readonly vendor: string;
  readonly library: string;
  readonly name: string;
  readonly abstraction: string;
  readonly version: string;
  readonly clock: string;
  /** Absent where the bus knows only a reset that is active high. */
  readonly reset?: string;
  /** Logical name of a port of the bus. */
  logical(port: string): string;
}

/** `psel_i` becomes `PSEL`, `wb_cyc_i` with prefix `wb_` becomes `CYC`. */
function capitals(port: string, prefix = ''): string {
  return port
    .slice(prefix.length)
    .replace(/_[io]$/, '')
    .toUpperCase();
}

/** Names of AMBA as Arm publishes them; nobody publishes Wishbone's, which go by the names of its standard. */
const BUS_DEFINITIONS: Readonly<Record<BusProtocol, BusDefinition>> = {
  apb: {
    vendor: 'amba.com',
    library: 'AMBA4',
    name: 'APB4',
    abstraction: 'APB4_rtl',
    version: 'r0p0_0',
    clock: 'PCLK',
    reset: 'PRESETn',
    logical: (port) => (port === 'psel_i' ? 'PSELx' : capitals(port)),
  },
  axi4lite: {
    vendor: 'amba.com',
    library: 'AMBA4',
    name: 'AXI4-Lite',
    abstraction: 'AXI4-Lite_rtl',
    version: 'r0p0_0',
    clock: 'ACLK',
    reset: 'ARESETn',
    logical: capitals,
  },
  wishbone: {
    vendor: 'opencores.org',
    library: 'interface',
    name: 'wishbone',
    abstraction: 'wishbone_rtl',
    version: 'b4',
    clock: 'CLK_I',
    // As the standard of Wishbone names them, from where a slave stands
    logical: (port) => port.slice('wb_'.length).toUpperCase(),
  },
};

/** Kinds of access, in words of the standard. */
const ACCESS = { ro: 'read-only', rw: 'read-write', wo: 'write-only', rw1c: 'read-write' } as const;

interface XmlField {
  readonly name: string;
  readonly description: string;
  readonly lsb: number;
  readonly width: number;
  readonly access: string;
  readonly hasReset: boolean;
  readonly reset: string;
  readonly isCleared: boolean;
}

interface XmlFileSet {
  readonly name: string;
  readonly files: readonly { readonly name: string; readonly fileType: string }[];
}

export interface IpxactView {
  readonly top: string;
  /** Of the specification, so that another controller is another version. */
  readonly version: string;
  readonly description: string;
  readonly busTitle: string;
  readonly busVendor: string;
  readonly busLibrary: string;
  readonly busName: string;
  readonly busAbstraction: string;
  readonly busVersion: string;
  readonly busPorts: readonly { readonly logical: string; readonly physical: string }[];
  readonly registerRange: string;
  readonly registers: readonly {
    readonly name: string;
    readonly description: string;
    readonly offset: string;
    readonly volatile: boolean;
    readonly access: string;
    readonly fields: readonly XmlField[];
  }[];
  readonly windows: readonly {
    readonly name: string;
    readonly description: string;
    readonly base: string;
    readonly range: string;
    readonly access: string;
  }[];
  readonly ports: readonly {
    readonly name: string;
    readonly description: string;
    readonly direction: 'in' | 'out';
    readonly isVector: boolean;
    readonly msb: number;
  }[];
  readonly fileSets: readonly XmlFileSet[];
}

/** Names of the files beside the description, by what they are for. */
export interface FileNames {
  readonly rtl: readonly string[];
  readonly memories: readonly string[];
  readonly software: readonly string[];
}

/** The description of `module`, its registers as in SystemRDL. */
export function ipxactView(module: LegalModule, files: FileNames): IpxactView {
  const { registers, sizes, bus } = module;
  const definition = BUS_DEFINITIONS[bus];
  const last = Math.max(...registers.map(({ offset }) => offset));
  return {
    top: module.name,
    version: module.specHash.toString(16).padStart(8, '0'),
    description: `Pulse controller of a ${String(sizes.rows)} x ${String(sizes.columns)} array, from ${sourceName(module.source)}`,
    busTitle: busPorts(bus).title,
    busVendor: definition.vendor,
    busLibrary: definition.library,
    busName: definition.name,
    busAbstraction: definition.abstraction,
    busVersion: definition.version,
    busPorts: [
      { logical: definition.clock, physical: CLOCK_PORT },
      ...(definition.reset === undefined ? [] : [{ logical: definition.reset, physical: RESET_PORT }]),
      ...busPorts(bus).ports.map(({ name }) => ({ logical: definition.logical(name), physical: name })),
    ],
    registerRange: hexadecimal(2 ** Math.ceil(Math.log2(last + 4))),
    registers: registers.map((register) => ({
      name: register.name,
      description: register.summary + lockText(register),
      offset: hexadecimal(register.offset),
      volatile: register.access === 'rw1c' || register.from === 'hardware',
      access: ACCESS[register.access],
      fields: register.fields.map((field) => fieldView(register, field)),
    })),
    windows: windowViews(module).map(({ name, depth, width, stride, access, window }) => ({
      name,
      description: `${String(depth)} words of ${String(width)} bits, ${String(stride)} bytes apart`,
      base: hexadecimal(window.base),
      range: hexadecimal(bytesOf(window)),
      access: access === 'r' ? ACCESS.ro : ACCESS.rw,
    })),
    ports: controllerPorts(module)
      .flatMap((group) => group.ports)
      .map(({ name, direction, width, summary }) => ({
        name,
        description: summary,
        direction: direction === 'input' ? 'in' : 'out',
        isVector: width > 1,
        msb: width - 1,
      })),
    fileSets: fileSets(module.name, files),
  };
}

function lockText({ lockedWhile }: Register): string {
  return lockedWhile ? ` (locked while ${lockedWhile})` : '';
}

function fieldView(register: Register, { name, summary, lsb, width, reset }: RegisterField): XmlField {
  return {
    name,
    description: summary,
    lsb,
    width,
    access: ACCESS[register.access],
    hasReset: isKept(register),
    reset: hexadecimal(reset),
    isCleared: register.access === 'rw1c',
  };
}

/** Bytes of address space from the first word to behind the last. */
function bytesOf({ depth, laneStride }: MemoryWindow): number {
  return 4 * laneStride * depth;
}

function fileSets(top: string, { rtl, memories, software }: FileNames): readonly XmlFileSet[] {
  const of = (fileType: string) => (name: string) => ({ name, fileType });
  const sets: readonly XmlFileSet[] = [
    { name: 'rtl', files: rtl.map(of('systemVerilogSource')) },
    { name: 'assertions', files: [`${top}_sva.sv`].map(of('systemVerilogSource')) },
    { name: 'constraints', files: [`${top}.sdc`].map(of('SDC')) },
    { name: 'software', files: software.map(of('cSource')) },
    { name: 'contents', files: memories.map(of('unknown')) },
  ];
  // A set without a file is not valid
  return sets.filter(({ files }) => files.length > 0);
}

/** A number as the standard's expressions write it. */
function hexadecimal(value: number): string {
  return `'h${value.toString(16)}`;
}
