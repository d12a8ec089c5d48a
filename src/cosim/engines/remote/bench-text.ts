/** The module around a design in a simulator of others: it does the clocks, whoever drives it sets and reads the ports. */
import type { ModelPort, ModelSource } from '../../engine.js';

/** Name of the module and of its file. */
export const BENCH_NAME = 'ionloom_bench';

/**
 * Inputs are variables, outputs nets of the same names. A change of `bench_go` starts `bench_limit` clocks, fewer where a watched
 * output is set; `bench_done` tells how many there were, and a change of `bench_ready` that all has settled. The first change of
 * `bench_ready` comes by itself.
 */
export function benchText(source: ModelSource): string {
  const range = (width: number): string => (width === 1 ? '' : `[${String(width - 1)}:0] `);
  const declare = ({ name, direction, width }: ModelPort): string =>
    direction === 'input' ? `  reg ${range(width)}${name} = 0;` : `  wire ${range(width)}${name};`;
  const watched = source.watch.map((name) => `(|${name})`).join(' || ') || "1'b0";
  return `// Made by ionloom; do not edit.
\`timescale 1ns / 1ps
module ${BENCH_NAME};
  reg ${source.clock} = 0;
${source.ports.map(declare).join('\n')}

  reg bench_go = 0;
  reg bench_seen = 0;
  reg bench_ready = 0;
  reg bench_stops = 0;
  reg [31:0] bench_limit = 0;
  reg [31:0] bench_done = 0;

  ${source.top} u_design (
    .${source.clock}(${source.clock}),
${source.ports.map(({ name }) => `    .${name}(${name})`).join(',\n')}
  );

  initial #1 bench_ready = 1;

  // An asynchronous reset takes effect before the first edge; strobes are cleared after it.
  always begin
    wait (bench_go != bench_seen);
    bench_seen = bench_go;
    bench_done = 0;
    bench_stops = 0;
    #1;
    while (bench_done < bench_limit && !bench_stops) begin
      ${source.clock} = 1;
      #1;
      ${source.clock} = 0;
${source.strobes.map((name) => `      if (bench_done == 0) ${name} = 0;`).join('\n')}
      #1;
      bench_done = bench_done + 1;
      bench_stops = (${watched}) === 1'b1;
    end
    bench_ready = ~bench_ready;
  end
endmodule
`;
}
