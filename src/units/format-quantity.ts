/** Numbers for people: SI prefixes and as many digits as the number deserves. */

/** Digits that figures of an estimate are printed with. */
export const ESTIMATE_DIGITS = 2;

const DEFAULT_DIGITS = 3;
/** What a double holds. */
const MAX_DIGITS = 15;
const PREFIXES = ['a', 'f', 'p', 'n', 'µ', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const UNITY = PREFIXES.indexOf('');

/** Counts, which take no prefix: nobody says millipulses. */
const COUNTED: ReadonlySet<string> = new Set(['pulses', 'spikes', 'steps']);

/**
 * A number in SI base units with a prefix, for example `284 pJ`, `-1.05 nA`, `0 J`.
 * Unit `1` is dimensionless and takes no prefix, and neither does a count such as `pulses`.
 */
export function formatQuantity(value: number, unit: string, digits: number = DEFAULT_DIGITS): string {
  if (unit === '1') return formatNumber(value, digits);
  if (COUNTED.has(unit) && Number.isInteger(value)) return `${formatCount(value)} ${unit}`;
  if (!Number.isFinite(value) || COUNTED.has(unit)) return `${formatNumber(value, digits)} ${unit}`;
  const step = prefixStep(value, digits);
  return `${formatScaled(value, step, digits)} ${prefixOf(step)}${unit}`;
}

/** The unit in which values up to `largest` (SI base units) are best drawn, such as µS, and its size in the base unit. */
export function unitFor(largest: number, unit: string): { readonly symbol: string; readonly scale: number } {
  if (unit === '1') return { symbol: '', scale: 1 };
  if (unit === 'm²') {
    const { scale, symbol } = areaUnit(largest);
    return { symbol, scale: 1 / scale };
  }
  const step = prefixStep(Math.abs(largest), DEFAULT_DIGITS);
  return { symbol: `${prefixOf(step)}${unit}`, scale: 10 ** (3 * step) };
}

/** Numbers that are compared, with as many digits as it takes to tell the different ones apart. */
export function formatApart<const Values extends readonly number[]>(
  values: Values,
  unit: string,
): { readonly [Index in keyof Values]: string } {
  const different = new Set(values).size;
  let digits = DEFAULT_DIGITS;
  while (digits < MAX_DIGITS && new Set(values.map((value) => Number(value.toPrecision(digits)))).size < different)
    digits++;
  const texts: readonly string[] = values.map((value) => formatQuantity(value, unit, digits));
  // `map` keeps the length
  return texts as { readonly [Index in keyof Values]: string };
}

/** An interval with one prefix, that of its upper end, for example `0.8 to 12 nJ`. */
export function formatInterval(low: number, high: number, unit: string, digits: number = ESTIMATE_DIGITS): string {
  const step = prefixStep(high, digits);
  const ends = [low, high].map((end) => formatScaled(end, step, digits));
  return `${ends.join(' to ')} ${prefixOf(step)}${unit}`;
}

/** An area in mm² or µm², for example `0.12 mm²`, `38 µm²`; prefixes of squares count twice. */
export function formatArea(squareMetres: number, digits: number = ESTIMATE_DIGITS): string {
  const { scale, symbol } = areaUnit(squareMetres);
  return `${formatScaled(squareMetres * scale, 0, digits)} ${symbol}`;
}

/** An interval of areas in the unit of its upper end. */
export function formatAreaInterval(low: number, high: number, digits: number = ESTIMATE_DIGITS): string {
  const { scale, symbol } = areaUnit(high);
  return `${formatScaled(low * scale, 0, digits)} to ${formatScaled(high * scale, 0, digits)} ${symbol}`;
}

function areaUnit(squareMetres: number): { readonly scale: number; readonly symbol: string } {
  return Math.abs(squareMetres) < 1e-9 ? { scale: 1e12, symbol: 'µm²' } : { scale: 1e6, symbol: 'mm²' };
}

/** A fraction in per cent, for example `4.21 %`. */
export function formatPercent(fraction: number, digits: number = DEFAULT_DIGITS): string {
  return `${formatNumber(fraction * 100, digits)} %`;
}

/** A count with its thousands set off by thin spaces, from four digits on, as columns need it; means below 10 000 keep one decimal. */
export function formatCount(count: number): string {
  if (!Number.isFinite(count) || Math.abs(count) >= 1e15) return formatNumber(count);
  const [whole = '', decimals] = (
    Number.isInteger(count) ? String(count) : count.toFixed(Math.abs(count) < 1e4 ? 1 : 0)
  ).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, '\u202F');
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}

/** A plain number with the given significant digits; integers below 10^15 keep all of theirs. */
export function formatNumber(value: number, digits: number = DEFAULT_DIGITS): string {
  if (Number.isNaN(value)) return 'not a number';
  if (!Number.isFinite(value)) return value > 0 ? 'infinite' : '-infinite';
  if (value === 0) return '0';
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  const rounded = Number(value.toPrecision(digits));
  const magnitude = Math.floor(Math.log10(Math.abs(rounded)));
  if (magnitude < -4 || magnitude >= 15) return rounded.toExponential(digits - 1);
  return rounded.toFixed(Math.max(0, digits - 1 - magnitude));
}

/** Engineering step (powers of 1000) of the value as it will be printed, so that 999.96 counts as 1000. */
function prefixStep(value: number, digits: number): number {
  if (value === 0 || !Number.isFinite(value)) return 0;
  const magnitude = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(digits)))));
  return Math.max(-UNITY, Math.min(PREFIXES.length - 1 - UNITY, Math.floor(magnitude / 3)));
}

/** Powers of ten that are exact and a rounding to 15 digits, so that 0.0000001 prints as 100, not as 99.999… */
function formatScaled(value: number, step: number, digits: number): string {
  const raw = step < 0 ? value * 10 ** (-3 * step) : value / 10 ** (3 * step);
  const scaled = Number(raw.toPrecision(15));
  // Whole numbers print without zeros that they do not need, and still not more exactly than asked.
  return formatNumber(Number.isInteger(scaled) ? Number(scaled.toPrecision(digits)) : scaled, digits);
}

function prefixOf(step: number): string {
  return PREFIXES[UNITY + step] ?? '';
}
