/** A design as gates: synthesised for iCE40, with Yosys's models of that family's cells. */
import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ModelSource } from '../../src/cosim/engine.js';
import { inWorkFolder, mustRunIn } from './work-folder.js';

/** The same ports as `source`, made of look-up tables, flip-flops and block memories. */
export function gateLevel(source: ModelSource): ModelSource {
  return inWorkFolder((folder) => {
    for (const { name, text } of source.files) writeFileSync(path.join(folder, name), text);
    const names = source.files.map(({ name }) => name).filter((name) => /\.s?v$/.test(name));
    const synthesis = `synth_ice40 -top ${source.top}; opt_clean; write_verilog -noattr gates.v`;
    mustRunIn(folder, 'yosys', ['-q', '-p', `read_verilog -sv ${names.join(' ')}; ${synthesis}`]);
    const program = realpathSync(mustRunIn(folder, 'which', ['yosys']).trim());
    const shared = path.join(path.dirname(program), '..', 'share', 'yosys');
    const cells = readFileSync(path.join(shared, 'ice40', 'cells_sim.v'), 'utf8');
    // A block memory that nobody has written holds zeros after the device is configured
    const gates = readFileSync(path.join(folder, 'gates.v'), 'utf8').replace(/256'hx+/g, "256'h0");
    return {
      ...source,
      files: [
        // Timing arcs say nothing here, and Icarus takes no defaults for ports
        {
          name: 'cells_sim.v',
          text: `\`define NO_ICE40_DEFAULT_ASSIGNMENTS 1\n${cells}`.replace(/^\s*specify$[^]*?^\s*endspecify$/gm, ''),
        },
        { name: 'gates.v', text: gates },
      ],
    };
  });
}

/** Names of the primitive cells that a gate-level design holds. */
export function primitivesOf({ files }: ModelSource): ReadonlySet<string> {
  const text = files.find(({ name }) => name === 'gates.v')?.text ?? '';
  return new Set([...text.matchAll(/^ {2}(SB_\w+|\$\w+)/gm)].map(([, name = '']) => name));
}
