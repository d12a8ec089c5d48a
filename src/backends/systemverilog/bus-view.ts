/** Which bus a template prints. */
import type { BusProtocol } from '../../ir/chip.js';
import type { BusView } from './views.js';

/** Flags for conditions of templates. */
export function busView(protocol: BusProtocol): BusView {
  return { isApb: protocol === 'apb', isAxi4Lite: protocol === 'axi4lite', isWishbone: protocol === 'wishbone' };
}
