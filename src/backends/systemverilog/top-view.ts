/** View of the top module: parameters, wires and connections of the cells. */
import { ceilLog2 } from '../../ir/bit-width.js';
import { busWords } from '../../ir/controller-sizes.js';
import { controllerPorts } from '../../ir/controller-ports.js';
import type { LegalModule, OpFieldName } from '../../ir/legal.js';
import type { WordFormat } from '../../ir/word-format.js';
import { busView } from './bus-view.js';
import { sourceName } from './comment-text.js';
import { converterTexts } from './converter-texts.js';
import { eventTexts } from './event-texts.js';
import {
  assignSignals,
  connectPorts,
  declareParameters,
  declarePorts,
  declareSignals,
  hexLiteral,
  selectBits,
} from './declaration.js';
import { peripheryTexts } from './periphery-texts.js';
import { programModule } from './program-view.js';
import { constantNets, registerSignals } from './register-signals.js';
import { sequencerTexts } from './sequencer-texts.js';
import { planeIndexBits, sideViews } from './side-view.js';
import { windowLines } from './window-lines.js';
import { wiringTexts } from './wiring-texts.js';
import type { Line, TopView } from './views.js';

/** Connections of the register file that do not depend on its registers. */
const REGISTER_BUS = [
  { port: 'ahead_req_i', signal: 'host_req' },
  { port: 'ahead_addr_i', signal: 'host_addr[15:0]' },
  { port: 'req_i', signal: 'reg_req' },
  { port: 'we_i', signal: 'bus_we' },
  { port: 'wdata_i', signal: 'bus_wdata' },
  { port: 'rdata_o', signal: 'reg_rdata' },
  { port: 'error_o', signal: 'reg_error' },
  { port: 'armed_i', signal: 'frozen' },
];

/** The top of `module`. */
export function topView(module: LegalModule): TopView {
  const { sizes, windows, registers } = module;
  const signals = registerSignals(registers);
  const wiring = wiringTexts(module);
  const constants = constantNets(module);
  return {
    source: sourceName(module.source),
    name: module.name,
    rows: sizes.rows,
    columns: sizes.columns,
    clock: `${String(module.clockHz / 1e6)} MHz`,
    facts: factsOf(module),
    portGroups: declarePorts(controllerPorts(module)),
    parameters: declareParameters(parametersOf(module)),
    registerSignals: [
      ...declareSignals([...signals.map(({ net, width }) => ({ name: net, width })), ...constants]),
      ...assignSignals(constants.map(({ name, width, value }) => ({ name, value: hexLiteral(value, width) }))),
    ],
    registerConnections: connectPorts([
      ...REGISTER_BUS,
      { port: 'busy_i', signal: wiring.memoriesBusy },
      ...signals.map(({ name, net }) => ({ port: name, signal: net })),
    ]),
    opFields: [...fieldLines('op', withoutParity(module.opFormat)), ...absentFieldLines(module.opFormat)],
    entryFields: fieldLines('entry', module.entryFormat),
    ...windowLines(module.windows),
    ...sequencerTexts(module),
    ...converterTexts(module, module.blocks),
    ...eventTexts(module, module.blocks),
    ...peripheryTexts(module),
    ...wiring,
    sides: sideViews(module),
    isSerial: module.blocks.serial !== undefined,
    ...busView(module.bus),
    isLoaded: module.isFrozen !== true,
    isFrozen: module.isFrozen === true,
    programModule: programModule(module),
    ...memoryNumbers(module),
    resultDepth: windows.result.depth,
    resultSelectBits: ceilLog2(windows.result.laneStride),
    restClocks: wideRegister(module, 'rest'),
    onTimeLimit: wideRegister(module, 'on_max'),
  };
}

function memoryNumbers({ windows, isFrozen }: LegalModule) {
  const { program, work, result } = windows;
  return {
    programDepth: program.depth,
    programLaneBits: ceilLog2(program.laneStride),
    programAddressBits: ceilLog2(busWords(program)),
    idleWord: isFrozen === true ? `'0` : `bus_addr[${String(2 + ceilLog2(program.laneStride))} +: AddrW]`,
    workDepth: work.depth,
    workLaneBits: ceilLog2(work.laneStride),
    workAddressBits: ceilLog2(busWords(work)),
    resultAddressBits: ceilLog2(busWords(result)),
  };
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
  return [
    { name: 'Rows', value: sizes.rows, summary: 'row lines' },
    { name: 'Columns', value: sizes.columns, summary: 'column lines' },
    { name: 'AddrW', value: sizes.addressBits, summary: 'program address' },
    { name: 'OpBits', value: opFormat.width, summary: 'program word' },
    { name: 'EntryW', value: sizes.entryBits, summary: 'work-list index' },
    { name: 'EntryBits', value: entryFormat.width, summary: 'work-list entry' },
    { name: 'CountW', value: sizes.counterBits, summary: 'loop counters' },
    { name: 'RowW', value: planeIndexBits(sizes.entryRowBits, sizes.rowPlaneBits), summary: 'row or plane index' },
    {
      name: 'ColumnW',
      value: planeIndexBits(sizes.entryColumnBits, sizes.columnPlaneBits),
      summary: 'column or plane index',
    },
    { name: 'EntryRowW', value: sizes.entryRowBits, summary: 'row of an entry' },
    { name: 'EntryColW', value: sizes.entryColumnBits, summary: 'column of an entry' },
    { name: 'LevelW', value: sizes.levelBits, summary: 'level of a line' },
    { name: 'Tiles', value: sizes.tiles, summary: 'tiles in lockstep' },
    { name: 'RowWords', value: sizes.rowPlaneWords, summary: 'memory words of a plane of rows' },
    { name: 'ColWords', value: sizes.columnPlaneWords, summary: 'memory words of a plane of columns' },
    { name: 'RowBits', value: sizes.rowPlaneGroupBits, summary: 'bits of their index' },
    { name: 'ColBits', value: sizes.columnPlaneGroupBits, summary: 'bits of their index' },
    {
      name: 'GroupW',
      value: Math.max(1, sizes.rowPlaneGroupBits, sizes.columnPlaneGroupBits),
      summary: 'the larger as a signal',
    },
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
}

/** The fields that the sequencer is given; who looks at the parity looks at the whole word. */
function withoutParity(format: WordFormat<OpFieldName>): WordFormat<OpFieldName> {
  return { ...format, fields: format.fields.filter(({ name }) => name !== 'parity') };
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

/** Fields that this program's words do without: no plane, and the only tile takes part. */
function absentFieldLines({ fields }: WordFormat<OpFieldName>): readonly Line[] {
  const absent = (['row_plane', 'column_plane', 'tiles'] as const).filter(
    (name) => !fields.some((field) => field.name === name),
  );
  if (absent.length === 0) return [];
  return [
    { text: '' },
    ...declareSignals(absent.map((name) => ({ name: `op_${name}`, width: 1 }))),
    ...assignSignals(absent.map((name) => ({ name: `op_${name}`, value: name === 'tiles' ? "1'b1" : "1'b0" }))),
  ];
}

function wideRegister({ registers }: LegalModule, name: 'rest' | 'on_max'): string {
  const isWide = registers.some((register) => register.name === `${name}_hi`);
  return isWide ? `{${name}_hi, ${name}_lo}` : `${name}_lo`;
}
