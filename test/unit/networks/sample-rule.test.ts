/** Handlers at samples as loops over synapses: what they compute, and what is refused. */
import { expect, it } from 'vitest';
import { compileSampleRule, type SampleRule } from '../../../src/networks/arrays/sample-rule.js';
import type { MappedLearning } from '../../../src/ir/mapped-network.js';
import { compileText } from '../../support/compile-text.js';

/** Learning by the rules of a text, in their order; every second one for odd columns only where there are two. */
function learningOf(text: string): readonly MappedLearning[] {
  const { network, diagnostics } = compileText(text);
  if (!network) throw new Error(JSON.stringify(diagnostics));
  return network.rules.map((rule) => ({ rule, modulations: [], origin: rule.origin }));
}

function ruleOf(text: string, shape = { rows: 2, columns: 2 }): SampleRule {
  const rule = compileSampleRule(learningOf(text), shape);
  if ('kind' in rule) throw new Error(rule.reason);
  return rule;
}

it('is gradient descent, within the range of the weight', () => {
  const rule = ruleOf(`rule sgd {
    param rate = 0.5
    weight w : 1 in -1 .. 1
    on sample { w -= rate * post.error * pre.value }
  }`);
  const weight = Float32Array.of(0, 0.25, -0.9, 0.9);
  const product = Float32Array.of(1, -0.5, 1, -4);
  rule.step({ product, weight, traces: [], modulators: new Float64Array() }, 0, 2);
  expect([...weight]).toEqual([-0.5, 0.5, -1, 1]);
});

it('counts pulses in traces and follows conditions, named values and local ones', () => {
  const rule = ruleOf(`rule counted {
    param step = 2
    weight w : 1
    trace up : 1 per synapse = 3
    trace down : 1 per synapse
    modulator gain : 1 = 1
    let pulses(x) = x / step
    on sample when gain > 0 {
      let g = pulses(pre.value * post.error) * gain
      if g < 0 { up += -g } else { down += g }
    }
  }`);
  expect(rule.traces).toEqual([
    { name: 'up', initial: 3 },
    { name: 'down', initial: 0 },
  ]);
  const traces = [new Float32Array(4), new Float32Array(4)];
  const state = { product: Float32Array.of(4, -8, 0, 2), weight: new Float32Array(4), traces };
  rule.step({ ...state, modulators: Float64Array.of(0.5) }, 0, 2);
  expect(traces.map((trace) => [...trace])).toEqual([
    [0, 2, 0, 0],
    [1, 0, 0, 0.5],
  ]);
  rule.step({ ...state, modulators: Float64Array.of(0) }, 0, 2);
  expect([...(traces[0] ?? [])]).toEqual([0, 2, 0, 0]);
});

it('lets a synapse follow the first rule whose condition holds', () => {
  const [up, down] = learningOf(`rule up { weight w : 1 on sample { w += post.error * pre.value } }
    rule down { weight w : 1 on sample { w -= post.error * pre.value } }`);
  const condition = {
    kind: 'compare',
    operator: '==',
    left: { kind: 'reference', name: 'post.index' },
    right: { kind: 'number', value: 1 },
  } as const;
  const rule = compileSampleRule([{ ...up!, condition }, down!], { rows: 2, columns: 3 });
  if ('kind' in rule) throw new Error(rule.reason);
  const weight = new Float32Array(6);
  rule.step({ product: new Float32Array(6).fill(1), weight, traces: [], modulators: new Float64Array() }, 1, 2);
  expect([...weight]).toEqual([0, 0, 0, -1, 1, -1]);
});

it.each([
  ['w -= post.error', 'uses `pre.value` or `post.error` otherwise than in `pre.value * post.error`'],
  ['w -= post.error * pre.value * pre.value', 'uses `pre.value` or `post.error` otherwise'],
  ['w -= post.error / pre.value', 'uses `pre.value` or `post.error` otherwise'],
  ['w -= post.error * pre.value * post.value', 'looks at `post.value` at samples'],
])('refuses `%s`', (statement, reason) => {
  const learning = learningOf(`rule odd { weight w : 1 on sample { ${statement} } }`);
  expect(compileSampleRule(learning, { rows: 1, columns: 1 })).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining(reason) as string,
  });
});
