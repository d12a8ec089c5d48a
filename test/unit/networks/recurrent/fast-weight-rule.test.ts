/** Which rules are trained by gradient, and why others are not. */
import { expect, it } from 'vitest';
import { invariant } from '../../../../src/core/invariant.js';
import { gradientRuleOf } from '../../../../src/networks/recurrent/fast-weight-rule.js';
import { compileText } from '../../../support/compile-text.js';

function outcomeOf(...clauses: readonly string[]) {
  const { network, diagnostics } = compileText(`rule r {\n${clauses.join('\n')}\n}`);
  const [rule] = network?.rules ?? [];
  invariant(rule, JSON.stringify(diagnostics));
  return gradientRuleOf({ rule, modulations: [], origin: rule.origin });
}

const BASE = ['param decay per synapse = 0.5 in 0.08 .. 0.92', 'param gain per synapse = 0.001', 'weight w : 1'];
const TRACE = 'trace f : 1 per synapse';
const STEP = 'every 66.7 ms { f = decay * f + gain * pre.value * post.value }';
const SUM = 'transmit = w + f';

it('finds factors whatever way they are written', () => {
  const ways = [
    STEP,
    'every 66.7 ms { let p = post.value * gain\n f -= (1 - decay) * f\n f += p * pre.value }',
    'every 66.7 ms { f = -(-decay * f) - pre.value * (-gain) * post.value }',
  ];
  for (const way of ways) {
    const found = outcomeOf(...BASE, TRACE, SUM, way, 'realize bias { weightLength = 2 }');
    expect(found).toMatchObject({
      fast: {
        trace: 'f',
        seconds: 0.0667,
        decay: { scale: 1, parameter: { name: 'decay', bounds: { low: 0.08, high: 0.92 } } },
        gain: { scale: 1, parameter: { name: 'gain' } },
        norm: { of: 'weights', length: 2 },
      },
    });
  }
});

it('takes shared parameters into the factors', () => {
  const keep = ['param keep = 0.5', 'let kept = keep * 0.5', TRACE, 'transmit = f + w'];
  const found = outcomeOf(...BASE, ...keep, 'every 1 ms { f = kept * decay * f + 2 * pre.value * post.value }');
  expect(found).toMatchObject({
    fast: { decay: { scale: 0.25, parameter: { name: 'decay' } }, gain: { scale: 2 }, norm: { of: 'nothing' } },
  });
});

it('takes a rule that is a weight alone', () => {
  expect(outcomeOf('weight w : 1')).not.toHaveProperty('fast');
  expect(outcomeOf('weight w : 1')).toHaveProperty('rule');
});

it.each([
  [[...BASE, TRACE, SUM, STEP, 'on sample { w -= post.error * pre.value }'], 'what happens at spikes or samples'],
  [['weight w : 1', 'transmit = 2 * w'], 'transmits something else'],
  [[...BASE, SUM.replace('w + f', 'w + g'), 'trace g : 1 per pre'], 'has not one trace per synapse'],
  [[...BASE, TRACE, SUM, 'evolve f = -f / 1 s', STEP], 'between its steps'],
  [[...BASE, TRACE, SUM, STEP, STEP], 'exactly one `every`'],
  [[...BASE, TRACE, SUM, STEP.replace('ms {', 'ms when f > 0 {')], 'exactly one `every`'],
  [[...BASE, `${TRACE} = 1`, SUM, STEP], 'other than 0'],
  [[...BASE, TRACE, 'transmit = w * f', STEP], 'does not transmit `w + f`'],
  [[...BASE, TRACE, SUM, 'every 1 ms { f = decay * f * f }'], 'does not move `f`'],
  [[...BASE, TRACE, SUM, 'every 1 ms { f = decay * f + gain * pre.value }'], 'does not move `f`'],
  [[...BASE, TRACE, SUM, 'every 1 ms { f = decay * f + gain * pre.value * post.value + 1 }'], 'does not move `f`'],
  [[...BASE, TRACE, SUM, 'every 1 ms { w = decay * w }'], 'changes `w`'],
  [[...BASE, TRACE, SUM, 'every 1 ms { f = decay * gain * f + pre.value * post.value }'], 'neither a number'],
  [[...BASE, TRACE, SUM, 'every 1 ms { f = decay ^ 2 * f + pre.value * post.value }'], 'neither a number'],
  [[...BASE, TRACE, SUM, STEP, 'realize bias { weightLength = 1, inputLength = 1 }'], 'at once'],
])('refuses %j', (clauses, reason) => {
  const outcome = outcomeOf(...clauses);
  expect('reason' in outcome && outcome.reason).toContain(reason);
});
