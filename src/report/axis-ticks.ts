/** Round numbers along an axis. */

/** Multiples of 1, 2 or 5 times a power of ten within [low, high], about `count` of them. */
export function axisTicks(low: number, high: number, count: number): readonly number[] {
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const unit = [1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10;
  const distance = unit * power;
  const first = Math.ceil(low / distance - 1e-9);
  const last = Math.floor(high / distance + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * distance);
}
