import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMetric, metricOf } from '../../../src/report/format-metric.js';
import { cleanText, dataBlock, escapeHtml, html } from '../../../src/report/html.js';
import { roundLimit, summarizeErrors } from '../../../src/report/image-errors.js';
import { countValues } from '../../../src/report/plots/histogram-plot.js';

describe('html', () => {
  it('escapes texts and keeps markup', () => {
    const inner = html`<b>${'<&>"\''}</b>`;
    expect(html`<p title="${'a"b'}">${[inner, 3, undefined, ['x', '<']]}</p>`.text).toBe(
      '<p title="a&quot;b"><b>&lt;&amp;&gt;&quot;&#39;</b>3x&lt;</p>',
    );
  });

  it('never lets a text through that could be markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/);
      }),
    );
  });
});

describe('data for the script', () => {
  it('never ends its element, and comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { text: markup } = dataBlock({ text });
        const [, inner = ''] = /^<script type="application\/json">([^<>&]*)<\/script>$/.exec(markup) ?? [];
        expect(JSON.parse(inner)).toEqual({ text });
        expect(cleanText(inner)).toBe(inner);
      }),
    );
  });
});

describe('errors', () => {
  it('are counted into bins that cover the scale, outliers in the outermost', () => {
    const { counts } = countValues([-5, -1, 0, 0, 1, 5], { low: -1, high: 1 }, 21);
    expect(counts).toHaveLength(21);
    expect([counts[0], counts[10], counts[20]]).toEqual([2, 2, 2]);
  });

  it('are summarised in per cent of the window', () => {
    const image = { name: 'i', rows: 2, columns: 2, targets: [1, 1, 1, 1], conductance: [] };
    const summary = summarizeErrors(image, [1, 1.1, 1, 0.8], { low: 1, high: 2 });
    expect(summary.rms).toBeCloseTo(Math.sqrt((100 + 400) / 4), 10);
    expect([summary.worstRow, summary.worstColumn]).toEqual([1, 1]);
    expect(summary.worst).toBeCloseTo(-20, 10);
  });

  it.each([
    [[0.3, -0.04], 0.5],
    [[1], 1],
    [[-7], 10],
    [[11], 20],
    [[], 1],
    [[0], 1],
  ])('of %j have the limit %d', (errors, limit) => {
    expect(roundLimit(errors)).toBeCloseTo(limit, 12);
  });
});

describe('metrics', () => {
  it('print as people think of them', () => {
    expect(formatMetric('rmsError', 0.0213)).toBe('2.13 %');
    expect(formatMetric('pulses', 312.25)).toBe('312.3');
    expect(formatMetric('writeTime', 812.4)).toBe('812 s');
  });

  it('are found in expectations', () => {
    expect(metricOf('mean(rmsError) <= 5 %')).toBe('rmsError');
    expect(metricOf('3 <= 4')).toBeUndefined();
  });
});
