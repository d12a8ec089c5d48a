/** Parts of a whole, such as energy by group, with the interval in which each is believed to lie: bars from zero. */
import {
  ESTIMATE_DIGITS,
  formatArea,
  formatAreaInterval,
  formatInterval,
  formatQuantity,
  unitFor,
} from '../../units/format-quantity.js';
import { axisTitle } from './axis-title.js';
import { shortText } from './short-text.js';
import { framedSpec, type Plot } from './plot-spec.js';

/** One bar; absent ends draw no interval. */
export interface Part {
  readonly name: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

export interface PartsFrame {
  readonly title: string;
  readonly quantity: string;
  /** SI base unit of the values. */
  readonly unit: string;
  readonly note?: string;
}

const BAR = 22;

/** Horizontal bars in the order given, the largest parts where there are more than `MAX_PARTS`. */
const MAX_PARTS = 16;

export function partsPlot(all: readonly Part[], frame: PartsFrame): Plot {
  const { title, quantity, unit, note } = frame;
  const parts = all.length > MAX_PARTS ? [...all].sort((one, other) => other.value - one.value).slice(0, MAX_PARTS) : all;
  const left = all.length > parts.length ? `the ${String(parts.length)} largest of ${String(all.length)} parts` : '';
  const notes = [note ?? '', left].filter((text) => text !== '').join('; ');
  const best = unitFor(Math.max(...parts.map(({ value, high }) => high ?? value), 0), unit);
  const values = parts.map((part) => valueOf(part, best.scale, unit));
  const name = { field: 'name', type: 'nominal', sort: null, title: null };
  const nameAxis = { ...name, axis: { domain: false, ticks: false, labelColor: 'var(--text)', labelLimit: 0, labelPadding: 6 } };
  const value = { field: 'value', type: 'quantitative', title: axisTitle(quantity, best.symbol), axis: { tickCount: 4 } };
  return {
    title,
    description: `${title}: ${parts.map(({ name: part, value: amount }) => `${part} ${amountText(amount, unit)}`).join(', ')}`,
    ...(notes !== '' && { note: notes }),
    spec: framedSpec(
      {
        data: { values },
        encoding: { y: nameAxis },
        layer: [
          { mark: { type: 'bar', color: 'var(--accent)', height: { band: 0.7 } }, encoding: { x: value, description: { field: 'say' } } },
          {
            transform: [{ filter: 'isValid(datum.low)' }],
            mark: { type: 'rule', color: 'var(--text)', strokeWidth: 1.2, aria: false },
            encoding: { x: { ...value, field: 'low' }, x2: { field: 'high' } },
          },
        ],
      },
      52 + BAR * parts.length,
    ),
  };
} // prettier-ignore

function valueOf({ name, value, low, high }: Part, scale: number, unit: string): object {
  const interval = low !== undefined && high !== undefined ? `, ${intervalText(low, high, unit)}` : '';
  return {
    name: shortText(name, 22),
    value: value / scale,
    ...(low !== undefined && high !== undefined && { low: low / scale, high: high / scale }),
    say: `${name}: ${amountText(value, unit)}${interval}`,
  };
}

function amountText(value: number, unit: string): string {
  return unit === 'm²' ? formatArea(value) : formatQuantity(value, unit, ESTIMATE_DIGITS);
}

function intervalText(low: number, high: number, unit: string): string {
  return unit === 'm²' ? formatAreaInterval(low, high) : formatInterval(low, high, unit);
}
