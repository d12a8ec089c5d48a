/** Views of the texts that accompany the RTL: assertions, register document, program listing. */
import type { BusProtocol } from '../../ir/chip.js';
import { labelOf } from '../../ir/assembly/print.js';
import { controllerPorts } from '../../ir/controller-ports.js';
import { ERROR_CODES } from '../../ir/error-codes.js';
import type { LegalModule, MemoryWindow, Register, RegisterField } from '../../ir/legal.js';
import type { SideLevels } from '../../ir/mapped.js';
import type { WordFormat } from '../../ir/word-format.js';
import { busView } from './bus-view.js';
import { placeOf, sourceName } from './comment-text.js';
import { connectPorts, declarePorts, type DeclaredPort } from './declaration.js';
import { snakeCase } from './register-views.js';
import { raisedFaults, silentInterrupts } from './monitor-texts.js';
import type { AssertionsView, BitsRow, ListingView, RailsView, RegistersDocumentView } from './views.js';

/** Ports of the top that its properties speak of, those of the bus apart. */
const OBSERVED = new Set([
  'clk_i',
  'rst_ni',
  'row_o',
  'col_o',
  'row_latch_o',
  'row_rest_o',
  'col_latch_o',
  'col_rest_o',
  'rail_o',
  'pol_o',
  'fire_o',
  'drv_en_o',
  'adc_mux_o',
  'adc_conv_o',
  'estop_ni',
  'ocp_i',
  'line_event_o',
  'idle_o',
]);

/** Ports of each bus that its properties speak of. */
const OBSERVED_OF_BUS: Readonly<Record<BusProtocol, readonly string[]>> = {
  apb: ['psel_i', 'penable_i', 'pready_o'],
  axi4lite: ['bvalid_o', 'bready_i', 'bresp_o', 'rvalid_o', 'rready_i', 'rdata_o', 'rresp_o'],
  wishbone: ['wb_cyc_i', 'wb_stb_i', 'wb_ack_o', 'wb_err_o'],
};

/** Properties at the ports of `module`. */
export function assertionsView(module: LegalModule): AssertionsView {
  const bus = busView(module.bus);
  const busNames = OBSERVED_OF_BUS[module.bus];
  const ports: readonly DeclaredPort[] = controllerPorts(module)
    .flatMap((group) => group.ports)
    .filter(({ name }) => OBSERVED.has(name) || busNames.includes(name))
    .map(({ name, width }) => ({ name, width, direction: 'input' }));
  return {
    source: sourceName(module.source),
    top: module.name,
    name: `${module.name}_sva`,
    ...bus,
    hasPins: module.blocks.serial === undefined,
    isSerial: module.blocks.serial !== undefined,
    ports: declarePorts([{ title: '', ports }]).flatMap((group) => group.ports),
    connections: connectPorts(ports.map(({ name }) => ({ port: name, signal: name }))),
  };
}

/** Register map, memories and word formats of `module`. */
export function registersDocumentView(module: LegalModule): RegistersDocumentView {
  const raised = raisedFaults(module);
  const silent = silentInterrupts(module);
  const isListed = ({ name }: Register, field: RegisterField): boolean =>
    !name.startsWith('intr_') || !silent.has(field.name);
  return {
    source: sourceName(module.source),
    top: module.name,
    rows: module.registers.flatMap((register) =>
      register.fields.filter((field) => isListed(register, field)).map((field) => registerRow(register, field)),
    ),
    windows: Object.entries<MemoryWindow>({ ...module.windows })
      .filter(([, window]) => window.depth > 0)
      .map(([name, { base, depth, width, laneStride }]) => ({
        base: hex(base, 5),
        name: snakeCase(name),
        depth,
        width,
        stride: 4 * laneStride,
      })),
    errors: ERROR_CODES.filter(({ code }) => code === 0 || raised.has(code)),
    isFrozen: module.isFrozen === true,
    start: module.program.entry,
    startWithoutWork: module.program.entryWithoutWork,
    dataSets: module.dataSets.map(({ entry, entries, resultSteps }, index) => ({
      index,
      start: entry,
      entries: entries.length,
      resultSteps,
    })),
    hasData: module.dataSets.length > 0,
    isWithoutData: module.dataSets.length === 0,
    shares: module.scan.shares,
    converters: module.scan.converters,
    hasTiles: module.sizes.tiles > 1,
    opFields: bitsRows(module.opFormat),
    entryFields: bitsRows(module.entryFormat),
  };
}

function registerRow(register: Register, field: RegisterField): RegistersDocumentView['rows'][number] {
  const isWhole = register.fields.length === 1;
  const lock = register.lockedWhile ? ` (locked while ${register.lockedWhile})` : '';
  return {
    address: hex(register.offset, 3),
    name: isWhole ? register.name : `${register.name}.${field.name}`,
    access: register.access,
    bits: bitsText(field),
    reset: register.access === 'wo' ? '-' : hex(field.reset, 1),
    meaning: (isWhole ? register.summary : field.summary) + lock,
  };
}

function bitsRows(format: WordFormat<string>): readonly BitsRow[] {
  return format.fields.map((field) => ({ bits: bitsText(field), name: field.name, meaning: field.summary }));
}

function bitsText({ lsb, width }: { readonly lsb: number; readonly width: number }): string {
  return width === 1 ? String(lsb) : `${String(lsb + width - 1)}:${String(lsb)}`;
}

function hex(value: number, digits: number): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

/** The program of `module` in assembly language, one line a word, with the place that each word came from. */
export function listingView(module: LegalModule): ListingView {
  const { listing, words, entry, entryWithoutWork } = module.program;
  const width = Math.ceil(module.opFormat.width / 4);
  const labelWidth = labelOf(words.length).length + 1;
  return {
    source: sourceName(module.source),
    top: module.name,
    entry,
    entryWithoutWork,
    lines: listing.map(({ address, text, origin }) => {
      const word = `0x${hexWord(words[address] ?? [], width)}`;
      return {
        text: `${`${labelOf(address)}:`.padEnd(labelWidth)} ${text}  ; ${origin ? `${word} ${placeOf(origin)}` : word}`,
      };
    }),
  };
}

/** Voltages of all rail sets of `module`, one row for each combination of codes. */
export function railsView({ railSets }: LegalModule): RailsView {
  return {
    rows: railSets.flatMap(({ name, positive, negative }, railSet) =>
      [positive, negative].flatMap((lines, polarity) =>
        Object.entries(lines).flatMap(([side, { rest, select, more = [] }]: [string, SideLevels]) =>
          [rest, select, ...more].map(({ code, volts }, level) => ({
            railSet,
            name,
            polarity,
            side,
            level,
            code,
            volts,
          })),
        ),
      ),
    ),
  };
}

/** A word of lanes in hexadecimal digits. */
export function hexWord(lanes: readonly number[], digits: number): string {
  const text = lanes.map((lane) => lane.toString(16).padStart(8, '0')).reverse();
  return text.join('').slice(-digits).padStart(digits, '0');
}
