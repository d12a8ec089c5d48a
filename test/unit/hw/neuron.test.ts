/** Neurons and the corner turn behind them against their models, numbers and clocks. */
import { describe, expect, it } from 'vitest';
import { cornerTurnIdleClock, cornerTurnWriteClock, turnedPlanes } from '../../../src/ir/corner-turn.js';
import { NeuronModel, type NeuronSettings } from '../../../src/ir/neuron-model.js';
import { openCell, type Cell } from '../../support/cell-session.js';
import { randomNumbers } from '../../support/random-numbers.js';

const ACC_BITS = 16;
const STATE_BITS = 14;
const ACTIVATION_BITS = 5;

const log2 = (count: number): number => Math.max(1, Math.ceil(Math.log2(count)));

/** Two's complement. */
const unsigned = (value: number, bits: number): number => (value < 0 ? value + 2 ** bits : value);

/** Converters that share the columns. */
const converterBits = (columns: number): number => (columns >= 4 ? 2 : 0);
const sharesOf = (columns: number): number => Math.ceil(columns / 2 ** converterBits(columns));

function openNeurons(columns: number): Promise<Cell> {
  const columnBits = Math.max(1, Math.ceil(Math.log2(columns)));
  return openCell({
    cell: 'ion_neuron',
    isSampled: true,
    parameters: {
      Columns: columns,
      ColumnW: columnBits,
      Shares: sharesOf(columns),
      MuxW: log2(sharesOf(columns)),
      SelBits: converterBits(columns),
      AccW: ACC_BITS,
      StateW: STATE_BITS,
      LeakW: 4,
      RefractoryW: 3,
      Bits: ACTIVATION_BITS,
    },
    ports: {
      abort_i: 1,
      clear_i: 1,
      start_i: 1,
      idle_o: 1,
      rectify_i: 1,
      subtract_i: 1,
      leak_i: 4,
      threshold_i: STATE_BITS,
      refractory_i: 3,
      acc_re_o: 1,
      acc_addr_o: log2(sharesOf(columns)) + converterBits(columns),
      acc_data_i: ACC_BITS,
      spike_o: 1,
      spike_line_o: columnBits,
      value_re_i: 1,
      value_addr_i: columnBits,
      value_o: ACTIVATION_BITS,
    },
  });
}

/** A layer of running neurons, its accumulators, and its model. */
class NeuronBench {
  readonly model: NeuronModel;
  readonly cell: Cell;
  readonly #columns: number;

  constructor(cell: Cell, columns: number) {
    this.cell = cell;
    this.#columns = columns;
    this.model = new NeuronModel({ columns, stateBits: STATE_BITS, activationBits: ACTIVATION_BITS });
    cell.reset();
    this.#rest();
  }

  /** Clocks of a wipe, at the end of which the neurons are idle. */
  #rest(): void {
    for (let clock = 0; clock < this.model.clearClocks; clock++) {
      this.cell.step({ clear_i: 0 });
      expect(this.cell.ports.get('idle_o')).toBe(0);
    }
    this.cell.step();
    expect(this.cell.ports.get('idle_o')).toBe(1);
  }

  clear(): void {
    this.cell.step({ clear_i: 1 });
    this.model.clear();
    this.#rest();
  }

  configure({ kind, subtracts, leak, threshold, refractory }: NeuronSettings): void {
    this.cell.step({
      rectify_i: Number(kind === 'rectify'),
      subtract_i: Number(subtracts),
      leak_i: leak,
      threshold_i: unsigned(threshold, STATE_BITS),
      refractory_i: refractory,
    });
  }

  /** Runs one step on both and compares spikes, clocks and values. */
  step(settings: NeuronSettings, accumulators: readonly number[]): readonly number[] {
    const expected = this.model.step(settings, accumulators);
    const { cell } = this;
    const spikes: { column: number; clock: number }[] = [];
    cell.step({ start_i: 1 });
    cell.ports.set('start_i', 0);
    for (let clock = 1; clock <= expected.idleClock; clock++) {
      cell.step();
      expect([clock, cell.ports.get('idle_o')]).toEqual([clock, Number(clock === expected.idleClock)]);
      if (cell.ports.get('spike_o') === 1) spikes.push({ column: cell.ports.get('spike_line_o'), clock });
      if (cell.ports.get('acc_re_o') === 1) {
        const value = accumulators[this.#column(cell.ports.get('acc_addr_o'))] ?? 0;
        cell.ports.set('acc_data_i', unsigned(value, ACC_BITS));
      }
    }
    expect(spikes).toEqual(expected.spikes);
    expect(this.values()).toEqual(this.model.values);
    return spikes.map(({ column }) => column);
  }

  /** Column whose sum stands at `address`. */
  #column(address: number): number {
    const converters = 2 ** converterBits(this.#columns);
    return (address % converters) * sharesOf(this.#columns) + Math.floor(address / converters);
  }

  values(): readonly number[] {
    const { cell } = this;
    const values = Array.from({ length: this.#columns + 1 }, (_, column) => {
      cell.step({ value_re_i: 1, value_addr_i: column % this.#columns });
      return cell.ports.get('value_o');
    });
    cell.step({ value_re_i: 0 });
    return values.slice(1);
  }
}

async function neurons(columns: number): Promise<NeuronBench> {
  return new NeuronBench(await openNeurons(columns), columns);
}

describe('neurons', () => {
  it.each([
    [1, 1],
    [5, 2],
    [16, 3],
  ])('of %i columns do what the model says', async (columns, seed) => {
    const bench = await neurons(columns);
    const random = randomNumbers(seed);
    const spikes = new Set<number>();
    for (let round = 0; round < 12; round++) {
      const settings: NeuronSettings = {
        kind: random(3) === 0 ? 'rectify' : 'fire',
        subtracts: random(2) === 0,
        leak: random(STATE_BITS),
        threshold: random(2 ** (STATE_BITS - 1)) - (round % 4 === 0 ? 3000 : 0),
        refractory: random(8),
      };
      bench.configure(settings);
      for (let step = 0; step < 8; step++) {
        const inputs = Array.from({ length: columns }, () => random(2 ** ACC_BITS) - 2 ** (ACC_BITS - 1));
        for (const column of bench.step(settings, inputs)) spikes.add(column);
      }
      if (round % 5 === 4) bench.clear();
    }
    expect(spikes.size).toBe(columns);
  });

  const FIRE: NeuronSettings = { kind: 'fire', subtracts: false, leak: 0, threshold: 100, refractory: 0 };

  it('integrate, fire at the threshold and not below, and rest', async () => {
    const bench = await neurons(2);
    const settings = { ...FIRE, refractory: 2 };
    bench.configure(settings);
    const spikes = Array.from({ length: 6 }, () => bench.step(settings, [50, 49]));
    expect(spikes).toEqual([[], [0], [1], [], [], [0]]);
  });

  it('saturate at both ends', async () => {
    const bench = await neurons(2);
    const most = 2 ** (STATE_BITS - 1) - 1;
    const settings = { ...FIRE, threshold: most };
    bench.configure(settings);
    for (let step = 0; step < 3; step++) bench.step(settings, [step === 0 ? most - 1 : 0, 1 - 2 ** (ACC_BITS - 1)]);
    // The low five bits of both
    expect(bench.values()).toEqual([30, 0]);
  });

  it('keep what is over the threshold where a spike takes it off', async () => {
    const bench = await neurons(1);
    const settings = { ...FIRE, subtracts: true };
    bench.configure(settings);
    expect(bench.step(settings, [117])).toEqual([0]);
    expect(bench.values()).toEqual([17]);
  });

  it('rectify: nothing below the threshold, full scale above', async () => {
    const bench = await neurons(4);
    const settings: NeuronSettings = { ...FIRE, kind: 'rectify', leak: 2, threshold: -8 };
    bench.configure(settings);
    bench.step(settings, [-9, -8, 12, 511]);
    expect(bench.values()).toEqual([0, 0, 5, 31]);
  });

  it('make a step that is asked for while they are put to rest', async () => {
    const bench = await neurons(5);
    const settings: NeuronSettings = { kind: 'fire', subtracts: false, leak: 0, threshold: 3, refractory: 0 };
    bench.configure(settings);
    for (const early of [0, 2, 4]) {
      const spikes: number[] = [];
      bench.cell.step({ clear_i: 1 });
      bench.model.clear();
      for (let clock = 0; clock < bench.model.clearClocks + 100; clock++) {
        bench.cell.step({ clear_i: 0, start_i: Number(clock === early), acc_data_i: 3 });
        if (bench.cell.ports.get('spike_o') === 1) spikes.push(bench.cell.ports.get('spike_line_o'));
      }
      expect(spikes).toEqual([0, 1, 2, 3, 4]);
      expect(bench.cell.ports.get('idle_o')).toBe(1);
    }
  });

  it('are idle at once after an abort, and take the next command', async () => {
    const bench = await neurons(3);
    bench.configure(FIRE);
    bench.cell.step({ start_i: 1 });
    bench.cell.step({ start_i: 0 });
    bench.cell.step({ abort_i: 1 });
    bench.cell.step({ abort_i: 0 });
    expect(bench.cell.ports.get('idle_o')).toBe(1);
    expect(bench.step(FIRE, [200, 1, 2])).toEqual([0]);
  });
});

interface TurnShape {
  readonly values: number;
  readonly bits: number;
  readonly lanes: number;
  readonly words: number;
}

function openCornerTurn({ values, bits, lanes, words }: TurnShape): Promise<Cell> {
  const parameters = {
    Values: values,
    ValueW: log2(values),
    Bits: bits,
    Lanes: lanes,
    Words: words,
    GroupW: log2(words),
    PlaneW: 6,
  };
  return openCell({
    cell: 'ion_corner_turn',
    isSampled: true,
    parameters,
    ports: {
      abort_i: 1,
      start_i: 1,
      first_i: 6,
      idle_o: 1,
      value_re_o: 1,
      value_addr_o: log2(values),
      value_i: bits,
      we_o: 1,
      plane_o: 6,
      group_o: log2(words),
      word_o: lanes,
    },
  });
}

/** Everything that one command writes: plane -> lines, and the clocks of the last word of each plane. */
function turn(cell: Cell, shape: TurnShape, values: readonly number[]) {
  const planes = new Map<number, number[]>();
  const clocks: number[] = [];
  cell.step({ start_i: 1, first_i: 20 });
  cell.ports.set('start_i', 0);
  let clock = 0;
  do {
    clock++;
    cell.step();
    // Beyond the last value anything may stand
    const other = 2 ** shape.bits - 1;
    if (cell.ports.get('value_re_o') === 1) cell.ports.set('value_i', values[cell.ports.get('value_addr_o')] ?? other);
    if (cell.ports.get('we_o') === 1) {
      const [plane, group] = [cell.ports.get('plane_o'), cell.ports.get('group_o')];
      const lines = cell.ports.lines('word_o').map((lane) => group * shape.lanes + lane);
      planes.set(plane, [...(planes.get(plane) ?? []), ...lines]);
      if (group === shape.words - 1) clocks.push(clock);
    }
  } while (cell.ports.get('idle_o') === 0 && clock < 10_000);
  return { planes, clocks, idleClock: clock };
}

describe('the corner turn', () => {
  it.each([
    { values: 6, bits: 3, lanes: 6, words: 1 },
    { values: 1, bits: 1, lanes: 1, words: 1 },
    { values: 20, bits: 8, lanes: 8, words: 4 },
    { values: 64, bits: 4, lanes: 64, words: 1 },
    { values: 5, bits: 2, lanes: 4, words: 1 },
  ])('of $values values of $bits bits in words of $lanes', async (shape) => {
    const cell = await openCornerTurn(shape);
    const random = randomNumbers(shape.values);
    cell.reset();
    for (let round = 0; round < 4; round++) {
      const values = Array.from({ length: shape.values }, () => random(2 ** shape.bits));
      const seen = turn(cell, shape, values);
      const covered = values.slice(0, shape.lanes * shape.words);
      const expected = turnedPlanes(covered, shape.bits).map((lines, index) => [20 + index, lines]);
      expect([...seen.planes]).toEqual(expected);
      expect(seen.clocks).toEqual(expected.map((_, plane) => cornerTurnWriteClock(shape, plane)));
      expect(seen.idleClock).toBe(cornerTurnIdleClock(shape));
    }
  });

  it('is idle after an abort and writes no more', async () => {
    const shape = { values: 8, bits: 2, lanes: 8, words: 1 };
    const cell = await openCornerTurn(shape);
    cell.reset();
    cell.step({ start_i: 1 });
    cell.ports.set('start_i', 0);
    for (let clock = 0; clock < 8; clock++) cell.step();
    cell.step({ abort_i: 1 });
    cell.ports.set('abort_i', 0);
    for (let clock = 0; clock < 30; clock++) {
      cell.step();
      expect([cell.ports.get('we_o'), cell.ports.get('idle_o')]).toEqual([0, 1]);
    }
    expect(turn(cell, shape, [3, 2, 1, 0, 3, 2, 1, 0]).idleClock).toBe(cornerTurnIdleClock(shape));
  });
});
