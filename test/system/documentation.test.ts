/**
 * The documentation does what it says: commands run and print what is shown, sources check, links lead somewhere. Every
 * page has a copy of the checkout, in which its blocks run from top to bottom. CONTRIBUTING.md tells how to write pages
 * for this; `UPDATE_GOLDENS=1` writes what commands print into the pages.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { commandsOf, type Command } from '../support/documentation/block-commands.js';
import { CheckoutCopy } from '../support/documentation/checkout-copy.js';
import { isShown, renewed } from '../support/documentation/compare-output.js';
import { faultOfText } from '../support/documentation/judge-block.js';
import { UnrunCommands } from '../support/documentation/judge-unrun.js';
import { parsePage, remarksOf, type Block } from '../support/documentation/parse-page.js';
import { hasTool } from '../support/external-tool.js';
import { REPOSITORY } from '../support/golden.js';
import { NOT_RUN } from '../support/documentation/not-run.js';

/** Pages for users; those in `hw` and `editors` are for people who change the project. */
const PAGES = ['README.md', 'docs', 'examples', 'playground'].flatMap(pagesBelow);

/** The examples of these pages are compiled by tests of their own, with the files that they name. */
const COMPILED_ELSEWHERE: ReadonlyMap<string, string> = new Map([['docs/language.md', 'test/unit/dsl/manual.test.ts']]);

function pagesBelow(place: string): readonly string[] {
  const full = path.join(REPOSITORY, place);
  if (!existsSync(full)) return [];
  if (place.endsWith('.md')) return [place];
  const items = readdirSync(full, { recursive: true, withFileTypes: true }).filter((item) => item.isFile());
  const files = items.map((item) => path.relative(REPOSITORY, path.join(item.parentPath, item.name)));
  return files.filter((file) => file.endsWith('.md') && !file.includes('node_modules')).sort();
}

const textOf = (page: string): string => readFileSync(path.join(REPOSITORY, page), 'utf8');
const blocksOf = (page: string): readonly Block[] => parsePage(page, textOf(page));

/** What happened to the blocks of all pages. */
const counts = { pages: 0, commands: 0, outputs: 0, sources: 0, elsewhere: 0 };
const notRun: string[] = [];
const wantingTools: string[] = [];

afterAll(() => {
  const left = [...notRun, ...wantingTools.map((command) => `${command} (its tool is not installed)`)];
  console.info(
    `documentation: ${counts.pages} pages, ${counts.commands} commands run, ${counts.outputs} outputs compared, ` +
      `${counts.sources} sources checked, ${counts.elsewhere} by other tests, ${left.length} commands not run:\n` +
      left.map((command) => `  ${command}\n`).join(''),
  );
});

describe.each(PAGES)('%s', (page) => {
  it('does what it says', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ionloom-page-'));
    try {
      const copy = new CheckoutCopy(folder);
      const unrun = new UnrunCommands(copy);
      const faults = blocksOf(page).flatMap((block) => faultsOf(block, copy, unrun));
      expect(faults.join('\n')).toBe('');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    counts.pages++;
  });

  it('has links that lead somewhere', () => {
    expect(deadLinks(page)).toEqual([]);
  });
});

it('leaves out the commands that are known to take long, or to need what is not here, and no others', () => {
  const stated = PAGES.flatMap(blocksOf).flatMap(commandsOf).filter(({ notRun: reason }) => reason !== undefined); // prettier-ignore
  expect(stated.map(({ block, text }) => `${block.page}: ${text.replace(/ +#.*$/, '')}`)).toEqual(NOT_RUN);
});

/** Faults of a block, each with its place; commands run in the copy. */
function faultsOf(block: Block, copy: CheckoutCopy, unrun: UnrunCommands): readonly string[] {
  const place = `${block.page}:${block.line}`;
  const commands = commandsOf(block);
  if (commands.length > 0) return commands.flatMap((command) => faultsOfCommand(command, copy, unrun)).map((fault) => `${place}: ${fault}`); // prettier-ignore
  if (/^\$ |^ *(npx )?ionloom [a-z]/m.test(block.text)) return [`${place}: has commands and is neither sh nor console`];
  if (block.language === 'ion' && COMPILED_ELSEWHERE.has(block.page)) {
    counts.elsewhere++;
    return [];
  }
  const fault = faultOfText(block, copy);
  if (block.language === 'ion' || remarksOf(block, 'from').length > 0) counts.sources++;
  return fault === undefined ? [] : [`${place}: ${fault}`];
}

function faultsOfCommand(command: Command, copy: CheckoutCopy, unrun: UnrunCommands): readonly string[] {
  const { block, text } = command;
  if (command.notRun !== undefined) {
    notRun.push(`${block.page}: ${text} (${command.notRun})`);
    return unrun.faultsOf(text, command.notRun);
  }
  if (remarksOf(block, 'needs').some((tool) => !hasTool(tool))) {
    wantingTools.push(`${block.page}: ${text}`);
    return [];
  }
  counts.commands++;
  const [wanted = '0'] = remarksOf(block, 'status');
  const { status, output, aside } = copy.run(text, wanted === '0' ? 'stdout' : 'both');
  if (String(status) !== wanted) return [`${text}\nended with status ${String(status)} and said\n${output}${aside}`];
  return command.shown === undefined ? [] : faultsOfOutput(command, command.shown, output);
}

function faultsOfOutput({ block, text }: Command, shown: string, printed: string): readonly string[] {
  counts.outputs++;
  if (isShown(shown, printed)) return [];
  const fresh = process.env['UPDATE_GOLDENS'] === '1' ? renewed(shown, printed) : undefined;
  if (fresh === undefined) return [`${text}\nprinted\n${printed}\nand the page shows\n${shown}`];
  const page = path.join(REPOSITORY, block.page);
  writeFileSync(
    page,
    readFileSync(page, 'utf8').replace(`$ ${text}\n${shown}`, () => `$ ${text}\n${fresh}`),
  );
  return [];
}

/** Links to files and headings of the checkout that are not there. */
function deadLinks(page: string): readonly string[] {
  const prose = textOf(page).replace(/^```.*?^```$/gms, '');
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return links.filter((target) => !/^[a-z]+:/.test(target) && !isThere(page, target));
}

function isThere(page: string, target: string): boolean {
  const [file = '', heading] = target.split('#');
  const full = path.join(REPOSITORY, file === '' ? page : path.join(path.dirname(page), file));
  if (!existsSync(full)) return false;
  const anchors = heading === undefined ? [] : [...readFileSync(full, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => anchorOf(title)); // prettier-ignore
  return heading === undefined || anchors.includes(heading);
}

const anchorOf = (title: string): string =>
  title.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'); // prettier-ignore
