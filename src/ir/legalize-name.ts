/** Names that every reader of the output accepts: SystemVerilog tools, C++, file systems. */

/** Suffixes of ours must still fit into 63 characters. */
const MAX_LENGTH = 40;

/**
 * `name` in lower snake case with the suffix `_ctrl`, which no reserved word of SystemVerilog, C++ or TypeScript has.
 * `Imprint2x` becomes `imprint2x_ctrl`, `writeAll` becomes `write_all_ctrl`.
 */
export function legalizeName(name: string): string {
  const snake = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+/, '')
    .slice(0, MAX_LENGTH)
    .replace(/_+$/, '');
  return snake === '' ? 'ion_ctrl' : `${snake}_ctrl`;
}
