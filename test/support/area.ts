/** Area and speed of a controller on iCE40: synthesis by Yosys, place and route by nextpnr behind few pins. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ModelPort, ModelSource } from '../../src/cosim/engine.js';
import { controllerModel } from '../../src/cosim/controller-model.js';
import { emitSystemVerilog } from '../../src/backends/systemverilog/emit.js';
import type { LegalModule } from '../../src/ir/legal.js';
import { cellFiles } from './cell-session.js';
import { HARDWARE_SOURCES } from './controller-run.js';
import { inWorkFolder, mustRunIn, runIn } from './work-folder.js';

/** Cells of the family, memories of 4 kbit. */
export interface Area {
  readonly luts: number;
  readonly flipFlops: number;
  readonly memories: number;
}

/** Ports that silicon leaves open or ties low. */
const OBSERVATION = new Set(['line_event_o', 'op_o', 'idle_o', 'left_o', 'warp_i', 'skip_i']);

/** The controller with its observation ports tied off. */
export function measureArea(legal: LegalModule): Area {
  const source = sourceOf(legal);
  const kept = source.ports.filter(({ name }) => !OBSERVATION.has(name));
  const text = instance(source, 'silicon', kept.map(declared), []);
  return inWorkFolder((folder) => synthesise(folder, source, { name: 'silicon', text }));
}

/**
 * The drivers of one side's lines, at so many lines of `2^levelBits - 1` levels, and the decoder of its selection, which
 * the drivers of all tiles share.
 */
export function measureLineDriver(lines: number, levelBits: number): { readonly driver: Area; readonly decoder: Area } {
  const files = cellFiles('ion_line_driver');
  const parameters = `-chparam Lines ${String(lines)} -chparam IndexW ${String(Math.ceil(Math.log2(lines)))}`;
  return inWorkFolder((folder) => {
    for (const { name, text } of files) writeFileSync(path.join(folder, name), text);
    const read = `read_verilog -sv ${files.map(({ name }) => name).join(' ')}`;
    const shape = `hierarchy -top ion_line_driver ${parameters} -chparam LevelW ${String(levelBits)}`;
    const printed = runStatistics(folder, `${read}; ${shape}; synth_ice40 -noflatten -top ion_line_driver`);
    const [driver, decoder] = ['ion_line_driver', 'ion_line_decode'].map((module) => {
      const section = printed.split(/^=== /m).find((text) => text.split(' ')[0]?.split('\\').at(-1) === module);
      if (section === undefined) throw new Error(`Yosys counts no cells of ${module}`);
      return countCells(section);
    });
    if (!driver || !decoder) throw new Error('a cell is missing');
    return { driver, decoder };
  });
}

/** What a line costs: the driver's cells, all of them, over its lines. */
export function areaPerLine(lines: number, levelBits: number): Area {
  const { driver } = measureLineDriver(lines, levelBits);
  return { luts: driver.luts / lines, flipFlops: driver.flipFlops / lines, memories: driver.memories / lines };
}

/** Placement by timing first: the default of nextpnr looks at the length of wires more. */
const PLACEMENT = ['--placer-heap-timingweight', '30', '--placer-heap-critexp', '4'];

/** Fastest clock that nextpnr reports for each seed [MHz]; none where the device is too small. */
export function measureSpeed(legal: LegalModule, seeds: readonly number[]): readonly number[] {
  const source = sourceOf(legal);
  return inWorkFolder((folder) => {
    synthesise(folder, source, { name: 'pinless', text: pinless(source) });
    return seeds.flatMap((seed) => {
      const device = ['--hx8k', '--package', 'ct256', '--pcf-allow-unconstrained', '--freq', '120', ...PLACEMENT];
      const { output } = runIn(folder, 'nextpnr-ice40', [...device, '--seed', String(seed), '--json', 'net.json']);
      const speeds = [...output.matchAll(/Max frequency for clock[^:]*: ([\d.]+) MHz/g)];
      const last = speeds.at(-1)?.[1];
      return last === undefined ? [] : [Number(last)];
    });
  });
}

function sourceOf(legal: LegalModule): ModelSource {
  return controllerModel(legal, emitSystemVerilog(legal, HARDWARE_SOURCES));
}

function synthesise(
  folder: string,
  source: ModelSource,
  wrapper: { readonly name: string; readonly text: string },
): Area {
  const files = [...source.files, { name: `${wrapper.name}.sv`, text: wrapper.text }];
  for (const { name, text } of files) writeFileSync(path.join(folder, name), text);
  const names = files.map(({ name }) => name).filter((name) => /\.s?v$/.test(name));
  return statistics(folder, `read_verilog -sv ${names.join(' ')}; synth_ice40 -top ${wrapper.name} -json net.json`);
}

/** Cells after the commands of Yosys. */
function statistics(folder: string, commands: string): Area {
  return countCells(runStatistics(folder, commands));
}

function runStatistics(folder: string, commands: string): string {
  mustRunIn(folder, 'yosys', ['-q', '-p', `${commands}; tee -o stat.txt stat`]);
  return readFileSync(path.join(folder, 'stat.txt'), 'utf8');
}

function countCells(printed: string): Area {
  const count = (pattern: RegExp): number =>
    [...printed.matchAll(pattern)].reduce((sum, [, found]) => sum + Number(found), 0);
  return {
    luts: count(/SB_LUT4 +(\d+)/g),
    flipFlops: count(/SB_DFF\w* +(\d+)/g),
    memories: count(/SB_RAM40_4K\w* +(\d+)/g),
  };
}

function declared({ name, direction, width }: ModelPort): string {
  return `  ${direction} logic [${String(width - 1)}:0] ${name}`;
}

/** A module around the controller; ports without a net of their own keep their name. */
function instance(source: ModelSource, name: string, ports: readonly string[], body: readonly string[]): string {
  const nets = new Set([...ports, ...body].flatMap((line) => /(\w+);?$/.exec(line)?.[1] ?? []));
  const connect = ({ name: port, direction }: ModelPort): string => {
    if (nets.has(port)) return `    .${port}(${port})`;
    return direction === 'input' ? `    .${port}('0)` : `    .${port}()`;
  };
  return `module ${name} (
${['  input logic clk_i', ...ports].join(',\n')}
);
${body.join('\n')}
  ${source.top} u_controller (
    .clk_i(clk_i),
${source.ports.map(connect).join(',\n')}
  );
endmodule
`;
}

/** Inputs from a shift register, outputs into a registered tree of exclusive ors: no path crosses a pin. */
function pinless(source: ModelSource): string {
  const kept = source.ports.filter(({ name }) => !OBSERVATION.has(name) && name !== source.reset);
  const inputs = kept.filter(({ direction }) => direction === 'input');
  const outputs = kept.filter(({ direction }) => direction === 'output');
  const bits = (ports: readonly ModelPort[]): number => ports.reduce((sum, { width }) => sum + width, 0);
  const names = (ports: readonly ModelPort[]): string => ports.map(({ name }) => name).join(', ');
  const nets = kept.map(({ name, width }) => `  logic [${String(width - 1)}:0] ${name};`);
  return instance(
    source,
    'pinless',
    ['  input logic serial_i', '  output logic serial_o', '  input logic rst_ni'],
    [
      ...nets,
      `  logic [${String(bits(inputs) - 1)}:0] shift_q;`,
      '  always_ff @(posedge clk_i) shift_q <= {shift_q, serial_i};',
      `  assign {${names(inputs)}} = shift_q;`,
      ...xorTree(names(outputs), bits(outputs)),
    ],
  );
}

/** A register behind every four bits, level by level, down to `serial_o`. */
function xorTree(signals: string, width: number): readonly string[] {
  const lines = [
    `  logic [${String(width - 1)}:0] level0_q;`,
    `  always_ff @(posedge clk_i) level0_q <= {${signals}};`,
  ];
  let level = 0;
  for (let bits = width; bits > 1; level++) {
    const next = Math.ceil(bits / 4);
    const terms = Array.from({ length: next }, (_, index) => {
      const low = 4 * index;
      return `^level${String(level)}_q[${String(Math.min(low + 3, bits - 1))}:${String(low)}]`;
    });
    lines.push(`  logic [${String(next - 1)}:0] level${String(level + 1)}_q;`);
    lines.push(`  always_ff @(posedge clk_i) level${String(level + 1)}_q <= {${terms.reverse().join(', ')}};`);
    bits = next;
  }
  return [...lines, `  assign serial_o = level${String(level)}_q[0];`];
}
