/** A model whose pins are driven clock by clock from a run's start on: events come when they come, not when asked for. */
import { PortBlock } from '../../src/cosim/port-block.js';
import type { ModelSession } from '../../src/cosim/engine.js';
import { aerAddress } from '../../src/ir/blocks/aer.js';
import type { ControllerSizes } from '../../src/ir/legal.js';
import { clockByClock } from '../support/clock-by-clock.js';
import type { TickSpike } from './surroundings.js';

/** Spikes of a run: the tick in which each comes, counted from the start. */
export interface SpikeTrain {
  readonly spikes: readonly TickSpike[];
  readonly tickClocks: number;
  /** Told the address of every event that the controller sends. */
  readonly sent?: (address: number) => void;
}

/** Sends `train` in every run of `session` by the four-phase handshake; nothing is skipped, every clock evaluated. */
export function withSpikes(session: ModelSession, sizes: ControllerSizes, train: SpikeTrain): ModelSession {
  const sender = new Sender(new PortBlock(session), sizes, train);
  return clockByClock(session, {
    before: () => {
      sender.drive();
    },
  });
}

class Sender {
  readonly #ports: PortBlock;
  readonly #sizes: ControllerSizes;
  readonly #train: SpikeTrain;
  /** Clocks since the start of the run that goes on. */
  #clock = -1;
  #next = 0;

  constructor(ports: PortBlock, sizes: ControllerSizes, train: SpikeTrain) {
    this.#ports = ports;
    this.#sizes = sizes;
    this.#train = train;
  }

  /** Takes an event when its request comes, and waits for the request to go. */
  #receive(): void {
    const [isRequested, isTaken] = [this.#ports.get('aer_out_req_o') === 1, this.#ports.get('aer_out_ack_i') === 1];
    if (isRequested && !isTaken) this.#train.sent?.(this.#ports.get('aer_out_addr_o'));
    this.#ports.set('aer_out_ack_i', Number(isRequested));
  }

  /** Sets the pins for the next clock. */
  drive(): void {
    const isIdle = this.#ports.get('idle_o') === 1;
    this.#receive();
    if (isIdle) this.#next = 0;
    this.#clock = isIdle ? 0 : this.#clock + 1;
    const isAcknowledged = this.#ports.get('aer_in_ack_o') === 1;
    const event = this.#train.spikes[this.#next];
    if (isAcknowledged && event && this.#ports.get('aer_in_req_i') === 1) {
      this.#ports.set('aer_in_req_i', 0);
      this.#next += 1;
    } else if (!isAcknowledged && event && !isIdle && this.#clock >= event.tick * this.#train.tickClocks + 2) {
      this.#ports.set('aer_in_addr_i', aerAddress(this.#sizes, event.side, event.line));
      this.#ports.set('aer_in_req_i', 1);
    }
  }
}
