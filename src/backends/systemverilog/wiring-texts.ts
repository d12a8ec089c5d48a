/** How the blocks of a controller are joined to sequencer, monitor and time warp; what is absent is tied. */
import { aerAddressBits } from '../../ir/blocks/aer.js';
import { looksAtCompliance } from '../../ir/blocks/block-ports.js';
import type { LegalModule } from '../../ir/legal.js';
import { CONDITION_CODE, SAMPLE_CODE, type Condition } from '../../ir/microcode.js';
import type { SampleMode } from '../../ir/scheduled.js';
import { ceilLog2 } from '../../ir/bit-width.js';
import { assignSignals, declareSignals, joinSignals } from './declaration.js';
import { monitorTexts, told, type MonitorTexts } from './monitor-texts.js';
import { planeIndexBits } from './side-view.js';
import type { Line } from './views.js';

export interface WiringTexts extends CodeTexts, MonitorTexts {
  /** `condition`, bit by bit. */
  readonly conditions: readonly Line[];
  /** Whether the program waits for something outside. */
  readonly waitsOutside: boolean;
  readonly goWrite: string;
  readonly compliancePin: string;
  readonly quiet: readonly Line[];
  readonly unitCount: number;
  readonly unitLeft: readonly Line[];
  /** Who else uses the memories' ports of the host. */
  readonly sumRequest: string;
  readonly sumAddress: string;
  readonly workRequest: string;
  readonly workWrite: string;
  readonly workAddress: string;
  readonly workData: string;
  readonly memoriesBusy: string;
  /** Declarations of what is used before the part that drives it. */
  readonly sharedNets: readonly Line[];
  readonly hasSaturation: boolean;
  readonly saturation: string;
}

/** Conditions over the codes of program words: a unit is told, a condition is used up, a scan is of a kind. */
export interface CodeTexts {
  readonly toldAccumulators: string;
  readonly toldTurn: string;
  readonly toldField: string;
  readonly toldNeuron: string;
  readonly toldRails: string;
  readonly hostTaken: string;
  readonly tickTaken: string;
  readonly spikeTaken: string;
  readonly scanStores: string;
  readonly scanTransfers: string;
  readonly scanVerifies: string;
}

function taken(condition: Condition): string {
  return `condition_take[${String(CONDITION_CODE[condition])}]`;
}

function scansFor(mode: SampleMode): string {
  return `scan_mode[2:0] == 3'd${String(SAMPLE_CODE[mode])}`;
}

/** The same for every controller. */
export const CODE_TEXTS: CodeTexts = {
  toldAccumulators: told('accumulators'),
  toldTurn: told('turn'),
  toldField: told('field'),
  toldNeuron: told('neuron'),
  toldRails: told('rails'),
  hostTaken: taken('host'),
  tickTaken: taken('tick'),
  spikeTaken: taken('spike'),
  scanStores: scansFor('store'),
  scanTransfers: scansFor('transfer'),
  scanVerifies: scansFor('verify'),
};

/** Texts for the blocks of `module`. */
export function wiringTexts(module: LegalModule): WiringTexts {
  return {
    ...conditionTexts(module),
    ...monitorTexts(module),
    ...warpTexts(module),
    ...memoryTexts(module),
    ...CODE_TEXTS,
    sharedNets: sharedNets(module),
  };
}

/** What follows a code of `CONDITION_CODE` in this controller. */
function conditionSignals(module: LegalModule): ReadonlyMap<Condition, string> {
  const { spikes, verify, transfer, neuron, turn, rails, field, wear } = module.blocks;
  const signals: readonly (readonly [Condition, string, unknown])[] = [
    ['always', "1'b1", true],
    ['tick', 'tick_pending', spikes],
    ['host', 'host_go', waitsForHost(module)],
    ['field', 'field_ok', field],
    ['rails', 'rails_settled', rails],
    ['verified', 'marks_empty', verify ?? transfer],
    ['spike', 'spike_pending', spikes],
    ['compliance', 'compliance', looksAtCompliance(module.sizes)],
    ['neuron', 'neuron_idle', neuron],
    ['turn', 'turn_idle', turn],
    ['wear', 'wear_ok', wear],
  ];
  return new Map(
    signals.flatMap(([name, signal, isThere]) => (isThere === undefined || isThere === false ? [] : [[name, signal]])),
  );
}

function waitsForHost({ sizes }: LegalModule): boolean {
  return (sizes.conditions >> CONDITION_CODE.host) % 2 === 1;
}

function conditionTexts(module: LegalModule) {
  const signals = conditionSignals(module);
  const names = new Map([...signals].map(([name, signal]) => [CONDITION_CODE[name], signal]));
  return {
    conditions: conditionLines(names),
    waitsOutside: waitsForHost(module) || looksAtCompliance(module.sizes),
    goWrite: waitsForHost(module) ? 'host_go_we' : "1'b0",
    compliancePin: looksAtCompliance(module.sizes) ? 'compliance_i' : "1'b0",
  };
}

/** One assignment of all bits, those above the highest signal as one zero. */
function conditionLines(signals: ReadonlyMap<number, string>): readonly Line[] {
  const highest = Math.max(...signals.keys());
  if (highest === 0) return assignSignals([{ name: 'condition', value: "16'h0001" }]);
  const bits = Array.from({ length: highest + 1 }, (_, code) => signals.get(code) ?? "1'b0").reverse();
  return joinSignals('assign condition = {', [`${String(CONDITION_BITS - highest - 1)}'h0`, ...bits]);
}

const CONDITION_BITS = 16;

function warpTexts(module: LegalModule) {
  const { spikes, rails, field } = module.blocks;
  // A counter that stands tells 0: it limits nothing
  const counting = (left: string): string => `((${left} == '0) ? {48{1'b1}} : 48'(${left}))`;
  const left = [
    ...(spikes ? ['tick_left'] : []),
    ...(rails ? [counting('rail_left')] : []),
    ...(field ? [counting('field_left')] : []),
  ];
  return {
    quiet: joinSignals('assign all_quiet = &{', quietSignals(module)),
    unitCount: Math.max(1, left.length),
    unitLeft: joinSignals('assign unit_left = {', left.length === 0 ? ["{48{1'b1}}"] : left),
  };
}

/** What must be high where nothing but counters moves. */
function quietSignals(module: LegalModule): readonly string[] {
  const { accumulate, rounding, spikes, neuron, turn, rails, field, wear } = module.blocks;
  const signals: readonly (readonly [string, unknown])[] = [
    ['quiet', true],
    // A fault ends the run in the clock after it
    ['~abort', true],
    ['words_quiet', module.isFrozen !== true],
    ['sums_quiet', accumulate],
    ['~update_busy', rounding],
    ['spikes_quiet', spikes],
    ['(&aer_quiet)', spikes],
    ['neuron_idle', neuron],
    ['turn_idle', turn],
    ['rail_quiet', rails],
    ['field_quiet', field],
    ['wear_quiet', wear],
    ['pins_quiet', waitsForHost(module) || looksAtCompliance(module.sizes)],
  ];
  return signals.flatMap(([signal, isThere]) => (isThere === undefined || isThere === false ? [] : [signal]));
}

function sharedNets({ blocks, sizes, scan, entryFormat }: LegalModule): readonly Line[] {
  const { spikes, neuron, turn, rounding, serial } = blocks;
  const sumBits = sizes.muxBits + ceilLog2(scan.converters);
  return declareSignals([
    { name: 'abort', width: 1 },
    { name: 'clear', width: 1 },
    { name: 'frozen', width: 1 },
    { name: 'blocked', width: 1 },
    ...(serial
      ? [
          { name: 'lines_ready', width: 1 },
          { name: 'first_re', width: 1 },
          { name: 'row_first_addr', width: planeIndexBits(sizes.entryRowBits, sizes.rowPlaneBits) },
          { name: 'column_first_addr', width: planeIndexBits(sizes.entryColumnBits, sizes.columnPlaneBits) },
        ]
      : []),
    ...(spikes
      ? [
          { name: 'tick_index', width: ceilLog2(spikes.planes) },
          { name: 'event_valid', width: 1 },
          { name: 'event_addr', width: aerAddressBits(sizes) },
          { name: 'event_ready', width: 1 },
        ]
      : []),
    ...(neuron
      ? [
          { name: 'neuron_re', width: 1 },
          { name: 'neuron_addr', width: sumBits },
        ]
      : []),
    ...(turn
      ? [
          { name: 'value_re', width: 1 },
          { name: 'value_addr', width: sizes.columnBits },
        ]
      : []),
    ...(rounding
      ? [
          { name: 'update_busy', width: 1 },
          { name: 'list_we', width: 1 },
          { name: 'list_addr', width: sizes.entryBits },
          { name: 'list_entry', width: entryFormat.width },
        ]
      : []),
  ]);
}

function memoryTexts({ blocks }: LegalModule) {
  const { accumulate, transfer, neuron, rounding } = blocks;
  return {
    sumRequest: neuron ? 'accumulator_req | neuron_re' : 'accumulator_req',
    sumAddress: neuron ? 'neuron_re ? neuron_addr : ' : '',
    workRequest: rounding ? 'work_req | list_we' : 'work_req',
    workWrite: rounding ? 'bus_we | list_we' : 'bus_we',
    workAddress: rounding ? 'list_we ? list_addr : ' : '',
    workData: rounding ? "list_we ? 32'(list_entry) : " : '',
    memoriesBusy: rounding ? 'busy | update_busy' : 'busy',
    hasSaturation: accumulate !== undefined || transfer !== undefined,
    saturation: `{30'h0, ${transfer ? 'transfer_saturated' : "1'b0"}, ${accumulate ? 'sum_saturated' : "1'b0"}}`,
  };
}
