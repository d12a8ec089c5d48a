/** A controller at the other end of a pipe: requests of a host's bus in, answers out, while clocks go on. */
import { createBusMaster } from '../../src/cosim/create-bus-master.js';
import type { BusMaster } from '../../src/cosim/bus-master.js';
import type { ModelSession } from '../../src/cosim/engine.js';
import { PortBlock } from '../../src/cosim/port-block.js';
import type { LegalModule } from '../../src/ir/legal.js';
import { testCodes } from './controller-run.js';

/** Clocks that pass between two requests: a host is slower than its bus. */
const CLOCKS_BETWEEN = 100;
const MAX_SLEEP = 10_000_000;

export class PipedController {
  readonly #session: ModelSession;
  readonly #legal: LegalModule;
  readonly #ports: PortBlock;
  readonly #bus: BusMaster;
  #answer: { readonly clock: number; readonly codes: readonly number[] } | undefined;
  /** Changes of the lines so far. */
  commits = 0;
  /** Whether the converters never answer. */
  isSilent = false;
  /** What a read gives instead of the value at an address. */
  change: (address: number, value: number) => number = (_, value) => value;

  /** Resets the controller in `session`. */
  constructor(session: ModelSession, legal: LegalModule) {
    this.#session = session;
    this.#legal = legal;
    this.#ports = new PortBlock(session);
    this.#bus = createBusMaster(legal.bus, this.#ports, () => {
      this.#step();
    });
    this.#ports.set('rst_ni', 0);
    this.#ports.set('estop_ni', 1);
    this.#pass(2);
    this.#ports.set('rst_ni', 1);
    this.#pass(4);
  }

  /** Presses the emergency stop. */
  stop(): void {
    this.#ports.set('estop_ni', 0);
    this.#pass(4);
  }

  /** The answer to a request; undefined for a line that asks for nothing. */
  answer(line: string): string | undefined {
    const [kind, address = 0, value = 0] = line.split(' ').map((word, at) => (at === 0 ? word : Number(word)));
    if (kind === 'i') return this.#sleep();
    if (kind !== 'r' && kind !== 'w') return undefined;
    this.#pass(CLOCKS_BETWEEN);
    if (kind === 'w') return String(Number(this.#bus.tryWrite(Number(address), Number(value))));
    const { data, isRefused } = this.#bus.tryRead(Number(address));
    return `${String(this.change(Number(address), data))} ${String(Number(isRefused))}`;
  }

  #sleep(): string {
    for (let clocks = 0; clocks < MAX_SLEEP; clocks++) {
      if (this.#ports.get('irq_o') === 1) return '0';
      this.#step();
    }
    throw new Error('the interrupt does not come');
  }

  #pass(clocks: number): void {
    for (let clock = 0; clock < clocks; clock++) this.#step();
  }

  #step(): void {
    const { scan } = this.#legal;
    const ports = this.#ports;
    if (this.#answer?.clock === this.#session.evaluatedClocks) {
      ports.set('adc_valid_i', 1);
      ports.setFields('adc_data_i', this.#answer.codes, scan.bits);
      this.#answer = undefined;
    }
    this.#session.step();
    if (ports.get('line_event_o') === 1) this.commits += 1;
    if (ports.get('adc_conv_o') !== 1 || this.isSilent) return;
    const codes = testCodes(this.#legal, ports.get('adc_mux_o'));
    this.#answer = { clock: this.#session.evaluatedClocks + scan.conversionClocks, codes };
  }
}
