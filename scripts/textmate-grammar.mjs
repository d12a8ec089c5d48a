/**
 * Writes the TextMate grammar of the editor extension from the tables of the language: constructs, units, functions.
 * `npm run build && node scripts/textmate-grammar.mjs`, or `npm run golden:update`; a test says where it was forgotten.
 */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where the grammar stands, from the root of the checkout. */
export const GRAMMAR_FILE = 'editors/vscode/syntaxes/ion.tmLanguage.json';

/**
 * What the grammar is made from. `openers` begin a clause or an item; of these, `items` name it themselves at the top
 * of a file, `declaring` inside a block.
 * @typedef {{
 *   readonly items: readonly string[],
 *   readonly declaring: readonly string[],
 *   readonly openers: readonly string[],
 *   readonly keywords: readonly string[],
 *   readonly reserved: readonly string[],
 *   readonly choices: readonly string[],
 *   readonly units: readonly string[],
 *   readonly functions: readonly string[],
 *   readonly constants: readonly string[],
 * }} LanguageTables
 */

const NAME = '[A-Za-z_][A-Za-z0-9_]*';
/** Before a keyword that may also be a name: no operator, bracket or dot that wants an operand. */
const NOT_AN_OPERAND = '(?<![\\w.-])(?<![-+*/^(,=<>]\\s)(?<![-+*/^(\\[])';
/** Behind one: nothing that can only follow an operand. */
const NO_OPERATOR_BEHIND = '(?![\\w-])(?!\\s*(?:[-+*/^]\\s|[=.,)\\]]|<|>|\\())';

/**
 * The text of the grammar.
 * @param {LanguageTables} tables
 * @returns {string}
 */
export function textmateGrammar(tables) {
  const grammar = {
    $schema: 'https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json',
    name: 'Ionloom',
    scopeName: 'source.ion',
    patterns: [
      'comment', 'text', 'item', 'declaration', 'opener', 'quantity', 'logical', 'control', 'function', 'member',
      'keyword', 'choice', 'constant', 'operator', 'punctuation',
    ].map((name) => ({ include: `#${name}` })), // prettier-ignore
    repository: repositoryOf(tables),
  };
  return `${JSON.stringify(grammar, undefined, 2)}\n`;
}

/** @param {LanguageTables} tables */
function repositoryOf({ items, declaring, openers, keywords, reserved, choices, units, functions, constants }) {
  const logical = ['and', 'or', 'not'];
  const unit = alternatives(units.filter((symbol) => symbol !== '1').map(spellings));
  const unitFactor = `(?:${unit})(?![A-Za-z0-9_\\x{B5}\\x{3BC}\\x{2126}\\x{3A9}])(?:\\^-?\\d{1,2}(?![A-Za-z0-9_]|\\.\\d))?`;
  const digits = '\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?';
  return {
    comment: { name: 'comment.line.double-slash.ion', match: '//.*$' },
    text: {
      name: 'string.quoted.double.ion',
      begin: '"',
      end: '"|$',
      patterns: [{ name: 'constant.character.escape.ion', match: '\\\\["\\\\]' }],
    },
    item: namedMatch(`^\\s*(${alternatives(items)})\\s+(${NAME})`, ['storage.type.ion', 'entity.name.type.ion']),
    declaration: namedMatch(`(?:^|(?<=\\{))\\s*(${alternatives(declaring)})\\s+(${NAME})(?!\\s*(?:->|\\[))`, [
      'storage.type.ion',
      'variable.other.declaration.ion',
    ]),
    opener: namedMatch(`(?:^|(?<=[{}]))\\s*(${alternatives(openers)})(?![\\w-])(?!\\s*(?:[-+*]?=|\\.))`, [
      'keyword.control.ion',
    ]),
    quantity: {
      patterns: [
        namedMatch(`(?<![\\w.])(${digits})[ \\t]*(${unitFactor}(?:[*/]${unitFactor})*)`, [
          'constant.numeric.ion',
          'keyword.other.unit.ion',
        ]),
        { name: 'constant.numeric.ion', match: `(?<![\\w.])${digits}` },
        // A unit by itself, as in `state g : S`
        namedMatch(`:\\s*(${unitFactor}(?:[*/]${unitFactor})*)`, ['keyword.other.unit.ion']),
      ],
    },
    logical: { name: 'keyword.operator.logical.ion', match: whole(logical) },
    control: { name: 'keyword.control.ion', match: whole(reserved.filter((word) => !logical.includes(word))) },
    function: {
      patterns: [
        { name: 'support.function.ion', match: `(?<![\\w.])(?:${alternatives(functions)})(?=\\s*\\()` },
        { name: 'entity.name.function.ion', match: `(?<![\\w.])${NAME}(?=\\()` },
      ],
    },
    member: namedMatch(`\\.(${NAME})`, ['variable.other.member.ion']),
    keyword: {
      name: 'keyword.other.ion',
      match: `${NOT_AN_OPERAND}(?:${alternatives(keywords)})${NO_OPERATOR_BEHIND}`,
    },
    choice: {
      name: 'support.constant.ion',
      match: `${NOT_AN_OPERAND}(?:${alternatives(choices)})${NO_OPERATOR_BEHIND}`,
    },
    constant: { name: 'constant.language.ion', match: whole(constants) },
    operator: { name: 'keyword.operator.ion', match: '->|\\.\\.|[-+*/^%]=?|[<>]=?|[=!]=|=|\\?|~' },
    punctuation: { name: 'punctuation.ion', match: '[{}()\\[\\],:]' },
  };
}

/** @param {string} match @param {readonly string[]} names  of its groups, in order */
function namedMatch(match, names) {
  return { match, captures: Object.fromEntries(names.map((name, index) => [String(index + 1), { name }])) };
}

/** @param {readonly string[]} words */
function whole(words) {
  return `(?<![\\w.])(?:${alternatives(words)})(?!\\w)`;
}

/** Longer words first, so that none is taken for the beginning of another. */
function alternatives(words) {
  return [...new Set(words)].sort((left, right) => right.length - left.length || (left < right ? -1 : 1)).join('|');
}

/** A unit with its other spellings, as the scanner reads it. */
function spellings(symbol) {
  return symbol
    .replace('Ohm', '(?:Ohm|\\x{2126}|\\x{3A9})')
    .replace('degC', '(?:degC|\\x{B0}C)')
    .replace(/^u/, '[u\\x{B5}\\x{3BC}]');
}

/**
 * Reads the tables from the modules of the language.
 * @param {(module: string) => Promise<Record<string, any>>} load  imports a module by its path below `src`, without ending
 * @returns {Promise<LanguageTables>}
 */
export async function readTables(load) {
  const { INVENTORY, KEYWORDS, beginningOf, elementsOf } = await load('dsl/syntax/walk');
  const { ITEMS } = await load('dsl/syntax/file');
  const { RESERVED } = await load('dsl/parse/tokens');
  const { UNIT_SYMBOLS } = await load('units/unit-table');
  const { FUNCTIONS } = await load('dsl/check/functions');
  const { CONSTANTS } = await load('dsl/check/constants');
  const clauses = INVENTORY.clauseSets.flatMap(({ shapes }) => shapes);
  const openers = clauses.flatMap((shape) => beginningOf(shape).words);
  const declaring = clauses.flatMap(({ elements: [first, second] }) =>
    first?.kind === 'word' && second?.kind === 'part' && second.role?.role === 'declares' ? [first.word] : [],
  );
  const parts = INVENTORY.shapes
    .flatMap(elementsOf)
    .map((element) => (element.kind === 'list' ? element.item : element));
  const choices = parts.flatMap(({ role }) => (role?.role === 'chooses' ? role.among : []));
  const items = ITEMS.shapes
    .filter((shape) => elementsOf(shape).some(({ kind }) => kind === 'block'))
    .flatMap(({ elements: [first] }) => (first?.kind === 'word' ? [first.word] : []));
  return {
    items,
    declaring,
    openers,
    keywords: KEYWORDS,
    reserved: RESERVED,
    choices,
    units: UNIT_SYMBOLS,
    functions: [...FUNCTIONS.keys()],
    constants: [...CONSTANTS.keys()],
  };
}

if (process.argv[1] === import.meta.filename) {
  const root = path.dirname(import.meta.dirname);
  const tables = await readTables((module) => import(pathToFileURL(path.join(root, 'dist', `${module}.js`)).href));
  fs.writeFileSync(path.join(root, GRAMMAR_FILE), textmateGrammar(tables));
}
