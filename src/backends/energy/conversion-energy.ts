/** What the conversions of a run take: of programs and of networks alike. */
import type { EnergyComponent } from '../../ir/energy-estimate.js';
import { formatQuantity } from '../../units/format-quantity.js';
import { pricedComponent } from './component.js';
import type { Technology } from './terms.js';

/** A converter of columns. */
export interface PricedConverter {
  readonly bits: number;
  readonly settleSeconds: number;
  readonly conversionSeconds: number;
}

/** So many `conversions`, with the input that holds the current meanwhile. */
export function conversionComponents(
  conversions: number,
  { bits, settleSeconds, conversionSeconds }: PricedConverter,
  { conversion, currentInput }: Technology,
): readonly EnergyComponent[] {
  const group = 'converters';
  const isPerStep = conversion.kind === 'per-step';
  const inputSeconds = settleSeconds + conversionSeconds;
  const basis = `settling and converting for ${formatQuantity(inputSeconds, 's')} each`;
  return [
    pricedComponent(
      { name: 'conversions', group, count: conversions, basis: isPerStep ? `2^${bits} steps each` : 'per conversion' },
      conversions * (isPerStep ? 2 ** bits : 1),
      conversion.joules,
    ),
    pricedComponent(
      { name: 'current inputs', group, count: conversions, basis },
      conversions * inputSeconds,
      currentInput,
    ),
  ];
}

/** So many converters that are powered for so long. */
export function idleConverterComponent(count: number, seconds: number, { converterIdle }: Technology): EnergyComponent {
  const basis = `powered for ${formatQuantity(seconds, 's')}`;
  const label = { name: 'idle converters', group: 'converters', count, basis } as const;
  return pricedComponent(label, count * seconds, converterIdle);
}
