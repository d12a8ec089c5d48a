/** Blocks that wait for their own inputs, for Icarus Verilog 11.0. */
import type { ModelSource } from '../../engine.js';

/** The one that mixes them up, by the first line of `-V`. */
const MIXES_UP = /\b11\./;

const HEADER_END = /^\);$/m;
const BLOCK = /\balways_comb begin\b/g;

/**
 * The same design with `always @*` and a start for `always_comb`, where the simulator needs it. All `always_comb` of Icarus
 * Verilog 11.0 share one trigger (its issue 508): whatever wakes one wakes every other. A block that writes a default and then a
 * value wakes its reader, which wakes the writer, and time stands still, although no signal depends on itself.
 */
export function withOwnTriggers(source: ModelSource, version: string): ModelSource {
  if (!MIXES_UP.test(version)) return source;
  return { ...source, files: source.files.map(({ name, text }) => ({ name, text: withStart(text) })) };
}

/** As `always_comb` does, every block runs at the start even where none of its inputs ever changes. */
function withStart(text: string): string {
  if (text.search(BLOCK) < 0) return text;
  const start = `);\n  logic ionloom_begun = 1'b0;\n  initial #0 ionloom_begun = 1'b1;`;
  return text.replace(HEADER_END, start).replace(BLOCK, 'always @* begin if (ionloom_begun) begin end');
}
