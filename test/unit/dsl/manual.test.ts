import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import type { FileHost } from '../../../src/core/file-host.js';
import { formatSource } from '../../../src/dsl/format.js';
import { compileSource } from '../../../src/dsl/front-end.js';
import { CONSTANTS } from '../../../src/dsl/check/constants.js';
import { NEURONS } from '../../../src/dsl/network/neuron-models.js';
import { EVENT_NAMES } from '../../../src/dsl/rule/event-names.js';
import { REALIZATIONS } from '../../../src/dsl/rule/realizations.js';
import { GAME_TABLE } from '../../../src/dsl/lower/lower-game.js';
import { PLAYING_SETTINGS, TRAINING_SETTINGS } from '../../../src/dsl/lower/study/lower-training.js';
import type { Choice, Setting } from '../../../src/dsl/settings/setting-table.js';
import { METRICS } from '../../../src/ir/network.js';
import { MEASURES } from '../../../src/ir/study.js';
import { formatQuantity } from '../../../src/units/format-quantity.js';
import { parseSource } from '../../../src/dsl/parse/parse-source.js';
import { describeShape } from '../../../src/dsl/syntax/describe-shape.js';
import { ITEMS } from '../../../src/dsl/syntax/file.js';
import type { ClauseSet, ElementSpec, ShapeSpec } from '../../../src/dsl/syntax/shape.js';
import { INVENTORY, shapeOf } from '../../../src/dsl/syntax/walk.js';
import { createDiskHost } from '../../../src/core/disk.js';
import { REPOSITORY } from '../../support/golden.js';

const MANUAL = join(REPOSITORY, 'docs/language.md');
const manual = readFileSync(MANUAL, 'utf8');
const EXAMPLE = /^```ion\n(.*?)^```$/gms;
const examples = [...manual.matchAll(EXAMPLE)].map(([, text = '']) => text);

/** Files that the examples name, beside those of examples/ecram-image. */
const FILES: ReadonlyMap<string, string | Uint8Array> = new Map<string, string | Uint8Array>([
  ['flowers.csv', '5.1,3.5,1.4,0.2,setosa\n7.0,3.2,4.7,1.4,versicolor\n'],
  ['increase.csv', 'quantile,1,9\n0,90,10\n1,110,20\n'],
  ['leak.csv', 'uS,part\n1,0\n9,0.02\n'],
  ['pairs.csv', '0,1\n2,3\n'],
  ['touches.csv', `0${',1'.repeat(80)}\n2${',0'.repeat(80)}\n`],
  ['tau.csv', '0.01, 0.02, 0.03, 0.04\n'],
  ['thresholds.csv', '1\n1\n2\n3\n'],
  ['faults.csv', '0,5,3,stuck,2e-6\n'],
  ['weights.csv', '0.5\n'.repeat(256)],
  ['braille.nir', 'HDF'],
  ['digits-images.idx', new Uint8Array([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 7])],
  ['digits-labels.idx', new Uint8Array([0, 0, 8, 1, 0, 0, 0, 1, 3])],
  ['targets.csv', '2,3\n3,2\n'],
]);

const PLACE = join(REPOSITORY, 'examples/ecram-image/manual.ion');

/** The disk, with an example as a file among those that it names. */
function hostOf(text: string): FileHost {
  const disk = createDiskHost();
  const bytesOf = (path: string): Uint8Array | undefined => {
    const content = path === PLACE ? text : FILES.get(basename(path));
    return typeof content === 'string' ? new TextEncoder().encode(content) : content;
  };
  return {
    ...disk,
    readBytes: (path, maxBytes) => bytesOf(path) ?? disk.readBytes(path, maxBytes),
    readHead: (path, maxBytes) => bytesOf(path)?.subarray(0, maxBytes) ?? disk.readHead(path, maxBytes),
  };
}

function rowsOf(shapes: readonly ShapeSpec[]): string {
  return shapes.map((shape) => `| \`${describeShape(shape).replaceAll('|', '\\|')}\` | ${shape.summary} |\n`).join('');
}

/** Settings of `train`, then those of `test` alone. */
function rowsOfTraining({ train, test }: typeof TRAINING_SETTINGS): string {
  return [...train, ...test.filter(({ name }) => !train.some((other) => other.name === name))]
    .map((setting) => `| ${settingText(setting)} | ${setting.summary} |\n`)
    .join('');
}

/** Tables of what the checks know, by title. */
const TABLES: Readonly<Record<string, () => string>> = {
  neurons: () => rowsOfSettings(NEURONS),
  realizations: () => rowsOfSettings(REALIZATIONS),
  training: () => rowsOfTraining(TRAINING_SETTINGS),
  playing: () => rowsOfTraining(PLAYING_SETTINGS),
  games: () => rowsOfSettings(GAME_TABLE),
  measures: () => rowsOfSummaries(MEASURES),
  metrics: () => rowsOfSummaries(METRICS),
  'event names': () =>
    EVENT_NAMES.map(({ name, events, meaning }) => `| \`${name}\` | ${events.join(', ')} | ${meaning} |\n`).join(''),
};

function rowsOfSummaries(described: Readonly<Record<string, { readonly summary: string }>>): string {
  return Object.entries(described)
    .map(([name, { summary }]) => `| \`${name}\` | ${summary.replaceAll('|', '\\|')} |\n`)
    .join('');
}

type Owners = Readonly<
  Record<
    string,
    { readonly summary: string; readonly settings: readonly Setting[]; readonly choices?: readonly Choice[] }
  >
>;

function rowsOfSettings(owners: Owners): string {
  return Object.entries(owners)
    .map(([name, { summary, settings, choices = [] }]) => {
      const words = choices.map((choice) => `\`${choice.name} = ${choice.words[0] ?? ''}\``);
      return `| \`${name}\` ${[...settings.map(settingText), ...words].join(' ')} | ${summary} |\n`;
    })
    .join('');
}

function settingText({ name, symbol, byDefault }: Setting): string {
  return byDefault === undefined ? `\`${name}\`` : `\`${name} = ${formatQuantity(byDefault, symbol)}\``;
}

function rowsFor(directive: string, names: string): string {
  if (directive === 'table') return TABLES[names]?.() ?? 'no such table';
  if (directive === 'names') return `${[...CONSTANTS.keys()].map((name) => `\`${name}\``).join(', ')}.\n`;
  if (directive === 'clauses') {
    const set = INVENTORY.clauseSets.find(({ name }) => name === names);
    expect(set, `no clause set ${names}`).toBeDefined();
    return rowsOf(set!.shapes);
  }
  const kinds = names.split(', ');
  return rowsOf(kinds.map((kind) => INVENTORY.shapes.find((shape) => shape.kind === kind)!));
}

/** Like goldens, the manual is rewritten on request; tables first, layout in a second run. */
function expectText(written: string): void {
  if (process.env['UPDATE_GOLDENS'] === '1' && manual !== written) writeFileSync(MANUAL, written);
  else expect(manual).toBe(written);
}

describe('the manual', () => {
  it('has tables that say what the parser reads', () => {
    const written = manual.replace(
      /(<!-- (clauses|shapes|table|names): ([^\n]+) -->\n).*?(?=<!-- end -->)/gs,
      (_, open: string, directive: string, names: string) => open + rowsFor(directive, names),
    );
    expectText(written);
  });

  it('has a table for every clause set', () => {
    const shown = [...manual.matchAll(/<!-- clauses: ([^\n]+) -->/g)].map(([, name]) => name);
    const missing = INVENTORY.clauseSets.filter(({ name }) => !shown.includes(name));
    expect(missing.map(({ name }) => name)).toEqual(['setting', 'neuron setting']);
  });

  it.each(examples.map((text) => [text.split('\n').find((line) => !line.startsWith('//')) ?? '', text]))(
    'has an example that compiles: %s',
    (_, text) => {
      const diagnostics = new DiagnosticBag();
      compileSource(PLACE, hostOf(text), new Map(), diagnostics);
      const errors = diagnostics.all.filter(({ severity }) => severity === 'error');
      expect(errors.map(({ message, span }) => `${span?.start.line}: ${message}`)).toEqual([]);
    },
  );

  it('has examples in canonical layout', () => {
    const written = manual.replace(EXAMPLE, (_, text: string) => {
      const formatted = formatSource('manual.ion', text, new DiagnosticBag());
      return `\`\`\`ion\n${formatted ?? 'does not parse'}\`\`\``;
    });
    expectText(written);
  });

  it('shows every construct, and every optional part of it, in an example', () => {
    const seen = new Set<string>();
    for (const text of examples) {
      const tree = parseSource('manual.ion', text, new DiagnosticBag());
      for (const item of tree?.items.clauses ?? []) observe(shapeOf(ITEMS, item.kind), item, seen);
    }
    expect(INVENTORY.shapes.flatMap(featuresOf).filter((feature) => !seen.has(feature))).toEqual([]);
  });
});

/** A shape and its optional fields, as texts. */
function featuresOf(shape: ShapeSpec): string[] {
  const id = idOf(shape);
  return [id, ...shape.elements.flatMap((element) => optionalFields(element)).map((field) => `${id} ${field}`)];
}

const idOf = (shape: ShapeSpec): string => `${INVENTORY.shapes.indexOf(shape)} ${shape.kind}`;

function optionalFields(element: ElementSpec): string[] {
  if (element.kind === 'flag') return [element.field];
  if (element.kind !== 'optional') return [];
  return element.elements.flatMap((inner) => ('field' in inner ? [inner.field] : optionalFields(inner)));
}

type Fields = Readonly<Record<string, unknown>>;

function observe(shape: ShapeSpec, node: object, seen: Set<string>): void {
  const fields = node as Fields;
  seen.add(idOf(shape));
  for (const field of shape.elements.flatMap(optionalFields)) {
    if (fields[field] !== undefined) seen.add(`${idOf(shape)} ${field}`);
  }
  for (const element of shape.elements) observeElement(element, fields, seen);
}

function observeElement(element: ElementSpec, fields: Fields, seen: Set<string>): void {
  if (element.kind === 'optional') {
    for (const inner of element.elements) observeElement(inner, fields, seen);
  } else if ('field' in element && fields[element.field] !== undefined) {
    observeField(element, fields[element.field], seen);
  }
}

function observeField(element: ElementSpec, value: unknown, seen: Set<string>): void {
  if (element.kind === 'node') observe(element.shape(), value as object, seen);
  else if (element.kind === 'list' && element.item.kind === 'node') {
    for (const item of value as readonly object[]) observe(element.item.shape(), item, seen);
  } else if (element.kind === 'choice') {
    const chosen = value as { readonly kind: string };
    observe(
      element.shapes.find(({ kind }) => kind === chosen.kind)!,
      chosen,
      seen,
    );
  } else if (element.kind === 'block') observeBlock(element.clauses(), value as { clauses: { kind: string }[] }, seen);
}

function observeBlock(
  set: ClauseSet,
  block: { readonly clauses: readonly { kind: string }[] },
  seen: Set<string>,
): void {
  for (const clause of block.clauses) observe(shapeOf(set, clause.kind), clause, seen);
}
