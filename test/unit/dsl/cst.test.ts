import { generateCstDts } from 'chevrotain';
import { describe, expect, it } from 'vitest';
import { IonParser } from '../../../src/dsl/parser.js';
import { expectGolden } from '../../support/golden.js';

const HEADER = '/** Types of the syntax tree, generated from the grammar; `UPDATE_GOLDENS=1` writes them anew. */\n';

describe('the types of the syntax tree', () => {
  it('are those of the grammar', () => {
    const types = generateCstDts(new IonParser().getGAstProductions(), { includeVisitorInterface: false });
    expectGolden('src/dsl/cst.ts', HEADER + types.replace('ICstVisitor, ', '').replaceAll('"', "'"));
  });
});
