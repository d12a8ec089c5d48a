/** The last two judges of a mutant that no run shows: does a proof break, and does it differ from the design at all? */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Proof } from '../proofs.js';
import { proofText } from '../support/prove-cell.js';
import { inWorkFolder, mustRunIn, runIn } from '../support/work-folder.js';
import { askYosys, baseNetlist, listMutants, type BaseNetlist } from './mutant-netlist.js';
import type { Mutant } from './mutants.js';

/** Lines of the arrays for which proofs are tried. */
const PROOF_LINES = 5;
const PROOF_SECONDS = 60;
const EQUIVALENCE_SECONDS = 60;

const TO_GATES = 'memory_map; async2sync; opt -full; dffunmap; opt_clean';

/** Those of the mutants with which an assertion of the cell has a counterexample. */
export function brokenByProof(proof: Proof, mutants: readonly Mutant[]): ReadonlySet<string> {
  const sat = 'sat -tempinduct-baseonly -prove-asserts -set-assumes -seq 1 -maxsteps 16';
  return chosenByProof(proof, mutants, (base, mutant) =>
    /model found for base case: FAIL!/.test(prove(base, sat, mutant)),
  );
}

/**
 * Those with which the assertions cannot be proven any more as they are without, so that `npm run prove` fails: the
 * counterexample is too long to be found, as that of a wide counter.
 */
export function unprovenMutants(proof: Proof, mutants: readonly Mutant[]): ReadonlySet<string> {
  const sat = 'sat -tempinduct -prove-asserts -set-assumes -seq 1 -maxsteps 12';
  return chosenByProof(proof, mutants, (base, mutant) => {
    const output = prove(base, sat, mutant);
    const isProven = /Induction step proven: SUCCESS!/.test(output);
    return mutant ? /Reached maximum number of time steps/.test(output) : !isProven;
  });
}

/** Whether a mutant is found; the design itself, without one, must not be. */
type Finds = (base: BaseNetlist, mutant?: Mutant) => boolean;

function chosenByProof(proof: Proof, mutants: readonly Mutant[], finds: Finds): ReadonlySet<string> {
  if (mutants.length === 0) return new Set();
  return inWorkFolder((folder) => {
    const parameters = Object.entries(proof.parameters?.(PROOF_LINES) ?? {});
    const options = parameters.map(([name, value]) => `-chparam ${name} ${String(value)}`).join(' ');
    const base = baseNetlist(folder, { files: proofText(proof, PROOF_LINES).files, top: proof.cell }, options);
    if (finds(base)) throw new Error(`without a mutant there is no proof of ${proof.cell}: ${proof.properties}`);
    const known = new Map(listMutants(base, proof.cell, Infinity).map((mutant) => [mutant.key, mutant]));
    const chosen = mutants.flatMap(({ key }) => {
      const mutant = known.get(key);
      return mutant && finds(base, mutant) ? [key] : [];
    });
    return new Set(chosen);
  });
}

/** What the prover prints until its time is over. */
function prove({ folder }: BaseNetlist, sat: string, mutant?: Mutant): string {
  const edit = mutant ? [`mutate ${mutant.options}`] : [];
  const commands = ['read_rtlil base.il', ...edit, 'chformal -cover -remove', 'flatten', TO_GATES, sat];
  return askYosys(folder, commands, PROOF_SECONDS).output;
}

/** How a mutant of one module compares with the module as it is, from reset on and for all inputs. */
export type Comparison = 'equivalent' | 'different' | 'open';

/**
 * Compares by property-directed reachability. Nothing is assumed of the inputs: what a cell assumes under FORMAL makes
 * its proofs simpler, and is not always so in a controller (no time warp, limits that stand still).
 */
export function compareMutant(base: BaseNetlist, mutant: Mutant): Comparison {
  const { folder } = base;
  const { module } = mutant;
  const flat = ['chformal -remove', 'flatten', 'memory_map', 'opt_clean'];
  const side = (name: string, edit: readonly string[]): readonly string[] => [
    'design -reset',
    'read_rtlil base.il',
    ...edit,
    `hierarchy -top ${module}`,
    ...flat,
    `rename -top ${name}`,
    `design -stash ${name}`,
  ];
  const commands = [
    ...side('gold', []),
    ...side('gate', [`mutate ${mutant.options}`]),
    'design -reset',
    'design -copy-from gold -as gold gold',
    'design -copy-from gate -as gate gate',
    'miter -equiv -make_assert -flatten gold gate miter',
    'write_rtlil miter.il',
  ];
  if (!askYosys(folder, commands, EQUIVALENCE_SECONDS).isGood) return 'open';
  return compareInAbc(folder);
}

/** The miter in a frame that begins with a reset. */
function compareInAbc(folder: string): Comparison {
  const netlist = readFileSync(path.join(folder, 'miter.il'), 'utf8');
  const inputs = [...netlist.matchAll(/^ {2}wire(?: width (\d+))? input \d+ \\in_(\w+)$/gm)];
  writeFileSync(path.join(folder, 'frame.sv'), frameText(inputs.map(([, width = '1', name = '']) => [name, width])));
  const commands = [
    'read_rtlil miter.il',
    'read_verilog -sv -formal frame.sv',
    'hierarchy -top frame',
    `proc; flatten; ${TO_GATES}`,
    'delete -output; setundef -undriven -anyseq; setundef -init -zero; techmap; opt -fast; dffunmap',
    'abc -g AND -fast; opt_clean; write_aiger -zinit frame.aig',
  ];
  if (!askYosys(folder, commands, EQUIVALENCE_SECONDS).isGood) return 'open';
  const script = `read_aiger frame.aig; fold; scorr; pdr -T ${String(EQUIVALENCE_SECONDS)}`;
  const { output } = runIn(folder, 'timeout', [String(2 * EQUIVALENCE_SECONDS), 'yosys-abc', '-c', script]);
  if (/Property proved|Networks? (?:are|is) (?:UNSAT|equivalent)/i.test(output)) return 'equivalent';
  return /was asserted in frame/.test(output) ? 'different' : 'open';
}

function frameText(inputs: readonly (readonly [name: string, width: string])[]): string {
  const ports = inputs.map(([name, width]) => `  input logic [${String(Number(width) - 1)}:0] ${name}`);
  return `module frame (
${ports.join(',\n')}
);
  logic started_q = 1'b0;
  always_ff @(posedge clk_i) started_q <= 1'b1;
  always_comb if (!started_q) assume (!rst_ni);
  miter u_miter (
${inputs.map(([name]) => `    .in_${name}(${name})`).join(',\n')}
  );
endmodule
`;
}

/** Fails early where a tool is missing. */
export function demandJudges(): void {
  for (const tool of ['yosys', 'yosys-abc']) mustRunIn('.', 'which', [tool]);
}
