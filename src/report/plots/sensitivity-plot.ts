/** What the total becomes when one term alone goes over its interval: the terms with the largest effect. */
import { ESTIMATE_DIGITS, formatInterval, formatQuantity, unitFor } from '../../units/format-quantity.js';
import { axisTitle } from './axis-title.js';
import { shortText } from './short-text.js';
import { framedSpec, type Plot } from './plot-spec.js';

/** Total with one term at the ends of its interval [J]. */
export interface TermEffect {
  readonly component: string;
  readonly low_J: number;
  readonly high_J: number;
}

const BAR = 26;

/** A bar from the least to the largest total for each term, and a line at the total itself. */
export function sensitivityPlot(terms: readonly TermEffect[], total_J: number): Plot {
  const unit = unitFor(Math.max(total_J, ...terms.map(({ high_J }) => high_J)), 'J');
  const values = terms.map(({ component, low_J, high_J }) => ({
    name: shortText(component, 22),
    low: low_J / unit.scale,
    high: high_J / unit.scale,
    say: `${component}: total ${formatInterval(low_J, high_J, 'J')}`,
  }));
  const x = { type: 'quantitative', title: axisTitle('total energy', unit.symbol), scale: { zero: false }, axis: { tickCount: 4 } }; // prettier-ignore
  const axis = { domain: false, ticks: false, labelColor: 'var(--text)', labelLimit: 0, labelPadding: 6 };
  return {
    title: 'What the total depends on most',
    description: `Total energy while one term goes over its interval: ${values.map(({ say }) => say).join('; ')}`,
    note: `line: total of ${formatQuantity(total_J, 'J', ESTIMATE_DIGITS)} with every term at its best estimate`,
    spec: framedSpec(
      {
        data: { values },
        layer: [
          {
            mark: { type: 'bar', color: 'var(--accent)', height: { band: 0.6 } },
            encoding: {
              y: { field: 'name', type: 'nominal', sort: null, title: null, axis },
              x: { ...x, field: 'low' },
              x2: { field: 'high' },
              description: { field: 'say' },
            },
          },
          {
            data: { values: [{ total: total_J / unit.scale }] },
            mark: { type: 'rule', color: 'var(--text)', strokeWidth: 1.5, aria: false },
            encoding: { x: { ...x, field: 'total' } },
          },
        ],
      },
      52 + BAR * terms.length,
    ),
  };
}
