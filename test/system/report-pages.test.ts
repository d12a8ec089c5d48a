/** Reports of the examples in a browser: nothing fails, nothing is asked for, nothing overlaps or is cut, and clicks work. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile } from 'vega-lite';
import { REPOSITORY } from '../support/golden.js';
import { layoutFaults } from '../support/layout-faults.js';
import { findTestData } from '../support/test-data.js';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => fs.existsSync(file));

interface Example {
  /** File in `examples`, and what of it is quick. */
  readonly args: readonly [name: string, ...options: readonly string[]];
  /** Data sets that are copied beside it; without them it is left out with a word. */
  readonly data?: readonly string[];
  /** Trained for so short a time that expectations fail. */
  readonly isCutShort?: true;
}

const DIGITS = ['mnist/t10k-images-idx3-ubyte.gz', 'mnist/t10k-labels-idx1-ubyte.gz'];
const MUSHROOMS = ['mushroom/agaricus-lepiota.data'];

/** All but `agent.ion`, `digits.ion` and `vgg-digits.ion`, which train for minutes, and the plan of `vgg8.ion`. */
const EXAMPLES: readonly Example[] = [
  { args: ['ecram-image/image.ion', '--experiment', 'Calibrated'] },
  { args: ['ecram-image/mnist.ion'], data: DIGITS },
  { args: ['ecram-image/rows.ion'] },
  { args: ['ecram-mushroom/mushrooms.ion'], data: MUSHROOMS },
  { args: ['ecram-mushroom/ordinal.ion'], data: MUSHROOMS },
  { args: ['ecram-mushroom/products.ion'] },
  { args: ['eis-stdp/stdp.ion'] },
  { args: ['half-select/passive.ion'] },
  { args: ['magneto-ionic/reduced.ion'], data: DIGITS },
  { args: ['oxide-wires/wires.ion', '--experiment', 'ThroughIdealWires'] },
  { args: ['sto-stpn/plain.ion', '--set', 'epochs=1'], isCutShort: true },
  { args: ['sto-stpn/pong.ion'] },
  { args: ['sto-stpn/reduced.ion'] },
  { args: ['sto-stpn/retrieval.ion', '--experiment', 'Retrieval', '--set', 'epochs=1'], isCutShort: true },
  { args: ['tiki-taka/tiki-taka.ion'] },
];

const folder = fs.mkdtempSync(path.join(tmpdir(), 'ionloomreport'));
let browser: Browser;

/** The report of an example, made once. */
function reportOf({ args: [name, ...options], data = [], isCutShort }: Example): string {
  const page = path.join(folder, `${name.replaceAll('/', '-')}.html`);
  if (fs.existsSync(page)) return page;
  const copy = path.join(folder, path.dirname(name));
  if (data.length > 0) fs.cpSync(path.join(REPOSITORY, 'examples', path.dirname(name)), copy, { recursive: true });
  for (const file of data) fs.copyFileSync(findTestData(file)!, path.join(copy, path.basename(file)));
  const source = data.length > 0 ? path.join(folder, name) : path.join('examples', name);
  const command = [path.join(REPOSITORY, 'bin', 'ionloom.js'), 'report', source, ...options, '-o', page];
  const run = spawnSync(process.execPath, command, { cwd: REPOSITORY, encoding: 'utf8' });
  // How far it is may be told
  expect(run.stderr).not.toMatch(/\b(?:error|warning)\[/);
  expect(isCutShort === true ? [0, 1] : [0]).toContain(run.status);
  return page;
}

interface Opened {
  readonly page: Page;
  /** What must not happen: messages, errors, requests. */
  readonly events: string[];
}

async function open(file: string, width: number, colorScheme: 'light' | 'dark' = 'light'): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, acceptDownloads: true });
  const events: string[] = [];
  page.on('console', (message) => events.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => events.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== `file://${file}`) events.push(`request: ${request.url()}`);
  });
  await page.goto(`file://${file}`);
  return { page, events };
}

beforeAll(async () => {
  if (CHROMIUM === undefined) return;
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
});
afterAll(async () => {
  if (CHROMIUM !== undefined) await browser.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

it('has a browser on machines that test everything', () => {
  if (process.env['CI'] !== undefined) expect(CHROMIUM).toBeDefined();
  if (CHROMIUM === undefined) console.warn('reports are not opened: no Chromium (apt-get install chromium)');
});

describe.skipIf(CHROMIUM === undefined)('the report of', () => {
  const isThere = ({ data = [] }: Example): boolean => data.every((file) => findTestData(file) !== undefined);
  for (const { args } of EXAMPLES.filter((each) => !isThere(each))) it.skip(`${args.join(' ')}: no data here`);

  it.each(EXAMPLES.filter(isThere))('$args fits screens and fails nowhere', { timeout: 180_000 }, async (example) => {
    const file = reportOf(example);
    expect(fs.statSync(file).size).toBeLessThan(3e6);
    for (const width of [1280, 390]) {
      const { page, events } = await open(file, width);
      const tabs = await page.locator('nav.tabs a').all();
      expect(tabs.length).toBeGreaterThanOrEqual(3);
      for (const tab of tabs) {
        await tab.click();
        const found = await page.evaluate(layoutFaults);
        expect(found, `${example.args[0]}, ${String(width)} px, ${String(await tab.textContent())}`).toEqual([]);
      }
      expect(events).toEqual([]);
      await page.close();
    }
  });
});

describe.skipIf(CHROMIUM === undefined)('a report', { timeout: 180_000 }, () => {
  const stdp = { args: ['eis-stdp/stdp.ion'] } as const;
  const image = EXAMPLES[0]!;

  it('shows one tab at a time, by click, by key and by address', async () => {
    const { page } = await open(reportOf(stdp), 1280);
    const seen = (): Promise<string[]> =>
      page.locator('main > section').evaluateAll((all) => all.filter((each) => each.checkVisibility()).map(({ id }) => id));
    expect(await seen()).toEqual(['summary']);
    await page.click('nav.tabs a[href="#network-2"]');
    expect(await seen()).toEqual(['network-2']);
    await page.keyboard.press('ArrowRight');
    expect(await seen()).toEqual(['network-3']);
    await page.keyboard.press('Home');
    expect(await seen()).toEqual(['summary']);
    // A link to a line of the source opens the tab that has it
    await page.locator('#summary a.place').first().click();
    expect(await seen()).toEqual(['source']);
    await expect.poll(() => page.locator('#source li:target').count()).toBe(1);
    await page.close();
  }); // prettier-ignore

  it('tells values at a pointer and by keys, and sources at their marks', async () => {
    const { page } = await open(reportOf(image), 1280);
    await page.click('nav.tabs a[href="#experiment-1"]');
    const tip = page.locator('.tip');
    const map = page.locator('figure[data-cells*="rows"]').first();
    const spec = JSON.parse((await map.locator('script').textContent())!) as { data: { values: number[] } };
    await map.locator('svg').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    expect(await tip.textContent()).toBe(`row 1, column 0: ${String(spec.data.values[10])} µS`);
    const { x, y, width, height } = (await map.locator('.mark-rect.role-mark').boundingBox())!;
    await page.mouse.move(x + 0.95 * width, y + 0.25 * height);
    expect(await tip.textContent()).toBe(`row 2, column 9: ${String(spec.data.values[29])} µS`);
    await page.keyboard.press('Escape');
    expect(await tip.isVisible()).toBe(false);
    const mark = page.locator('.mark').first();
    await mark.focus();
    expect(await tip.textContent()).toBe(await mark.getAttribute('data-tip'));
    await page.close();
  });

  it('saves figures as pictures and as specifications, in the colours that are seen', async () => {
    const { page, events } = await open(reportOf(stdp), 1280, 'dark');
    await page.click('nav.tabs a[href="#network-1"]');
    const figure = page.locator('figure.plot', { hasText: 'change over post minus pre' }).first();
    const saved = async (format: string): Promise<Buffer> => {
      const download = page.waitForEvent('download');
      await figure.locator(`button[data-format="${format}"]`).click();
      return fs.readFileSync(await (await download).path());
    };
    const svg = (await saved('SVG')).toString('utf8');
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg).not.toContain('var(');
    expect(await page.evaluate((text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror')?.textContent ?? '', svg)).toBe(''); // prettier-ignore
    const png = PNG.sync.read(await saved('PNG'));
    const [, width = '', height = ''] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    expect([png.width, png.height]).toEqual([2 * Number(width), 2 * Number(height)]);
    const colours = new Set(Array.from({ length: png.width * png.height }, (_, pixel) => png.data.readUInt32BE(4 * pixel))); // prettier-ignore
    // The ground of dark pages, and the lines upon it
    expect(colours.has(0x1b2226ff)).toBe(true);
    expect(colours.size).toBeGreaterThan(10);
    const json = (await saved('JSON')).toString('utf8');
    expect(json).not.toContain('var(');
    expect(compile(JSON.parse(json) as Parameters<typeof compile>[0]).spec.marks).toBeDefined();
    expect(events).toEqual([]);
    await page.close();
  });

  it('is all there on paper and without its script', async () => {
    const { page } = await open(reportOf(stdp), 1280);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const shown = await page.locator('main > section').evaluateAll((all) => all.map((each) => each.checkVisibility()));
    expect(shown.every(Boolean)).toBe(true);
    expect(await page.locator('.exports, nav.tabs').evaluateAll((all) => all.some((each) => each.checkVisibility()))).toBe(false); // prettier-ignore
    // Paper is white whatever the screen is
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(29, 35, 39)');
    await page.close();
    const context = await browser.newContext({ javaScriptEnabled: false });
    const plain = await context.newPage();
    await plain.goto(`file://${reportOf(stdp)}`);
    for (const part of ['#summary', '#network-9', '#source']) expect(await plain.locator(part).isVisible()).toBe(true);
    await context.close();
  });

  it('is the same page again for the same files', () => {
    const first = fs.readFileSync(reportOf(image));
    fs.rmSync(reportOf(image));
    expect(fs.readFileSync(reportOf(image)).equals(first)).toBe(true);
  });
});
