/**
 * The front ends of the three buses, proven without bound: answered in time, one answer a request, stable until taken.
 * Every cover is reached, and a bug in each promise breaks its proof.
 */
import { describe, expect, it } from 'vitest';
import { HARDWARE_SOURCES } from '../../support/controller-run.js';
import { hasTool, runTool } from '../../support/external-tool.js';

type Parameters = Readonly<Record<string, number>>;

/** Every shape of a front end that the proofs cover. */
const SHAPES: readonly (readonly [string, Parameters])[] = [
  ['ion_apb', {}],
  ['ion_apb', { Latency: 2 }],
  ['ion_axi4lite', {}],
  ['ion_axi4lite', { Latency: 3 }],
  ['ion_wishbone', {}],
  ['ion_wishbone', { Latency: 2 }],
  ['ion_wishbone', { Pipelined: 1 }],
  ['ion_wishbone', { Pipelined: 1, Latency: 2 }],
];

/** An edit of a front end that breaks what it promises. */
const BUGS = [
  ['ion_apb', 'a request that is repeated', 'assign req_o   = stage_q[0] &', 'assign req_o   = |stage_q &'],
  ['ion_apb', 'a write that hangs', 'psel_i & ~|stage_q}', 'psel_i & ~pwrite_i & ~|stage_q}'],
  ['ion_apb', 'an answer without a transfer', '& {Latency{psel_i}}, psel_i', ", 1'b1"],
  ['ion_axi4lite', 'a response that is lost', 'end else if (bready_i) begin', 'end else begin'],
  [
    'ion_axi4lite',
    'read data that changes',
    '    end else if (answer && !writing_q) begin\n      r_q ',
    '    end else if (!writing_q) begin\n      r_q ',
  ],
  ['ion_axi4lite', 'a response without data', 'assign can_write   = aw_q & w_q', 'assign can_write   = aw_q'],
  [
    'ion_axi4lite',
    'part of a word that is written',
    'assign req_o   = (start_write & whole_q)',
    'assign req_o   = start_write',
  ],
  [
    'ion_axi4lite',
    'reads that starve',
    'assign start_write = can_write & ~(can_read & writing_q)',
    'assign start_write = can_write',
  ],
  ['ion_axi4lite', 'data of another address', 'rdata_q   <= rdata_i;\n', "rdata_q   <= rdata_i ^ 32'(b_q);\n"],
  [
    'ion_axi4lite',
    'an address that is taken twice',
    'ar_q <= ar_q ? ~start_read : arvalid_i;',
    'ar_q <= ar_q | arvalid_i;',
  ],
  [
    'ion_wishbone',
    'a request that is repeated',
    'assign free    = (Pipelined != 0) | ~|flight_q;',
    "assign free    = 1'b1;",
  ],
  ['ion_wishbone', 'part of a word that is written', 'assign req_o   = take & ~partial;', 'assign req_o   = take;'],
  ['ion_wishbone', 'a refusal that is acknowledged', 'refused_q <= partial;', "refused_q <= '0;"],
  ['ion_wishbone', 'a strobe without a cycle', 'assign take    = wb_cyc_i & wb_stb_i', 'assign take    = wb_stb_i'],
  ['ion_wishbone', 'two answers', 'assign wb_ack_o   = answer & ~error;', 'assign wb_ack_o   = answer;'],
  ['ion_wishbone', 'no answer', 'assign wb_err_o   = answer & error;', "assign wb_err_o   = 1'b0;"],
] as const;

const PREPARE = 'async2sync; opt -full; dffunmap; opt_clean; ';
const PROVE = `${PREPARE}sat -tempinduct -prove-asserts -set-assumes -seq 1 -maxsteps 12 -verify`;

function textOf(cell: string): string {
  return HARDWARE_SOURCES.cells.find(({ name }) => name === cell)?.text ?? '';
}

function yosys(cell: string, text: string, parameters: Parameters, steps: string) {
  const values = Object.entries(parameters).map(([name, value]) => `-set ${name} ${String(value)}`);
  const read = `read_verilog -sv -formal -DFORMAL cell.sv; chparam ${values.join(' ')} ${cell}; hierarchy -check -top ${cell}`;
  return runTool('yosys', ['-p', `${read}; proc; flatten; ${steps}`], [{ path: 'cell.sv', text }]);
}

function isProven(cell: string, text: string, parameters: Parameters): boolean {
  const { output, isGood } = yosys(cell, text, parameters, `chformal -cover -remove; ${PROVE}`);
  expect(output).toContain(isGood ? 'Induction step proven: SUCCESS!' : 'proof did fail');
  return isGood;
}

/** Whether a trace from reset makes the cover with this number true: its negation is then no invariant. */
function isReached(cell: string, number: number): boolean {
  let index = -1;
  const text = textOf(cell)
    .replace(/\bassert \([^;]*;/g, ';')
    .replace(/\bcover \(([^;]*)\);/g, (_, condition: string) => {
      index += 1;
      return index === number ? `assert (!(${condition}));` : ';';
    });
  const { output } = yosys(cell, text, {}, PROVE.replace(' -verify', ''));
  return output.includes('model found for base case');
}

describe.skipIf(!hasTool('yosys'))('front ends', () => {
  it.each(SHAPES)('%s %o is proven', (cell, parameters) => {
    expect(isProven(cell, textOf(cell), parameters)).toBe(true);
  });

  it.each(['ion_apb', 'ion_axi4lite', 'ion_wishbone'])('%s reaches its covers', (cell) => {
    const covers = [...textOf(cell).matchAll(/\bcover \(/g)].map((_, number) => number);
    expect(covers.length).toBeGreaterThanOrEqual(2);
    for (const number of covers) expect(isReached(cell, number), `cover ${String(number)}`).toBe(true);
  });

  it.each(BUGS)('%s: %s is found', (cell, _, right, wrong) => {
    const text = textOf(cell);
    expect(text).toContain(right);
    expect(isProven(cell, text.replace(right, wrong), {})).toBe(false);
  });
});
