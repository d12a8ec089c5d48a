/** How declarations and connections look: columns aligned, separators in their places. */
import type { Line } from './views.js';

/** A port or signal by name and width. */
export interface Declared {
  readonly name: string;
  readonly width: number;
}

export interface DeclaredPort extends Declared {
  readonly direction: 'input' | 'output';
}

/** `logic`, or `logic [7:0]`. */
export function typeOf(width: number): string {
  return width === 1 ? 'logic' : `logic [${String(width - 1)}:0]`;
}

/** Port declarations of one module, group by group, aligned over all groups; all but the last end in a comma. */
export function declarePorts<Group extends { readonly title: string; readonly ports: readonly DeclaredPort[] }>(
  groups: readonly Group[],
): readonly { readonly title: string; readonly ports: readonly Line[] }[] {
  const all = groups.flatMap((group) => group.ports);
  const typeWidth = longest(all.map(({ width }) => typeOf(width)));
  const last = all.at(-1);
  return groups.map(({ title, ports }) => ({
    title,
    ports: ports.map((port) => ({
      text: `${port.direction.padEnd(6)} ${typeOf(port.width).padEnd(typeWidth)} ${port.name}${port === last ? '' : ','}`,
    })),
  }));
}

/** Signal declarations, aligned. */
export function declareSignals(signals: readonly Declared[]): readonly Line[] {
  const typeWidth = longest(signals.map(({ width }) => typeOf(width)));
  return signals.map(({ name, width }) => ({ text: `${typeOf(width).padEnd(typeWidth)} ${name};` }));
}

/** Named port connections, aligned; all but the last end in a comma. */
export function connectPorts(pairs: readonly { readonly port: string; readonly signal: string }[]): readonly Line[] {
  const portWidth = longest(pairs.map(({ port }) => port));
  return pairs.map(({ port, signal }, index) => ({
    text: `.${port.padEnd(portWidth)}(${signal})${index === pairs.length - 1 ? '' : ','}`,
  }));
}

/** Continuous assignments, aligned. */
export function assignSignals(pairs: readonly { readonly name: string; readonly value: string }[]): readonly Line[] {
  const nameWidth = longest(pairs.map(({ name }) => name));
  return pairs.map(({ name, value }) => ({ text: `assign ${name.padEnd(nameWidth)} = ${value};` }));
}

/** Columns of generated text, the indentation of two left out. */
const MAX_COLUMNS = 98;

/** `start`, which ends in a brace, `signals` and the closing of the statement, on as many lines as they need. */
export function joinSignals(start: string, signals: readonly string[]): readonly Line[] {
  const lines: string[] = [start];
  for (const [index, signal] of signals.entries()) {
    const item = `${signal}${index === signals.length - 1 ? '};' : ','}`;
    const line = lines[lines.length - 1] ?? '';
    const joined = line.endsWith(',') ? `${line} ${item}` : `${line}${item}`;
    if (joined.length <= MAX_COLUMNS) lines[lines.length - 1] = joined;
    else lines.push(`${' '.repeat(start.length)}${item}`);
  }
  return lines.map((text) => ({ text }));
}

/** Two columns of text. */
export function alignPairs(pairs: readonly { readonly left: string; readonly right: string }[]): readonly Line[] {
  const leftWidth = longest(pairs.map(({ left }) => left));
  return pairs.map(({ left, right }) => ({ text: `${left.padEnd(leftWidth)} ${right}` }));
}

/** Integer constants with a comment each, aligned. */
export function declareParameters(
  parameters: readonly { readonly name: string; readonly value: string | number; readonly summary: string }[],
): readonly Line[] {
  const nameWidth = longest(parameters.map(({ name }) => name));
  const valueWidth = longest(parameters.map(({ value }) => `${String(value)};`));
  return parameters.map(({ name, value, summary }) => ({
    text: `localparam int ${name.padEnd(nameWidth)} = ${`${String(value)};`.padEnd(valueWidth)}  // ${summary}`,
  }));
}

/** Sized hexadecimal literal, digits in fours: `32'h0000_0001`. */
export function hexLiteral(value: number, width: number): string {
  const digits = BigInt(value)
    .toString(16)
    .padStart(Math.ceil(width / 4), '0');
  return `${String(width)}'h${digits.replace(/(?<=.)(?=(?:.{4})+$)/g, '_')}`;
}

/** Part select of a vector: `v[3:0]`, or `v[3]` for one bit. */
export function selectBits(vector: string, lsb: number, width: number): string {
  return width === 1 ? `${vector}[${String(lsb)}]` : `${vector}[${String(lsb + width - 1)}:${String(lsb)}]`;
}

function longest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}
