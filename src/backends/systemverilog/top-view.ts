/** View of the top module: parameters, wires and connections of the cells. */
import { ceilLog2 } from '../../ir/bit-width.js';
import { busWords } from '../../ir/controller-sizes.js';
import { controllerPorts } from '../../ir/controller-ports.js';
import type { LegalModule, MemoryWindow } from '../../ir/legal.js';
import type { WordFormat } from '../../ir/word-format.js';
import { busView } from './bus-view.js';
import { sourceName } from './comment-text.js';
import {
  assignSignals,
  connectPorts,
  declareParameters,
  declarePorts,
  declareSignals,
  selectBits,
} from './declaration.js';
import { registerSignals } from './register-signals.js';
import type { Line, TopView } from './views.js';

/** Connections of the register file that do not depend on its registers. */
const REGISTER_BUS = [
  { port: 'req_i', signal: 'reg_req' },
  { port: 'we_i', signal: 'bus_we' },
  { port: 'addr_i', signal: 'bus_addr[15:0]' },
  { port: 'wdata_i', signal: 'bus_wdata' },
  { port: 'rdata_o', signal: 'reg_rdata' },
  { port: 'error_o', signal: 'reg_error' },
  { port: 'busy_i', signal: 'busy' },
  { port: 'armed_i', signal: 'armed' },
];

/** The top of `module`. */
export function topView(module: LegalModule): TopView {
  const { sizes, windows, registers } = module;
  const signals = registerSignals(registers);
  return {
    source: sourceName(module.source),
    name: module.name,
    rows: sizes.rows,
    columns: sizes.columns,
    clock: `${String(module.clockHz / 1e6)} MHz`,
    facts: factsOf(module),
    portGroups: declarePorts(controllerPorts(module)),
    parameters: declareParameters(parametersOf(module)),
    registerSignals: declareSignals(signals.map(({ net, width }) => ({ name: net, width }))),
    registerConnections: connectPorts([
      ...REGISTER_BUS,
      ...signals.map(({ name, net }) => ({ port: name, signal: net })),
    ]),
    opFields: fieldLines('op', module.opFormat),
    entryFields: fieldLines('entry', module.entryFormat),
    ...busView(module.bus),
    ...memoryNumbers(module),
    resultDepth: windows.result.depth,
    resultSelectBits: ceilLog2(windows.result.laneStride),
    restClocks: wideRegister(module, 'rest'),
    onTimeLimit: wideRegister(module, 'on_max'),
    hasPlanes: sizes.planeWords > 0,
    withoutPlanes: sizes.planeWords === 0,
  };
}

function memoryNumbers({ windows }: LegalModule) {
  const { program, work, plane, result } = windows;
  return {
    planeMemories: plane.depth > 0 ? 1 : 0,
    programDepth: program.depth,
    programLaneBits: laneBits(program),
    programAddressBits: ceilLog2(busWords(program)),
    workDepth: work.depth,
    workLaneBits: laneBits(work),
    workAddressBits: ceilLog2(busWords(work)),
    planeLaneBits: laneBits(plane),
    planeAddressBits: ceilLog2(busWords(plane)),
    resultAddressBits: ceilLog2(busWords(result)),
  };
}

function laneBits({ laneStride }: MemoryWindow): number {
  return ceilLog2(laneStride);
}

function factsOf({ sizes, limits, scan }: LegalModule): readonly Line[] {
  const { converters, shares, bits } = scan;
  return [
    { text: `${String(converters)} converters of ${String(bits)} bits, ${String(shares)} columns each.` },
    { text: `Dwell of a work-list entry: magnitude x ${String(2 ** sizes.tickExponent)} clocks, exact;` },
    { text: `REST of ${String(limits.restClocks)} clocks; no clock lies between segments.` },
  ];
}

function parametersOf({ sizes, scan, opFormat, entryFormat }: LegalModule) {
  const always = [
    { name: 'Rows', value: sizes.rows, summary: 'row lines' },
    { name: 'Columns', value: sizes.columns, summary: 'column lines' },
    { name: 'AddrW', value: sizes.addressBits, summary: 'program address' },
    { name: 'OpBits', value: opFormat.width, summary: 'program word' },
    { name: 'EntryW', value: sizes.entryBits, summary: 'work-list index' },
    { name: 'EntryBits', value: entryFormat.width, summary: 'work-list entry' },
    { name: 'CountW', value: sizes.counterBits, summary: 'loop counters' },
    { name: 'RowW', value: sizes.rowBits, summary: 'row index' },
    { name: 'ColumnW', value: sizes.entryColumnBits, summary: 'column or plane index' },
    { name: 'RailW', value: sizes.railBits, summary: 'rail set' },
    { name: 'MagnitudeW', value: sizes.magnitudeBits, summary: 'magnitude of an entry' },
    { name: 'TickExp', value: sizes.tickExponent, summary: 'log2 of the clocks of a tick' },
    { name: 'DwellW', value: sizes.dwellBits, summary: 'dwell and rest' },
    { name: 'OnTimeW', value: sizes.onTimeBits, summary: 'on-time limit' },
    { name: 'Converters', value: scan.converters, summary: 'column converters' },
    { name: 'Shares', value: scan.shares, summary: 'columns of a converter' },
    { name: 'Bits', value: scan.bits, summary: 'bits of a code' },
    { name: 'MuxW', value: sizes.muxBits, summary: 'column of a converter' },
    { name: 'ScanW', value: sizes.scanBits, summary: 'settling and answer limit' },
  ];
  if (sizes.planeWords === 0) return always;
  return [
    ...always,
    { name: 'LineW', value: sizes.columnBits, summary: 'column index' },
    { name: 'PlaneLanes', value: sizes.planeLanes, summary: 'columns in a plane word' },
    { name: 'PlaneWords', value: sizes.planeWords, summary: 'words of a plane' },
    { name: 'GroupBits', value: sizes.planeGroupBits, summary: 'address bits of a word in its plane' },
    { name: 'GroupW', value: Math.max(1, sizes.planeGroupBits), summary: 'the same as a signal' },
    { name: 'PlaneAddrW', value: sizes.entryColumnBits + sizes.planeGroupBits, summary: 'plane memory' },
  ];
}

/** Declarations of the fields of a word, then their assignments from `<prefix>_word`. */
function fieldLines(prefix: string, format: WordFormat<string>): readonly Line[] {
  const nameOf = (field: { readonly name: string }): string => `${prefix}_${field.name}`;
  return [
    ...declareSignals(format.fields.map((field) => ({ name: nameOf(field), width: field.width }))),
    { text: '' },
    ...assignSignals(
      format.fields.map((field) => ({
        name: nameOf(field),
        value: format.width === 1 ? `${prefix}_word` : selectBits(`${prefix}_word`, field.lsb, field.width),
      })),
    ),
  ];
}

function wideRegister({ registers }: LegalModule, name: 'rest' | 'on_max'): string {
  const isWide = registers.some((register) => register.name === `${name}_hi`);
  return isWide ? `{${name}_hi, ${name}_lo}` : `${name}_lo`;
}
