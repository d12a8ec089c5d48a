/**
 * Which bits of a design can never change: those that Yosys folds to a constant, or finds without a driver, in the
 * design as it is instantiated, with its parameters and what its ports are tied to. Nothing else is called constant: a
 * bit whose value follows from what a program does, or that nobody reads, still counts.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ModelSource } from '../../src/cosim/engine.js';
import { inWorkFolder, mustRunIn } from '../support/work-folder.js';

/**
 * Constants are folded through the flat design, through registers as well: one is constant that only ever takes the
 * value of its reset. Don't-cares stay as they are, and no driver is removed for want of a reader.
 */
const FOLD = [
  'proc -noopt',
  'flatten',
  'setattr -set keep 1 w:*',
  ...Array.from({ length: 4 }, () => 'opt_expr -keepdc; opt_muxtree; opt_dff -keepdc -nodffe -nosdff'),
].join('; ');

interface YosysModule {
  readonly ports: Readonly<Record<string, { readonly direction: string; readonly bits: readonly YosysBit[] }>>;
  readonly cells: Readonly<
    Record<
      string,
      {
        readonly port_directions: Readonly<Record<string, string>>;
        readonly connections: Readonly<Record<string, readonly YosysBit[]>>;
      }
    >
  >;
  readonly netnames: Readonly<
    Record<
      string,
      {
        readonly bits: readonly YosysBit[];
        readonly offset?: number;
        readonly attributes: Readonly<Record<string, string>>;
      }
    >
  >;
}

/** Number of a net, or a constant. */
type YosysBit = number | string;

/** Bits of the declarations of a design, as `FILE LINE NAME` or `FILE LINE NAME[BIT]`, and whether each can change. */
export function changingBits(source: ModelSource): ReadonlyMap<string, boolean> {
  const { ports, cells, netnames } = foldedModule(source);
  const driven = drivenNets({ ports, cells });
  const found = new Map<string, boolean>();
  for (const [name, { bits, offset = 0, attributes }] of Object.entries(netnames)) {
    // A net of an inner cell has the places of the instances around it, too
    const places = [...(attributes['src'] ?? '').matchAll(/([^|:]+):(\d+)\./g)];
    const [own = ''] = /[\w$]+$/.exec(name) ?? [];
    for (const [index, bit] of own.includes('$') ? [] : bits.entries()) {
      const changes = typeof bit === 'number' && driven.has(bit);
      const names = bits.length === 1 ? [own, `${own}[${String(offset)}]`] : [`${own}[${String(index + offset)}]`];
      for (const [, file = '', line = ''] of places) {
        for (const key of names.map((each) => `${file} ${line} ${each}`))
          found.set(key, changes || found.get(key) === true);
      }
    }
  }
  return found;
}

function foldedModule(source: ModelSource): YosysModule {
  return inWorkFolder((folder) => {
    for (const { name, text } of source.files) writeFileSync(path.join(folder, name), text);
    const names = source.files.map(({ name }) => name).filter((name) => /\.s?v$/.test(name));
    const read = `read_verilog -sv ${names.join(' ')}; hierarchy -check -top ${source.top}`;
    mustRunIn(folder, 'yosys', ['-q', '-p', `${read}; ${FOLD}; write_json flat.json`]);
    // The format that `write_json` is documented to have
    const { modules } = JSON.parse(readFileSync(path.join(folder, 'flat.json'), 'utf8')) as {
      readonly modules: Readonly<Record<string, YosysModule>>;
    };
    return modules[source.top]!;
  });
}

/** Nets that an input of the design or an output of a cell drives. */
function drivenNets({ ports, cells }: Pick<YosysModule, 'ports' | 'cells'>): ReadonlySet<YosysBit> {
  const inputs = Object.values(ports).flatMap(({ direction, bits }) => (direction === 'output' ? [] : bits));
  const outputs = Object.values(cells).flatMap(({ port_directions: directions, connections }) =>
    Object.entries(connections).flatMap(([port, bits]) => (directions[port] === 'input' ? [] : bits)),
  );
  return new Set([...inputs, ...outputs]);
}
