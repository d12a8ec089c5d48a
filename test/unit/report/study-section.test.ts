/** Reports of experiments on networks. */
import { describe, expect, it } from 'vitest';
import type { StudyResult } from '../../../src/ir/study-result.js';
import { renderReport } from '../../../src/report/render-report.js';
import type { ReportInput } from '../../../src/report/report-input.js';

const span = { file: 'net.ion', start: { line: 3, column: 1, offset: 0 }, end: { line: 3, column: 9, offset: 8 } };

const result: StudyResult = {
  name: 'Train',
  point: [{ name: 'stdp.a', value: 1e-9, origin: span }],
  firstSeed: 1,
  seedCount: 3,
  measures: { 'accuracy(digits.test)': { mean: 0.93, min: 0.91, max: 0.95, unit: '1' } },
  expectations: [{ text: 'accuracy(digits.test) >= 92 %', value: 0.91, limit: 0.92, ok: false, origin: span }],
  curve: [0.5, 0.7, 0.9].map((accuracy, turn) => ({
    phases: [{ name: 'learning', turn }],
    kind: 'train',
    samples: 'digits.train',
    count: 10,
    accuracy,
    loss: 1 - accuracy,
  })),
  windows: [
    { projection: 'synapses', rule: 'hebbian', seconds: [-0.01, 0, 0.01], change: [-1e-9, 0, 1e-9], deviation: [0, 0, 0], kernel: [-1e-9, 0, 1.1e-9], unit: { symbol: 'nS', scale: 1e-9 } },
  ], // prettier-ignore
  activity: { seconds: 2, pulses: 40, refreshes: 0, reads: 12, conversions: 0, spikes: 0, energy: { write: 1e-12 } },
  weights: [{ projection: 'synapses', mean: 0.5, deviation: 0.1, low: 0, high: 1, counts: [1, 2, 1] }],
  baselines: [{ name: 'published', value: 0.95, unit: { symbol: '%', scale: 0.01 }, provenance: { source: 'a paper', confidence: 'secondary' } }], // prettier-ignore
  realizations: [{ projection: 'synapses', rule: 'hebbian', method: 'superposition', summary: ['Waveforms add up over the cell.'], figures: [{ name: 'worst error', value: 0.02, unit: '1' }], origin: span }], // prettier-ignore
  seconds: 1,
};

const input: ReportInput = {
  ...{ title: 'net', source: 'net.ion', version: '1', environment: { tools: [] } },
  ...{ experiments: [], studies: [], sources: [] },
};
const page = await renderReport({ ...input, studies: [{ name: 'Train (stdp.a = 1e-9)', result }] });

/** The page without the data of its figures and without its script. */
const markup = page.replaceAll(/<script[^>]*>[^]*?<\/script>/g, '');

describe('the section of a study', () => {
  it('holds curves, windows, measures, expectations, baselines and realizations', () => {
    expect(page).toContain('<a href="#network-1">Train</a>');
    expect(page).toContain('1 of 1 expectations fail');
    for (const title of [
      'accuracy by presentation',
      'loss by presentation',
      'synapses, rule hebbian: change over post minus pre',
    ]) {
      expect(page).toMatch(new RegExp(`<svg[^>]* aria-label="${title}: `));
    }
    // Three pairs of spikes, three presentations twice
    expect(markup.match(/ aria-label="weights: /g)).toHaveLength(3);
    expect(markup.match(/ aria-label="train digits.train: /g)).toHaveLength(6);
    expect(page).toMatch(
      /<td class="number" data-label="Value">91 %<\/td>\s*<td class="number" data-label="Limit">92 %<\/td>/,
    );
    expect(page).toContain('>Weights of synapses</figcaption>');
    expect(markup.match(/ aria-label="[^"]*: \d synapses"/g)).toHaveLength(3);
    expect(page).toContain('95 %');
    expect(page).toContain('Waveforms add up over the cell.');
    expect(page).toContain('40 pulses, 12 reads');
  });

  it('sets points of a sweep side by side, on common axes', async () => {
    const other = { ...result, point: [{ ...result.point[0]!, value: 2e-9 }], curve: result.curve.map((point) => ({ ...point, loss: 7 })) }; // prettier-ignore
    const swept = await renderReport({
      ...input,
      studies: [result, other].map((each, index) => ({ name: `Train ${String(index)}`, result: each })),
    });
    expect(swept).toContain('>accuracy(digits.test) over stdp.a</figcaption>');
    expect(swept).toContain('<article class="point" id="network-1-2">');
    const specs = [...swept.matchAll(/<script type="application\/json">([^]*?)<\/script>/g)].map(([, text]) => text!);
    const losses = specs.filter((text) => text.includes('"title":"loss"'));
    const domains = losses.map((text) => /"domain":\[(-?[\d.]+),([\d.]+)\]/.exec(text)!.slice(1));
    expect(domains).toHaveLength(2);
    expect(domains[0]).toEqual(domains[1]);
    expect(Number(domains[0]![1])).toBeGreaterThan(7);
  });

  it('nests its elements properly', () => {
    const open: string[] = [];
    for (const [, slash, name = '', rest = ''] of markup.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>/gi)) {
      if (slash !== '') expect(open.pop()).toBe(name);
      else if (!['meta', 'br', 'link'].includes(name) && !rest.endsWith('/')) open.push(name);
    }
    expect(open).toEqual([]);
  });

  it('escapes what users name', async () => {
    const evil = '<script>alert(1)</script>';
    const hostile = await renderReport({ ...input, studies: [{ name: evil, result: { ...result, name: evil, measures: { [evil]: { mean: 1, min: 1, max: 1, unit: evil } } } }] }); // prettier-ignore
    expect(hostile).not.toContain('<script>alert');
  });

  it('does without what a study lacks', async () => {
    const bare = await renderReport({ ...input, studies: [{ name: 'Bare', result: { ...result, measures: {}, expectations: [], curve: [], windows: [], weights: [], realizations: [] } }] }); // prettier-ignore
    expect(bare).toContain('ran, no expectations');
    expect(bare).not.toContain('<svg');
  });

  it('says of networks without devices that nothing is priced, and nothing of what a chip did', async () => {
    const none = { value: 0, energy_J: 0, low_J: 0, high_J: 0 };
    const energy = { technology: 'board', total: none, components: [], groups: [], time: [], area: [], sensitivity: [], omitted: ['rails'] }; // prettier-ignore
    const idle = { ...result, activity: { ...result.activity, seconds: 0, pulses: 0, reads: 0 } };
    const text = await renderReport({ ...input, studies: [{ name: 'Host', result: idle, energy }] });
    expect(text).toContain('Nothing is priced here');
    expect(text).not.toMatch(/believed to lie|0 s of experiment|Left out/);
  });

  it('shows names of the language as code where sentences have them between backticks', async () => {
    const [note] = result.realizations;
    const noted = { ...result, realizations: [{ ...note!, summary: ['The coil gives no `drive` and `<i>`.'] }] };
    const text = await renderReport({ ...input, studies: [{ name: 'Coil', result: noted }] });
    expect(text).toContain('gives no <code>drive</code> and <code>&lt;i&gt;</code>.');
  });
});
