/** What the conversions of a run take: of programs and of networks alike. */
import type { EnergyComponent } from '../../ir/energy-estimate.js';
import { formatQuantity } from '../../units/format-quantity.js';
import { pricedComponent } from './component.js';
import type { ConversionTerm, Technology, Term } from './technology.js';

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
  const inputSeconds = settleSeconds + conversionSeconds;
  const { perConversion, term, basis } = priceOf(conversion, bits);
  return [
    pricedComponent({ name: 'conversions', group, count: conversions, basis }, conversions * perConversion, term),
    pricedComponent(
      {
        name: 'current inputs',
        group,
        count: conversions,
        basis: `settling and converting for ${formatQuantity(inputSeconds, 's')} each`,
      },
      conversions * inputSeconds,
      currentInput,
    ),
  ];
}

/** Converters of a run while they wait. */
export function idleConverterComponent(count: number, seconds: number, { converterIdle }: Technology): EnergyComponent {
  const basis = `powered for ${formatQuantity(seconds, 's')}`;
  return pricedComponent(
    { name: 'idle converters', group: 'converters', count, basis },
    count * seconds,
    converterIdle,
  );
}

/** The term of one conversion, and how often it counts. */
function priceOf(
  conversion: ConversionTerm,
  bits: number,
): { readonly perConversion: number; readonly term: Term; readonly basis: string } {
  switch (conversion.kind) {
    case 'per-conversion':
      return { perConversion: 1, term: conversion.joules, basis: 'per conversion' };
    case 'per-step':
      return { perConversion: 2 ** bits, term: conversion.joules, basis: `2^${bits} steps each` };
    case 'column': {
      const { wattsPerBit, watts, stepSeconds, factor } = conversion;
      const joules = (wattsPerBit * bits + watts) * (bits + 1) * stepSeconds;
      const basis = `${bits} bits, ${formatQuantity(joules, 'J')} each, without what its column's current takes`;
      return { perConversion: joules, term: factor, basis };
    }
  }
}
