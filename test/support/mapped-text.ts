/** Networks on tiles from text: what placing, fault maps and reads are tested on. */
import { mapStudy, type ModuleSource } from '../../src/compiler.js';
import { DiagnosticBag } from '../../src/core/diagnostic.js';
import { invariant } from '../../src/core/invariant.js';
import { compileSource } from '../../src/dsl/front-end.js';
import type { MappedNetwork } from '../../src/ir/mapped-network.js';
import { memoryHost } from './memory-host.js';

/** A device of whole siemens without spreads: with converters of one ampere a code, every product is exact. */
export const IDEAL = `device ideal "Whole siemens, and no spreads" {
  pulse 1 V for 1 ms source "test" confidence estimate
  read 1 V source "test" confidence estimate
  window full = 1 S .. 17 S step 1 S source "test" confidence estimate
  state g : S in 0 S .. 20 S = 1 S
  evolve g = 1 S / pulse.width * v / pulse.voltage
  current = g * v
  energy = 1 pF * v ^ 2 source "test" confidence estimate
  maximum voltage 2 V source "test" confidence estimate
  maximum duration 1 s source "test" confidence estimate
}
`;

/** A chip with a tile such as `4 x 6 grid 2 x 2`, and further clauses of it. */
export function idealChip(tile: string, clauses = '', adcBits = 16): string {
  return `chip Bench {
  clock 50 MHz
  bus apb
  tile ${tile} {
    bias half
    rails -2 V .. 2 V by 8 bit
    timer 16 bit
    settle 10 us
    adc 0 A .. ${2 ** adcBits} A by ${adcBits} bit in 2 us settle 10 us shared by 4
    lines 20 pF source "test" confidence estimate
    ${clauses}
  }
}
`;
}

/** The only experiment of `text`, mapped; `files` are those that it names. */
export function mappedText(text: string, files: Readonly<Record<string, string>> = {}): MappedNetwork {
  const diagnostics = new DiagnosticBag();
  const host = memoryHost({ 'input.ion': text, ...files });
  const source: ModuleSource = { file: 'input.ion', host, overrides: new Map() };
  const network = compileSource(source.file, host, source.overrides, diagnostics);
  const [study] = network?.studies ?? [];
  const mapped = network && study && mapStudy({ network, study, point: [] }, source, diagnostics);
  invariant(mapped, JSON.stringify(diagnostics.all, undefined, 1));
  return mapped;
}
