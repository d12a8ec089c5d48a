/** Everything that the language front end can say, with the text of `ionloom explain`. */
import { defineCatalogue } from '../core/diagnostic.js';
import { DATA_ENTRIES } from './catalogue/data.js';
import { DECLARATION_ENTRIES } from './catalogue/declarations.js';
import { NAME_ENTRIES } from './catalogue/names.js';
import { NETWORK_ENTRIES } from './catalogue/networks.js';
import { RULE_ENTRIES } from './catalogue/rules.js';
import { STATEMENT_ENTRIES } from './catalogue/statements.js';
import { STUDY_ENTRIES } from './catalogue/studies.js';
import { SYNTAX_ENTRIES } from './catalogue/syntax.js';
import { TABLE_ENTRIES } from './catalogue/tables.js';
import { TYPE_ENTRIES } from './catalogue/types.js';
import { VECTOR_ENTRIES } from './catalogue/vectors.js';

/** Diagnostics `dsl/…`. */
export const DSL_CATALOGUE = defineCatalogue('dsl', {
  ...SYNTAX_ENTRIES,
  ...NAME_ENTRIES,
  ...TYPE_ENTRIES,
  ...VECTOR_ENTRIES,
  ...STATEMENT_ENTRIES,
  ...DECLARATION_ENTRIES,
  ...RULE_ENTRIES,
  ...NETWORK_ENTRIES,
  ...DATA_ENTRIES,
  ...TABLE_ENTRIES,
  ...STUDY_ENTRIES,
});
