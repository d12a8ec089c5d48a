/** Expectations of experiments on networks over their seeds. */
import { describe, expect, it } from 'vitest';
import { mapStudy } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { invariant } from '../../../src/core/invariant.js';
import { compileSource } from '../../../src/dsl/front-end.js';
import { decideStudy, metricsOf, studyFigures } from '../../../src/ir/study-expectations.js';
import { memoryHost } from '../../support/memory-host.js';
import { BENCH, experimentOn, SPIKING } from '../../support/study-text.js';

/** An experiment with the given expectations. */
function studyWith(...expectations: readonly string[]) {
  const text = BENCH + SPIKING + experimentOn('Net', 'wait 1 s', 'baseline published = 3 Hz source "example" confidence estimate', ...expectations); // prettier-ignore
  const host = memoryHost({ 'input.ion': text });
  const diagnostics = new DiagnosticBag();
  const network = compileSource('input.ion', host, new Map(), diagnostics);
  const [study] = network?.studies ?? [];
  const source = { file: 'input.ion', host, overrides: new Map() };
  const mapped = network && study && mapStudy({ network, study, point: [] }, source, diagnostics);
  invariant(mapped, JSON.stringify(diagnostics.all, undefined, 1));
  return mapped;
}

const seedsOf = (key: string, ...values: readonly number[]) => values.map((value) => new Map([[key, value]]));

describe('units', () => {
  it('are those of what is compared, and none where they differ', () => {
    const { study } = studyWith(
      'expect energy(total) / pulses <= 2 fJ / 1 pulses',
      'expect rate(post) <= 2 * published',
      'expect rate(post) <= 5 Hz and energy(total) < 1 J',
    );
    expect(study.expectations.map(({ unit }) => unit)).toEqual(['J/pulses', 'Hz', undefined]);
    const [ratio] = study.expectations;
    const energy = new Map([
      ['energy(total)', 3e-15],
      ['pulses', 2],
    ]);
    invariant(ratio, 'there is an expectation');
    expect(decideStudy({ expectations: [ratio], baselines: [] }, [energy])).toMatchObject([
      { value: 1.5e-15, limit: 2e-15, unit: 'J/pulses', ok: true },
    ]);
  });
});

describe('figures', () => {
  it('are what expectations compare, each once, with its unit and selection', () => {
    const mapped = studyWith(
      'expect rate(post) <= 5 Hz and rate(post) >= 1 Hz',
      'expect max(rate(post)) <= 2 * published',
      'expect mean(synapses.w) >= 20 nS where pre.index == 0',
      'expect energy(total) < 1 J',
    );
    expect(studyFigures(mapped).map(({ key, unit, selection }) => [key, unit, selection !== undefined])).toEqual([
      ['rate(post)', 'Hz', false],
      ['mean(synapses.w) where pre.index == 0', 'S', true],
      ['energy(total)', 'J', false],
    ]);
  });

  it('are summed up over the seeds', () => {
    const figures = studyFigures(studyWith('expect rate(post) <= 5 Hz'));
    expect(metricsOf(figures, seedsOf('rate(post)', 1, 2, 6))).toEqual({ 'rate(post)': { mean: 3, min: 1, max: 6, unit: 'Hz' } }); // prettier-ignore
  });
});

describe('expectations', () => {
  const decide = (expectation: string, ...values: readonly number[]) => {
    const [result] = decideStudy(studyWith(expectation).study, seedsOf('rate(post)', ...values));
    return result && [result.value, result.limit, result.ok];
  };

  it.each<[string, readonly number[], readonly [number, number, boolean]]>([
    ['expect rate(post) <= 5 Hz', [1, 4, 2], [4, 5, true]],
    ['expect rate(post) <= 5 Hz', [1, 7, 6], [7, 5, false]],
    ['expect rate(post) >= published', [4, 9], [4, 3, true]],
    ['expect rate(post) / published > 1', [2, 9], [2 / 3, 1, false]],
    ['expect mean(rate(post)) <= 5 Hz', [1, 7], [4, 5, true]],
    ['expect max(rate(post)) <= 5 Hz', [1, 7], [7, 5, false]],
    ['expect min(rate(post)) == 1 Hz', [1, 7], [1, 1, true]],
    ['expect rate(post) >= 1 Hz and rate(post) <= 5 Hz', [2, 4.5], [4.5, 5, true]],
    ['expect rate(post) <= 1 Hz or rate(post) >= 5 Hz', [4], [4, 5, false]],
    ['expect not (rate(post) > 5 Hz)', [6], [0, 1, false]],
    ['expect rate(post) <= 5 Hz', [1, NaN], [NaN, 5, false]],
  ])('%s over %j', (expectation, values, expected) => {
    expect(decide(expectation, ...values)).toEqual(expected);
  });

  it('take the figure of their selection', () => {
    const { study } = studyWith('expect mean(synapses.w) >= 20 nS where pre.index == 0');
    const seeds = [new Map([['mean(synapses.w) where pre.index == 0', 3e-8]])];
    expect(decideStudy(study, seeds)[0]).toMatchObject({ value: 3e-8, ok: true });
  });
});
