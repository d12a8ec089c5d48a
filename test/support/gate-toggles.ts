/** How many gates of a controller toggle in a clock: its programs again on two-input gates, in Icarus Verilog. */
import type { ModelSource } from '../../src/cosim/engine.js';
import { TRANSISTORS, type ControllerGates, type ControllerToggles } from './controller-activity.js';
import { printedByIcarus } from './icarus-replay.js';

/** What the gates between the flip-flops did while programs ran; glitches within a clock are not seen. */
export interface GateToggles {
  readonly clocks: number;
  /** Each toggle counts as often as its gate has gate equivalents. */
  readonly gateEquivalents: number;
  /** Of the same gates' flip-flops. */
  readonly flipFlops: number;
}

/** Yosys's gates: their output as an expression of their inputs. */
const GATES: Readonly<Record<string, string>> = {
  $_NOT_: '~A',
  $_NAND_: '~(A & B)',
  $_NOR_: '~(A | B)',
  $_AND_: 'A & B',
  $_OR_: 'A | B',
  $_XOR_: 'A ^ B',
  $_XNOR_: '~(A ^ B)',
  $_MUX_: 'S ? B : A',
};

/** Yosys's flip-flops: with the value that a reset gives, or without a reset. */
const FLIP_FLOPS: Readonly<Record<string, string | undefined>> = {
  $_DFF_P_: undefined,
  $_DFF_PN0_: "1'b0",
  $_DFF_PN1_: "1'b1",
};

/** Replays what `toggles` has recorded on `gates`, whose outputs have to be those of the embedded engine. */
export function countGateToggles(
  source: ModelSource,
  { text }: ControllerGates,
  { trace, running }: ControllerToggles,
): GateToggles {
  const files = [
    { name: 'counting.sv', text: countingText(source, running) },
    {
      name: 'cells.sv',
      text: [...Object.keys(GATES).map(gateText), ...Object.keys(FLIP_FLOPS).map(flipFlopText)].join(''),
    },
    { name: 'gates.v', text },
  ];
  const [printed = ''] = printedByIcarus({ ...source, files }, [trace], ['counting']);
  if (printed.includes('difference')) throw new Error(`gates do something else: ${printed.slice(0, 500)}`);
  const [, clocks, transistors, flipFlops] = /^counted (\d+) (\d+) (\d+)$/m.exec(printed) ?? [];
  return { clocks: Number(clocks), gateEquivalents: Number(transistors) / 4, flipFlops: Number(flipFlops) };
}

/** Looks at all outputs just before the edge that ends a clock, when they have settled. */
function countingText({ clock }: ModelSource, running: ControllerToggles['running']): string {
  const isRunning = running
    .map(([from, before]) => `(replay.clock > ${from} && replay.clock <= ${before})`)
    .join(' || ');
  return `module counting;
  wire edge_now = replay.${clock};
  wire is_running = ${isRunning};
  integer clocks = 0;
  integer transistors = 0;
  integer flip_flops = 0;
  always @(posedge edge_now) if (is_running) clocks = clocks + 1;
  final $display("counted %0d %0d %0d", clocks, transistors, flip_flops);
endmodule
`;
}

/** Values before the first reset are unknown and count nothing. */
function watchText(output: string, counter: string, weight: number): string {
  return `  reg settled;
  always @(posedge counting.edge_now) begin
    if (counting.is_running && (${output} ^ settled) === 1'b1) counting.${counter} = counting.${counter} + ${weight};
    settled = ${output};
  end
endmodule
`;
}

function gateText(cell: string): string {
  const value = GATES[cell] ?? '';
  const inputs = ['A', 'B', 'S'].filter((input) => value.includes(input)).map((input) => `input ${input}`);
  return `module \\${cell} (${inputs.join(', ')}, output Y);
  assign Y = ${value};
${watchText('Y', 'transistors', TRANSISTORS[cell] ?? NaN)}`;
}

function flipFlopText(cell: string): string {
  const reset = FLIP_FLOPS[cell];
  const ports = `input C, input D${reset === undefined ? '' : ', input R'}, output reg Q`;
  const next =
    reset === undefined
      ? 'always @(posedge C) Q <= D;'
      : `always @(posedge C or negedge R) if (!R) Q <= ${reset}; else Q <= D;`;
  return `module \\${cell} (${ports});
  ${next}
${watchText('Q', 'flip_flops', 1)}`;
}
