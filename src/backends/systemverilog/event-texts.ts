/** What the top's template prints of spikes, neurons and the corner turn; absent parts print nothing. */
import { ceilLog2 } from '../../ir/bit-width.js';
import { aerAddressBits, aerParameters } from '../../ir/blocks/aer.js';
import type { ControllerBlocks } from '../../ir/blocks/controller-blocks.js';
import { cornerTurnGroupBits, cornerTurnParameters } from '../../ir/blocks/corner-turn.js';
import { NEURON_KIND_BIT, neuronParameters, type NeuronConfig, type NeuronKindBit } from '../../ir/blocks/neuron.js';
import { EVENT_BUFFER_DEPTH, spikeParameters, type SpikeConfig } from '../../ir/blocks/spikes.js';
import type { LegalModule } from '../../ir/legal.js';
import { connectPorts } from './declaration.js';
import type { Line } from './views.js';

export interface EventTexts {
  readonly hasSpikes: boolean;
  readonly eventBits: number;
  readonly eventMsb: number;
  readonly eventDepth: number;
  readonly aerParameters: readonly Line[];
  readonly sentSpike: string;
  readonly sentAddress: string;
  readonly tickBits: number;
  readonly tickMsb: number;
  readonly planeMsb: number;
  readonly spikeRowMsb: number;
  readonly spikeColumnMsb: number;
  readonly spikeParameters: readonly Line[];
  readonly returnedSpike: string;
  readonly returnedLine: string;
  readonly rowAddress: string;
  readonly columnAddress: string;
  readonly hasNeurons: boolean;
  readonly neuronParameters: readonly Line[];
  readonly neuronRectifies: string;
  readonly neuronSubtracts: string;
  readonly sumAddressMsb: number;
  readonly sumMsb: number;
  readonly lineMsb: number;
  readonly activationMsb: number;
  readonly valueRead: string;
  readonly valueAddress: string;
  readonly turnsCorners: boolean;
  readonly cornerTurnParameters: readonly Line[];
  readonly turnPlaneMsb: number;
  readonly turnGroupMsb: number;
  readonly turnLaneMsb: number;
  readonly turnFirst: string;
  /** Whether a plane is one bus word. */
  readonly turnsWholePlanes: boolean;
}

type Wired = Pick<LegalModule, 'sizes' | 'scan'>;
type EventBlocks = Pick<ControllerBlocks, 'spikes' | 'neuron' | 'turn'>;

/** Texts of the `blocks` that a controller of these sizes has. */
export function eventTexts(module: Wired, blocks: EventBlocks): EventTexts {
  return {
    ...aerTexts(module, blocks),
    ...spikeTexts(module, blocks),
    ...neuronTexts(module, blocks),
    ...cornerTurnTexts(module, blocks),
  };
}

/** A bit of the register that says what neurons do. */
function kindBit(name: NeuronKindBit): string {
  return `neuron_kind[${String(NEURON_KIND_BIT[name])}]`;
}

function aerTexts({ sizes }: Wired, { neuron }: EventBlocks) {
  const bits = aerAddressBits(sizes);
  return {
    eventBits: bits,
    eventMsb: bits - 1,
    eventDepth: EVENT_BUFFER_DEPTH,
    aerParameters: connectPorts(aerParameters(sizes)),
    sentSpike: neuron ? `neuron_spike & ${kindBit('sends')}` : "1'b0",
    sentAddress: neuron ? `{1'b1, ${String(bits - 1)}'(neuron_line)}` : `${String(bits)}'h0`,
  };
}

function spikeTexts({ sizes }: Wired, { spikes, neuron }: EventBlocks) {
  const { planes, tickBits }: Pick<SpikeConfig, 'planes' | 'tickBits'> = spikes ?? { planes: 4, tickBits: 1 };
  const planeBits = ceilLog2(planes);
  const address = (side: string, groupBits: number): string => `${String(planeBits + groupBits)}'(${side}_plane_addr)`;
  return {
    hasSpikes: spikes !== undefined,
    tickBits,
    tickMsb: tickBits - 1,
    planeMsb: planeBits - 1,
    spikeRowMsb: sizes.rowPlaneLanes - 1,
    spikeColumnMsb: sizes.columnPlaneLanes - 1,
    spikeParameters: connectPorts(spikes ? spikeParameters(sizes, spikes) : []),
    returnedSpike: neuron ? `neuron_spike & ${kindBit('returns')}` : "1'b0",
    returnedLine: neuron ? 'neuron_line' : `${String(sizes.columnBits)}'h0`,
    rowAddress: address('row', sizes.rowPlaneGroupBits),
    columnAddress: address('column', sizes.columnPlaneGroupBits),
  };
}

function neuronTexts({ sizes, scan }: Wired, { neuron, turn }: EventBlocks) {
  const widths: Pick<NeuronConfig, 'accumulatorBits' | 'activationBits'> = neuron ?? {
    accumulatorBits: 1,
    activationBits: 1,
  };
  return {
    hasNeurons: neuron !== undefined,
    neuronRectifies: kindBit('rectifies'),
    neuronSubtracts: kindBit('subtracts'),
    neuronParameters: connectPorts(neuron ? neuronParameters(sizes, neuron, scan) : []),
    sumAddressMsb: sizes.muxBits + ceilLog2(scan.converters) - 1,
    sumMsb: widths.accumulatorBits - 1,
    lineMsb: sizes.columnBits - 1,
    activationMsb: widths.activationBits - 1,
    valueRead: turn ? 'value_re' : "1'b0",
    valueAddress: turn ? 'value_addr' : `${String(sizes.columnBits)}'h0`,
  };
}

function cornerTurnTexts({ sizes }: Wired, { neuron, turn }: EventBlocks) {
  const planeBits = Math.max(1, sizes.rowPlaneBits);
  return {
    turnsCorners: turn !== undefined,
    cornerTurnParameters: connectPorts(turn && neuron ? cornerTurnParameters(sizes, neuron.activationBits) : []),
    turnPlaneMsb: planeBits - 1,
    turnGroupMsb: Math.max(1, cornerTurnGroupBits(sizes)) - 1,
    turnLaneMsb: Math.min(sizes.rowPlaneLanes, 32) - 1,
    turnsWholePlanes: cornerTurnGroupBits(sizes) === 0,
    turnFirst: `${String(planeBits)}'(command_argument)`,
  };
}
