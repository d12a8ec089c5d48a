/** What stands around a controller with every block, clock by clock, and what may go wrong there. */
import type { ModelSession } from '../../src/cosim/engine.js';
import { PortBlock } from '../../src/cosim/port-block.js';
import type { LegalModule } from '../../src/ir/legal.js';

/** What differs from a plant in order; clocks count from the start of the run, conversions likewise. */
export interface Trouble {
  /** Converters fall silent from this conversion on. */
  readonly silentFrom?: number;
  /** Answers stand for so many clocks instead of one. */
  readonly answerClocks?: number;
  /** Answers nobody asked for: whenever no conversion is pending. */
  readonly answersUnasked?: boolean;
  /** Rails' converters never answer, or never let go. */
  readonly rails?: 'silent' | 'stuck';
  /** The receiver of address events never answers. */
  readonly isDeaf?: boolean;
  /** Pins at given clocks, from a clock on. */
  readonly pins?: readonly PinChange[];
}

export interface PinChange {
  readonly pin: string;
  readonly value: number;
  readonly from: number;
  /** Until this clock, for good without it. */
  readonly until?: number;
}

/** Code of every converter. */
export const PLANT_CODE = 1500;

const RESTING: Readonly<Record<string, number>> = { estop_ni: 1, ocp_i: 0, otp_i: 0, in_window_i: 1, coil_fault_i: 0 };

export class Plant {
  readonly session: ModelSession;
  readonly ports: PortBlock;
  readonly #legal: LegalModule;
  readonly #codes: readonly number[];
  #trouble: Trouble = {};
  #clock = 0;
  #conversions = 0;
  /** Clocks until the answer, 0 where none is due. */
  #due = 0;
  #standing = 0;

  constructor(session: ModelSession, legal: LegalModule) {
    this.#legal = legal;
    this.ports = new PortBlock(session);
    this.#codes = Array.from({ length: legal.scan.converters }, () => PLANT_CODE);
    this.session = {
      io: session.io,
      slots: session.slots,
      get evaluatedClocks() {
        return session.evaluatedClocks;
      },
      step: () => {
        this.#drive();
        session.step();
        this.#clock += 1;
      },
      runUntil: () => {
        throw new Error('this plant lives clock by clock');
      },
      close: () => {
        session.close();
      },
    };
  }

  /** Conversions since the trouble began. */
  get conversions(): number {
    return this.#conversions;
  }

  /** From now on things go wrong as `trouble` says; clock 0 is the next one. */
  suffer(trouble: Trouble): void {
    this.#trouble = trouble;
    this.#clock = 0;
    this.#conversions = 0;
  }

  #drive(): void {
    const { ports } = this;
    const { rails, isDeaf } = this.#trouble;
    this.#convert();
    const asked = ports.get('dac_req_o');
    ports.set('dac_ack_i', rails === undefined ? asked : Number(rails === 'stuck'));
    ports.set('aer_out_ack_i', isDeaf ? 0 : ports.get('aer_out_req_o'));
    ports.set('aer_in_req_i', 0);
    for (const [pin, value] of Object.entries(RESTING)) ports.set(pin, value);
    for (const { pin, value, from, until = Infinity } of this.#trouble.pins ?? []) {
      if (this.#clock >= from && this.#clock < until) ports.set(pin, value);
    }
  }

  #convert(): void {
    const { ports } = this;
    const { silentFrom = Infinity, answerClocks = 1, answersUnasked = false } = this.#trouble;
    if (ports.get('adc_conv_o') === 1) {
      this.#due = this.#conversions < silentFrom ? this.#legal.scan.conversionClocks : 0;
      this.#conversions += 1;
    } else if (this.#due > 0) {
      this.#due -= 1;
      if (this.#due === 0) this.#standing = answerClocks;
    }
    const isPending = this.#due > 0 || ports.get('adc_conv_o') === 1;
    const isAnswer = this.#standing > 0;
    ports.set('adc_valid_i', Number(isAnswer || (answersUnasked && !isPending)));
    ports.setFields(
      'adc_data_i',
      this.#codes.map((code) => (isAnswer ? code : 0)),
      this.#legal.scan.bits,
    );
    if (isAnswer) this.#standing -= 1;
  }
}
