/** Whether the tiles of a chip hold a network: a simulation takes as many grids as it needs, a chip has one. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import { SCHEDULE_CATALOGUE } from '../catalogue.js';
import type { MappedNetwork, MappedProjection } from '../mapped-network.js';
import { synapseMatrix } from '../synapse-matrix.js';
import { expandParts } from '../tile-parts.js';
import { tilesOf } from './place-projections.js';

/** Reports every projection of `mapped` whose cells the chip has no tiles for, and returns them. */
export function checkGrids(mapped: MappedNetwork, diagnostics: DiagnosticBag): readonly MappedProjection[] {
  const { projections, populations, chip } = mapped;
  const { tile } = chip;
  return projections.filter((projection, index) => {
    const { name, device, encoding, parts, origin } = projection;
    const size = synapseMatrix(projection, populations);
    if (device === undefined || size.rows * size.columns === 0) return false;
    const own = expandParts(parts, tile.grid);
    if (own.length > 0 && own.every((part) => part.tile.grid === 0)) return false;
    const tiles = tilesOf(own, tile.grid);
    const all = projections.slice(0, index + 1).flatMap((each) => expandParts(each.parts, tile.grid));
    const before = tilesOf(all, tile.grid) - tiles;
    const params = { projection: name, ...size, scheme: encoding.scheme, tiles, before, chip: chip.name, tile };
    const related = [{ message: 'the tiles', span: tile.origin }];
    diagnostics.report(SCHEDULE_CATALOGUE, 'grid-exceeded', params, { span: origin, related });
    return true;
  });
}
