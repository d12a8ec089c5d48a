/** Recorded runs replayed by Icarus Verilog in four states: outputs equal clock by clock, and known after a reset. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ModelSource } from '../../src/cosim/engine.js';
import { traceSide, type PortTrace, type TracedPort, type TraceSide } from './port-trace.js';
import { inWorkFolder, mustRunIn } from './work-folder.js';

/** A clock in which Icarus shows something else than the run that was recorded. */
export interface IcarusDifference {
  readonly trace: number;
  readonly clock: number;
  readonly port: string;
  /** Values in binary digits, `x` for unknown. */
  readonly found: string;
  readonly expected: string;
}

/** What differs first in each run. */
export function replayInIcarus(source: ModelSource, traces: readonly PortTrace[]): readonly IcarusDifference[] {
  return printedByIcarus(source, traces).flatMap(differencesIn);
}

/** What Icarus prints in each run; `tops` are modules of the source that run beside the replay. */
export function printedByIcarus(
  source: ModelSource,
  traces: readonly PortTrace[],
  tops: readonly string[] = [],
): readonly string[] {
  return inWorkFolder((folder) => {
    const files = [...source.files, { name: 'replay.sv', text: testBench(source) }];
    for (const { name, text } of files) writeFileSync(path.join(folder, name), text);
    const designs = files.map(({ name }) => name).filter((name) => /\.s?v$/.test(name));
    const roots = ['replay', ...tops].flatMap((top) => ['-s', top]);
    mustRunIn(folder, 'iverilog', ['-g2012', ...roots, '-o', 'replay.vvp', ...designs]);
    return traces.map((trace) => {
      writeFileSync(path.join(folder, 'inputs.hex'), sideText(trace.inputs, traceSide(source.ports, 'input')));
      writeFileSync(path.join(folder, 'outputs.hex'), sideText(trace.outputs, traceSide(source.ports, 'output')));
      const output = mustRunIn(folder, 'vvp', ['-n', 'replay.vvp', `+clocks=${String(trace.clocks)}`]);
      if (!output.includes('replayed')) throw new Error(`Icarus did not reach the end: ${output.slice(0, 500)}`);
      return output;
    });
  });
}

function differencesIn(output: string, trace: number): readonly IcarusDifference[] {
  const found = /^difference (\d+) (\w+) ([01xz]+) ([01xz]+)$/m.exec(output);
  if (!found) return [];
  const [, clock = '', port = '', shown = '', expected = ''] = found;
  return [{ trace, clock: Number(clock), port, found: shown, expected }];
}

/** One line for each clock: all words of a side, the first port lowest. */
function sideText(words: Uint32Array, { words: perClock }: TraceSide): string {
  const lines: string[] = [];
  for (let start = 0; start < words.length; start += perClock) {
    const clock = [...words.subarray(start, start + perClock)].reverse();
    lines.push(clock.map((word) => word.toString(16).padStart(8, '0')).join(''));
  }
  return `${lines.join('\n')}\n`;
}

/** Inputs change while the clock is low; strobes fall after the edge; outputs are looked at before the next clock. */
function testBench(source: ModelSource): string {
  const inputs = traceSide(source.ports, 'input');
  const outputs = traceSide(source.ports, 'output');
  const slice = ({ offset, width }: TracedPort): string => `[${String(32 * offset)} +: ${String(width)}]`;
  const declare = (kind: string) => (port: TracedPort) => `  ${kind} [${String(port.width - 1)}:0] ${port.name};`;
  const strobes = inputs.ports.filter(({ name }) => source.strobes.includes(name));
  return `\`timescale 1ns / 1ps
module replay;
  reg ${source.clock};
${inputs.ports.map(declare('reg')).join('\n')}
${outputs.ports.map(declare('wire')).join('\n')}

  ${source.top} dut (
    .${source.clock}(${source.clock}),
${source.ports.map(({ name }) => `    .${name}(${name})`).join(',\n')}
  );

  reg [${String(32 * inputs.words - 1)}:0] given;
  reg [${String(32 * outputs.words - 1)}:0] expected;
  integer clocks;
  integer clock;
  integer input_file;
  integer output_file;
  integer scanned;
  reg has_reset;
  reg differs;

  initial begin
    if (!$value$plusargs("clocks=%d", clocks)) clocks = 0;
    input_file = $fopen("inputs.hex", "r");
    output_file = $fopen("outputs.hex", "r");
    has_reset = 1'b0;
    differs = 1'b0;
    ${source.clock} = 1'b0;
    for (clock = 0; clock < clocks && !differs; clock = clock + 1) begin
      scanned = $fscanf(input_file, "%h", given);
      scanned = $fscanf(output_file, "%h", expected);
${inputs.ports.map((port) => `      ${port.name} = given${slice(port)};`).join('\n')}
      #1 ${source.clock} = 1'b1;
      #1;
${strobes.map(({ name }) => `      ${name} = 0;`).join('\n')}
      #1 ${source.clock} = 1'b0;
      #1;
      if (${source.reset} === 1'b0) has_reset = 1'b1;
${outputs.ports.map((port) => compare(source, port, slice(port))).join('\n')}
    end
    $display("replayed");
    $finish;
  end
endmodule
`;
}

/** Data outputs, and when they mean something; between transfers they may show a memory that nobody has written. */
const MEANT_WHEN: Readonly<Record<string, readonly [needs: string, when: string]>> = {
  prdata_o: ['pwrite_i', 'pready_o && !pwrite_i'],
  rdata_o: ['rvalid_o', 'rvalid_o'],
  wb_dat_o: ['wb_ack_o', 'wb_ack_o && !wb_we_i'],
};

/** Memory cells by themselves show what was never written; a bit of theirs that is known must still be equal. */
function showsUnwritten({ top, files }: ModelSource): boolean {
  return top === 'cell_under_test' && files.some(({ text }) => /^ *logic [^;]*\bmem \[/m.test(text));
}

function compare(source: ModelSource, { name }: TracedPort, slice: string): string {
  const [needs, when] = MEANT_WHEN[name] ?? [];
  const isMeant = source.ports.some((port) => port.name === needs) ? `${when ?? ''} && ` : '';
  const differs = showsUnwritten(source) ? `(|(${name} ^ expected${slice})) === 1'b1` : `${name} !== expected${slice}`;
  return `      if (has_reset && !differs && ${isMeant}${differs}) begin
        differs = 1'b1;
        $display("difference %0d ${name} %b %b", clock, ${name}, expected${slice});
      end`;
}
