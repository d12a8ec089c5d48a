import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderCellMap, type CellMap } from '../../../src/report/cell-map.js';
import { colourAt, CONDUCTANCE_SCALE, ERROR_SCALE } from '../../../src/report/colour-scale.js';
import { countErrors } from '../../../src/report/error-histogram.js';
import { formatMetric, metricOf } from '../../../src/report/format-metric.js';
import { escapeHtml, html } from '../../../src/report/html.js';
import { roundLimit, summarizeErrors } from '../../../src/report/image-errors.js';

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

describe('colourAt', () => {
  it('meets its anchors, interpolates and clamps', () => {
    expect(colourAt(CONDUCTANCE_SCALE, 0)).toBe('#440154');
    expect(colourAt(CONDUCTANCE_SCALE, 1)).toBe('#fde725');
    expect(colourAt(CONDUCTANCE_SCALE, 0.5)).toBe('#21918c');
    expect(colourAt(ERROR_SCALE, 7)).toBe('#b2182b');
    expect(colourAt(ERROR_SCALE, NaN)).toBe('#2166ac');
    expect(colourAt({ anchors: ['#000000', '#ff0080'] }, 0.5)).toBe('#800040');
  });
});

describe('cell maps', () => {
  const mapOf = (side: number, values: readonly number[]): CellMap => ({
    title: 'T',
    rows: side,
    columns: side,
    values,
    unit: '%',
    low: -1,
    high: 1,
    scale: ERROR_SCALE,
  });
  const squares = (map: CellMap): number => renderCellMap(map, '').text.match(/<rect/g)?.length ?? 0;

  it('merges equal neighbours of large arrays', () => {
    const values = Array.from({ length: 40 * 40 }, (_, cell) => (cell % 40 < 10 ? -1 : 1));
    expect(squares(mapOf(40, values))).toBe(40 * 2);
  });

  it('pools very large arrays without losing an outlier', () => {
    const values = Array.from({ length: 512 * 512 }, () => 0);
    values[512 * 300 + 77] = -1;
    const text = renderCellMap(mapOf(512, values), '').text;
    expect(text).toContain('viewBox="0 0 128 128"');
    expect(text).toContain(`<rect x="19" y="75" width="1" height="1" fill="#2166ac"`);
    expect(squares(mapOf(512, values))).toBe(128 + 2);
  });
});

describe('errors', () => {
  it('are counted into bins that cover the scale, outliers in the outermost', () => {
    const counts = countErrors([-5, -1, 0, 0, 1, 5], 1);
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
