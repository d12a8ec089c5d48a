/** Reports of experiments on networks. */
import { describe, expect, it } from 'vitest';
import type { StudyResult } from '../../../src/ir/study-result.js';
import { renderReport } from '../../../src/report/render-report.js';

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
  baselines: [{ name: 'published', value: 0.95, unit: { symbol: '%', scale: 0.01 }, provenance: { source: 'a paper', confidence: 'secondary' } }], // prettier-ignore
  realizations: [{ projection: 'synapses', rule: 'hebbian', method: 'superposition', summary: ['Waveforms add up over the cell.'], figures: [{ name: 'worst error', value: 0.02, unit: '1' }], origin: span }], // prettier-ignore
  seconds: 1,
};

const page = renderReport({
  title: 'net',
  source: 'net.ion',
  version: '1',
  experiments: [],
  studies: [{ name: 'Train (stdp.a = 1e-9)', result }],
});

describe('the section of a study', () => {
  it('holds curves, windows, measures, expectations, baselines and realizations', () => {
    expect(page).toContain('<a href="#network-1">Train (stdp.a = 1e-9)</a>');
    expect(page).toContain('1 of 1 expectations fail');
    for (const title of [
      'accuracy by presentation',
      'loss by presentation',
      'synapses, rule hebbian: change over post minus pre',
    ]) {
      // prettier-ignore
      expect(page).toContain(`aria-label="${title}"`);
    }
    expect(page.match(/<circle/g)).toHaveLength(3);
    expect(page).toMatch(/<td class="number">91 %<\/td>\s*<td class="number">92 %<\/td>/);
    expect(page).toContain('95 %');
    expect(page).toContain('Waveforms add up over the cell.');
    expect(page).toContain('40 pulses, 12 reads');
  });

  it('nests its elements properly', () => {
    const open: string[] = [];
    for (const [, slash, name = '', rest = ''] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>/gi)) {
      if (slash !== '') expect(open.pop()).toBe(name);
      else if (!['meta', 'br', 'link'].includes(name) && !rest.endsWith('/')) open.push(name);
    }
    expect(open).toEqual([]);
  });

  it('escapes what users name', () => {
    const evil = '<script>alert(1)</script>';
    const hostile = renderReport({ title: 'x', source: 'x', version: '1', experiments: [], studies: [{ name: evil, result: { ...result, measures: { [evil]: { mean: 1, min: 1, max: 1, unit: evil } } } }] }); // prettier-ignore
    expect(hostile).not.toContain('<script');
  });

  it('does without what a study lacks', () => {
    const bare = renderReport({ title: 'x', source: 'x', version: '1', experiments: [], studies: [{ name: 'Bare', result: { ...result, measures: {}, expectations: [], curve: [], windows: [], realizations: [] } }] }); // prettier-ignore
    expect(bare).toContain('ran, no expectations');
    expect(bare).not.toContain('<polyline');
  });
});
