/** The agent's derivatives against finite differences, and its layer against the one that visits every column. */
import { describe, expect, it } from 'vitest';
import { ActiveMap } from '../../../../src/networks/games/active-map.js';
import type { AgentModel, AgentStep } from '../../../../src/networks/games/agent-model.js';
import type { FastState } from '../../../../src/networks/games/sparse-fast-layer.js';
import { FastLayer } from '../../../../src/networks/recurrent/fast-layer.js';
import { createAgent, SCREEN } from './small-agent.js';

const STEPS = 6;

/** A spot that comes and goes, so that columns are left unvisited for some steps. */
function screens(): readonly ActiveMap[] {
  return [0, 7, 2, 7, 1, 6].map((corner, step) => {
    const map = new ActiveMap(SCREEN);
    for (let at = 0; at < 4; at++) {
      const place = (corner + (at >> 1)) * 12 + corner + (at & 1) + (step % 2);
      map.activate(place);
      map.values[place] = 0.4 + 0.2 * at;
    }
    return map;
  });
}

/** Weights of log-probabilities and estimates in a loss. */
const WEIGHTS = Array.from({ length: STEPS * 4 }, (_, at) => Math.sin(1 + 3 * at));
/** The step with which a game ends. */
const LAST = 2;

interface Run {
  readonly loss: number;
  readonly steps: readonly AgentStep[];
}

/** A segment that begins with something remembered. */
function run(model: AgentModel, memory: FastState = remembered(model)): Run {
  let loss = 0;
  const steps = screens().map((screen, at) => {
    const step = model.createStep();
    model.forward(screen, memory, step);
    step.fast.isLast = at === LAST;
    if (at === LAST) model.layer.reset(memory);
    step.chances.forEach((chance, action) => (loss += (WEIGHTS[4 * at + action] ?? NaN) * Math.log(chance)));
    loss += (WEIGHTS[4 * at + 3] ?? NaN) * step.value;
    return step;
  });
  return { loss, steps };
}

function remembered(model: AgentModel): FastState {
  const memory = model.createMemory();
  memory.fast.forEach((_, cell) => (memory.fast[cell] = 0.3 * Math.cos(cell)));
  memory.outputs.forEach((_, unit) => (memory.outputs[unit] = 0.5 * Math.sin(unit + 1)));
  return memory;
}

function errorsOf(steps: readonly AgentStep[]) {
  const actions = new Float64Array(3 * steps.length);
  steps.forEach(({ chances }, at) => {
    const weights = WEIGHTS.slice(4 * at, 4 * at + 3);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    weights.forEach((weight, action) => (actions[3 * at + action] = weight - (chances[action] ?? NaN) * sum));
  });
  return { actions, values: Float64Array.from(steps, (_, at) => WEIGHTS[4 * at + 3] ?? NaN) };
}

describe('derivatives of an agent', () => {
  it.each([0, 1, 4])('are those of finite differences, inputs scaled to %d', (inputLength) => {
    const model = createAgent(inputLength);
    const { steps } = run(model);
    model.backward(steps, errorsOf(steps));
    const sets = [
      ...model.trained.map(({ values, gradients }) => ({ values, gradients })),
      ...(['decay', 'gain'] as const).map((of) => ({
        values: model.layer.values[of],
        gradients: model.layer.gradients[of],
      })),
    ];
    let [checked, largest] = [0, 0];
    for (const { values, gradients } of sets) {
      for (let at = 0; at < values.length; at += Math.ceil(values.length / 60)) {
        const value = values[at] ?? NaN;
        const [above, below] = [1e-5, -1e-5].map((shift) => {
          values[at] = value + shift;
          return run(model).loss;
        });
        values[at] = value;
        const slope = ((above ?? NaN) - (below ?? NaN)) / 2e-5;
        expect(gradients[at]).toBeCloseTo(slope, 5);
        largest = Math.max(largest, Math.abs(slope));
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(200);
    expect(largest).toBeGreaterThan(0.05);
  });
});

describe('the layer that visits what is not zero', () => {
  it('has the outputs of the one that visits everything', () => {
    const model = createAgent(1);
    const memory = model.createMemory();
    const { units, inputLength } = model.setup;
    const inputs = model.layer.width - units;
    const whole = new FastLayer({
      units,
      inputs,
      isRecurrent: true,
      norm: { of: 'inputs', length: inputLength },
      activation: 'tanh',
    });
    for (const of of ['weight', 'decay', 'gain'] as const) {
      for (let cell = 0; cell < whole.values[of].length; cell++) {
        const [unit, column] = [Math.floor(cell / model.layer.width), cell % model.layer.width];
        whole.values[of][cell] = model.layer.values[of][column * units + unit] ?? NaN;
      }
    }
    whole.values.bias.set(model.layer.values.bias);
    const seen = screens().map((screen) => {
      const step = model.createStep();
      model.forward(screen, memory, step);
      return step;
    });
    whole.forward(
      seen.flatMap(({ maps }) => [...(maps.at(-1)?.values ?? [])]),
      STEPS,
    );
    seen.forEach(({ fast }, at) => {
      whole.outputsAt(at).forEach((output, unit) => {
        expect(fast.outputs[unit]).toBeCloseTo(output, 12);
      });
    });
    model.layer.settle(memory);
    const parts = new Float64Array(whole.values.weight.length);
    whole.fastPartAt(STEPS, parts);
    parts.forEach((part, cell) => {
      const [unit, column] = [Math.floor(cell / model.layer.width), cell % model.layer.width];
      expect(memory.fast[column * units + unit]).toBeCloseTo(part, 12);
    });
    expect(parts.some((part) => Math.abs(part) > 1e-3)).toBe(true);
  });

  it('only looks where it is told to', () => {
    const model = createAgent(1);
    const memory = remembered(model);
    const [first, second] = screens();
    const step = model.createStep();
    if (first && second) {
      model.forward(first, memory, step);
      const before = structuredClone(memory);
      model.forward(second, memory, step, true);
      const looked = [...step.chances, step.value];
      expect(memory).toEqual(before);
      model.forward(second, memory, step);
      [...step.chances, step.value].forEach((number, at) => {
        expect(looked[at]).toBeCloseTo(number, 14);
      });
    }
    expect.assertions(5);
  });
});
