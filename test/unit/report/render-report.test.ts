import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { estimateEnergy } from '../../../src/backends/energy/estimate-energy.js';
import { TECHNOLOGIES } from '../../../src/backends/energy/terms.js';
import { renderReport } from '../../../src/report/render-report.js';
import type { CosimSummary, ReportExperiment, ReportInput } from '../../../src/report/report-input.js';
import { exampleMapped, exampleResult, NOWHERE } from '../../support/example-result.js';

const cosim: CosimSummary = {
  engine: 'wasm',
  clocks: 20e6,
  evaluatedClocks: 300,
  events: 100,
  samples: 6,
  mismatches: 0,
  maxConductanceError: 0,
};

const energy = estimateEnergy(exampleResult, exampleMapped, TECHNOLOGIES.board);

const input: ReportInput = {
  title: 'example',
  source: 'example.ion',
  version: '1.2.3',
  environment: { tools: [['Engine wasm', 'Yosys 0.1']], sha256: 'c0ffee' },
  experiments: [],
  studies: [],
  sources: [{ file: 'example.ion', text: 'param a = 1\n' }],
};

function render(...experiments: readonly ReportExperiment[]): Promise<string> {
  return renderReport({ ...input, experiments });
}

/** The page without the data of its figures, whose schema has an address, and without its script. */
function markupOf(page: string): string {
  return page.replaceAll(/<script[^>]*>[^]*?<\/script>/g, '');
}

describe('renderReport', async () => {
  const listing = [{ address: 7, text: 'drive rows=none', origin: NOWHERE }];
  const full = { result: exampleResult, mapped: exampleMapped, energy, cosim, listing };
  const page = await render(full);

  it('needs nothing from outside, and runs its own script alone', () => {
    expect(markupOf(page)).not.toMatch(/<link|<img|\bsrc=|https?:|url\((?!#)|@import|\bon\w+=|href="(?!#)/i);
    const scripts = [...page.matchAll(/<script>([^]*?)<\/script>/g)].map(([, text = '']) => text);
    expect(scripts).toHaveLength(1);
    const hash = createHash('sha256').update(scripts[0]!).digest('base64');
    expect(page).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; script-src 'sha256-${hash}'"`,
    );
  });

  it('is the same for the same input', async () => {
    expect(await render(full)).toBe(page);
  });

  it('tells what has made it', () => {
    for (const part of ['1.2.3', 'Engine wasm', 'Yosys 0.1', 'c0ffee', 'example.ion']) expect(page).toContain(part);
  });

  it('links statements to the lines of the source', () => {
    expect(page).toContain('<li id="source-1-line-1"><code>param a = 1</code></li>');
    expect(page).toMatch(/<li value="7">\s*<code>drive rows=none<\/code>\s*<a class="place" href="#source-1-line-1">/);
  });

  it('says for each expectation whether it holds', () => {
    expect(page).toMatch(/rmsError &lt;= 5 %.*?2 %.*?5 %.*?holds/s);
    expect(page).toMatch(/maxError &lt;= 1 %.*?4 %.*?1 %.*?fails/s);
    expect(page).toContain('1 of 2 expectations fail');
  });

  it('has a figure with its data for every map and the histogram', () => {
    const data = [...page.matchAll(/<script type="application\/json">([^]*?)<\/script>/g)];
    const specs = data.map(([, text = '']) => JSON.parse(text) as { data: { values: unknown[] } });
    // Target, conductance, read back, error
    const maps = specs.filter(({ data: { values } }) => typeof values[0] === 'number');
    expect(maps.map(({ data: { values } }) => values.length)).toEqual([6, 6, 6, 6]);
    expect(maps[3]!.data.values[3]).toBe(-4);
    expect(page.match(/<svg /g)).toHaveLength(data.length);
    expect(page).toContain('worst -4.00 % at row 1, column 0');
    expect(page).toContain('>Distribution of errors</figcaption>');
  });

  it('draws how cells differ, where they do', async () => {
    const spread = { distribution: 'normal', mean: 1, deviation: 0.5, source: 'Fig. 2' };
    const gain = { ...spread, name: 'gain', scales: 'step', values: [0.5, 1, 1, 1.5] };
    const varied = await render({ ...full, variation: [gain, { ...spread, name: 'still', values: [1, 1, 1, 1] }] });
    expect(varied).toContain('>Spread gain</figcaption>');
    // Deviation of the four: half of one, over the root of two
    expect(varied).toContain('4 cells, mean 1, deviation 0.354; drawn of normal(1, 0.500): Fig. 2');
    expect(varied.match(/ aria-label="gain|factor on step/g)?.length).toBeGreaterThan(0);
    expect(varied).not.toContain('Spread still');
    expect(page).not.toContain('Variation from cell to cell');
  });

  it('prints every component of the energy with source and confidence', () => {
    for (const { name, source } of energy.components) {
      expect(page).toContain(name);
      expect(page).toContain(source);
    }
  });

  it('summarises co-simulation', () => {
    expect(page).toContain('controller and pulse program agree');
    expect(page).toMatch(/Clocks of the design<\/dt>\s*<dd>20\u202F000\u202F000<\/dd>/);
  });

  it('leaves out what was not made', async () => {
    const bare = await render({ result: { ...exampleResult, expectations: [] } });
    expect(bare).not.toContain('<h3>Co-simulation');
    expect(bare).not.toContain('<h3>Energy');
    expect(bare).not.toContain('<h3>Expectations');
    expect(bare).toContain('ran, no expectations');
  });

  it('shows where a controller first differs', async () => {
    const firstDivergence = { seconds: 0.0123, signal: 'segment.row', expected: '3', found: '4', origin: NOWHERE };
    const differing = await render({
      result: { ...exampleResult, expectations: [] },
      cosim: { ...cosim, mismatches: 2, firstDivergence },
    });
    expect(differing).toMatch(/First at 12\.3000 ms: <code>segment\.row<\/code> is <code>4<\/code>/);
    expect(differing).toContain('2 mismatches');
  });

  it('escapes what users name', async () => {
    const evil = '</style><script>alert("x")</script>\u0000\uD800';
    const hostile = await renderReport({
      ...input,
      title: evil,
      source: evil,
      environment: { tools: [[evil, evil]], sha256: evil },
      sources: [{ file: evil, text: evil }],
      experiments: [
        {
          result: {
            ...exampleResult,
            name: evil,
            images: exampleResult.images.map((image) => ({ ...image, name: evil })),
            expectations: exampleResult.expectations.map((expectation) => ({ ...expectation, text: evil })),
          },
          listing: [{ address: 0, text: evil, origin: { ...NOWHERE, file: evil } }],
        },
      ],
    });
    expect(markupOf(hostile)).not.toContain('<script');
    expect(hostile).not.toContain('<script>alert');
    expect(hostile.match(/<\/style>/g)).toHaveLength(1);
    expect(hostile).not.toMatch(/[\0\uD800]/u);
  });

  it('nests its elements properly', () => {
    const open: string[] = [];
    for (const [, slash, name = '', rest = ''] of markupOf(page).matchAll(
      /<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>/gi,
    )) {
      const isVoid = ['meta', 'br', 'link'].includes(name) || rest.endsWith('/');
      if (slash === '') {
        if (!isVoid) open.push(name);
      } else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });
});
