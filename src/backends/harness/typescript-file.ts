/** TypeScript files from their structure. */
import {
  IndentationText,
  Project,
  QuoteKind,
  StructureKind,
  VariableDeclarationKind,
  type StatementStructures,
} from './ts-morph.js';

export interface NamedImport {
  readonly names: readonly { readonly name: string; readonly alias?: string }[];
  readonly from: string;
  readonly isTypeOnly?: boolean;
}

export interface ConstantDeclaration {
  readonly name: string;
  readonly type?: string;
  /** Expression. */
  readonly value: string;
  readonly summary?: string;
  /** Whether `value` has its final layout: formatting a large table takes seconds. */
  readonly isLaidOut?: true;
  readonly isExported: boolean;
}

/** A file of imports, constants and statements, in this order. */
export interface TypescriptFile {
  /** Comment at the top, one string a line. */
  readonly header: readonly string[];
  readonly imports: readonly NamedImport[];
  readonly constants: readonly ConstantDeclaration[];
  readonly statements: readonly string[];
}

/** Text of the file in the house style: two spaces, single quotes. */
export function printTypescript(file: TypescriptFile): string {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    manipulationSettings: { quoteKind: QuoteKind.Single, indentationText: IndentationText.TwoSpaces },
  });
  const statements: (string | StatementStructures)[] = [
    ...file.imports.map(importStructure),
    ...file.constants.map((constant, index) =>
      constantStructure(constant.isLaidOut ? { ...constant, value: placeholder(index) } : constant),
    ),
    ...(file.statements.length > 0 ? [`\n${file.statements.join('\n')}`] : []),
  ];
  const body = project.createSourceFile('file.ts', { statements });
  // ts-morph indents the lines of an initializer as if they were continued; the formatter undoes it.
  body.formatText({ indentSize: 2 });
  const text = file.constants.reduce(
    (before, { value, isLaidOut }, index) => (isLaidOut ? before.replace(placeholder(index), () => value) : before),
    body.getFullText().trim(),
  );
  return `${headerComment(file.header)}\n${text}\n`;
}

/** What stands for a value until the rest has been laid out. */
function placeholder(index: number): string {
  return `$value${String(index)}$`;
}

function importStructure({ names, from, isTypeOnly }: NamedImport): StatementStructures {
  return {
    kind: StructureKind.ImportDeclaration,
    isTypeOnly: isTypeOnly === true,
    moduleSpecifier: from,
    namedImports: names.map(({ name, alias }) => ({ name, ...(alias !== undefined && { alias }) })),
  };
}

function constantStructure({ name, type, value, summary, isExported }: ConstantDeclaration): StatementStructures {
  return {
    kind: StructureKind.VariableStatement,
    declarationKind: VariableDeclarationKind.Const,
    isExported,
    leadingTrivia: summary === undefined ? '\n' : `\n/** ${commentText(summary)} */\n`,
    declarations: [{ name, initializer: value, ...(type !== undefined && { type }) }],
  };
}

function headerComment(lines: readonly string[]): string {
  const [first, ...others] = lines;
  if (first !== undefined && others.length === 0) return `/** ${commentText(first)} */`;
  return ['/**', ...lines.map((line) => ` * ${commentText(line)}`), ' */'].join('\n');
}

/** Text that cannot end a block comment. */
function commentText(text: string): string {
  return text.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ');
}
