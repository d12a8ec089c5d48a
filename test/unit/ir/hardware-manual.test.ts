/** docs/hardware.md shows what the machine does: its tables and timing diagrams are made here and compared. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { textDiagram } from '../../../src/cosim/observe/text-diagram.js';
import { timingDiagram } from '../../../src/cosim/observe/timing-diagram.js';
import { ERROR_CODES } from '../../../src/ir/error-codes.js';
import { interpretProgram } from '../../../src/ir/interpret.js';
import { CONDITION_CODE, UNIT_CODE } from '../../../src/ir/microcode.js';
import type { CorpusEntry } from '../../corpus/corpus-entry.js';
import { CORPUS } from '../../corpus/corpus.js';
import { parametersOf, railNames } from '../../corpus/parameters.js';
import { Surroundings } from '../../corpus/surroundings.js';
import { expectGolden, REPOSITORY } from '../../support/golden.js';
import { INJECTIONS } from '../../support/injections.js';

const PAGE = 'docs/hardware.md';

/** What each condition means to someone who writes a program. */
const CONDITIONS: Readonly<Record<keyof typeof CONDITION_CODE, string>> = {
  always: 'everything before has ended',
  tick: 'a tick has come; used up by the word that takes it',
  host: 'the host has written `host_go`; used up likewise',
  field: 'the field of the coil is in its window',
  rails: 'the rails have settled',
  verified: 'the last verify marked nothing',
  spike: 'a spike has arrived; used up likewise',
  compliance: 'the compliance input is high',
  neuron: 'the neurons have made their step',
  turn: 'the corner turn has written its planes',
  wear: 'no row has used up its pulses',
};

const UNITS: Readonly<Record<keyof typeof UNIT_CODE, string>> = {
  field: 'the coil goes to a state (argument 0 to 3)',
  rails: 'the codes of the rails are sent again',
  accumulators: 'the partial sums become 0',
  neuron: 'the neurons make a step',
  turn: 'activations become planes of rows (argument: the first)',
  host: 'an interrupt (argument 1: `verify_fail`, too)',
  random: 'the random registers start again from their seeds',
};

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '-')), ...rows.map(line)].join('\n');
}

function codes(what: string, codeOf: Readonly<Record<string, number>>, textOf: Readonly<Record<string, string>>) {
  const rows = Object.entries(codeOf).map(([name, code]) => [String(code), `\`${name}\``, textOf[name] ?? '']);
  return table(['code', what, 'meaning'], rows);
}

function section({ title, summary, program, plan, diagram, blocks, rails }: CorpusEntry): string {
  const surroundings = new Surroundings(program, plan);
  const events = [...interpretProgram(program, program.dataSets[0]!, surroundings)];
  const needs = blocks.length === 0 ? '' : ` Needs: ${blocks.join(', ')}.`;
  const picture = textDiagram(timingDiagram({ program, events, notes: surroundings.notes }, diagram));
  const numbers = `${parametersOf(program)} ${railNames(events, rails)}`;
  return `### ${title}\n\n${summary}${needs}\n\n${numbers}\n\n\`\`\`\n${picture}\n\`\`\``;
}

const GENERATED: Readonly<Record<string, () => string>> = {
  'codes: conditions': () => codes('condition', CONDITION_CODE, CONDITIONS),
  'codes: commands': () => codes('command to', UNIT_CODE, UNITS),
  'codes: errors': () =>
    table(
      ['code', 'meaning'],
      ERROR_CODES.slice(1).map(({ code, text }) => [String(code), text]),
    ),
  'codes: injected': () =>
    table(
      ['code', 'injected fault'],
      INJECTIONS.map(({ code, what }) => [String(code), what]),
    ),
  modes: () => `\n${CORPUS.map(section).join('\n\n')}\n`,
};

it('is up to date', () => {
  const page = readFileSync(join(REPOSITORY, PAGE), 'utf8');
  const names = [...page.matchAll(/<!-- ((?!end)[^>]+) -->/g)].map(([, name]) => name);
  expect(names).toEqual(Object.keys(GENERATED));
  const made = page.replace(/(<!-- ((?!end)[^>]+) -->\n).*?(?=<!-- end -->)/gs, (_, marker: string, name: string) => {
    return `${marker}${GENERATED[name]?.() ?? ''}\n`;
  });
  expectGolden(PAGE, made);
});

it('draws every mode as far as its diagram goes, without a gap', () => {
  for (const entry of CORPUS) {
    const drawn = section(entry);
    expect(drawn).toMatch(/^rail +[0-3]/m);
    expect(drawn).toContain(`\nrow 0 `);
    expect(drawn).toMatch(/^Clocks: dwell \d.*\. Rail sets: 0 idle[^?]*\.$/m);
    for (const line of drawn.split('\n')) expect(line.length).toBeLessThanOrEqual(240);
  }
});
