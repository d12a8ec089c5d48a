/** Sends the spikes of a run through the pins for address events, each in its tick, by the four-phase handshake. */
import { aerAddress, type AerSizes } from '../ir/blocks/aer.js';
import { TickClock } from '../ir/tick-clock.js';
import type { LineSpike } from '../ir/scheduled.js';
import type { PortBlock } from './port-block.js';

export class SpikeSender {
  readonly #ports: PortBlock;
  readonly #sizes: AerSizes;
  readonly #tickClocks: number;
  readonly #spikes: readonly LineSpike[];
  /** Clock of the start command, or a few clocks later: when the host knows that it was taken. */
  #start = 0;
  #next = 0;

  /** @param spikes  in the order of their ticks */
  constructor(ports: PortBlock, sizes: AerSizes, tickClocks: number, spikes: readonly LineSpike[]) {
    this.#ports = ports;
    this.#sizes = sizes;
    this.#tickClocks = tickClocks;
    this.#spikes = spikes;
  }

  start(clock: number): void {
    this.#start = clock;
  }

  /** Clocks that may pass before the pins have to be looked at again: none within a handshake, all behind the last. */
  clocksLeft(clock: number): number {
    if (this.#isBusy) return 0;
    const spike = this.#spikes[this.#next];
    return spike ? Math.max(0, this.#dueClock(spike) - clock) : Infinity;
  }

  /** Sets the pins for the next clock. */
  drive(clock: number): void {
    const ports = this.#ports;
    const spike = this.#spikes[this.#next];
    if (ports.get('aer_in_ack_o') === 1) {
      if (ports.get('aer_in_req_i') === 0) return;
      ports.set('aer_in_req_i', 0);
      this.#next += 1;
    } else if (spike && clock >= this.#dueClock(spike)) {
      ports.set('aer_in_addr_i', aerAddress(this.#sizes, spike.side, spike.line));
      ports.set('aer_in_req_i', 1);
    }
  }

  get #isBusy(): boolean {
    return this.#ports.get('aer_in_req_i') === 1 || this.#ports.get('aer_in_ack_o') === 1;
  }

  #dueClock({ tick }: LineSpike): number {
    return TickClock.first(this.#tickClocks, this.#start, tick);
  }
}
