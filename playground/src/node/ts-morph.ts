/** ts-morph as a bundler finds it; takes the place of `src/backends/harness/ts-morph.ts`, which requires it from a disk. */
export { IndentationText, Project, QuoteKind, StructureKind, VariableDeclarationKind } from 'ts-morph';
