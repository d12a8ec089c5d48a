/** Address events on their bus: half of the address toggles, and four edges of the handshake. */
import type { EnergyComponent } from '../../ir/energy-estimate.js';
import { pricedComponent } from './component.js';
import type { Technology } from './technology.js';

const HANDSHAKE_EDGES = 4;

/** So many `events` with addresses of `addressBits` bits. */
export function busComponents(
  events: number,
  addressBits: number,
  { busEdge }: Technology,
): readonly EnergyComponent[] {
  const edges = addressBits / 2 + HANDSHAKE_EDGES;
  const basis = `${edges} edges per event: half of ${addressBits} address bits, ${HANDSHAKE_EDGES} of the handshake`;
  return [pricedComponent({ name: 'address events', group: 'bus', count: events, basis }, events * edges, busEdge)];
}
