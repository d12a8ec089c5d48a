import { generateCstDts } from 'chevrotain';
import { format, resolveConfig } from 'prettier';
import { describe, it } from 'vitest';
import { IonParser } from '../../../src/dsl/parser.js';
import { expectGolden, REPOSITORY } from '../../support/golden.js';

const HEADER = `/** Types of the syntax tree, generated from the grammar; \`UPDATE_GOLDENS=1\` writes them anew. */
/* eslint-disable @typescript-eslint/consistent-type-definitions -- interfaces lack the index signature of CstNode's children */
`;

describe('the types of the syntax tree', () => {
  it('are those of the grammar', async () => {
    const types = generateCstDts(new IonParser().getGAstProductions(), { includeVisitorInterface: false });
    const text = types.replace('ICstVisitor, ', '');
    const style = await resolveConfig(`${REPOSITORY}src/dsl/cst.ts`);
    expectGolden('src/dsl/cst.ts', await format(HEADER + text, { ...style, parser: 'typescript' }));
  });
});
