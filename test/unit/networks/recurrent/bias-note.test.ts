/** What `realize bias` comes to: reach, fineness and time of a step, for the layer of the paper and others. */
import { describe, expect, it } from 'vitest';
import { invariant } from '../../../../src/core/invariant.js';
import type { MappedProjection } from '../../../../src/ir/mapped-network.js';
import { biasNote } from '../../../../src/networks/recurrent/bias-note.js';
import { gradientRuleOf } from '../../../../src/networks/recurrent/fast-weight-rule.js';
import { writeBudget } from '../../../../src/networks/recurrent/write-budget.js';
import { compileText } from '../../../support/compile-text.js';
import { libraryDevice } from '../../../support/library-tile.js';
import { stpnRule } from '../../../support/stpn-rule.js';

const CHIP = `chip Bench {
  clock 50 MHz
  bus apb
  tile 83 x 64 grid 32 x 1 {
    bias half
    rails -4 V .. 4 V by 8 bit
    timer 16 bit
    settle 10 us
    adc 0 A .. 1 uA by 10 bit in 2 us settle 10 us shared by 8
    lines 20 pF source "estimate" confidence estimate
  }
}
`;

function noteOf(norm: string, device: string | undefined, lines = 2656) {
  const { network } = compileText(
    CHIP + stpnRule({ decay: 'per synapse = 0.5 in 0.08 .. 0.92', gain: 0.001, bias: `${norm} = 1` }),
  );
  const [rule, chip] = [network?.rules[0], network?.chips[0]];
  invariant(rule && chip, 'the text has a rule and a chip');
  const found = gradientRuleOf({ rule, modulations: [], origin: rule.origin });
  invariant('rule' in found && found.fast, 'the rule has a fast part');
  const model = device === undefined ? undefined : libraryDevice(device);
  const projection = { name: 'input', origin: rule.origin, ...(model && { device: model }) } as MappedProjection;
  return biasNote({ projection, rule, fast: found.fast, chip, lines });
}

describe('the note', () => {
  const note = noteOf('inputLength', 'stoMemristor');
  invariant(!('reason' in note), 'the rule can be realized');
  const figures = new Map(note.figures.map(({ name, value }) => [name, value]));

  it('says what a bias reaches', () => {
    expect(Math.abs((figures.get('least kept') ?? NaN) - 0.08)).toBeLessThan(0.02);
    expect(Math.abs((figures.get('most kept') ?? NaN) - 0.92)).toBeLessThan(0.02);
  });

  it('says how finely changes are set: half a level of 8 bits in exp(V / 0.5 V)', () => {
    expect(figures.get('worst error of a change')).toBeCloseTo(Math.tanh(8 / 255 / 0.5 / 2), 3);
  });

  it('says that 2656 lines one after the other are too many, and by how much', () => {
    expect(figures.get('time a step')).toBeCloseTo(2656 * 110e-6 + 26e-6, 9);
    expect(figures.get('time of a step exceeded')).toBeCloseTo(4.38, 2);
    expect(figures.get('lines a step, one after the other')).toBe(606);
    expect(figures.get('lines at once')).toBe(5);
    expect(note.summary.join('\n')).toContain('4.38 times a step: at most 606 of them may be active, 22.8 %, or 5 are');
  });

  it('says that few lines fit', () => {
    const small = noteOf('inputLength', 'stoMemristor', 48);
    expect('summary' in small && small.summary[2]).toBe('48 lines one after the other take 5.31 ms, which a step has');
  });

  it.each([
    ['weightLength', 'stoMemristor', 'scales weights'],
    ['inputLength', 'yszEcram', 'has not one lasting state'],
    ['inputLength', undefined, 'is not on a device'],
  ])('refuses %s on %s', (norm, device, reason) => {
    const refused = noteOf(norm, device);
    expect('reason' in refused && refused.reason).toContain(reason);
  });
});

it('counts lines without pauses as the paper does: 0.27 s for 100 us each', () => {
  const load = { lines: 2656, pulses: 1, pulseSeconds: 1e-4, otherSeconds: 0, stepSeconds: 66.7e-3 };
  expect(writeBudget(load)).toEqual({ seconds: 0.2656, excess: 0.2656 / 66.7e-3, serialLines: 667, linesAtOnce: 4 });
  expect(writeBudget({ ...load, otherSeconds: 1 }).linesAtOnce).toBe(Infinity);
});
