/** Spans of time for people: seconds with a prefix, then minutes, hours, days and years. */
import { formatNumber, formatQuantity } from './format-quantity.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365.25 * DAY;

/** As many digits as given. */
export function formatDuration(seconds: number, digits: number): string {
  const units = [
    { length: YEAR, name: 'year' },
    { length: DAY, name: 'day' },
    { length: HOUR, name: 'h' },
    { length: MINUTE, name: 'min' },
  ];
  const unit = units.find(({ length }) => seconds >= length);
  if (!unit || !Number.isFinite(seconds)) return formatQuantity(seconds, 's', digits);
  const rounded = Number((seconds / unit.length).toPrecision(digits));
  const isCounted = unit.length >= DAY && rounded !== 1;
  return `${formatNumber(rounded, digits)} ${unit.name}${isCounted ? 's' : ''}`;
}
