/**
 * `npm run prove [-- --lines N] [--cell NAME]`: the proofs of test/proofs.ts at N lines (8 where nothing is said), by
 * both provers, with the covers that show that they say something and the seeded bugs that must break them.
 */
import { parseArgs } from 'node:util';
import { PROOFS, type Proof } from '../proofs.js';
import { proofText, proveCell, proveCellInAbc, reachCovers } from '../support/prove-cell.js';
import { printTable, secondsSince, tellProgress } from './table.js';

const HEADER = ['cell', 'invariants', 'properties', 'Yosys', 'k', 's', 'ABC', 's', 'covers at clock', 'seeded bug'];

/** Prints one row for each proof; false where one is missing. */
export function main(args: readonly string[]): boolean {
  const { values } = parseArgs({
    args: [...args],
    options: { lines: { type: 'string', default: '8' }, cell: { type: 'string' } },
  });
  const chosen = PROOFS.filter(({ cell }) => values.cell === undefined || cell === values.cell);
  const start = performance.now();
  const rows = chosen.map((proof, index) => {
    tellProgress(index, chosen.length, `${proof.cell}: ${proof.properties}`);
    return proofRow(proof, Number(values.lines));
  });
  printTable(
    HEADER,
    rows.map(({ cells }) => cells),
  );
  const good = rows.filter(({ isGood }) => isGood).length;
  process.stdout.write(`${String(good)} of ${String(rows.length)} rows, ${secondsSince(start)} s\n`);
  return rows.length > 0 && rows.every(({ isGood }) => isGood);
}

function proofRow(
  proof: Proof,
  lines: number,
): { readonly cells: readonly (string | number)[]; readonly isGood: boolean } {
  const text = proofText(proof, lines);
  let start = performance.now();
  const { end, steps } = proveCell(text);
  const seconds = secondsSince(start);
  start = performance.now();
  const second = proof.secondProver ? proveCellInAbc(text) : undefined;
  const abcSeconds = second ? secondsSince(start) : '';
  const covers = reachCovers(text, proof.cell);
  const [right, wrong] = proof.bug;
  const bug = proveCell(proofText(proof, lines, (cell) => cell.replace(right, wrong))).end;
  const cells = [
    proof.cell,
    proof.invariants.join(' '),
    proof.properties,
    end,
    steps,
    seconds,
    second ? `${second.end} (${String(second.properties)})` : '',
    abcSeconds,
    covers.map((clocks) => clocks ?? 'never').join(' '),
    bug === 'broken' ? 'found' : `not found: ${bug}`,
  ];
  const isCovered = covers.length > 0 && covers.every((clocks) => clocks !== undefined);
  const isSeconded = second === undefined || second.end === 'proven';
  return { cells, isGood: end === 'proven' && isSeconded && isCovered && bug === 'broken' };
}
