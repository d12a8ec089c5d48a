/** Memories that are zero at the start, as they are in a field-programmable array and on the engines of two states. */
import type { ModelSource } from '../../engine.js';

/** Declaration of a memory in the SystemVerilog that we emit and in the cells. */
const MEMORY = /^( *)(logic [^;]*?\b(\w+) \[0:([^\]]+)\];)$/gm;

/** The same design with every memory filled with zeros before anything runs; memories with contents keep them. */
export function withZeroedMemories(source: ModelSource): ModelSource {
  return { ...source, files: source.files.map(({ name, text }) => ({ name, text: zeroed(text) })) };
}

function zeroed(text: string): string {
  return text.replace(MEMORY, (declaration: string, ...[indent = '', , name = '', last = '']: string[]) => {
    const hasContents = new RegExp(`\\$readmem[hb]\\([^)]*\\b${name}\\b`).test(text);
    return hasContents
      ? declaration
      : `${declaration}\n${indent}initial for (int i = 0; i <= (${last}); i++) ${name}[i] = 0;`;
  });
}
