/** Pairs of devices under counted pulses, against one cell at a time by interpretation. */
import { describe, expect, it } from 'vitest';
import { invariant } from '../../../src/core/invariant.js';
import { createDiskHost } from '../../../src/core/disk.js';
import type { DeviceModel } from '../../../src/devices/device-model.js';
import { applyPulseSteps, initialValues, valueOf } from '../../../src/devices/interpret-device.js';
import type { Expression } from '../../../src/devices/expression.js';
import type { Statement } from '../../../src/devices/statement.js';
import { numeral, reference } from '../../../src/devices/symbolic.js';
import { runStatements } from '../../../src/devices/trains/handler-effect.js';
import { loadLibraryDevice } from '../../../src/dsl/front-end.js';
import type { LearningRule } from '../../../src/ir/rule.js';
import { pairLawOf } from '../../../src/networks/arrays/pair-law.js';
import { createPulsePairArray, PulsePairArray } from '../../../src/networks/arrays/pulse-pair-array.js';
import { ROUNDING_TAG } from '../../../src/networks/arrays/rounding-draws.js';
import { pulseRuleOf } from '../../../src/networks/arrays/pulse-rule.js';
import { keyOfSeed, normalAt } from '../../../src/numerics/normal.js';
import { philox4x32 } from '../../../src/numerics/philox.js';
import { ORIGIN } from '../../support/mapped-fixture.js';
import { HALL, mappedPairs } from '../../support/pair-training.js';

function ruleWith(realize: string): LearningRule {
  const mapped = mappedPairs(realize);
  const [learning] = mapped.projections[0]!.learning;
  return learning!.rule;
}

const [ROWS, COLUMNS, COUNT] = [9, 11, 4];

interface Choice {
  readonly without?: readonly string[];
  readonly threads?: number;
}

function createArray(rule: LearningRule, { without = [], threads = 1 }: Choice = {}): PulsePairArray {
  const pulses = pulseRuleOf({ rule, modulations: [], origin: ORIGIN });
  invariant(!('reason' in pulses), 'the rule counts pulses');
  const weights = Float32Array.from({ length: ROWS * COLUMNS }, (_, cell) => 0.3 * Math.sin(cell));
  const shape = { rows: ROWS, columns: COLUMNS, batch: COUNT };
  const setup = { ...shape, device: HALL, quantity: 'resistance', scale: 1, rule: pulses, key: keyOfSeed(5) } as const;
  const array = createPulsePairArray({ ...setup, without, threads, weights });
  invariant(array instanceof PulsePairArray, JSON.stringify(array));
  return array;
}

/** Inputs and errors of a step, with lines that stay silent. */
function stepOf(step: number) {
  const inputs = Float32Array.from({ length: COUNT * ROWS }, (_, at) => (at % ROWS === 3 ? 0 : 2e-2 * Math.cos(at * 1.3 + step))); // prettier-ignore
  const errors = Float32Array.from({ length: COUNT * COLUMNS }, (_, at) => 1.5e-1 * Math.sin(at * 2.7 + 3 * step));
  return {
    inputs: { count: COUNT, width: ROWS, values: inputs },
    errors: { count: COUNT, width: COLUMNS, values: errors },
  };
}

/** One pair after another, in double precision. */
class OraclePairs {
  readonly states: [number, number][];
  refreshes = 0;
  readonly #rule: LearningRule;
  readonly #settings: ReadonlyMap<string, number>;
  readonly #field = new Map(initialValues(HALL));
  #steps = 0;

  constructor(rule: LearningRule, array: PulsePairArray) {
    this.#rule = rule;
    this.#settings = new Map(rule.realization.settings.map(({ name, value }) => [name, value]));
    const { plus, minus } = array.snapshot();
    const stride = 8 * Math.ceil(COLUMNS / 8);
    this.states = Array.from({ length: ROWS * COLUMNS }, (_, cell) => {
      const at = Math.floor(cell / COLUMNS) * stride + (cell % COLUMNS);
      return [plus![at]!, minus![at]!];
    });
  }

  weightOf(x: number): number {
    const values = new Map(this.#field).set('x', x).set('noise', 0).set('v', 1);
    // Derived values follow the modulator
    for (const { name, value } of HALL.derived) values.set(name, valueOf(value, values));
    return 1 / valueOf(HALL.current, values);
  }

  modulate(tesla: number): void {
    this.#field.set('field', tesla);
  }

  weights(): readonly number[] {
    return this.states.map(([plus, minus]) => this.weightOf(plus) - this.weightOf(minus));
  }

  learn(product: (row: number, column: number) => number): void {
    for (let row = 0; row < ROWS; row++) {
      for (let column = 0; column < COLUMNS; column++) this.#pair(row, column, product(row, column));
    }
    this.#steps++;
  }

  #pair(row: number, column: number, product: number): void {
    const cell = row * COLUMNS + column;
    const pair = this.states[cell]!;
    const counts = this.#counts(product);
    const pulsed = [counts.down, counts.up].map((count, side) => {
      const gain = Math.abs(1 + 0.2 * normalAt({ key: keyOfSeed(5), stream: 0, event: 0, along: 'rows' }, row, 2 * column + side)); // prettier-ignore
      const pulses = this.#rounded(count, row, column);
      let values = new Map(this.#field).set('x', pair[side]!).set('gain', gain);
      const { volts, seconds } = HALL.pulse;
      for (let left = pulses; left > 0; left--) {
        values = applyPulseSteps(HALL, values, { volts, seconds: Math.min(1, left) * seconds });
      }
      pair[side] = values.get('x')!;
      return pulses;
    });
    if (this.#settings.has('refresh') && pair.some((x, side) => x >= 27 && pulsed[side]! > 0)) this.#renew(pair);
  }

  #counts(product: number): { readonly up: number; readonly down: number } {
    let values = new Map([
      ...this.#rule.parameters.map(({ name, value }) => [name, numeral(value)] as const),
      ['up', numeral(0)] as const,
      ['down', numeral(0)] as const,
      ['pre.value', numeral(product)] as const,
      ['post.error', numeral(1)] as const,
    ]);
    for (const { body } of this.#rule.handlers) values = new Map(runStatements(body, values));
    const numberOf = (name: string): number => valueOf(values.get(name)!, new Map());
    return { up: numberOf('up'), down: numberOf('down') };
  }

  #rounded(count: number, row: number, column: number): number {
    const places = 2 ** (this.#settings.get('fraction') ?? 0);
    let lift = 0;
    if (this.#settings.get('stochastic') === 1) {
      const stride = 8 * Math.ceil(COLUMNS / 8);
      const words = Uint32Array.of(row * stride + column, 0, this.#steps, ROUNDING_TAG);
      philox4x32(words, keyOfSeed(5), words);
      lift = (words[0]! >>> 8) / 2 ** 24;
    }
    return Math.floor(count * places + lift) / places;
  }

  #renew(pair: [number, number]): void {
    this.refreshes++;
    const weight = this.weightOf(pair[0]) - this.weightOf(pair[1]);
    let [low, high] = [0, 27];
    while (high - low > 1e-9) {
      const middle = (low + high) / 2;
      if (this.weightOf(0) - this.weightOf(middle) < Math.abs(weight)) low = middle;
      else high = middle;
    }
    pair[0] = weight < 0 ? low : 0;
    pair[1] = weight < 0 ? 0 : low;
  }
}

function productOf({ inputs, errors }: ReturnType<typeof stepOf>): (row: number, column: number) => number {
  return (row, column) => {
    let sum = 0;
    for (let sample = 0; sample < COUNT; sample++) {
      const [input, error] = [inputs.values[sample * ROWS + row]!, errors.values[sample * COLUMNS + column]!];
      sum = Math.fround(sum + Math.fround(input * error));
    }
    return sum;
  };
}

describe('pairs under counted pulses', () => {
  it.each([
    'fraction = 16 bit, refresh = 27 pulses',
    'fraction = 2 bit',
    'fraction = 0 bit, stochastic = 1, refresh = 27 pulses',
  ])('are those of one cell at a time: %s', (realize) => {
    const rule = ruleWith(realize);
    const array = createArray(rule);
    const oracle = new OraclePairs(rule, array);
    array.modulate('field', 0.1);
    oracle.modulate(0.1);
    for (let step = 0; step < 12; step++) {
      const { inputs, errors } = stepOf(step);
      array.learn(inputs, errors);
      oracle.learn(productOf({ inputs, errors }));
    }
    const weights = array.weights();
    oracle.weights().forEach((weight, cell) => {
      expect(Math.abs(weights[cell]! - weight)).toBeLessThan(1e-4);
    });
    expect(array.counts.refreshes).toBe(oracle.refreshes);
    const { pulses, seconds } = array.counts;
    expect(pulses).toBeGreaterThan(0);
    expect(seconds).toBeCloseTo(pulses * HALL.pulse.seconds, 9);
    if (realize.includes('refresh')) expect(oracle.refreshes).toBeGreaterThan(0);
    // Without the field the same states mean other weights
    array.modulate('field', 0);
    oracle.modulate(0);
    const relaxed = array.weights();
    oracle.weights().forEach((weight, cell) => {
      expect(Math.abs(relaxed[cell]! - weight)).toBeLessThan(2e-4);
    });
  });

  it('keep their weight when they are set anew', () => {
    const array = createArray(ruleWith('fraction = 16 bit, refresh = 10 pulses'));
    const plain = createArray(ruleWith('fraction = 16 bit'));
    const { inputs, errors } = stepOf(1);
    for (const each of [array, plain]) each.learn(inputs, errors);
    expect(array.counts.refreshes).toBeGreaterThan(5);
    expect(plain.counts.refreshes).toBe(0);
    const kept = plain.weights();
    array.weights().forEach((weight, cell) => {
      const range = 0.9;
      if (Math.abs(kept[cell]!) < range) expect(Math.abs(weight - kept[cell]!)).toBeLessThan(1e-5);
    });
  });

  it('do not depend on threads, and go on from a snapshot with the same bits', () => {
    const rule = ruleWith('fraction = 0 bit, stochastic = 1, refresh = 27 pulses');
    const [alone, together, later] = [createArray(rule), createArray(rule, { threads: 2 }), createArray(rule)];
    const noise = { count: COUNT, width: ROWS, values: new Float32Array(COUNT * ROWS) };
    const run = (array: PulsePairArray, from: number, to: number): void => {
      for (let step = from; step < to; step++) {
        const { inputs, errors } = stepOf(step);
        array.backward(errors, noise);
        array.learn(inputs, errors);
      }
    };
    run(alone, 0, 6);
    run(together, 0, 6);
    together.close();
    expect(together.snapshot()).toEqual(alone.snapshot());
    const saved = structuredClone(alone.snapshot());
    run(alone, 6, 9);
    later.restore(saved);
    run(later, 6, 9);
    expect(later.snapshot()).toEqual(alone.snapshot());
  });

  it('are read with noise in the direction that has it', () => {
    const array = createArray(ruleWith('fraction = 16 bit'));
    const still = createArray(ruleWith('fraction = 16 bit'), { without: ['noise'] });
    const { inputs, errors } = stepOf(0);
    const [first, second] = [0, 1].map(() => ({ count: COUNT, width: COLUMNS, values: new Float32Array(COUNT * COLUMNS) })) as [typeof errors, typeof errors]; // prettier-ignore
    const back = [0, 1].map(() => ({ count: COUNT, width: ROWS, values: new Float32Array(COUNT * ROWS) })) as [typeof inputs, typeof inputs]; // prettier-ignore
    array.setReadNoise(0, 1);
    array.forward(inputs, first);
    still.forward(inputs, second);
    expect(first.values).toEqual(second.values);
    array.backward(errors, back[0]);
    still.backward(errors, back[1]);
    const differences = back[0].values.map((value, at) => value - back[1].values[at]!);
    // Sums over the columns of noise of sqrt(2) x 0.015 Ohm times the error
    const expected = back[0].values.map((_, at) => {
      const own = errors.values.subarray(Math.floor(at / ROWS) * COLUMNS, (Math.floor(at / ROWS) + 1) * COLUMNS);
      return Math.sqrt(own.reduce((sum, error) => sum + error * error, 0)) * Math.SQRT2 * 0.015;
    });
    const ratio = Math.sqrt(differences.reduce((sum, value, at) => sum + (value / expected[at]!) ** 2, 0) / differences.length); // prettier-ignore
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.4);
  });

  it('do not move by what is less than the least step of their device, and need that condition alone', () => {
    const law = pairLawOf(HALL, []);
    expect(law).toMatchObject({ least: 0.1, meanStep: 1 });
    const changed = (change: (condition: Expression) => Expression): DeviceModel => {
      const statements = (body: readonly Statement[]): readonly Statement[] =>
        body.map((each) => (each.kind === 'if' ? { ...each, condition: change(each.condition) } : each));
      return { ...HALL, pulseSteps: HALL.pulseSteps.map((step) => ({ ...step, body: statements(step.body) })) };
    };
    const always = pairLawOf(
      changed(() => numeral(1)),
      [],
    );
    expect(always).not.toHaveProperty('least');
    expect(always).toMatchObject({ meanStep: 1 });
    const below = changed((condition) => ({ ...condition, operator: '<=' }) as Expression);
    const byState = changed((condition) => ({ ...condition, left: reference('x') }) as Expression);
    for (const device of [below, byState]) {
      expect(pairLawOf(device, [])).toEqual({
        kind: 'refused',
        reason: 'the step of `x` depends on it, or on the duration in another way than a least step',
      });
    }
  });

  it('refuse devices of another form with the reason', () => {
    const pulses = pulseRuleOf({ rule: ruleWith('fraction = 16 bit'), modulations: [], origin: ORIGIN });
    invariant(!('reason' in pulses), 'the rule counts pulses');
    const device = loadLibraryDevice('softBounds', createDiskHost());
    const setup = { rows: 2, columns: 2, batch: 1, quantity: 'conductance', scale: 1, rule: pulses } as const;
    const refused = createPulsePairArray({ ...setup, device, key: keyOfSeed(1), without: [], threads: 1, weights: new Float32Array(4) }); // prettier-ignore
    expect(refused).toEqual({ kind: 'refused', reason: 'pulses of the other polarity do not set the cell anew' });
  });
});
