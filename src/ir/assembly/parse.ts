/** Reads a program in assembly language; see print.ts, which writes it. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import { packOp } from '../encode-op.js';
import type { Lanes, OpFieldName } from '../legal.js';
import { hasEvenParity, toLanes, type WordFormat } from '../word-format.js';
import { ASSEMBLY_CATALOGUE } from './catalogue.js';
import { numberOf, parseInstruction } from './instruction.js';
import { sourceLines, type SourceLine, type Token } from './source-line.js';

export interface AssemblySource {
  readonly text: string;
  /** Name of the file that diagnostics point into. */
  readonly file: string;
}

export interface ParsedAssembly {
  readonly words: readonly Lanes[];
  readonly labels: ReadonlyMap<string, number>;
}

/** Words of `source` from address 0 on, in the format of a controller; undefined after reporting faults. */
export function parseAssembly(
  source: AssemblySource,
  format: WordFormat<OpFieldName>,
  diagnostics: DiagnosticBag,
): ParsedAssembly | undefined {
  const lines = sourceLines(source.text, source.file);
  const layout = layOutLines(lines, format, diagnostics);
  const words: Lanes[] = [];
  const stop = toLanes(0n, format.width);
  for (const { tokens, address } of layout.instructions) {
    while (words.length < address) words.push(stop);
    const context = { format, address, addressOfLabel: (label: string) => layout.labels.get(label), diagnostics };
    const [first, second] = tokens;
    if (first?.text === '.word') words.push(rawWord(first, second, format, diagnostics));
    else {
      const fields = parseInstruction(tokens, context);
      words.push(diagnostics.hasErrors ? stop : packOp(format, fields));
    }
  }
  return diagnostics.hasErrors ? undefined : { words, labels: layout.labels };
}

interface Layout {
  readonly labels: ReadonlyMap<string, number>;
  readonly instructions: readonly { readonly tokens: readonly Token[]; readonly address: number }[];
}

/** Addresses of all labels and instructions. */
function layOutLines(
  lines: readonly SourceLine[],
  format: WordFormat<OpFieldName>,
  diagnostics: DiagnosticBag,
): Layout {
  const labels = new Map<string, number>();
  const instructions: { readonly tokens: readonly Token[]; readonly address: number }[] = [];
  let address = 0;
  for (const { labels: names, tokens } of lines) {
    const [first, second] = tokens;
    if (first?.text === '.align') {
      const step = alignment(second ?? first, diagnostics);
      address = Math.ceil(address / step) * step;
    }
    for (const { text: label, span } of names) {
      if (labels.has(label)) diagnostics.report(ASSEMBLY_CATALOGUE, 'label-twice', { label }, { span });
      labels.set(label, address);
    }
    if (!first || first.text === '.align') continue;
    instructions.push({ tokens, address });
    address += 1;
  }
  checkLength(address, format, { instructions, diagnostics });
  return { labels, instructions };
}

function checkLength(
  length: number,
  format: WordFormat<OpFieldName>,
  { instructions, diagnostics }: Pick<Layout, 'instructions'> & { readonly diagnostics: DiagnosticBag },
): void {
  const bits = format.fields.find(({ name }) => name === 'next')?.width ?? 0;
  if (length <= 2 ** bits) return;
  const span = instructions.at(-1)?.tokens[0]?.span;
  diagnostics.report(ASSEMBLY_CATALOGUE, 'does-not-fit', { what: 'next', value: String(length - 1), bits }, { span });
}

function alignment(token: Token, diagnostics: DiagnosticBag): number {
  const step = numberOf(token.text);
  if (step === 2 || step === 4) return step;
  const params = { value: token.text, expected: '2 or 4' };
  diagnostics.report(ASSEMBLY_CATALOGUE, 'bad-value', params, { span: token.span });
  return 1;
}

/** A word as a number. */
function rawWord(
  directive: Token,
  value: Token | undefined,
  format: WordFormat<OpFieldName>,
  diagnostics: DiagnosticBag,
): Lanes {
  const { text, span } = value ?? directive;
  if (!/^0x[0-9a-f]+$/i.test(text)) {
    diagnostics.report(ASSEMBLY_CATALOGUE, 'bad-value', { value: text, expected: 'a hexadecimal number' }, { span });
    return [];
  }
  const word = BigInt(text);
  if (word >> BigInt(format.width) !== 0n) {
    diagnostics.report(ASSEMBLY_CATALOGUE, 'does-not-fit', { what: 'word', value: text, bits: format.width }, { span });
  }
  const lanes = toLanes(word, format.width);
  if (!hasEvenParity(lanes)) diagnostics.report(ASSEMBLY_CATALOGUE, 'wrong-parity', { value: text }, { span });
  return lanes;
}
