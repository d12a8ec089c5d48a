/** Area of a chip by part: cells by their pitch, drivers and controller by their gates, converters by the technology. */
import type { AreaComponent, EstimateLine } from '../../ir/energy-estimate.js';
import type { MappedArray } from '../../ir/mapped.js';
import { formatCount, formatQuantity } from '../../units/format-quantity.js';
import { CELL_SPREAD, CELLS_PROVENANCE, controllerSize, totalGates } from './controller-cells.js';
import type { Technology, Term } from './technology.js';
import { INTERVAL_FACTOR } from './terms.js';

type SizedArray = Pick<MappedArray, 'rows' | 'columns' | 'pitch'>;

/** Parts of a chip with `converters` converters; nothing for technologies without figures of area. */
export function areaComponents(array: SizedArray, converters: number, { area }: Technology): readonly AreaComponent[] {
  if (!area) return [];
  const lines = array.rows + array.columns;
  const whole = totalGates(controllerSize(lines));
  const core = totalGates(controllerSize(0));
  return [
    ...cellComponents(array),
    gateComponent(
      { name: 'line drivers, digital', group: 'drivers and lines', count: lines },
      whole - core,
      area.perGate,
    ),
    gateComponent({ name: 'controller without memories', group: 'controller', count: 1 }, core, area.perGate),
    component(
      { name: 'converters', group: 'converters', count: converters, basis: 'a converter of 8 bits each' },
      converters,
      area.perConverter,
    ),
  ];
}

/** The same parts on `tiles` equal tiles. */
export function repeatedArea(parts: readonly AreaComponent[], tiles: number): readonly AreaComponent[] {
  return parts.map((part) => ({
    ...part,
    count: part.count * tiles,
    area_m2: part.area_m2 * tiles,
    low_m2: part.low_m2 * tiles,
    high_m2: part.high_m2 * tiles,
    basis: tiles === 1 ? part.basis : `${part.basis}; on ${formatCount(tiles)} tiles, each with a controller`,
  }));
}

/** What areas leave out, in words. */
export function areaOmissions(pitch: SizedArray['pitch'], { area }: Technology): readonly string[] {
  if (!area) return ['areas of the parts of a board'];
  return [
    'areas of level shifters, analog switches, memories, rails and pads',
    ...(pitch ? [] : ['area of the cells: the tile gives no pitch']),
  ];
}

function cellComponents({ rows, columns, pitch }: SizedArray): readonly AreaComponent[] {
  if (!pitch) return [];
  const factor = INTERVAL_FACTOR[pitch.provenance.confidence];
  const each = pitch.metres ** 2;
  const basis = `a square of ${formatQuantity(pitch.metres, 'm')} each`;
  const term = { low: each / factor, typical: each, high: each * factor, ...pitch.provenance };
  const label = { name: 'cells', group: 'devices', count: rows * columns, basis } as const;
  return [component(label, rows * columns, term)];
}

function gateComponent(label: Omit<EstimateLine, 'basis'>, gates: number, perGate: Term): AreaComponent {
  const { low_m2, high_m2, ...part } = component(
    { ...label, basis: `${formatCount(gates)} gate equivalents; cells: ${CELLS_PROVENANCE.source}` },
    gates,
    perGate,
  );
  return { ...part, low_m2: low_m2 * CELL_SPREAD.low, high_m2: high_m2 * CELL_SPREAD.high };
}

function component(label: EstimateLine, quantity: number, term: Term): AreaComponent {
  const { low, typical, high, source, confidence } = term;
  return {
    ...label,
    source,
    confidence,
    ...{ area_m2: quantity * typical, low_m2: quantity * low, high_m2: quantity * high },
  };
}
