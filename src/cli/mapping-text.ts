/** Mappings of networks onto tiles for people and for scripts. */
import type { NetworkMapping, ProjectionMapping } from '../ir/mapping-report.js';
import { formatCount, formatNumber, formatPercent, formatQuantity } from '../units/format-quantity.js';
import type { MappingReport } from './report-mappings.js';
import { renderTable } from './table.js';
import type { Colors } from './terminal.js';

/** The tiles of one experiment: what lies where, what reading a sample costs, what broken cells leave. */
export function renderMapping({ name, mapping, notes }: MappingReport, colors: Colors): string {
  const { projections } = mapping;
  if (projections.length === 0) return `${colors.strong(name)}\nno synapses lie on tiles`;
  const placed = ['projection', 'matrix', 'blocks', 'tiles', 'groups', 'bits of a sum'].map(colors.faint);
  const costs = ['a sample through', 'vectors', 'codes', 'bus words', 'time', 'one group at a time'].map(colors.faint);
  return [
    colors.strong(name),
    renderTable(usageRows(mapping)),
    renderTable([placed, ...projections.map(placeRow)], ['left', 'left', 'right', 'right', 'right', 'right']),
    renderTable([costs, ...projections.map(costRow), ...totalRows(mapping)], ['left', 'right', 'right', 'right', 'right', 'right']), // prettier-ignore
    ...faultLines(mapping, notes),
  ].join('\n');
}

function usageRows({ tile, tiles, cells }: NetworkMapping): readonly (readonly string[])[] {
  return [
    ['tiles', `${formatCount(tiles.used)} of ${formatCount(tiles.all)}, each of ${tile.rows} x ${tile.columns} cells`],
    ['cells', `${formatCount(cells.used)} of ${formatCount(cells.all)} on these tiles, ${formatPercent(cells.used / cells.all)}`], // prettier-ignore
  ];
}

function placeRow({ name, size, scheme, window, blocks, tiles, cost, sums }: ProjectionMapping): readonly string[] {
  const kind = [...(scheme === 'differential' ? ['pairs'] : []), ...(window ? [`window ${window}`] : [])];
  return [
    name,
    `${formatCount(size.rows)} x ${formatCount(size.columns)}${kind.length > 0 ? ` ${kind.join(', ')}` : ''}`,
    `${blocks.rows} x ${blocks.columns}`,
    formatCount(tiles),
    formatCount(cost.groups),
    `${sums.vector} a tile, ${sums.total} in all`,
  ];
}

function costRow({ name, vectors, cost, time }: ProjectionMapping): readonly string[] {
  const seconds = [time.parallel, time.serial].map((each) => formatQuantity(each, 's'));
  return [name, formatCount(vectors), formatCount(cost.conversions), formatCount(cost.words), ...seconds];
}

function totalRows({ cost, inOrder }: NetworkMapping): readonly (readonly string[])[] {
  return [
    ['all', '', formatCount(cost.conversions), formatCount(cost.words)],
    ['placed in their order', '', formatCount(inOrder.conversions), formatCount(inOrder.words)],
    ['every tile told by itself', '', formatCount(cost.conversions), formatCount(cost.wordsAlone)],
  ];
}

function faultLines({ faults }: NetworkMapping, notes: MappingReport['notes']): readonly string[] {
  if (faults.tiles === 0) return [];
  const rows = [
    ['tiles with faults', formatCount(faults.tiles)],
    ['dead lines avoided', formatCount(faults.deadLines)],
    ['lines with stuck cells replaced', formatCount(faults.replacedLines)],
    ['stuck cells', `${formatCount(faults.stuck)}, ${formatCount(faults.left)} of them on lines in use`],
    ...notes.map(({ projection, stuck, error, errorInOrder }) => [
      `under ${projection}`,
      `${formatCount(stuck)}: error of a weight ${formatNumber(error)} rms, ${formatNumber(errorInOrder)} with lines in their order`, // prettier-ignore
    ]),
  ];
  return [renderTable(rows)];
}

/** The same for scripts. */
export function mappingDocument({ name, mapping, notes }: MappingReport): object {
  return { name, ...mapping, stuckUnder: notes };
}
