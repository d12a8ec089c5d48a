/** Which pulse a fitted device carries, and what of it was assumed, as scripts and as people read it. */
import type { DevicePulse } from '../devices/fit/device-pulse.js';
import { formatQuantity } from '../units/format-quantity.js';

/** Fields of the JSON document; `assumed` names the options that would give what nobody said. */
export function pulseFields({ amplitude, width, read, assumed }: DevicePulse): Readonly<Record<string, unknown>> {
  return { pulse: { amplitude_V: amplitude, width_s: width, read_V: read, assumed } };
}

/** A line on what was assumed; empty where nothing was. */
export function pulseText({ amplitude, width, read, assumed }: DevicePulse): string {
  if (assumed.length === 0) return '';
  const figures = {
    amplitude: `amplitude ${formatQuantity(amplitude, 'V')}`,
    width: `width ${formatQuantity(width, 's')}`,
    read: `read voltage ${formatQuantity(read, 'V')}`,
  };
  const options = assumed.map((name) => `--${name}`).join(', ');
  return `note: assumed ${assumed.map((name) => figures[name]).join(', ')}; give ${options} where known\n`;
}
