/** One run of a pulse program on one tile: the harness's inner half. */
import { invariant } from '../core/invariant.js';
import type { TileKernel } from '../devices/kernel.js';
import { ActivityCounter } from './activity.js';
import { AnalogArray, amperesOf } from './analog-array.js';
import { cellWear, type CellWear } from './cell-wear.js';
import { interpretProgram } from './interpret.js';
import type { ImageTarget, MetricName } from './network.js';
import { cellOf } from './passes/bookkeeping.js';
import { productError } from './product-error.js';
import type { ImageResult } from './results.js';
import type { DataSet, ScheduledModule } from './scheduled.js';

/** What the kernel knows, and not the schedule or the events. */
type MetricOfKernel =
  'lineLoss' | 'deviceEnergy' | 'selectedEnergy' | 'halfSelectedEnergy' | 'halfSelectedShare' | 'productError';

export interface SeedRun {
  readonly images: readonly ImageResult[];
  readonly activity: ActivityCounter;
  /** Spent by the data sets, not by a calibration before them [J]. */
  readonly selectedEnergy: number;
  readonly halfSelectedEnergy: number;
  readonly wear: CellWear;
  readonly holdEnergy: number;
  readonly metrics: Readonly<Record<MetricName, number>>;
}

/** Runs all data sets of `scheduled` one after the other on `kernel`, which keeps its state. */
export function runSeed(scheduled: ScheduledModule, kernel: TileKernel): SeedRun {
  const { mapped, program } = scheduled;
  const array = new AnalogArray(kernel, program);
  const activity = new ActivityCounter(program);
  const before = {
    selected: kernel.selectedEnergy,
    halfSelected: kernel.halfSelectedEnergy,
    hold: kernel.holdEnergy,
  };
  const states = kernel.conductance.slice();
  const images = mapped.images.map((image, index) => {
    const dataSet = program.dataSets[index];
    invariant(dataSet, 'every image has a data set');
    const codes = runDataSet(scheduled, dataSet, array, activity);
    return imageResult(scheduled, image, kernel, codes);
  });
  const selectedEnergy = kernel.selectedEnergy - before.selected;
  const halfSelectedEnergy = kernel.halfSelectedEnergy - before.halfSelected;
  const holdEnergy = kernel.holdEnergy - before.hold;
  const deviceEnergy = selectedEnergy + halfSelectedEnergy;
  const last = mapped.images.at(-1);
  const metrics = {
    ...measure(scheduled, images, activity),
    ...{ lineLoss: kernel.lineLoss, deviceEnergy, selectedEnergy, halfSelectedEnergy },
    halfSelectedShare: deviceEnergy > 0 ? halfSelectedEnergy / deviceEnergy : 0,
    // Thousands of reads, which nobody has asked for otherwise
    productError: last && isExpected(scheduled, 'productError') ? productError(scheduled, last, array) : 0,
  };
  const { columns } = program;
  const wear = cellWear(activity.cellPulses, { before: states, after: kernel.conductance, columns });
  return { images, activity, selectedEnergy, halfSelectedEnergy, holdEnergy, wear, metrics };
}

function isExpected({ mapped }: ScheduledModule, metric: MetricName): boolean {
  return mapped.experiment.expectations.some(({ left, right }) =>
    [left, right].some((operand) => operand.kind !== 'number' && operand.name === metric),
  );
}

/** Converter codes of the last reading per cell (rows x columns); -1 where nothing was read. */
function runDataSet(
  scheduled: ScheduledModule,
  dataSet: DataSet,
  array: AnalogArray,
  activity: ActivityCounter,
): Int32Array {
  const { program } = scheduled;
  const codes = new Int32Array(program.rows * program.columns).fill(-1);
  let row = 0;
  for (const event of interpretProgram(program, dataSet)) {
    activity.add(event);
    if (event.kind === 'segment') {
      array.apply(event);
      row = event.rows[0] ?? row;
      continue;
    }
    array.sample(event.share).forEach((code, converter) => {
      const column = converter * program.scan.shares + event.share;
      if (column < program.columns) codes[row * program.columns + column] = code;
    });
  }
  activity.endDataSet();
  return codes;
}

function imageResult(
  scheduled: ScheduledModule,
  image: ImageTarget,
  kernel: TileKernel,
  codes: Int32Array,
): ImageResult {
  const { mapped, program } = scheduled;
  const cells = image.siemens.map((_, pixel) => cellOf(image, pixel, mapped.columns));
  const volts = mapped.device.readVoltage.volts;
  const readBack = cells.map((cell) => amperesOf(codes[cell] ?? 0, program.scan) / volts);
  return {
    name: image.name,
    rows: image.rows,
    columns: image.columns,
    targets: image.siemens,
    conductance: cells.map((cell) => kernel.conductance[cell] ?? NaN),
    ...(mapped.experiment.program.readBack && { readBack }),
  };
}

function measure(
  { mapped, program }: ScheduledModule,
  images: readonly ImageResult[],
  activity: ActivityCounter,
): Omit<Record<MetricName, number>, MetricOfKernel> {
  const { low, high } = mapped.experiment.program.window;
  const errorsOf = (found: readonly number[], targets: readonly number[]): readonly number[] =>
    found.map((siemens, pixel) => (siemens - (targets[pixel] ?? NaN)) / (high - low));
  const errors = images.map((image) => errorsOf(image.conductance, image.targets));
  const readErrors = images.map((image) => (image.readBack ? errorsOf(image.readBack, image.targets) : []));
  return {
    rmsError: Math.max(...errors.map(rms)),
    maxError: Math.max(...errors.map((ofImage) => ofImage.reduce((most, error) => Math.max(most, Math.abs(error)), 0))),
    disturb: Math.max(...program.dataSets.map((dataSet) => dataSet.disturb)),
    pulses: activity.pulses,
    changed: program.dataSets.reduce((sum, dataSet) => sum + dataSet.changed, 0),
    readError: Math.max(...readErrors.map(rms)),
    writeTime: activity.writeClocks / program.clockHz,
  };
}

function rms(values: readonly number[]): number {
  if (values.length === 0) return 0;
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
