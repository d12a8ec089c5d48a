/** Unbounded proofs of the assertions inside the cells, by induction in Yosys; a seeded bug must break each proof. */
import { describe, expect, it } from 'vitest';
import { HARDWARE_SOURCES } from '../../support/controller-run.js';
import { hasTool, runTool } from '../../support/external-tool.js';

const PROVE =
  'proc; flatten; async2sync; opt -full; dffunmap; opt_clean; ' +
  'sat -tempinduct -prove-asserts -set-assumes -seq 1 -maxsteps 6 -verify';

/** A cell, and an edit that breaks what it promises. */
const PROOFS = [
  ['ion_line_driver', 'lines change on commits only', 'else if (commit_i) begin', 'else if (commit_i | load_i) begin'],
  ['ion_segment_timer', 'rails follow commits, no pulse unarmed or stretched', '& ~armed_i', "& 1'b0"],
  ['ion_guard', 'drivers are off when stopped or disarmed', '& estop_ni & ~ocp_i', '& estop_ni'],
  ['ion_converter_scan', 'the multiplexer stands, a strobe lasts a clock', 'state_d = Wait;', 'state_d = Convert;'],
  ['ion_apb', 'every transfer is answered', '& ~req_q & ~answer_q', '& req_q'],
] as const;

function prove(cell: string, edit: (text: string) => string): boolean {
  const text = HARDWARE_SOURCES.cells.find(({ name }) => name === cell)?.text ?? '';
  const script = `read_verilog -sv -formal -DFORMAL cell.sv; hierarchy -check -top ${cell}; ${PROVE}`;
  const { isGood, output } = runTool('yosys', ['-q', '-p', script], [{ path: 'cell.sv', text: edit(text) }]);
  if (!isGood) expect(output).toContain('proof did fail');
  return isGood;
}

describe.skipIf(!hasTool('yosys'))('cells are proven', () => {
  it.each(PROOFS)('%s: %s', (cell, _, right, wrong) => {
    expect(prove(cell, (text) => text)).toBe(true);
    const isProven = prove(cell, (text) => {
      expect(text).toContain(right);
      return text.replace(right, wrong);
    });
    expect(isProven).toBe(false);
  });
});
