/** Proofs of the assertions inside a cell: by induction in Yosys, by property-directed reachability in ABC. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Proof } from '../proofs.js';
import { cellFiles } from './cell-session.js';
import { inWorkFolder, mustRunIn, runIn } from './work-folder.js';

/** How a proof ended: by induction over `steps` clocks, with a trace that breaks it, or not at all. */
export type ProofEnd = 'proven' | 'broken' | 'open';

export interface ProofResult {
  readonly end: ProofEnd;
  /** Length of the induction or of the trace [clocks]. */
  readonly steps: number;
}

/** Longest induction; a property that needs more wants a lemma beside it. */
const MAX_STEPS = 12;

/** Longest way to a cover [clocks]. */
const MAX_COVER_STEPS = 80;

const FLATTEN = 'proc; flatten; memory_map; async2sync; opt -full; dffunmap; opt_clean';

/** A design of one cell, ready for a prover. */
export interface ProofText {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** Yosys commands that leave the flat design. */
  readonly read: string;
}

/** The cell of a row at `lines` lines, its own text through `edit`; the row's cover stands at its end. */
export function proofText(proof: Proof, lines: number, edit = (text: string): string => text): ProofText {
  const { cell, parameters, cover, lemmas } = proof;
  const files = cellFiles(cell).map(({ name, text }) => {
    if (name === `${cell}.sv`) return { name, text: withCover(edit(text), cover) };
    return { name, text: lemmas?.includes(name.replace(/\.sv$/, '')) === true ? text : withoutFormal(text) };
  });
  const values = Object.entries(parameters?.(lines) ?? {}).map(([name, value]) => `-chparam ${name} ${String(value)}`);
  const names = files.map(({ name }) => name).join(' ');
  const read = `read_verilog -sv -formal -DFORMAL ${names}; hierarchy -check -top ${cell} ${values.join(' ')}; ${FLATTEN}`;
  return { files, read };
}

/** Proves all assertions of the cell at once. */
export function proveCell({ files, read }: ProofText): ProofResult {
  const sat = `sat -tempinduct -prove-asserts -set-assumes -seq 1 -maxsteps ${String(MAX_STEPS)}`;
  return resultOf(runYosys(files, `${read}; chformal -cover -remove; ${sat}`));
}

/**
 * Clocks to each cover of the cell, undefined where it is out of reach: what is covered is claimed never to be, and
 * the trace that refutes the claim is the way there.
 */
export function reachCovers(text: ProofText, cell: string): readonly (number | undefined)[] {
  const own = text.files.find(({ name }) => name === `${cell}.sv`)?.text ?? '';
  return coverPlaces(own).map((_, index) => {
    const files = text.files.map((file) =>
      file.name === `${cell}.sv` ? { ...file, text: claimUnreachable(file.text, index) } : file,
    );
    const sat = `sat -tempinduct-baseonly -prove-asserts -set-assumes -seq 1 -maxsteps ${String(MAX_COVER_STEPS)}`;
    const { end, steps } = resultOf(runYosys(files, `${text.read}; chformal -cover -remove; ${sat}`));
    return end === 'broken' ? steps : undefined;
  });
}

/** The same assertions by ABC: every one in its own cone; the count is that of the assertions. */
export function proveCellInAbc({ files, read }: ProofText): { readonly end: ProofEnd; readonly properties: number } {
  return inWorkFolder((folder) => {
    for (const { name, text } of files) writeFileSync(path.join(folder, name), text);
    const gates = 'chformal -cover -remove; delete -output; setundef -undriven -anyseq; techmap; opt -fast; dffunmap';
    const last = 'abc -g AND -fast; opt_clean; write_aiger -zinit cell.aig';
    mustRunIn(folder, 'yosys', ['-q', '-p', `${read}; ${gates}; ${last}`]);
    const header = mustRunIn(folder, 'head', ['-1', 'cell.aig']).split(' ').map(Number);
    const properties = header[6] ?? 0;
    const ends = Array.from({ length: properties }, (_, index) => provePropertyInAbc(folder, index));
    const end = ends.find((one) => one === 'broken') ?? ends.find((one) => one === 'open') ?? 'proven';
    return { end, properties };
  });
}

/** Assumptions become part of every cone before it is cut out. */
function provePropertyInAbc(folder: string, index: number): ProofEnd {
  const script = `read_aiger cell.aig; fold; cone -s -O ${String(index)}; scorr; pdr -T 60`;
  const { output } = runIn(folder, 'yosys-abc', ['-c', script]);
  if (/Property proved/.test(output)) return 'proven';
  return /was asserted in frame/.test(output) ? 'broken' : 'open';
}

function runYosys(files: ProofText['files'], script: string): string {
  return inWorkFolder((folder) => {
    for (const { name, text } of files) writeFileSync(path.join(folder, name), text);
    return mustRunIn(folder, 'yosys', ['-p', script]);
  });
}

function resultOf(output: string): ProofResult {
  const steps = [...output.matchAll(/\[(?:base case|induction step) (\d+)\]/g)].map(([, step]) => Number(step));
  const last = steps.at(-1) ?? 0;
  if (/SAT temporal induction proof finished - model found for base case: FAIL!/.test(output))
    return { end: 'broken', steps: last };
  return { end: /Induction step proven: SUCCESS!/.test(output) ? 'proven' : 'open', steps: last };
}

/** Assertions of cells inside the one to be proven are proven with those cells. */
function withoutFormal(text: string): string {
  return text.replace(/^`ifdef FORMAL$[^]*?^`endif$/gm, '');
}

/** Adds a row's cover to those that the cell has. */
function withCover(text: string, cover: string | undefined): string {
  if (cover === undefined) return text;
  const statement = `  always_ff @(posedge clk_i) if (rst_ni) cover (${cover});\n`;
  const end = text.lastIndexOf('`endif');
  if (end < 0) throw new Error('a cell with a cover has a block under FORMAL');
  return text.slice(0, end) + statement + text.slice(end);
}

/** Start of the argument of every `cover (`. */
function coverPlaces(text: string): readonly number[] {
  return [...text.matchAll(/\bcover \(/g)].map(({ index, 0: found }) => index + found.length);
}

/** The cell with one cover turned into the claim that it is never reached, and without its assertions. */
function claimUnreachable(text: string, chosen: number): string {
  const start = coverPlaces(text)[chosen] ?? 0;
  const end = closingPlace(text, start);
  const [before, argument, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)];
  const off = (part: string): string => part.replace(/\bassert \(/g, 'cover (');
  return `${off(before.slice(0, -'cover ('.length))}assert (!(${argument}))${off(after.slice(1))}`;
}

function closingPlace(text: string, start: number): number {
  let depth = 1;
  for (let place = start; place < text.length; place++) {
    if (text[place] === '(') depth += 1;
    if (text[place] === ')') depth -= 1;
    if (depth === 0) return place;
  }
  throw new Error('a cover has no end');
}
