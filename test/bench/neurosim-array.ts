/**
 * A crossbar of the library's device `neurosimReal`, written with whole pulses and read as a product; energies as
 * MLP+NeuroSim counts them for an array without selectors: rows are written one after the other, first up and then down,
 * and every other cell of a driven line sees half of the voltage.
 */
import type { DeviceModel } from '../../src/devices/device-model.js';
import { createUpdateArray, type UpdateArray } from '../../src/devices/trains/update-array.js';
import { createDenseProduct, type DenseProduct } from '../../src/numerics/dense-product.js';

/** Numbers of the device that its array needs beside its equations; SI units. */
export interface ArrayNumbers {
  readonly gMin: number;
  readonly gMax: number;
  readonly upVolts: number;
  readonly downVolts: number;
  readonly pulseSeconds: number;
  readonly readVolts: number;
  readonly readSeconds: number;
  /** Of the wire along one cell [F]. */
  readonly wireFarads: number;
}

/** The numbers of a device; what its model does not say are the tool's defaults (2.8 V) and estimates (5 ns, 0.1 fF). */
export function numbersOf(device: DeviceModel): ArrayNumbers {
  return {
    gMin: parameterOf(device, 'gMin'),
    gMax: parameterOf(device, 'gMax'),
    upVolts: device.pulse.volts,
    downVolts: 2.8,
    pulseSeconds: device.pulse.seconds,
    readVolts: device.readVoltage.volts,
    readSeconds: 5e-9,
    wireFarads: 1e-16,
  };
}

/** A parameter's value [SI]. */
export function parameterOf(device: DeviceModel, name: string): number {
  const parameter = device.parameters.find((candidate) => candidate.name === name);
  if (!parameter) throw new Error(`${device.name} has no parameter ${name}`);
  return parameter.value;
}

/** Size and device of an array. */
export interface ArraySetup {
  readonly rows: number;
  readonly columns: number;
  readonly device: DeviceModel;
  readonly seed: number;
  /** Spreads that stay at their mean. */
  readonly without: readonly string[];
  readonly threads: number;
}

/** Weights are 2 w - 1, from -1 to 1. */
export class NeuroSimArray {
  readonly product: DenseProduct<'single'>;
  /** Energies [J] since the array was made. */
  readJoules = 0;
  selectedJoules = 0;
  halfSelectedJoules = 0;
  writtenCells = 0;
  readonly #numbers: ArrayNumbers;
  readonly #array: UpdateArray;
  /** Sum of w of every column. */
  readonly #columnSums: Float64Array;

  constructor({ device, ...setup }: ArraySetup) {
    const { rows, columns } = setup;
    const array = createUpdateArray(device, setup);
    if ('reasons' in array) throw new Error(`${device.name}: ${array.reasons.join('; ')}`);
    this.product = createDenseProduct({ rows, columns, precision: 'single' });
    this.#numbers = numbersOf(device);
    this.#array = array;
    this.#columnSums = new Float64Array(columns);
  }

  /** Ends the threads of the array. */
  close(): void {
    this.#array.close();
  }

  /** Starts with the states `w` (rows x columns). */
  load(states: Float32Array): void {
    const { rows, columns, matrix, stride } = this.product;
    this.#array.write(states);
    this.product.load(states);
    this.#columnSums.fill(0);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        this.#columnSums[column] = (this.#columnSums[column] ?? 0) + (matrix[row * stride + column] ?? 0);
  }

  /** Weighted sums of the columns for lines that are on (1) or off (0). */
  read(inputs: Float32Array, sums: Float64Array): void {
    const { product } = this;
    const { gMin, gMax, readVolts, readSeconds, wireFarads } = this.#numbers;
    product.rowVectors.set(inputs);
    product.toColumns();
    let [on, total] = [0, 0];
    for (const input of inputs) on += input;
    for (let column = 0; column < product.columns; column++) {
      const states = product.columnVectors[column] ?? 0;
      total += states;
      sums[column] = 2 * states - on;
    }
    const siemens = gMin * on * product.columns + (gMax - gMin) * total;
    this.readJoules += readVolts ** 2 * (siemens * readSeconds + wireFarads * on * product.columns);
  }

  /** Signed numbers of pulses (rows x columns), and the rows in which some are not 0. */
  write(counts: Int16Array, rows: readonly number[]): void {
    if (rows.length === 0) return;
    for (const row of rows) {
      this.#addHalfSelected(row, counts, 1);
      this.#addHalfSelected(row, counts, -1);
    }
    this.#array.applyCounts(counts);
    for (const row of rows) this.#takeRow(row, counts);
  }

  /** Cells that see half of the voltage: others of the driven columns while these pulse, others of the row all the time. */
  #addHalfSelected(row: number, counts: Int16Array, sign: 1 | -1): void {
    const { rows, columns, matrix, stride } = this.product;
    const { gMin, gMax, pulseSeconds, wireFarads, upVolts, downVolts } = this.#numbers;
    let [longest, selected, rest, pulsed] = [0, 0, 0, 0];
    for (let column = 0; column < columns; column++) {
      const count = sign * (counts[row * columns + column] ?? 0);
      const state = matrix[row * stride + column] ?? 0;
      if (count > 0) {
        selected++;
        longest = Math.max(longest, count);
        pulsed += count * ((rows - 1) * gMin + (gMax - gMin) * ((this.#columnSums[column] ?? 0) - state));
      } else rest += gMin + (gMax - gMin) * state;
    }
    if (selected === 0) return;
    const halfVolts = (sign > 0 ? upVolts : downVolts) / 2;
    const cells = columns - selected + selected * (rows - 1);
    this.halfSelectedJoules += halfVolts ** 2 * ((pulsed + longest * rest) * pulseSeconds + cells * wireFarads);
  }

  /** Takes the new states of a row over and adds what its pulses cost. */
  #takeRow(row: number, counts: Int16Array): void {
    const { columns, matrix, stride } = this.product;
    const { gMin, gMax, pulseSeconds, wireFarads, upVolts, downVolts } = this.#numbers;
    for (let column = 0; column < columns; column++) {
      const count = counts[row * columns + column] ?? 0;
      if (count === 0) continue;
      const at = row * stride + column;
      const before = matrix[at] ?? 0;
      const after = this.#array.weights[row * this.#array.stride + column] ?? 0;
      matrix[at] = after;
      this.#columnSums[column] = (this.#columnSums[column] ?? 0) + after - before;
      const siemens = gMin + ((gMax - gMin) * (before + after)) / 2;
      const volts = count > 0 ? upVolts : downVolts;
      this.selectedJoules += Math.abs(count) * volts ** 2 * (siemens * pulseSeconds + wireFarads);
      this.writtenCells++;
    }
  }
}
