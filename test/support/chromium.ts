/** Debian's Chromium, and pages in it that remember what went wrong. */
import { chromium, type Browser, type Page } from 'playwright-core';

/** Where the distribution has it. */
const EXECUTABLE = '/usr/bin/chromium';

/** Starts the browser; as root it cannot make its sandbox. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox'] });
}

/** A page with everything that it complained about. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors of the console and of scripts, requests that failed, and those to anywhere but `origin`. */
  readonly faults: string[];
}

/** A page of that width and height which may load from `origin` only. */
export async function openPage(browser: Browser, origin: string, width: number, height = 800): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width, height }, acceptDownloads: true });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('requestfailed', (request) => faults.push(`request: ${request.url()}`));
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== origin)
      faults.push(`elsewhere: ${request.url()}`);
  });
  return { page, faults };
}
