/** How rules that write cells from samples are carried out on the tiles of a chip, in sentences and figures. */
import { createCell } from '../../devices/advance.js';
import type { DeviceModel } from '../../devices/device-model.js';
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import type { RealizationNote } from '../../ir/study-result.js';
import { synapseMatrix } from '../../ir/synapse-matrix.js';
import { INPUT_BITS } from './device-array.js';
import { CellField, fieldObstacle, serialLines } from './cell-field.js';
import { weightStepOf } from './outer-product-update.js';
import { directPulses, readVoltsOn, tilePulses } from './pulse-volts.js';
import { realizationOf, settingOf } from './realization.js';
import { nominalStep, stepInverse, tickOf } from './step-inverse.js';
import { WeightCells, windowOf } from './weight-cells.js';

type Figures = RealizationNote['figures'];

/** The note on a projection whose cells follow the voltage; undefined for other rules and devices. */
export function programmingNote(network: MappedNetwork, projection: MappedProjection): RealizationNote | undefined {
  const { device, learning, name, origin } = projection;
  const method = realizationOf(learning);
  const isWritten = method === 'programming' || method === 'outerProduct' || method === 'host';
  if (!device || !isWritten || fieldObstacle(device) !== undefined) return undefined;
  const place = new ProjectionPlace(network, projection, device);
  const rule = learning[0]?.rule;
  return {
    ...{ projection: name, rule: rule?.name ?? '', method },
    summary: method === 'outerProduct' ? TRAIN_SENTENCES : place.sentences(),
    figures: [...place.size(), ...(method === 'outerProduct' ? place.trains() : place.pulses()), ...place.reading()],
    origin: rule?.realization.origin ?? origin,
  };
}

const TRAIN_SENTENCES = [
  'In each slot of a sample rows and columns fire at random, in proportion to inputs and errors; a cell gets a pulse where both do.',
  'Before errors go back, the host reads the array row by row.',
];

/** Cells over which the spread of a change is measured. */
const MEASURED = 2048;

/** Deviations that count as the worst. */
const WORST = 3;

/** A projection on its tiles. */
class ProjectionPlace {
  readonly #network: MappedNetwork;
  readonly #projection: MappedProjection;
  readonly #device: DeviceModel;
  readonly #cells: WeightCells;
  /** Vectors that a sample sends through the array: one, or one for each place of a window. */
  readonly #vectors: number;

  constructor(network: MappedNetwork, projection: MappedProjection, device: DeviceModel) {
    const { encoding, learning, connectivity, to } = projection;
    const levels = settingOf(learning, 'levels');
    const size = synapseMatrix(projection, network.populations);
    const window = windowOf(encoding, device);
    this.#network = network;
    this.#projection = projection;
    this.#device = device;
    this.#cells = new WeightCells({ ...size, encoding, window, ...(levels !== undefined && { levels }) });
    this.#vectors = connectivity.kind === 'convolution' ? to.count / size.columns : 1;
  }

  sentences(): readonly string[] {
    const attempts = settingOf(this.#projection.learning, 'attempts') ?? 1;
    const looks =
      attempts > 1
        ? `Cells that were pulsed are read row by row and pulsed again, ${String(attempts)} times at most.`
        : 'Nobody looks: the host believes that every pulse has arrived.';
    return [
      'The host adds changes up; where they reach the next conductance, the cell gets one pulse, whose width follows from what the host believes in.',
      looks,
      'Errors go back through the weights that the host believes in.',
    ];
  }

  size(): Figures {
    const { rows, cellColumns, scale, window, step } = this.#cells;
    const { parts } = this.#projection;
    return [
      { name: 'cells', value: rows * cellColumns, unit: '1' },
      { name: 'tiles', value: parts.length, unit: '1' },
      { name: 'largest weight', value: (this.#cells.isDifferential ? window.high - window.low : window.high) / scale, unit: '1' }, // prettier-ignore
      ...(step > 0 ? [{ name: 'step of a weight', value: step / scale, unit: '1' }] : []),
    ];
  }

  /** Pulses of one step each. */
  pulses(): Figures {
    const { chip } = this.#network;
    const { window, step } = this.#cells;
    const device = this.#device;
    const volts = tilePulses(device, chip.tile);
    const middle = (window.low + window.high) / 2;
    const change = step > 0 ? step : (window.high - window.low) / 100;
    const seconds = stepInverse(device, window, volts)(middle, middle + change, 0);
    const cell = createCell(device, window);
    const half = cell.advance(middle, volts.up.rowOnly, seconds) - middle;
    const most = this.#cellsOfTile();
    const attempts = settingOf(this.#projection.learning, 'attempts') ?? 1;
    return [
      { name: 'pulse of a step', value: seconds, unit: 's' },
      { name: 'tick of a pulse', value: tickOf(device, chip), unit: 's' },
      { name: 'error of a change, a deviation', value: this.#deviation(seconds, change), unit: '1' },
      { name: 'worst error of a change', value: this.#worst(seconds, change), unit: '1' },
      { name: 'change of half-selected cells by that of the selected one', value: half / change, unit: '1' },
      { name: 'pulses an update at most', value: attempts * this.#count(), unit: '1' },
      { name: 'time an update at most, all tiles at once', value: attempts * most * (seconds + chip.tile.settleSeconds), unit: 's' }, // prettier-ignore
      { name: 'energy of a pulse', value: cell.energyOf(middle, volts.up.both, seconds), unit: 'J' },
      { name: 'energy of a step of all cells', value: this.#count() * cell.energyOf(middle, volts.up.both, seconds), unit: 'J' }, // prettier-ignore
    ];
  }

  trains(): Figures {
    const { chip } = this.#network;
    const { seconds } = this.#device.pulse;
    const slots = settingOf(this.#projection.learning, 'slots') ?? 31;
    const change = nominalStep(
      this.#device,
      this.#cells.window,
      (this.#cells.window.low + this.#cells.window.high) / 2,
    );
    return [
      { name: 'change of a weight by a coincidence', value: weightStepOf(this.#device, this.#cells), unit: '1' },
      { name: 'error of a coincidence, a deviation', value: this.#deviation(seconds, change), unit: '1' },
      { name: 'slots of a sample at most', value: slots, unit: '1' },
      {
        name: 'time of a sample at most',
        value: this.#vectors * 4 * slots * (seconds + chip.tile.settleSeconds),
        unit: 's',
      },
    ];
  }

  /** A sample through the array, forward. */
  reading(): Figures {
    const { adc, settleSeconds } = this.#network.chip.tile;
    const planes = this.#vectors * INPUT_BITS;
    const scan = settleSeconds + adc.sharedBy * (adc.settleSeconds + adc.conversionSeconds);
    const volts = readVoltsOn(this.#device, this.#network.chip.tile);
    return [
      { name: 'vectors of a sample', value: this.#vectors, unit: '1' },
      { name: 'time to read a sample at most, all tiles at once', value: planes * scan, unit: 's' },
      { name: 'conversions of a sample at most', value: planes * this.#conversions(), unit: '1' },
      { name: 'least bit of a converter by a cell', value: (adc.maxAmperes - adc.minAmperes) / 2 ** adc.bits / volts / this.#cells.window.high, unit: '1' }, // prettier-ignore
    ];
  }

  #count(): number {
    return this.#cells.rows * this.#cells.cellColumns;
  }

  /** Cells of the fullest tile. */
  #cellsOfTile(): number {
    const perWeight = this.#cells.cellColumns / this.#cells.columns;
    return Math.max(...this.#projection.parts.map(({ rows, columns }) => rows.count * columns.count * perWeight));
  }

  #conversions(): number {
    const perWeight = this.#cells.cellColumns / this.#cells.columns;
    return this.#projection.parts.reduce((sum, { columns }) => sum + columns.count * perWeight, 0);
  }

  /** Of the change that a pulse makes, over devices and pulses, relative to it: measured on cells of one seed. */
  #deviation(seconds: number, change: number): number {
    const { window } = this.#cells;
    const { without } = this.#network.study;
    const device = this.#device;
    const field = new CellField({
      ...{ device, window, without, rows: 1, columns: MEASURED, seed: 1, volts: directPulses(device) },
    });
    const middle = (window.low + window.high) / 2;
    field.conductance.fill(middle);
    field.pulse({ seconds: new Float64Array(MEASURED).fill(seconds), lines: serialLines(1, MEASURED) });
    const squares = field.conductance.reduce((sum, siemens) => sum + ((siemens - middle) / change - 1) ** 2, 0);
    return Math.sqrt(squares / MEASURED);
  }

  #worst(seconds: number, change: number): number {
    const rounding = tickOf(this.#device, this.#network.chip) / 2 / seconds;
    return WORST * this.#deviation(seconds, change) + rounding;
  }
}
