/** Settings that are words: `loss = crossEntropy`, `trains = scheduled`. */
import type { Span } from '../../core/span.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkWord } from '../check/check-clauses.js';
import type { CheckContext } from '../check/scope.js';
import type { Block } from '../syntax/nodes.js';
import type { SettingClause } from '../syntax/shared.js';
import type { Choice } from './setting-table.js';

/** A setting with its word; `origin` is where it is given. */
export interface CheckedChoice<Word extends string = string> {
  readonly name: string;
  readonly word: Word;
  readonly origin: Span;
}

/** The word that is given for `choice`; undefined where none is, or after reporting. */
export function checkChoice<const Word extends string>(
  given: Block<SettingClause> | undefined,
  { name, words }: Pick<Choice, 'name'> & { readonly words: readonly Word[] },
  { diagnostics }: Pick<CheckContext, 'diagnostics'>,
): CheckedChoice<Word> | undefined {
  const clause = given?.clauses.find((each) => each.name.name === name);
  if (!clause) return undefined;
  const { value } = clause;
  if (value.kind !== 'reference') {
    const expected = words.map((word) => `\`${word}\``).join(' or ');
    const params = { what: `\`${name}\``, expected, found: 'an expression' };
    diagnostics.report(DSL_CATALOGUE, 'unexpected-type', params, { span: value.span });
    return undefined;
  }
  const word = checkWord(value, { what: name, known: words }, diagnostics);
  return word === undefined ? undefined : { name, word, origin: value.span };
}

/** Words of all `choices`: those given, and the others at their defaults, which is the first word of each. */
export function choicesWithDefaults(
  given: Block<SettingClause> | undefined,
  choices: readonly Choice[],
  { origin, context }: { readonly origin: Span; readonly context: CheckContext },
): CheckedChoice[] {
  return choices.map((choice) => {
    const { name, words } = choice;
    return checkChoice(given, choice, context) ?? { name, word: words[0] ?? '', origin };
  });
}
