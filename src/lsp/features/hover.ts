/** Hover: what a name is, its dimension, value and origin; what a keyword is for; what a number means. */
import type { Hover } from 'vscode-languageserver/node';
import type { Span } from '../../core/span.js';
import type { Identifier } from '../../dsl/syntax/nodes.js';
import { describeShape } from '../../dsl/syntax/describe-shape.js';
import { nameAt, wordAt, type NameAtPlace } from '../at-place.js';
import { builtInNames, chosenWord, knownWords } from '../built-in-names.js';
import { describeDeclaration } from '../describe-declaration.js';
import { describeMeaning } from '../describe-meaning.js';
import { clausesAt, touches, type FileIndex, type Use } from '../names/symbols.js';
import type { Observations } from '../observations.js';
import { rangeOf, spanBetween } from '../places.js';
import type { Workspace } from '../workspace.js';
import { numberAt } from './number-at.js';
import { describeFunction } from './signature-help.js';

/** What is known about the place; `observe` is asked only where it helps. */
export function hover(
  index: FileIndex,
  offset: number,
  workspace: Workspace,
  observe: () => Observations,
): Hover | undefined {
  const found = nameAt(index, offset, workspace.resolver);
  const text = found && hoverOfName(found, index, workspace, observe());
  if (found && text !== undefined) return { ...markdown(text), range: rangeOf(found.name.span) };
  const number = numberAt(index, offset);
  const meaning = number && describeMeaning(observe().at(number));
  if (number && meaning !== undefined) return { ...markdown(meaning), range: rangeOf(number) };
  return hoverOfKnownWord(index, offset) ?? hoverOfWord(index, offset);
}

function markdown(value: string): Hover {
  return { contents: { kind: 'markdown', value } };
}

function hoverOfName(
  { name, use, declaration }: NameAtPlace,
  index: FileIndex,
  workspace: Workspace,
  observations: Observations,
): string | undefined {
  const whole = use ? wholeSpan(use, index) : name.span;
  const here = use && observations.at(whole);
  if (declaration) {
    const text = workspace.index(declaration.file)?.text ?? '';
    return describeDeclaration(declaration, text, observations, here);
  }
  if (use?.isCall === true) return describeFunction(name.name);
  const written = index.text.slice(whole.start.offset, whole.end.offset);
  const parts = [meaningOf(written, name.span, index), describeMeaning(here)].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : `\`${written}\`: ${parts.join('; ')}`;
}

/** What the language says of a name that nobody declares. */
function meaningOf(written: string, span: Span, { root }: FileIndex): string | undefined {
  const clauses = clausesAt(root, span.start.offset);
  const builtIn = builtInNames(clauses[0]?.shape.kind).find(({ name }) => name === written);
  if (builtIn) return builtIn.meaning;
  const owner = clauses.findLast(({ shape: { kind } }) => kind !== 'setting' && kind !== 'neuron-setting');
  const { settings = [], choices = [] } = (owner && chosenWord(owner.shape.kind, owner.node)) ?? {};
  return [...settings, ...choices].find(({ name }) => name === written)?.summary;
}

/** A kind of neuron or a method, which no file declares. */
function hoverOfKnownWord({ root }: FileIndex, offset: number): Hover | undefined {
  const clause = clausesAt(root, offset).at(-1);
  for (const [field, value] of Object.entries(clause?.node ?? {})) {
    const { name, span } = (value ?? {}) as Partial<Identifier>;
    if (!clause || name === undefined || !span || !touches(span, offset)) continue;
    const word = knownWords(clause.shape.kind, field).get(name);
    if (word) return { ...markdown(`**${name}**: ${word.summary}`), range: rangeOf(span) };
  }
  return undefined;
}

/** The whole of a name with dots: `window.low` is one expression. */
function wholeSpan(use: Use, { uses }: FileIndex): Span {
  let first = use;
  while (first.qualifier) first = first.qualifier;
  // What stands behind a dot follows what stands before it
  let last = use;
  for (const next of uses.slice(uses.indexOf(use) + 1)) {
    if (next.qualifier !== last) break;
    last = next;
  }
  return { ...first.name.span, end: last.name.span.end };
}

function hoverOfWord(index: FileIndex, offset: number): Hover | undefined {
  const found = wordAt(index, offset);
  if (!found) return undefined;
  const { word, clause, start } = found;
  const span = spanBetween(index, start, start + word.length);
  const text = `**${word}**: ${clause.shape.summary}\n\n\`\`\`ion\n${describeShape(clause.shape)}\n\`\`\``;
  return { ...markdown(text), range: rangeOf(span) };
}
