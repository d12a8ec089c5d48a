/** A network drawn: populations as boxes one below the other, projections as arrows beside them. */
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import { formatCount } from '../../units/format-quantity.js';
import { shortText } from './short-text.js';
import { FIGURE_WIDTH, sizedSpec, type Plot } from './plot-spec.js';

/** Populations that are drawn, at most. */
const MAX_BOXES = 40;

const BOX = { left: 70, right: FIGURE_WIDTH - 78, height: 38, gap: 26 };
const LANE = 14;
const ARROW = 5;

export type DrawnNetwork = Pick<MappedNetwork, 'populations' | 'projections'>;

/** Where an arrow runs: `lane` 0 is straight down between neighbours, positive lanes right, negative ones left. */
interface Arrow {
  readonly number: number;
  readonly from: number;
  readonly to: number;
  readonly lane: number;
  readonly projection: MappedProjection;
}

/** Boxes and arrows; arrows have the numbers of their projections, counted from 1. */
export function networkPlot(network: DrawnNetwork): Plot {
  const boxes = network.populations.slice(0, MAX_BOXES);
  const arrows = placeArrows(network.projections, boxes.length);
  const height = boxes.length * (BOX.height + BOX.gap) - BOX.gap + 8;
  const x = { type: 'quantitative', axis: null, scale: { domain: [0, FIGURE_WIDTH - 8], nice: false } };
  const y = { type: 'quantitative', axis: null, scale: { domain: [0, height], reverse: true, nice: false } };
  const place = { x: { ...x, field: 'x' }, y: { ...y, field: 'y' } };
  const stroke = { field: 'kind', type: 'nominal', scale: { domain: KINDS, range: ['var(--accent)', 'var(--muted)'] } };
  const isCut = boxes.length < network.populations.length;
  const cut = `the first ${String(boxes.length)} of ${formatCount(network.populations.length)} populations`;
  return {
    title: 'Network',
    description: `Network of ${formatCount(network.populations.length)} populations and ${formatCount(network.projections.length)} projections, listed below`,
    note: `Numbers are those of the projections below${isCut ? `; drawn are ${cut}` : ''}`,
    spec: sizedSpec(
      {
        data: { values: [] },
        layer: [
          {
            data: { values: arrows.flatMap(pathOf) },
            mark: { type: 'line', strokeWidth: 1.5, interpolate: 'linear' },
            encoding: { ...place, detail: { field: 'number' }, order: { field: 'at' }, color: { ...stroke, legend: legendOf(arrows) }, description: { field: 'say' } },
          },
          {
            data: { values: arrows.map(headOf) },
            mark: { type: 'point', shape: 'triangle-down', filled: true, size: 60, opacity: 1, aria: false },
            encoding: { ...place, angle: { field: 'angle', type: 'quantitative', scale: null }, color: stroke },
          },
          { data: { values: boxes.map(boxOf) }, mark: { type: 'rect', fill: 'var(--card)', stroke: 'var(--muted)', cornerRadius: 5 }, encoding: { ...place, x2: { field: 'right' }, y2: { field: 'bottom' }, description: { field: 'say' } } },
          { data: { values: boxes.map(boxOf) }, mark: { ...text('var(--text)', 12), fontWeight: 600, dy: 13 }, encoding: { ...centred(place), text: { field: 'name' } } },
          { data: { values: boxes.map(boxOf) }, mark: { ...text('var(--muted)', 11), dy: 28 }, encoding: { ...centred(place), text: { field: 'what' } } },
          { data: { values: arrows.map(labelOf) }, mark: text('var(--text)', 11), encoding: { ...place, text: { field: 'number' } } },
        ],
      },
      { width: FIGURE_WIDTH - 8, height },
    ),
  };
} // prettier-ignore

const KINDS = ['on devices', 'numbers of the host'];

function legendOf(arrows: readonly Arrow[]): object | null {
  return arrows.length > 0 ? { orient: 'bottom', direction: 'horizontal' } : null;
}

const text = (color: string, fontSize: number): object => ({ type: 'text', color, fontSize, aria: false });

function centred(place: { readonly x: object; readonly y: object }): object {
  return { ...place, x: { ...place.x, field: 'middle' } };
}

const topOf = (box: number): number => 4 + box * (BOX.height + BOX.gap);

function boxOf({ name, model, shape, size }: DrawnNetwork['populations'][number], box: number): object {
  const what = `${shape.join(' x ')} ${model}`;
  return {
    ...{ x: BOX.left, right: BOX.right, middle: (BOX.left + BOX.right) / 2, y: topOf(box), bottom: topOf(box) + BOX.height },
    name: shortText(name, 24),
    what: shortText(what, 28),
    say: `${name}: ${what}, ${formatCount(size)} neurons`,
  };
} // prettier-ignore

/** Short arrows take the lanes next to the boxes; forward ones lie right, those that lead back left. */
function placeArrows(projections: readonly MappedProjection[], boxes: number): readonly Arrow[] {
  const taken: { readonly side: number; readonly lane: number; readonly low: number; readonly high: number }[] = [];
  const numbered = projections.map((projection, index) => ({ projection, number: index + 1 }));
  const drawn = numbered.filter(({ projection: { from, to } }) => from.population < boxes && to.population < boxes);
  const reach = ({ from, to }: MappedProjection): number => Math.abs(to.population - from.population);
  const sorted = [...drawn].sort((one, other) => reach(one.projection) - reach(other.projection));
  const straight = new Set<number>();
  return sorted.map(({ projection, number }): Arrow => {
    const [from, to] = [projection.from.population, projection.to.population];
    if (to === from + 1 && !straight.has(from)) {
      straight.add(from);
      return { number, from, to, lane: 0, projection };
    }
    const side = to > from ? 1 : -1;
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    let lane = 1;
    while (taken.some((other) => other.side === side && other.lane === lane && other.low <= high && other.high >= low)) lane++;
    taken.push({ side, lane, low, high });
    return { number, from, to, lane: side * lane, projection };
  });
} // prettier-ignore

interface PathPlace {
  readonly x: number;
  readonly y: number;
}

function placesOf({ from, to, lane }: Arrow): readonly PathPlace[] {
  const middle = (BOX.left + BOX.right) / 2;
  if (lane === 0) return [{ x: middle, y: topOf(from) + BOX.height }, { x: middle, y: topOf(to) - ARROW }]; // prettier-ignore
  // Arrows at one box meet it at different heights, by lane
  const shift = Math.min(8, 2 * Math.abs(lane));
  const side = lane > 0 ? BOX.right : BOX.left;
  const out = lane > 0 ? Math.min(FIGURE_WIDTH - 30, side + 18 + LANE * (lane - 1)) : Math.max(22, side - 18 + LANE * (lane + 1)); // prettier-ignore
  const leave = topOf(from) + BOX.height / 2 + shift + 2;
  const arrive = topOf(to) + BOX.height / 2 - shift;
  const gap = lane > 0 ? ARROW : -ARROW;
  return [{ x: side, y: leave }, { x: out, y: leave }, { x: out, y: arrive }, { x: side + gap, y: arrive }]; // prettier-ignore
}

function pathOf(arrow: Arrow): readonly object[] {
  const { projection, number } = arrow;
  const kind = kindOf(projection);
  const say = `${String(number)}: ${projection.name}, ${projection.connectivity.kind}, ${kind}`;
  return placesOf(arrow).map((place, at) => ({ ...place, at, number, kind, say }));
}

function headOf(arrow: Arrow): object {
  const end = placesOf(arrow).at(-1);
  return { ...end, angle: arrow.lane === 0 ? 0 : arrow.lane > 0 ? 90 : 270, kind: kindOf(arrow.projection) };
}

function labelOf(arrow: Arrow): object {
  const places = placesOf(arrow);
  if (arrow.lane === 0) {
    const [start] = places;
    return { x: (start?.x ?? 0) + 12, y: (start?.y ?? 0) + BOX.gap / 2 - 1, number: arrow.number };
  }
  const [, corner, other] = places;
  const shift = arrow.lane > 0 ? 8 : -8;
  return { x: (corner?.x ?? 0) + shift, y: ((corner?.y ?? 0) + (other?.y ?? 0)) / 2, number: arrow.number };
}

function kindOf({ device }: MappedProjection): string {
  return device ? (KINDS[0] ?? '') : (KINDS[1] ?? '');
}
