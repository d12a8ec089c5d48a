/** What the embedded engine cannot simulate is a diagnostic that names it, never a wrong model. */
import { describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../../../src/core/diagnostic.js';
import type { ModelSource } from '../../../../src/cosim/engine.js';
import { buildWasmModel } from '../../../../src/cosim/engines/wasm/build-model.js';
import { design } from '../../../support/model-fixture.js';

const PORTS = { inputs: { a_i: 4, b_i: 4 }, outputs: { y_o: 4 } };

/** Codes and messages of a build that must fail. */
async function refuse(source: ModelSource): Promise<{ code: string; message: string }[]> {
  const bag = new DiagnosticBag();
  expect(await buildWasmModel(source, bag)).toBeUndefined();
  return bag.all.map(({ code, message }) => ({ code, message }));
}

describe('the embedded engine refuses', () => {
  it.each([
    ['a latch', 'always_latch if (a_i[0]) y_o = b_i;', 'cosim/unsupported-cell', /\$dlatch/],
    ['a falling clock', 'always_ff @(negedge clk_i) y_o <= a_i;', 'cosim/unsupported-cell', /falling edge/],
    [
      'a gated clock',
      'wire g = clk_i & a_i[0]; always_ff @(posedge g) y_o <= b_i;',
      'cosim/unsupported-cell',
      /clock is not `clk_i`/,
    ],
    ['a tri-state', "assign y_o = a_i[0] ? b_i : 4'bz;", 'cosim/unsupported-cell', /\$tribuf/],
    [
      'a wide division',
      "logic [99:0] w; assign w = {100{a_i[0]}} / {96'd0, b_i}; assign y_o = w[3:0];",
      'cosim/unsupported-cell',
      /\$div.*100 bit/,
    ],
    ['a loop', 'logic [3:0] t; assign t = y_o ^ b_i; assign y_o = t + a_i;', 'cosim/combinational-loop', /loop/],
    [
      'resets in a circle',
      `logic p, q;
       always_ff @(posedge clk_i or negedge q) if (!q) p <= 1'b1; else p <= a_i[0];
       always_ff @(posedge clk_i or negedge p) if (!p) q <= 1'b1; else q <= a_i[1];
       assign y_o = {2'b0, p, q};`,
      'cosim/combinational-loop',
      /loop/,
    ],
    ['an unknown module', 'nothing u (.y(y_o));', 'cosim/yosys-failed', /nothing/],
    ['a syntax error', 'assign y_o = a_i +;', 'cosim/yosys-failed', /syntax error/],
  ])('%s', async (_, body, code, message) => {
    const reported = await refuse(design(body, PORTS));
    expect(reported).toContainEqual({ code, message: expect.stringMatching(message) as string });
  });

  it('a design whose ports are not those of the driver', async () => {
    const source = design('assign y_o = a_i & b_i;', PORTS);
    const ports = source.ports.map((port) => (port.name === 'b_i' ? { ...port, width: 5 } : port));
    expect(await refuse({ ...source, ports: [...ports, { name: 'x_i', direction: 'input', width: 1 }] })).toEqual([
      {
        code: 'cosim/port-mismatch',
        message: 'port `b_i` of the design: expected input of 5 bit, found input of 4 bit',
      },
      { code: 'cosim/port-mismatch', message: 'port `x_i` of the design: expected input of 1 bit, found no such port' },
    ]);
  });
});

it('what Yosys warns of is told, and the model is built', async () => {
  const bag = new DiagnosticBag();
  expect(await buildWasmModel(design('assign y_o = a_i[7:4];', PORTS), bag)).toBeDefined();
  expect(bag.all.map(({ code, severity }) => ({ code, severity }))).toEqual([
    { code: 'cosim/yosys-warned', severity: 'warning' },
  ]);
});
