/**
 * The books of open-loop writing: for every image the pulses that lead to it and the conductances that
 * the array, never read, should then have.
 */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import type { TileKernel } from '../../devices/kernel.js';
import { roundHalfAwayFromZero } from '../../numerics/rounding.js';
import { SCHEDULE_CATALOGUE } from '../catalogue.js';
import type { MappedModule } from '../mapped.js';
import type { ImageTarget } from '../network.js';
import { minSegmentClocks } from '../plane-load.js';
import type { DataSet } from '../scheduled.js';
import { conductancesAfter, fitWidths, type FitContext, type FitGoal, type FitResult } from './fit-widths.js';
import { clocksFor, programShell, writeLoop } from './operations.js';
import { workList } from './work-list.js';

/** Largest exponent of a work-list tick: 2^31 clocks are 36 minutes at 1 MHz. */
const MAX_TICK_EXPONENT = 31;

/** Rounding one image to ticks shifts the widths of the next by a little. */
const ROUNDING_HEADROOM = 1.01;

/** One image with what the array is believed to hold before it. */
interface Step extends FitGoal {
  readonly image: ImageTarget;
  /** Targets of the image before (rows x columns) [S]. */
  readonly previous: Float64Array;
}

type Fit = Extract<FitResult, { readonly kind: 'fitted' }>;

/** Walks the images in order and carries the believed conductances from one to the next. */
export class Bookkeeping {
  readonly #mapped: MappedModule;
  readonly #diagnostics: DiagnosticBag;
  readonly #start: Float64Array;
  readonly #context: FitContext;
  #worst = { disturb: 0, cell: 0, image: '' };

  constructor(mapped: MappedModule, tile: TileKernel, diagnostics: DiagnosticBag) {
    const { window, write } = mapped.experiment.program;
    this.#mapped = mapped;
    this.#diagnostics = diagnostics;
    this.#start = tile.conductance.slice();
    // Widths are fitted in clocks: exponent 0.
    const program = { ...programShell(mapped, 0), operations: [writeLoop(mapped)], dataSets: [] };
    const probeClocks = clocksFor(mapped.device.pulse.seconds, mapped.clockHz);
    this.#context = { tile, program, order: write.order, windowSiemens: window.high - window.low, probeClocks };
  }

  /**
   * The shortest tick with which the timer covers the longest pulse that the device may see, so that one
   * controller serves every picture; without such a rating, the longest pulse of these pictures.
   * Undefined after reporting.
   */
  chooseTickExponent(): number | undefined {
    const { clockHz, timer, device } = this.#mapped;
    const rated = device.ratings.find((rating) => rating.quantity === 'duration');
    const longest = rated ? rated.max * clockHz : this.#longestWidth();
    if (longest === undefined) return undefined;
    const maxMagnitude = 2 ** timer.bits - 1;
    const needed = Math.ceil(Math.log2(Math.max(1, longest / maxMagnitude)));
    if (needed > MAX_TICK_EXPONENT) {
      const max = (maxMagnitude * 2 ** MAX_TICK_EXPONENT) / clockHz;
      const params = { seconds: longest / clockHz, max, rated: rated && device.name };
      this.#diagnostics.report(SCHEDULE_CATALOGUE, 'dwell-too-long', params, { span: timer.origin });
      return undefined;
    }
    return Math.max(needed, this.#shortestTickExponent());
  }

  /** Over all images, before rounding [clocks]; undefined after reporting. */
  #longestWidth(): number | undefined {
    let longest = 0;
    let from = this.#start;
    let previous: Float64Array = this.#start;
    for (const image of this.#mapped.images) {
      const step = this.#step(image, from, previous);
      const fit = this.#fit(step);
      if (!fit) return undefined;
      longest = fit.widths.reduce((most, width) => Math.max(most, Math.abs(width)), longest);
      from = conductancesAfter(this.#context, from, fit.widths).slice();
      previous = step.targets;
    }
    return longest * ROUNDING_HEADROOM;
  }

  /** Work lists with whole ticks of 2^tickExponent clocks. */
  dataSets(tickExponent: number): readonly DataSet[] {
    const made: DataSet[] = [];
    let from = this.#start;
    let previous: Float64Array = this.#start;
    for (const image of this.#mapped.images) {
      const step = this.#step(image, from, previous);
      const ticks = this.#ticksOf(step, tickExponent);
      if (!ticks) break;
      const clocks = ticks.map((width) => width * 2 ** tickExponent);
      const believed = conductancesAfter(this.#context, from, clocks).slice();
      made.push(this.#dataSet(step, ticks, believed));
      from = believed;
      previous = step.targets;
    }
    this.#checkBudget();
    return made;
  }

  /** One message for the worst cell of all pictures. */
  #checkBudget(): void {
    const { disturb, cell, image } = this.#worst;
    const { fraction: budget, origin: span } = this.#mapped.experiment.program.disturbBudget;
    if (disturb <= budget) return;
    const params = { image, ...this.#place(cell), disturb, budget, bias: this.#mapped.bias };
    this.#diagnostics.report(SCHEDULE_CATALOGUE, 'disturb-budget', params, { span });
  }

  /** In a contiguous burst the next plane must be loaded before the segment before it ends. */
  #shortestTickExponent(): number {
    const { order } = this.#mapped.experiment.program.write;
    return order === 'rows' ? Math.ceil(Math.log2(minSegmentClocks(this.#mapped.columns))) : 0;
  }

  #step(image: ImageTarget, from: Float64Array, previous: Float64Array): Step {
    const targets = previous.slice();
    const changed: number[] = [];
    image.siemens.forEach((siemens, pixel) => {
      const cell = cellOf(image, pixel, this.#mapped.columns);
      if (targets[cell] !== siemens) changed.push(cell);
      targets[cell] = siemens;
    });
    return { image, from, previous, targets, changed };
  }

  #fit(step: Step): Fit | undefined {
    const fit = fitWidths(this.#context, step);
    if (fit.kind === 'fitted') return fit;
    const siemens = step.targets[fit.cell] ?? NaN;
    const params = { image: step.image.name, ...this.#place(fit.cell), siemens, reached: fit.reached };
    this.#diagnostics.report(SCHEDULE_CATALOGUE, 'target-unreachable', params, { span: step.image.origin });
    return undefined;
  }

  /** Signed whole ticks; a cell that changes gets at least one, so that it is written exactly once. */
  #ticksOf(step: Step, tickExponent: number): Float64Array | undefined {
    const fit = this.#fit(step);
    if (!fit) return undefined;
    const tick = 2 ** tickExponent;
    this.#checkWidths(step, fit, tick);
    const ticks = new Float64Array(fit.widths.length);
    const most = 2 ** this.#mapped.timer.bits - 1;
    for (const cell of step.changed) {
      const width = fit.widths[cell] ?? NaN;
      const magnitude = Math.min(most, Math.max(1, roundHalfAwayFromZero(Math.abs(width) / tick)));
      ticks[cell] = width < 0 ? -magnitude : magnitude;
    }
    return ticks;
  }

  /** Reports the worst cell of each kind of fault: one message a picture, not one a pixel. */
  #checkWidths(step: Step, { widths, rates }: Fit, tick: number): void {
    const { clockHz, device } = this.#mapped;
    if (step.changed.length === 0) return;
    const longest = leastCell(step.changed, (cell) => -Math.abs(widths[cell] ?? NaN));
    const seconds = Math.abs(widths[longest] ?? NaN) / clockHz;
    for (const rating of device.ratings) {
      if (rating.quantity !== 'duration' || seconds <= rating.max) continue;
      const related = [{ message: 'rated here', span: rating.origin }];
      const params = { device: device.name, seconds, max: rating.max, image: step.image.name, ...this.#place(longest) };
      this.#diagnostics.report(SCHEDULE_CATALOGUE, 'rating-duration', params, { span: step.image.origin, related });
    }
    // Disturb corrections may legitimately cancel a pulse; what must be representable is the change itself.
    const change = (cell: number): number => Math.abs((step.targets[cell] ?? NaN) - (step.previous[cell] ?? NaN));
    const nominal = new Map(step.changed.map((cell, index) => [cell, change(cell) / (rates[index] ?? NaN)]));
    const shortest = leastCell(step.changed, (cell) => nominal.get(cell) ?? NaN);
    const clocks = nominal.get(shortest) ?? NaN;
    if (clocks < tick / 2) {
      const { row, column } = this.#place(shortest);
      const what = `the pulse for cell (${String(row)}, ${String(column)}) of \`${step.image.name}\``;
      const params = { seconds: clocks / clockHz, tick: tick / clockHz, what };
      this.#diagnostics.report(SCHEDULE_CATALOGUE, 'dwell-too-short', params, { span: step.image.origin });
    }
  }

  #dataSet(step: Step, ticks: Float64Array, believed: Float64Array): DataSet {
    const { image, targets, changed } = step;
    const worst = this.#worstDisturb(step, believed);
    if (worst.disturb > this.#worst.disturb) this.#worst = { ...worst, image: image.name };
    const list = workList(this.#context.order, ticks, this.#mapped.columns);
    const name = image.name;
    const books = { believed: [...believed], targets: [...targets], changed: changed.length, disturb: worst.disturb };
    return { name, ...list, ...books, origin: image.origin };
  }

  /** Over the cells of the picture that got no pulse: those that did are corrected in advance. */
  #worstDisturb(
    { image, targets, changed }: Step,
    believed: Float64Array,
  ): { readonly cell: number; readonly disturb: number } {
    const written = new Set(changed);
    let worst = { cell: 0, disturb: 0 };
    image.siemens.forEach((_, pixel) => {
      const cell = cellOf(image, pixel, this.#mapped.columns);
      const disturb = Math.abs((believed[cell] ?? NaN) - (targets[cell] ?? NaN)) / this.#context.windowSiemens;
      if (!written.has(cell) && disturb > worst.disturb) worst = { cell, disturb };
    });
    return worst;
  }

  #place(cell: number): { readonly row: number; readonly column: number } {
    return { row: Math.floor(cell / this.#mapped.columns), column: cell % this.#mapped.columns };
  }
}

/** The one of `cells` with the least value; there is at least one. */
function leastCell(cells: readonly number[], valueOf: (cell: number) => number): number {
  return cells.reduce((least, cell) => (valueOf(cell) < valueOf(least) ? cell : least));
}

/** Cell of a pixel on a tile with `columns` columns. */
export function cellOf(image: { readonly columns: number }, pixel: number, columns: number): number {
  return Math.floor(pixel / image.columns) * columns + (pixel % image.columns);
}
