/** Unbounded proofs of the cells that spikes pass, covers that show what the proofs speak of, and seeded bugs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasTool, runTool } from '../../support/external-tool.js';

const HW = join(import.meta.dirname, '..', '..', '..', 'hw');

const PREPARE = 'proc; flatten; chformal -cover -remove; async2sync; opt -full; dffunmap; opt_clean';
const PROVE = 'sat -tempinduct -prove-asserts -set-assumes -seq 1 -maxsteps 6 -verify';
/** From reset, longer than any cover needs. */
const SEARCH = 'sat -tempinduct -tempinduct-baseonly -prove-asserts -set-assumes -seq 1 -maxsteps 24 -verify';

/** A cell, what is proven of it, and an edit that breaks that. */
const PROOFS = [
  ['ion_aer_in', 'acknowledges follow requests that stood', 'stands = req_q[2] & req_q[1]', 'stands = aer_req_i'],
  ['ion_aer_in', 'an event keeps its address', 'if (stands && !valid_q)', 'if (stands)'],
  ['ion_aer_out', 'a request waits for the last acknowledge to go', '(state_q == Idle) & gone', 'state_q == Idle'],
  ['ion_aer_out', 'the address stands before the request', 'if (take) state_d = Setup', 'if (take) state_d = Request'],
  ['ion_event_counter', 'counts do not wrap', 'else if (!sum[Width])', 'else'],
  ['ion_tick', 'no tick is lost untold', 'tick_o & pending_q & ~take_i', "tick_o & 1'b0"],
  ['ion_spike_ring', 'the plane that is wiped is not read by events', 'plane_q + ~age;', 'plane_q - age;'],
  ['ion_spike_ring', 'nor by loaders', "tick_index_o  = plane_q - 1'b1", 'tick_index_o  = plane_q'],
  ['ion_spike_ring', 'nor written by events', '~walk_q & ~last_q & ~wipe_q', '~walk_q & ~last_q'],
] as const;

/** Smaller where a proof does not depend on a width. */
const WIDTHS: Readonly<Record<string, string>> = { ion_tick: 'chparam -set DivW 5 ion_tick; ' };

function textOf(cell: string): string {
  return readFileSync(join(HW, `${cell}.sv`), 'utf8');
}

function check(cell: string, text: string, goal: string) {
  const read = `read_verilog -sv -formal -DFORMAL cell.sv; ${WIDTHS[cell] ?? ''}hierarchy -check -top ${cell}`;
  return runTool('yosys', ['-q', '-p', `${read}; ${PREPARE}; ${goal}`], [{ path: 'cell.sv', text }]);
}

/** The text with one assertion: that `condition` never holds where the covers stand. */
function withCover(text: string, condition: string): string {
  return text
    .replace(/\bassert \([^;]*;/g, ';')
    .replace(/\bcover \(.*\);/, `assert (!(${condition}));`)
    .replace(/\bcover \(.*\);/g, ';');
}

const COVERS = [...new Set(PROOFS.map(([cell]) => cell))].flatMap((cell) =>
  [...textOf(cell).matchAll(/\bcover \((.*)\);/g)].map(([, condition = '']) => [cell, condition] as const),
);

describe.skipIf(!hasTool('yosys'))('cells of spikes are proven', () => {
  it.each(PROOFS)('%s: %s', (cell, _, right, wrong) => {
    const text = textOf(cell);
    expect(check(cell, text, PROVE)).toMatchObject({ isGood: true });
    expect(text).toContain(right);
    const broken = check(cell, text.replace(right, wrong), PROVE);
    expect(broken.isGood).toBe(false);
    expect(broken.output).toContain('proof did fail');
  });

  it('and every one of them has covers', () => {
    expect(new Set(COVERS.map(([cell]) => cell)).size).toBe(new Set(PROOFS.map(([cell]) => cell)).size);
  });

  it.each(COVERS)('%s reaches %s', (cell, condition) => {
    const found = check(cell, withCover(textOf(cell), condition), SEARCH);
    expect(found.isGood).toBe(false);
    expect(found.output).toContain('proof did fail');
  });

  it('and a search does not reach what cannot be', () => {
    const text = withCover(textOf('ion_spike_ring'), 'sweep_q && !wipe_q');
    expect(check('ion_spike_ring', text, SEARCH)).toMatchObject({ isGood: true });
  });
});
