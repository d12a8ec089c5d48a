/** What holds of an experiment on a network after it has been mapped. */
import type { MappedNetwork, MappedProjection, NeuronRange } from './mapped-network.js';
import { synapseMatrix } from './synapse-matrix.js';
import { usableLines } from './tile-lines.js';
import { countParts } from './tile-parts.js';
import { claimsOf, type Claim } from './verify.js';

/** Throws unless ranges lie in their populations, names are distinct, and every weight on a device has its cells. */
export function verifyMappedNetwork(mapped: MappedNetwork): void {
  const claim = claimsOf('map-network');
  const { populations, projections } = mapped;
  for (const { name, shape, size } of populations) {
    claim(shape.reduce((product, side) => product * side, 1) === size, `the size of ${name} is that of its shape`);
  }
  for (const kind of [populations, projections]) {
    const names = kind.map(({ name }) => name);
    claim(new Set(names).size === names.length, 'names are distinct');
  }
  for (const projection of projections) verifyProjection(projection, mapped, claim);
}

function verifyProjection(projection: MappedProjection, { populations, chip }: MappedNetwork, claim: Claim): void {
  const { name, from, to, device, parts, encoding } = projection;
  const isWithin = ({ population, first, count }: NeuronRange) =>
    first >= 0 && count >= 1 && first + count <= (populations[population]?.size ?? 0);
  claim(isWithin(from) && isWithin(to), `the ends of ${name} lie in their populations`);
  if (!device) claim(parts.length === 0, `${name} has no device and no tiles`);
  const { rows, columns } = synapseMatrix(projection, populations);
  const lines = encoding.scheme === 'differential' ? 2 : 1;
  const covered = parts.reduce((sum, part) => sum + part.rows.count * part.columns.count * countParts([part]), 0);
  const usable = usableLines(chip.tile);
  if (device && usable.columns >= lines) claim(covered === rows * columns, `every weight of ${name} has a place`);
  for (const part of parts) {
    const isOnTile =
      part.at.row + part.rows.count <= usable.rows && part.at.column + part.columns.count * lines <= usable.columns;
    claim(isOnTile, `parts of ${name} lie on their tile`);
  }
}
