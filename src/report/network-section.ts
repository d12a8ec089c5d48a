/** A network and the tiles that it lies on: drawn, and as a table of its projections. */
import type { MappedNetwork, MappedProjection } from '../ir/mapped-network.js';
import type { MappedModule } from '../ir/mapped.js';
import { formatCount, formatQuantity } from '../units/format-quantity.js';
import { renderFacts } from './facts.js';
import { html, type Html } from './html.js';
import type { PageContext } from './page-context.js';
import { networkPlot } from './plots/network-plot.js';
import { tileMapPlot } from './plots/tile-map-plot.js';
import { renderTable } from './table.js';

/** Projections that are listed, at most. */
const MAX_PROJECTIONS = 200;

export function renderNetwork(network: MappedNetwork, context: PageContext): Html {
  const tiles = tileMapPlot(network.projections, network.chip.tile);
  const listed = network.projections.slice(0, MAX_PROJECTIONS);
  const cut = listed.length < network.projections.length ? `, the first ${String(listed.length)} of ${String(network.projections.length)}` : ''; // prettier-ignore
  return html`<h3>Network and tiles</h3>
    ${context.figures.addAll([networkPlot(network), ...(tiles ? [tiles] : [])])}
    ${
      listed.length > 0
        ? renderTable({
            caption: `Projections, chip ${network.chip.name}${cut}`,
            columns: [
              { title: 'Projection' },
              { title: 'From, to' },
              { title: 'Connectivity' },
              { title: 'Synapses' },
              { title: 'Tiles', kind: 'number' },
            ],
            rows: listed.map((projection, index) => rowOf(projection, index + 1, { network, context })),
          })
        : undefined
    }`;
} // prettier-ignore

interface Place {
  readonly network: MappedNetwork;
  readonly context: PageContext;
}

function rowOf(projection: MappedProjection, number: number, { network, context }: Place): readonly (Html | string)[] {
  const { name, from, to, connectivity, device, learning, parts, origin } = projection;
  const nameOf = ({ population, first, count }: MappedProjection['from']): string => {
    const { name: whole = '', size = 0 } = network.populations[population] ?? {};
    return count === size ? whole : `${whole}[${String(first)} .. ${String(first + count - 1)}]`;
  };
  const tiles = new Set(parts.map(({ tile: { grid, row, column } }) => `${String(grid)}/${String(row)}/${String(column)}`));
  const rules = [...new Set(learning.map(({ rule }) => rule.name))];
  const synapses = [device ? `device ${device.name}` : 'numbers of the host', ...rules.map((rule) => `rule ${rule}`)];
  return [
    html`<span class="number-of">${number}</span> <code>${name}</code> ${context.place(origin)}`,
    `${nameOf(from)} → ${nameOf(to)}`,
    connectivity.kind,
    synapses.join(', '),
    tiles.size === 0 ? 'none' : formatCount(tiles.size),
  ];
} // prettier-ignore

/** The tile of an experiment that writes pictures. */
export function renderTile(mapped: MappedModule): Html {
  const { rows, columns, device, converters, clockHz, bias, railSets, wires } = mapped;
  const write = railSets.find(({ name }) => name === 'write');
  const volts = write && write.positive.row.select.volts - write.positive.column.select.volts;
  return html`<h3>Tile</h3>
    ${renderFacts([
      ['Cells', `${String(rows)} rows x ${String(columns)} columns`],
      ['Device', device.name],
      ['Unselected lines', bias === 'half' ? 'at half of the voltage' : 'at a third of the voltage'],
      ...(volts === undefined ? [] : [['Write pulses', `${formatQuantity(Math.abs(volts), 'V')} across the cell`] as const]),
      ['Converters', `${String(converters.count)} of ${String(converters.bits)} bits, ${String(converters.sharedBy)} columns each`],
      ['Clock', formatQuantity(clockHz, 'Hz')],
      ['Wires', wires ? 'with resistance' : 'ideal'],
    ])}`;
} // prettier-ignore
