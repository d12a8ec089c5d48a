/** A model of which every clock is evaluated and seen: nothing is skipped, and pins may move in any clock. */
import type { ModelSession } from '../../src/cosim/engine.js';
import { PortBlock } from '../../src/cosim/port-block.js';

export interface ClockWatcher {
  /** Sets pins, or sees those that others have set, before the edge. */
  readonly before?: (ports: PortBlock) => void;
  /** Sees the outputs that the edge has left. */
  readonly after?: (ports: PortBlock) => void;
}

/** `session` of a controller, its clocks told to `watcher`. */
export function clockByClock(session: ModelSession, { before, after }: ClockWatcher): ModelSession {
  const ports = new PortBlock(session);
  const warp = session.slots.get('warp_i');
  if (!warp) throw new Error('the controller has a port warp_i');
  const step = (): void => {
    before?.(ports);
    session.step();
    after?.(ports);
  };
  return {
    io: session.io,
    // The strobe reads as zero between clocks, so that nothing ever seems to be skipped
    slots: new Map(session.slots).set('left_o', warp),
    get evaluatedClocks() {
      return session.evaluatedClocks;
    },
    step,
    runUntil: (maxClocks) => {
      for (let clocks = 1; clocks <= maxClocks; clocks++) {
        step();
        if (ports.get('line_event_o') === 1 || ports.get('adc_conv_o') === 1) return clocks;
      }
      return maxClocks;
    },
    close: () => {
      session.close();
    },
  };
}
