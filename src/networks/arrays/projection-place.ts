/** A projection on the tiles of its chip, in figures: sizes, what pulses do and cost, how long reading takes. */
import { createCell } from '../../devices/advance.js';
import type { DeviceModel } from '../../devices/device-model.js';
import { windowOf } from '../../ir/encoding-window.js';
import { INPUT_BITS } from '../../ir/input-bits.js';
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import type { RealizationNote } from '../../ir/study-result.js';
import { synapseMatrix, vectorsOfSample } from '../../ir/synapse-matrix.js';
import { countParts } from '../../ir/tile-parts.js';
import { CellField, serialLines } from './cell-field.js';
import { weightStepOf } from './create-trains.js';
import { directPulses, readVoltsOn, tilePulses } from './pulse-volts.js';
import { choiceOf, settingOf } from './realization.js';
import { nominalStep, stepInverse, tickOf } from './step-inverse.js';
import { WeightCells } from './weight-cells.js';

export type Figures = RealizationNote['figures'];

/** Cells over which the spread of a change is measured. */
const MEASURED = 2048;

/** Deviations that count as the worst. */
const WORST = 3;

/** A projection on the tiles of its chip. */
export class ProjectionPlace {
  readonly device: DeviceModel;
  readonly cells: WeightCells;
  readonly #network: MappedNetwork;
  readonly #projection: MappedProjection;
  /** Vectors that a sample sends through the array: one, or one for each place of a window. */
  readonly vectors: number;

  constructor(network: MappedNetwork, projection: MappedProjection, device: DeviceModel) {
    const { encoding, learning } = projection;
    const levels = settingOf(learning, 'levels');
    const size = synapseMatrix(projection, network.populations);
    const window = windowOf(encoding, device);
    this.#network = network;
    this.#projection = projection;
    this.device = device;
    this.cells = new WeightCells({ ...size, encoding, window, ...(levels !== undefined && { levels }) });
    this.vectors = vectorsOfSample(projection, network.populations);
  }

  size(): Figures {
    const { rows, cellColumns, scale, window, step } = this.cells;
    return [
      { name: 'cells', value: rows * cellColumns, unit: '1' },
      { name: 'tiles', value: countParts(this.#projection.parts), unit: '1' },
      { name: 'largest weight', value: (this.cells.isDifferential ? window.high - window.low : window.high) / scale, unit: '1' }, // prettier-ignore
      ...(step > 0 ? [{ name: 'step of a weight', value: step / scale, unit: '1' }] : []),
    ];
  }

  /** Pulses of one step each. */
  pulses(): Figures {
    const { chip } = this.#network;
    const { window, step } = this.cells;
    const device = this.device;
    const volts = tilePulses(device, chip.tile);
    const middle = (window.low + window.high) / 2;
    const change = step > 0 ? step : (window.high - window.low) / 100;
    const seconds = stepInverse(device, window, volts)(middle, middle + change, 0);
    const cell = createCell(device, window);
    const half = cell.advance(middle, volts.up.rowOnly, seconds) - middle;
    // A row and polarity take as long as one of their pulses, for all steps are alike
    const isByRow = choiceOf(this.#projection.learning, 'by') === 'rows';
    const rounds = isByRow ? 2 * this.#rowsOfTile() : this.cellsOfTile();
    const attempts = settingOf(this.#projection.learning, 'attempts') ?? 1;
    return [
      { name: 'pulse of a step', value: seconds, unit: 's' },
      { name: 'tick of a pulse', value: tickOf(device, chip), unit: 's' },
      { name: 'error of a change, a deviation', value: this.#deviation(seconds, change), unit: '1' },
      { name: 'worst error of a change', value: this.#worst(seconds, change), unit: '1' },
      { name: 'change of half-selected cells by that of the selected one', value: half / change, unit: '1' },
      { name: 'pulses an update at most', value: attempts * this.count, unit: '1' },
      { name: 'time an update at most, all tiles at once', value: attempts * rounds * (seconds + chip.tile.settleSeconds), unit: 's' }, // prettier-ignore
      { name: 'energy of a pulse', value: cell.energyOf(middle, volts.up.both, seconds), unit: 'J' },
      { name: 'energy of a step of all cells', value: this.count * cell.energyOf(middle, volts.up.both, seconds), unit: 'J' }, // prettier-ignore
    ];
  }

  /** Nominal pulses: what one does, in cells as they are and along the window. */
  steps(): Figures {
    const { seconds } = this.device.pulse;
    const nominal = this.#nominalStep();
    const deviation = this.#deviation(seconds, nominal);
    const bend = this.#bend(nominal);
    return [
      { name: 'change of a weight by a pulse', value: weightStepOf(this.device, this.cells), unit: '1' },
      { name: 'error of a pulse, a deviation', value: deviation, unit: '1' },
      { name: 'error of a pulse at the ends of the window', value: bend, unit: '1' },
      { name: 'worst error of a pulse', value: WORST * deviation + bend, unit: '1' },
    ];
  }

  /** A nominal pulse and the rest behind it [s]. */
  get slotSeconds(): number {
    return this.device.pulse.seconds + this.#network.chip.tile.settleSeconds;
  }

  /** A sample through the array, forward. */
  reading(): Figures {
    const { adc, settleSeconds } = this.#network.chip.tile;
    const planes = this.vectors * INPUT_BITS;
    const scan = settleSeconds + adc.sharedBy * (adc.settleSeconds + adc.conversionSeconds);
    const volts = readVoltsOn(this.device, this.#network.chip.tile);
    return [
      { name: 'vectors of a sample', value: this.vectors, unit: '1' },
      { name: 'time to read a sample at most, all tiles at once', value: planes * scan, unit: 's' },
      { name: 'conversions of a sample at most', value: planes * this.#conversions(), unit: '1' },
      { name: 'least bit of a converter by a cell', value: (adc.maxAmperes - adc.minAmperes) / 2 ** adc.bits / volts / this.cells.window.high, unit: '1' }, // prettier-ignore
    ];
  }

  /** Cells that hold weights. */
  get count(): number {
    return this.cells.rows * this.cells.cellColumns;
  }

  /** Cells of the fullest tile. */
  cellsOfTile(): number {
    const perWeight = this.cells.cellColumns / this.cells.columns;
    return Math.max(...this.#projection.parts.map(({ rows, columns }) => rows.count * columns.count * perWeight));
  }

  #rowsOfTile(): number {
    return Math.max(...this.#projection.parts.map(({ rows }) => rows.count));
  }

  #conversions(): number {
    const perWeight = this.cells.cellColumns / this.cells.columns;
    const columns = this.#projection.parts.map((part) => part.columns.count * countParts([part]));
    return columns.reduce((sum, count) => sum + count * perWeight, 0);
  }

  /** Of the change that a pulse makes, over devices and pulses, relative to it: measured on cells of one seed. */
  #deviation(seconds: number, change: number): number {
    const { window } = this.cells;
    const { without } = this.#network.study;
    const device = this.device;
    const field = new CellField({
      ...{ device, window, without, rows: 1, columns: MEASURED, seed: 1, volts: directPulses(device) },
    });
    const middle = (window.low + window.high) / 2;
    field.conductance.fill(middle);
    field.pulse({ seconds: new Float64Array(MEASURED).fill(seconds), lines: serialLines(1, MEASURED) });
    const squares = field.conductance.reduce((sum, siemens) => sum + ((siemens - middle) / change - 1) ** 2, 0);
    return Math.sqrt(squares / MEASURED);
  }

  #nominalStep(): number {
    const { window } = this.cells;
    return nominalStep(this.device, window, (window.low + window.high) / 2);
  }

  /** How far steps at the ends of the window are from the nominal one, relative to it, whichever way they go. */
  #bend(nominal: number): number {
    const { window } = this.cells;
    const cell = createCell(this.device, window);
    const { volts, seconds } = this.device.pulse;
    const errors = [window.low, window.high].flatMap((end) =>
      [1, -1].map((sign) => Math.abs((sign * (cell.advance(end, sign * volts, seconds) - end)) / nominal - 1)),
    );
    return Math.max(...errors);
  }

  #worst(seconds: number, change: number): number {
    const rounding = tickOf(this.device, this.#network.chip) / 2 / seconds;
    return WORST * this.#deviation(seconds, change) + rounding;
  }
}
