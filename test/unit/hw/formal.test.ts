/** Unbounded proofs of the assertions inside the cells at small sizes; each says something, and a bug breaks it. */
import { describe, expect, it } from 'vitest';
import { PROOFS } from '../../proofs.js';
import { hasTool } from '../../support/external-tool.js';
import { cellFiles } from '../../support/cell-session.js';
import { proofText, proveCell, proveCellInAbc, reachCovers } from '../../support/prove-cell.js';

const LINES = 5;

describe.skipIf(!hasTool('yosys')).each(PROOFS)('$cell: $properties', (proof) => {
  it('is proven', () => {
    expect(proveCell(proofText(proof, LINES)).end).toBe('proven');
  });

  it.skipIf(!proof.secondProver || !hasTool('yosys-abc'))('is proven by another prover', () => {
    const { end, properties } = proveCellInAbc(proofText(proof, LINES));
    expect(end).toBe('proven');
    expect(properties).toBeGreaterThan(0);
  });

  it('says something about states that are reached', () => {
    const covers = reachCovers(proofText(proof, LINES), proof.cell);
    expect(covers.length).toBeGreaterThan(0);
    expect(covers).not.toContain(undefined);
  });

  it('breaks with a bug', () => {
    const [right, wrong] = proof.bug;
    expect(cellFiles(proof.cell).at(-1)?.text).toContain(right);
    expect(proveCell(proofText(proof, LINES, (text) => text.replace(right, wrong))).end).toBe('broken');
  });
});
