/**
 * The door to ts-morph, which is CommonJS: an `import` would first search its 9 MB for the names of its exports, which
 * takes a third of its start.
 */
import { createRequire } from 'node:module';
import type * as TsMorph from 'ts-morph';

export type { StatementStructures } from 'ts-morph';

// What the package exports, by the other of its two ways in
export const { IndentationText, Project, QuoteKind, StructureKind, VariableDeclarationKind } = createRequire(
  import.meta.url,
)('ts-morph') as typeof TsMorph;
