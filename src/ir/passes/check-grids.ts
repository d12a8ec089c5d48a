/** Whether the tiles of a chip hold a network: a simulation takes as many grids as it needs, a chip has one. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import { SCHEDULE_CATALOGUE } from '../catalogue.js';
import type { MappedNetwork, MappedProjection } from '../mapped-network.js';
import { synapseMatrix } from '../synapse-matrix.js';
import { tilesOf } from './place-projections.js';

/** Reports every projection of `mapped` whose cells the chip has no tiles for, and returns them. */
export function checkGrids(mapped: MappedNetwork, diagnostics: DiagnosticBag): readonly MappedProjection[] {
  const { projections, populations, chip } = mapped;
  const { tile } = chip;
  return projections.filter((projection, index) => {
    const { name, device, encoding, parts, origin } = projection;
    const size = synapseMatrix(projection, populations);
    if (device === undefined || size.rows * size.columns === 0) return false;
    if (parts.length > 0 && parts.every((part) => part.tile.grid === 0)) return false;
    const tiles = tilesOf(parts);
    const before = tilesOf(projections.slice(0, index + 1).flatMap((each) => each.parts)) - tiles;
    const params = { projection: name, ...size, scheme: encoding.scheme, tiles, before, chip: chip.name, tile };
    const related = [{ message: 'the tiles', span: tile.origin }];
    diagnostics.report(SCHEDULE_CATALOGUE, 'grid-exceeded', params, { span: origin, related });
    return true;
  });
}
