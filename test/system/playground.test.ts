/** The playground as users have it: bundled, served as static files, in Chromium; beside what the command line says. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import type { Browser, Download, Page } from 'playwright-core';
import { build, preview, type PreviewServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, openPage, type WatchedPage } from '../support/chromium.js';
import { REPOSITORY } from '../support/golden.js';
import { ionloom } from '../support/ionloom.js';
import { inWorkFolder } from '../support/work-folder.js';

const FLAGSHIP = 'examples/ecram-image/image.ion';
const configFile = path.join(REPOSITORY, 'playground', 'vite.config.ts');

let outDir = '';
let server: PreviewServer;
let browser: Browser;
let origin = '';
let desk: WatchedPage;

beforeAll(async () => {
  outDir = fs.mkdtempSync(path.join(os.tmpdir(), 'ionloom-playground-'));
  await build({ configFile, logLevel: 'silent', build: { outDir } });
  server = await preview({
    configFile,
    logLevel: 'silent',
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1' },
  });
  origin = new URL(server.resolvedUrls?.local[0] ?? '').origin;
  browser = await launchChromium();
  desk = await open(1280);
});

afterAll(async () => {
  await browser.close();
  await server.close();
  fs.rmSync(outDir, { recursive: true, force: true });
});

/** The playground at that width, its first program checked. */
async function open(width: number, fragment = ''): Promise<WatchedPage> {
  const watched = await openPage(browser, origin, width);
  await watched.page.goto(`${origin}/${fragment}`);
  await isChecked(watched.page);
  return watched;
}

/** Waits until the text in the editor has been checked. */
async function isChecked(page: Page): Promise<void> {
  await page.locator('body[data-checked]').waitFor();
}

async function openExample(page: Page, file: string): Promise<void> {
  await page.locator('#example').selectOption(file);
  await page.locator(`body[data-checked="${file}"]`).waitFor();
}

async function problemsOf(page: Page): Promise<readonly string[]> {
  const all = page.locator('#problem-list [data-code]');
  return Promise.all(
    (await all.all()).map(async (each) => {
      return `${await each.getAttribute('data-code')} ${await each.getAttribute('data-place')}`;
    }),
  );
}

/** What `ionloom check --json` says, in the same words. */
function checked(file: string): readonly string[] {
  const { diagnostics } = JSON.parse(ionloom('check', file, '--json').stdout) as {
    diagnostics: { code: string; file: string; line: number; column: number }[];
  };
  return diagnostics.map(({ code, file, line, column }) => `${code} ${file}:${String(line)}:${String(column)}`);
}

async function run(page: Page, button: 'run' | 'build'): Promise<string> {
  await page.locator(`#${button}`).click();
  await page.locator(`#${button}:enabled`).waitFor();
  return (await page.locator('#status').textContent()) ?? '';
}

async function saved(page: Page, button: string): Promise<Buffer> {
  const begun: Promise<Download> = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const download = await begun;
  return fs.readFileSync(await download.path());
}

describe('the page', () => {
  it('keeps scripts and workers within limits, and says where others may not load from', () => {
    const html = fs.readFileSync(path.join(outDir, 'index.html'), 'utf8');
    expect(html).toContain("default-src 'none'; script-src 'self'");
    expect(html).not.toMatch(/https?:\/\//);
    // What everybody loads, without what Build and Run load when they are wanted [bytes]
    const sizeOf = (pattern: RegExp): number => {
      const files = fs.readdirSync(path.join(outDir, 'assets')).filter((name) => pattern.test(name));
      expect(files.length).toBeGreaterThan(0);
      return files.reduce((sum, name) => sum + fs.statSync(path.join(outDir, 'assets', name)).size, 0);
    };
    expect(sizeOf(/^(index|main)-.*\.js$/)).toBeLessThan(600_000);
    // A quarter of it reads pictures
    expect(sizeOf(/^language\.worker-.*\.js$/)).toBeLessThan(1_000_000);
    expect(sizeOf(/^run\.worker-.*\.js$/)).toBeLessThan(300_000);
  });

  it('shows every example without diagnostics, and says which data are missing', async () => {
    const { page } = desk;
    const options = page.locator('#example optgroup');
    const namesIn = async (group: number): Promise<string[]> =>
      Promise.all(
        (await options.nth(group).locator('option').all()).map(
          async (each) => (await each.getAttribute('value')) ?? '',
        ),
      );
    const [whole, others] = [await namesIn(0), await namesIn(1)];
    expect(whole).toContain(FLAGSHIP);
    expect(whole.length).toBeGreaterThanOrEqual(14);
    for (const file of whole) {
      await openExample(page, file);
      expect([file, await problemsOf(page)]).toEqual([file, []]);
      expect(await page.locator('.ion-keyword').count()).toBeGreaterThan(0);
    }
    for (const file of others) {
      await openExample(page, file);
      expect(await page.locator('#status').textContent()).toMatch(/Add files/);
      const codes = (await problemsOf(page)).map((problem) => problem.split(' ')[0] ?? '');
      expect(codes.filter((code) => !/^dsl\/(data-missing|image-unreadable)$/.test(code))).toEqual([]);
    }
    expect(desk.faults).toEqual([]);
  });
});

describe('the editor', () => {
  it('says of a mistake what `ionloom check` says, and leads to it', async () => {
    const { page } = desk;
    await openExample(page, FLAGSHIP);
    const text = fs.readFileSync(path.join(REPOSITORY, FLAGSHIP), 'utf8').replace('device yszEcram window', 'device yszEcrm window'); // prettier-ignore
    await typeInstead(page, text);
    await page.locator('#problem-list [data-code]').first().waitFor();
    const found = await problemsOf(page);
    expect(found.length).toBeGreaterThan(0);
    inWorkFolder((folder) => {
      fs.cpSync(path.join(REPOSITORY, 'examples/ecram-image'), folder, { recursive: true });
      const file = path.join(folder, 'image.ion');
      fs.writeFileSync(file, text);
      expect(checked(file).map((problem) => problem.replace(file, FLAGSHIP))).toEqual(found);
    });
    expect(await page.locator('#problem-list .help').first().textContent()).toContain('yszEcram');
    await page.locator('.cm-lintRange-error').first().waitFor();
    await page.locator('#problem-list button').first().click();
    const focus = page.locator('.cm-content:focus');
    expect(await focus.count()).toBe(1);
    // Undone as any edit is
    await page.keyboard.press('Control+z');
    await page.locator('#problem-count', { hasText: 'no problems' }).waitFor();
  });

  it('keeps the cursor in sight where the list of problems takes room', async () => {
    const { page } = desk;
    await openExample(page, 'examples/ecram-image/rows.ion');
    await page.locator('#problem-count', { hasText: 'no problems' }).waitFor();
    const scroller = page.locator('.cm-scroller');
    const before = await scroller.boundingBox();
    await page.mouse.click((before?.x ?? 0) + 300, (before?.y ?? 0) + (before?.height ?? 0) - 30);
    await page.keyboard.insertText(' oops');
    await page.locator('#problem-list [data-code]').first().waitFor();
    const after = await scroller.boundingBox();
    expect(after?.height).toBeLessThan((before?.height ?? 0) - 30);
    await expect
      .poll(() => page.evaluate(CURSOR_TO_BOTTOM), { message: 'room below the cursor [px]' })
      .toBeGreaterThanOrEqual(0);
  });

  it('completes and explains', async () => {
    const { page } = desk;
    await typeInstead(page, 'chip Board {\n  clo');
    await page.keyboard.press('Control+Space');
    await page.locator('.cm-tooltip-autocomplete li', { hasText: 'clock' }).waitFor();
    await page.keyboard.press('Escape');
    await openExample(page, 'examples/ecram-image/rows.ion');
    await page.locator('.ion-keyword', { hasText: /^tile$/ }).hover();
    await page.locator('.hover', { hasText: 'tile' }).waitFor();
  });

  it('lays out the text as `ionloom fmt` does', async () => {
    const { page } = desk;
    await openExample(page, 'examples/ecram-image/rows.ion');
    const text = fs.readFileSync(path.join(REPOSITORY, 'examples/ecram-image/rows.ion'), 'utf8');
    await typeInstead(page, text.replaceAll(/^ +/gm, ''));
    await page.locator('#format').click();
    await expect.poll(() => textOf(page)).toBe(text.trimEnd());
  });

  it('gives the same program back from a shared link', async () => {
    const { page } = desk;
    await openExample(page, FLAGSHIP);
    await typeInstead(page, `// Shared: \u00b5\u2126\n${fs.readFileSync(path.join(REPOSITORY, FLAGSHIP), 'utf8')}`);
    await page.locator('#share').click();
    await expect.poll(() => new URL(page.url()).hash).toMatch(/^#code=/);
    const other = await open(1280, new URL(page.url()).hash);
    expect(await textOf(other.page)).toContain('Shared: \u00b5\u2126');
    expect(await problemsOf(other.page)).toEqual([]);
    await other.page.goto(`${origin}/#code=bm90aGluZw`);
    await other.page.locator('#status', { hasText: 'damaged' }).waitFor();
    expect(other.faults).toEqual([]);
    await other.page.close();
  });
});

/** From the cursor to the lower edge of what the editor shows; runs in the page [px]. */
const CURSOR_TO_BOTTOM = `document.querySelector('.cm-scroller').getBoundingClientRect().bottom -
  document.querySelector('.cm-cursor-primary').getBoundingClientRect().bottom`;

/** Replaces the text of the editor as a user would. */
async function typeInstead(page: Page, text: string): Promise<void> {
  await page.locator('.cm-content').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

/** The lines that the editor shows; short texts only. */
async function textOf(page: Page): Promise<string> {
  return (await page.locator('.cm-line').allTextContents()).join('\n').trimEnd();
}

describe('what runs', () => {
  it('builds the bytes that the command line builds, all targets', async () => {
    const { page, faults } = desk;
    await openExample(page, 'examples/ecram-image/rows.ion');
    await openExample(page, FLAGSHIP);
    await page.locator('#tab-files').click();
    await page.locator('#targets input[value=harness]').check();
    expect(await run(page, 'build')).toBe('built');
    const files = unzipSync(await saved(page, 'Download all'));
    inWorkFolder((folder) => {
      const output = path.join(folder, 'out');
      expect(ionloom('build', FLAGSHIP, '-o', output).status).toBe(0);
      const theirs = fs.readdirSync(output, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      const names = theirs.map((entry) => path.relative(output, path.join(entry.parentPath, entry.name)));
      expect(Object.keys(files).sort()).toEqual(names.sort());
      const different = names.filter(
        (name) => !fs.readFileSync(path.join(output, name)).equals(files[name] ?? new Uint8Array()),
      );
      expect(different).toEqual([]);
    });
    await page.locator('#built nav button[data-path$="_registers.md"]').click();
    expect(await page.locator('.viewer pre').textContent()).toMatch(/^# /);
    expect(faults).toEqual([]);
  });

  it('simulates the flagship with the metrics of `ionloom sim`', async () => {
    const { page, faults } = desk;
    await openExample(page, FLAGSHIP);
    expect(await run(page, 'run')).toBe('done, every expectation holds');
    const ours = withoutTime(JSON.parse((await saved(page, 'Download results')).toString()) as Results);
    expect(ours).toEqual(withoutTime(JSON.parse(ionloom('sim', FLAGSHIP, '--json').stdout) as Results));
    expect(await page.locator('#results .card').count()).toBe(2);
    expect(await page.locator('#results .card').first().locator('svg path').count()).toBeGreaterThan(10);
    expect((await page.locator('#results svg').first().boundingBox())?.width).toBeGreaterThan(100);
    await page.locator('#tab-energy').click();
    expect(await page.locator('#energy .card').first().textContent()).toMatch(/J, believed to lie in/);
    await page.locator('#tab-report').click();
    const report = page.frameLocator('#report iframe');
    await report.locator('h1').waitFor();
    expect(await report.locator('h1').textContent()).toContain('image');
    expect(faults).toEqual([]);
  });

  it('simulates an experiment on a network with the measures of `ionloom sim`', async () => {
    const { page, faults } = desk;
    const file = 'examples/tiki-taka/tiki-taka.ion';
    await openExample(page, file);
    const experiment = (await page.locator('#experiment option').nth(1).getAttribute('value')) ?? '';
    await page.locator('#experiment').selectOption(experiment);
    expect(await run(page, 'run')).toMatch(/^done/);
    const ours = withoutTime(JSON.parse((await saved(page, 'Download results')).toString()) as Results);
    const theirs = JSON.parse(ionloom('sim', file, '--experiment', experiment, '--json').stdout) as Results;
    expect(ours).toEqual(withoutTime(theirs));
    expect(faults).toEqual([]);
  });

  it('shows progress, and stops at once where it is told to', async () => {
    const { page, faults } = desk;
    await openExample(page, 'examples/sto-stpn/retrieval.ion');
    for (const stop of [() => page.locator('#stop').click(), () => page.keyboard.press('Escape')]) {
      await page.locator('#run').click();
      await page.locator('#status[data-mood=busy]', { hasText: '%' }).waitFor();
      await stop();
      await page.locator('#status[data-mood=plain]', { hasText: 'cancelled' }).waitFor();
      expect(await page.locator('#stop').isDisabled()).toBe(true);
    }
    // What comes next has another worker
    await openExample(page, FLAGSHIP);
    expect(await run(page, 'run')).toBe('done, every expectation holds');
    expect(faults).toEqual([]);
  });
});

interface Results {
  readonly experiments: readonly object[];
}

function withoutTime({ experiments }: Results): readonly object[] {
  return experiments.map((each) => ({ ...each, seconds: undefined }));
}

describe('narrow and wide', () => {
  it.each([1280, 390])('nothing overlaps or is cut off at %i pixels', async (width) => {
    const { page, faults } = await open(width);
    expect(await run(page, 'run')).toBe('done, every expectation holds');
    for (const tab of ['results', 'energy', 'report', 'files', 'about']) {
      await page.locator(`#tab-${tab}`).click();
      expect([tab, await page.evaluate(FIND_FAULTS)]).toEqual([tab, []]);
    }
    expect(faults).toEqual([]);
    await page.close();
  });

  it('works by keyboard: tabs by arrows, a run by Ctrl+Enter', async () => {
    const { page } = await open(1280);
    await page.locator('#tab-results').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('#tab-energy').getAttribute('aria-selected')).toBe('true');
    await page.locator('.cm-content').focus();
    await page.keyboard.press('Control+Enter');
    await page.locator('#results .card').first().waitFor();
    await page.close();
  });
});

/** Elements that are wider than the window, and controls that lie over one another; runs in the page. */
const FIND_FAULTS = `(() => {
  const faults = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) faults.push('the page is wider than the window');
  const isShown = (element) => element.checkVisibility() && !element.closest('.cm-editor, .scroll, nav, pre, #problem-list');
  const controls = [...document.querySelectorAll('button, select, h1, label, #status')].filter(isShown);
  const boxes = controls.map((element) => [element, element.getBoundingClientRect()]).filter(([, box]) => box.width > 1);
  for (const [element, box] of boxes) {
    const name = element.id || element.textContent.slice(0, 20);
    if (box.right > width + 1 || box.left < -1) faults.push('outside: ' + name);
    if (element.scrollWidth > element.clientWidth + 1 && element.tagName === 'BUTTON') faults.push('cut: ' + name);
    for (const [other, place] of boxes) {
      if (other === element || element.contains(other) || other.contains(element)) continue;
      const isOver = box.left < place.right - 1 && place.left < box.right - 1 && box.top < place.bottom - 1 && place.top < box.bottom - 1;
      if (isOver && !element.closest('[role=tabpanel]') === !other.closest('[role=tabpanel]')) faults.push('overlap: ' + name + ' / ' + (other.id || other.textContent.slice(0, 20)));
    }
  }
  return faults;
})()`;
