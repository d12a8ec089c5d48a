/** A pulse plan as HDF5: what the table holds, with the voltages of all steps as two matrices. */
import type { PlanStep, PulsePlan } from '../backends/interop/pulse-plan.js';
import {
  hdf5Group,
  hdf5Text,
  type Hdf5Array,
  type Hdf5Group,
  type Hdf5Numbers,
  type Hdf5Text,
} from '../data/hdf5-tree.js';

/** The file; names of datasets end in their units. */
export function planTree(plan: PulsePlan, steps: readonly PlanStep[]): Hdf5Group {
  const { clockHz, rows, columns } = plan;
  const count = steps.length;
  const seconds = (clocks: readonly number[]): Float64Array => Float64Array.from(clocks, (each) => each / clockHz);
  const strobes = steps.flatMap(({ conversions }, step) => conversions.map((each) => ({ ...each, step })));
  const converted = strobes.flatMap((strobe) => strobe.columns.map((column) => ({ ...strobe, column })));
  return hdf5Group({
    program: hdf5Text(plan.program),
    experiment: hdf5Text(plan.experiment),
    seed: numbers(Float64Array.of(plan.seed), []),
    clock_Hz: numbers(Float64Array.of(clockHz), []),
    steps: hdf5Group({
      data_set: numbers(
        Int32Array.from(steps, ({ dataSet }) => dataSet),
        [count],
      ),
      time_s: numbers(seconds(steps.map(({ clock }) => clock)), [count]),
      width_s: numbers(seconds(steps.map(({ clocks }) => clocks)), [count]),
      mode: texts(steps.map(({ mode }) => mode)),
      pulse: numbers(
        Uint8Array.from(steps, ({ fires }) => Number(fires)),
        [count],
      ),
      row_V: numbers(
        matrix(
          steps.map(({ rowVolts }) => rowVolts),
          rows,
        ),
        [count, rows],
      ),
      column_V: numbers(
        matrix(
          steps.map(({ columnVolts }) => columnVolts),
          columns,
        ),
        [count, columns],
      ),
    }),
    conversions: hdf5Group({
      step: numbers(
        Int32Array.from(converted, ({ step }) => step),
        [converted.length],
      ),
      time_s: numbers(seconds(converted.map(({ clock }) => clock)), [converted.length]),
      column: numbers(
        Int32Array.from(converted, ({ column }) => column),
        [converted.length],
      ),
    }),
  });
}

function numbers(values: Hdf5Numbers, shape: readonly number[]): Hdf5Array {
  return { kind: 'array', shape, values };
}

function texts(values: readonly string[]): Hdf5Text {
  return { kind: 'text', shape: [values.length], values };
}

function matrix(lines: readonly Float64Array[], width: number): Float64Array {
  const values = new Float64Array(lines.length * width);
  lines.forEach((line, at) => {
    values.set(line, at * width);
  });
  return values;
}
