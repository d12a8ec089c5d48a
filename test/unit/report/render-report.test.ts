import { describe, expect, it } from 'vitest';
import { estimateEnergy } from '../../../src/backends/energy/estimate-energy.js';
import { TECHNOLOGIES } from '../../../src/backends/energy/terms.js';
import { renderReport } from '../../../src/report/render-report.js';
import type { CosimSummary, ReportExperiment } from '../../../src/report/report-input.js';
import { exampleMapped, exampleResult, NOWHERE } from '../../support/example-result.js';

const cosim: CosimSummary = {
  engine: 'wasm',
  clocks: 20e6,
  evaluatedClocks: 300,
  events: 100,
  samples: 6,
  mismatches: 0,
  maxConductanceError: 0,
  seconds: 0.2,
};

const energy = estimateEnergy(exampleResult, exampleMapped, TECHNOLOGIES.board);

function render(...experiments: readonly ReportExperiment[]): string {
  return renderReport({ title: 'example', source: 'example.ion', version: '1.2.3', experiments, studies: [] });
}

describe('renderReport', () => {
  const page = render({ result: exampleResult, energy, cosim, listing: '0 segment  example.ion:1' });

  it('needs nothing from outside and no scripts', () => {
    expect(page).not.toMatch(/<script|<link|<img|\bsrc=|https?:|url\(|@import|\bon\w+=/i);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  it('says for each expectation whether it holds', () => {
    expect(page).toMatch(/rmsError &lt;= 5 %.*?2 %.*?5 %.*?holds/s);
    expect(page).toMatch(/maxError &lt;= 1 %.*?4 %.*?1 %.*?fails/s);
    expect(page).toContain('1 of 2 expectations fail');
  });

  it('draws a square with a tool tip for every cell of every map', () => {
    // Target, conductance, read back, error; the histogram's bars are of another class.
    expect(page.match(/<rect x="/g)).toHaveLength(4 * 6);
    expect(page).toContain('<title>row 1, column 0: 13.4 µS</title>');
    expect(page).toContain('<title>row 1, column 0: -4.00 %</title>');
    expect(page).toContain('worst -4.00 % at row 1, column 0');
  });

  it('prints every component of the energy with source and confidence', () => {
    for (const { name, source } of energy.components) {
      expect(page).toContain(name);
      expect(page).toContain(source);
    }
  });

  it('summarises co-simulation and shows the listing', () => {
    expect(page).toContain('controller and pulse program agree');
    expect(page).toMatch(/Clocks of the design<\/dt>\s*<dd>20\u202F000\u202F000<\/dd>/);
    expect(page).toContain('0 segment  example.ion:1</pre');
  });

  it('leaves out what was not made', () => {
    const bare = render({ result: { ...exampleResult, expectations: [] } });
    expect(bare).not.toContain('<h3>Co-simulation');
    expect(bare).not.toContain('<h3>Energy');
    expect(bare).not.toContain('<h3>Expectations');
    expect(bare).toContain('ran, no expectations');
  });

  it('shows where a controller first differs', () => {
    const firstDivergence = { seconds: 0.0123, signal: 'segment.row', expected: '3', found: '4', origin: NOWHERE };
    const differing = render({
      result: { ...exampleResult, expectations: [] },
      cosim: { ...cosim, mismatches: 2, firstDivergence },
    });
    expect(differing).toMatch(/First at 12\.3000 ms: <code>segment\.row<\/code> is <code>4<\/code>/);
    expect(differing).toContain('2 mismatches');
  });

  it('escapes what users name', () => {
    const evil = '</style><script>alert("x")</script>\u0000\uD800';
    const hostile = renderReport({
      title: evil,
      source: evil,
      version: '1',
      studies: [],
      experiments: [
        {
          result: {
            ...exampleResult,
            name: evil,
            images: exampleResult.images.map((image) => ({ ...image, name: evil })),
            expectations: exampleResult.expectations.map((expectation) => ({ ...expectation, text: evil })),
          },
          listing: evil,
        },
      ],
    });
    expect(hostile).not.toContain('<script');
    expect(hostile.match(/<\/style>/g)).toHaveLength(1);
    expect(hostile).not.toMatch(/[\0\uD800]/u);
  });

  it('nests its elements properly', () => {
    const open: string[] = [];
    for (const [, slash, name = '', rest = ''] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>/gi)) {
      const isVoid = ['meta', 'br', 'link'].includes(name) || rest.endsWith('/');
      if (slash === '') {
        if (!isVoid) open.push(name);
      } else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });
});
