/** What a layer with fast parts went through in one sequence, with columns that stayed at zero left out. */
import { activate, slopeAt } from './sequence-activation.js';
import type { FastLayerShape, FastLayerValues } from './fast-layer.js';

/** Added to norms, as the authors do. */
const LEAST_NORM = 1e-16;

/** What all cells into one neuron need of it at a step. */
interface UnitErrors {
  readonly output: number;
  readonly scale: number;
  /** Error by the sum of the products. */
  readonly sum: number;
  /** Error by each element of the row through its norm, in multiples of that element. */
  readonly along: number;
}

/** See `FastLayer`. All arrays are made once; `used` columns are packed one behind the other. */
export class FastTrajectory {
  readonly #shape: FastLayerShape;
  readonly #width: number;
  /** Columns that are not zero throughout, ascending; those of the neurons are always among them. */
  readonly #columns: Int32Array;
  #used = 0;
  #steps = 0;
  /** Packed matrices (units x used). */
  readonly #weight: Float64Array;
  readonly #decay: Float64Array;
  readonly #gain: Float64Array;
  /** Squares of the weights that are left out, summed (units). */
  readonly #silent: Float64Array;
  /** Before each step: fast parts (steps + 1 x units x used), values before as they are used, and their scale. */
  readonly #fast: Float64Array;
  readonly #before: Float64Array;
  readonly #inputScale: Float64Array;
  /** Of each step (steps x units): outputs, sums without scale and bias, scales, norms. */
  readonly #outputs: Float64Array;
  readonly #sums: Float64Array;
  readonly #scales: Float64Array;
  readonly #norms: Float64Array;
  readonly #fastErrors: Float64Array;
  readonly #errors: Float64Array;
  readonly #beforeErrors: Float64Array;
  readonly #weightErrors: Float64Array;
  readonly #decayErrors: Float64Array;
  readonly #gainErrors: Float64Array;
  readonly #silentErrors: Float64Array;

  /** @param steps  of a sequence, at most */
  constructor(shape: FastLayerShape, steps: number) {
    const { units, inputs, isRecurrent } = shape;
    this.#shape = shape;
    this.#width = inputs + (isRecurrent ? units : 0);
    const cells = units * this.#width;
    const make = (length: number): Float64Array => new Float64Array(length);
    this.#columns = new Int32Array(this.#width);
    [this.#weight, this.#decay, this.#gain, this.#silent] = [make(cells), make(cells), make(cells), make(units)];
    [this.#fast, this.#before, this.#inputScale] = [make((steps + 1) * cells), make(steps * this.#width), make(steps)];
    const perStep = (): Float64Array => make(steps * units);
    [this.#outputs, this.#sums, this.#scales, this.#norms] = [perStep(), perStep(), perStep(), perStep()];
    [this.#fastErrors, this.#errors, this.#beforeErrors] = [make(cells), make(units), make(this.#width)];
    [this.#weightErrors, this.#decayErrors, this.#gainErrors] = [make(cells), make(cells), make(cells)];
    this.#silentErrors = make(units);
  }

  outputs(): Float64Array {
    return this.#outputs.subarray(0, this.#steps * this.#shape.units);
  }

  outputsAt(step: number): Float64Array {
    const { units } = this.#shape;
    return this.#outputs.subarray(step * units, (step + 1) * units);
  }

  beforeAt(step: number, out: Float64Array): void {
    out.fill(0);
    for (let at = 0; at < this.#used; at++) {
      out[this.#columns[at] ?? 0] = this.#before[step * this.#width + at] ?? NaN;
    }
  }

  fastPartAt(step: number, out: Float64Array): void {
    const { units } = this.#shape;
    const [fast, used] = [this.#fast, this.#used];
    out.fill(0);
    for (let unit = 0; unit < units; unit++) {
      for (let at = 0; at < used; at++) {
        out[unit * this.#width + (this.#columns[at] ?? 0)] = fast[(step * units + unit) * used + at] ?? NaN;
      }
    }
  }

  forward(values: FastLayerValues, inputs: ArrayLike<number>, steps: number): Float64Array {
    this.#steps = steps;
    this.#findColumns(inputs, steps);
    this.#pack(values);
    this.#fast.fill(0, 0, this.#shape.units * this.#used);
    for (let step = 0; step < steps; step++) {
      this.#see(inputs, step);
      for (let unit = 0; unit < this.#shape.units; unit++) this.#stepUnit(values.bias[unit] ?? NaN, step, unit);
    }
    return this.outputsAt(steps - 1);
  }

  #findColumns(inputs: ArrayLike<number>, steps: number): void {
    const { inputs: count, isStacked = false } = this.#shape;
    let used = 0;
    for (let column = 0; column < this.#width; column++) {
      let isUsed = column >= count || isStacked;
      for (let step = 0; step < steps && !isUsed; step++) isUsed = inputs[step * count + column] !== 0;
      if (isUsed) this.#columns[used++] = column;
    }
    this.#used = used;
  }

  #pack({ weight, decay, gain }: FastLayerValues): void {
    const [width, used] = [this.#width, this.#used];
    for (let unit = 0; unit < this.#shape.units; unit++) {
      let square = 0;
      for (let column = 0; column < width; column++) square += (weight[unit * width + column] ?? NaN) ** 2;
      for (let at = 0; at < used; at++) {
        const from = unit * width + (this.#columns[at] ?? 0);
        const to = unit * used + at;
        const own = weight[from] ?? NaN;
        this.#weight[to] = own;
        this.#decay[to] = decay[from] ?? NaN;
        this.#gain[to] = gain[from] ?? NaN;
        square -= own * own;
      }
      this.#silent[unit] = used === width ? 0 : Math.max(0, square);
    }
  }

  /** Values before a step: those from outside, then those of the neurons behind the step before. */
  #see(inputs: ArrayLike<number>, step: number): void {
    const { inputs: count, units, norm } = this.#shape;
    const [used, from] = [this.#used, step * this.#width];
    let square = 0;
    for (let at = 0; at < used; at++) {
      const column = this.#columns[at] ?? 0;
      const isInput = column < count;
      const own = step === 0 ? 0 : (this.#outputs[(step - 1) * units + column - count] ?? NaN);
      const value = isInput ? (inputs[step * count + column] ?? NaN) : own;
      this.#before[from + at] = value;
      square += value * value;
    }
    if (norm.of !== 'inputs') return;
    const scale = square === 0 ? 0 : norm.length / Math.sqrt(square);
    this.#inputScale[step] = scale;
    for (let at = 0; at < used; at++) this.#before[from + at] = (this.#before[from + at] ?? NaN) * scale;
  }

  #stepUnit(bias: number, step: number, unit: number): void {
    const { units, norm, activation } = this.#shape;
    const [used, cells] = [this.#used, unit * this.#used];
    const [fast, weight, before] = [this.#fast, this.#weight, this.#before];
    const now = step * units * used + cells;
    const seen = step * this.#width;
    let sum = 0;
    let square = this.#silent[unit] ?? NaN;
    for (let at = 0; at < used; at++) {
      const total = (weight[cells + at] ?? NaN) + (fast[now + at] ?? NaN);
      sum += total * (before[seen + at] ?? NaN);
      square += total * total;
    }
    const length = Math.sqrt(square);
    const scale = norm.of === 'weights' ? norm.length / (length + LEAST_NORM) : 1;
    const output = activate(activation, scale * sum + bias);
    const place = step * units + unit;
    this.#sums[place] = sum;
    this.#norms[place] = length;
    this.#scales[place] = scale;
    this.#outputs[place] = output;
    const next = now + units * used;
    for (let at = 0; at < used; at++) {
      const kept = (this.#decay[cells + at] ?? NaN) * scale * (fast[now + at] ?? NaN);
      fast[next + at] = kept + (this.#gain[cells + at] ?? NaN) * output * (before[seen + at] ?? NaN);
    }
  }

  /** Errors by the outputs of all steps (steps x units); leaves those by the inputs (steps x inputs) where asked for. */
  backward(
    values: FastLayerValues,
    errors: Float64Array,
    gradients: FastLayerValues,
    inputErrors?: Float64Array,
  ): void {
    const { units } = this.#shape;
    const cells = units * this.#used;
    for (const sums of [this.#fastErrors, this.#weightErrors, this.#decayErrors, this.#gainErrors]) {
      sums.fill(0, 0, cells);
    }
    this.#silentErrors.fill(0);
    this.#errors.fill(0);
    for (let step = this.#steps - 1; step >= 0; step--) {
      this.#beforeErrors.fill(0);
      for (let unit = 0; unit < units; unit++) {
        this.#errors[unit] = (this.#errors[unit] ?? NaN) + (errors[step * units + unit] ?? NaN);
        this.#stepUnitBack(gradients.bias, step, unit);
      }
      this.#seeBack(step, inputErrors);
    }
    this.#unpack(values, gradients);
  }

  /** Turns errors behind a step into those before it, for one neuron. */
  #stepUnitBack(biasErrors: Float64Array, step: number, unit: number): void {
    const { units, norm, activation } = this.#shape;
    const place = step * units + unit;
    const output = this.#outputs[place] ?? NaN;
    const scale = this.#scales[place] ?? NaN;
    const behind = this.#errorsBehind(step, unit);
    const sumError = ((this.#errors[unit] ?? NaN) + behind.output) * slopeAt(activation, output);
    biasErrors[unit] = (biasErrors[unit] ?? NaN) + sumError;
    const scaleError = behind.scale + sumError * (this.#sums[place] ?? NaN);
    const length = this.#norms[place] ?? NaN;
    // By each element of the row of G, in multiples of that element
    const along = norm.of === 'weights' && length > 0 ? (-scaleError * scale) / ((length + LEAST_NORM) * length) : 0;
    this.#silentErrors[unit] = (this.#silentErrors[unit] ?? NaN) + along;
    this.#cellsBack(step, unit, { output, scale, sum: sumError * scale, along });
  }

  /** Errors by the output and the scale of a neuron that the fast parts behind the step hand on. */
  #errorsBehind(step: number, unit: number): { readonly output: number; readonly scale: number } {
    const [used, cells, seen] = [this.#used, unit * this.#used, step * this.#width];
    const now = step * this.#shape.units * used + cells;
    let [output, scale] = [0, 0];
    for (let at = 0; at < used; at++) {
      const behind = this.#fastErrors[cells + at] ?? NaN;
      output += behind * (this.#gain[cells + at] ?? NaN) * (this.#before[seen + at] ?? NaN);
      scale += behind * (this.#decay[cells + at] ?? NaN) * (this.#fast[now + at] ?? NaN);
    }
    return { output, scale };
  }

  #cellsBack(step: number, unit: number, { output, scale, sum, along }: UnitErrors): void {
    const [used, cells, seen] = [this.#used, unit * this.#used, step * this.#width];
    const now = step * this.#shape.units * used + cells;
    const [fast, before, fastErrors, beforeErrors] = [this.#fast, this.#before, this.#fastErrors, this.#beforeErrors];
    for (let at = 0; at < used; at++) {
      const cell = cells + at;
      const behind = fastErrors[cell] ?? NaN;
      const value = before[seen + at] ?? NaN;
      const part = fast[now + at] ?? NaN;
      const total = (this.#weight[cell] ?? NaN) + part;
      const totalError = sum * value + along * total;
      this.#decayErrors[cell] = (this.#decayErrors[cell] ?? NaN) + behind * scale * part;
      this.#gainErrors[cell] = (this.#gainErrors[cell] ?? NaN) + behind * output * value;
      this.#weightErrors[cell] = (this.#weightErrors[cell] ?? NaN) + totalError;
      fastErrors[cell] = behind * (this.#decay[cell] ?? NaN) * scale + totalError;
      beforeErrors[at] = (beforeErrors[at] ?? NaN) + behind * (this.#gain[cell] ?? NaN) * output + sum * total;
    }
  }

  /** Errors by the values before become those by the outputs behind the step before. */
  #seeBack(step: number, inputErrors: Float64Array | undefined): void {
    const { inputs: count, isRecurrent, norm } = this.#shape;
    const [used, seen] = [this.#used, step * this.#width];
    if (norm.of === 'inputs') {
      const scale = this.#inputScale[step] ?? NaN;
      let along = 0;
      for (let at = 0; at < used; at++) along += (this.#beforeErrors[at] ?? NaN) * (this.#before[seen + at] ?? NaN);
      along /= norm.length * norm.length;
      for (let at = 0; at < used; at++) {
        const error = (this.#beforeErrors[at] ?? NaN) - along * (this.#before[seen + at] ?? NaN);
        this.#beforeErrors[at] = error * scale;
      }
    }
    if (!isRecurrent) this.#errors.fill(0);
    for (let at = 0; at < used; at++) {
      const column = this.#columns[at] ?? 0;
      const error = this.#beforeErrors[at] ?? NaN;
      if (column >= count) this.#errors[column - count] = error;
      else if (inputErrors) inputErrors[step * count + column] = error;
    }
  }

  #unpack({ weight }: FastLayerValues, gradients: FastLayerValues): void {
    const [width, used] = [this.#width, this.#used];
    const add = (to: Float64Array, index: number, value: number): void => {
      to[index] = (to[index] ?? NaN) + value;
    };
    for (let unit = 0; unit < this.#shape.units; unit++) {
      const along = this.#silentErrors[unit] ?? NaN;
      let next = 0;
      for (let column = 0; column < width; column++) {
        const cell = unit * width + column;
        if (next < used && this.#columns[next] === column) {
          const at = unit * used + next++;
          add(gradients.weight, cell, this.#weightErrors[at] ?? NaN);
          add(gradients.decay, cell, this.#decayErrors[at] ?? NaN);
          add(gradients.gain, cell, this.#gainErrors[at] ?? NaN);
        } else if (along !== 0) add(gradients.weight, cell, along * (weight[cell] ?? NaN));
      }
    }
  }
}
