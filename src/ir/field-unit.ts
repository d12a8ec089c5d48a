/** The coil, clock by clock as hw/ion_field.sv: what a program waits for after it has asked for a field. */

export interface FieldTarget {
  /** Current, 0 for the coil off. */
  readonly code: number;
  readonly isNegative: boolean;
}

export interface FieldSettings {
  /** The states that a command can name. */
  readonly targets: readonly FieldTarget[];
  /** Change of the code in one step, and the clocks between steps. */
  readonly step: number;
  readonly periodClocks: number;
  /** Time without a break in the window, and longest way to a state [clocks]. */
  readonly settleClocks: number;
  readonly limitClocks: number;
}

export type FieldState = 'off' | 'ramp' | 'settle' | 'ok' | 'down' | 'error';

/** Inputs of one clock. */
export interface FieldInputs {
  /** Field state that a command asks for. */
  readonly command?: number;
  readonly isInWindow: boolean;
  readonly isFaulty: boolean;
  /** Everything stops, and the emergency stop at the pin. */
  readonly isOff: boolean;
  readonly isStopped: boolean;
}

/** What happens in a clock. */
export interface FieldEvents {
  readonly isReady: boolean;
  readonly isLate: boolean;
  readonly isFault: boolean;
}

const QUIET: FieldEvents = { isReady: false, isLate: false, isFault: false };

export class FieldUnit {
  state: FieldState = 'off';
  code = 0;
  isNegative = false;
  isOn = false;
  readonly #settings: FieldSettings;
  #target: FieldTarget = { code: 0, isNegative: false };
  /** Clocks left of a step or of settling, and of the way, the running one included. */
  #left = 1;
  #wayLeft = 1;
  /** Pins of the last two clocks, the older one first. */
  #window: readonly [boolean, boolean] = [false, false];
  #fault: readonly [boolean, boolean] = [false, false];

  constructor(settings: FieldSettings) {
    this.#settings = settings;
  }

  /** One clock; the emergency stop acts at once, everything else at its end. */
  step(inputs: FieldInputs): FieldEvents {
    if (inputs.isStopped) this.isOn = false;
    const before = this.state;
    const moves = before === 'ramp' || before === 'settle' || before === 'down';
    const isLastClock = this.#left <= 1;
    const isLate = moves && this.#wayLeft <= 1;
    const isFault = (moves || before === 'ok') && (this.#fault[0] || (before === 'ok' && !this.#window[0]));
    if (moves) {
      this.#left = Math.max(1, this.#left - 1);
      this.#wayLeft = Math.max(1, this.#wayLeft - 1);
    }
    const wasNegative = this.isNegative;
    const isReady = this.#move(isLastClock);
    // A command in the clock of a turn takes the turn's place
    if (inputs.command !== undefined) this.isNegative = wasNegative;
    const events = this.#judge(inputs, wasNegative, { isReady, isLate, isFault });
    if (inputs.isStopped) this.isOn = false;
    this.#window = [this.#window[1], inputs.isInWindow];
    this.#fault = [this.#fault[1], inputs.isFaulty];
    return events;
  }

  /** The way of the state alone; true where the field has settled. */
  #move(isLastClock: boolean): boolean {
    switch (this.state) {
      case 'ramp':
        this.#ramp(isLastClock);
        return false;
      case 'settle':
        if (!this.#window[0]) this.#left = this.#settings.settleClocks;
        else if (isLastClock) this.state = 'ok';
        return this.state === 'ok';
      case 'down':
        this.#down(isLastClock);
        return false;
      case 'off':
      case 'ok':
      case 'error':
        return false;
    }
  }

  #ramp(isLastClock: boolean): void {
    const { code } = this.#target;
    if (this.code === code) {
      this.state = 'settle';
      this.#left = this.#settings.settleClocks;
      if (code === 0) this.isOn = false;
    } else if (!this.isOn) {
      this.isOn = this.code === 0;
      this.#left = this.#settings.periodClocks;
    } else if (isLastClock) {
      this.#stepTowards(code);
    }
  }

  #down(isLastClock: boolean): void {
    if (this.code !== 0) {
      if (isLastClock) this.#stepTowards(0);
    } else if (this.isOn) {
      this.isOn = false;
    } else {
      this.isNegative = this.#target.isNegative;
      this.state = 'ramp';
    }
  }

  #stepTowards(code: number): void {
    const { step, periodClocks } = this.#settings;
    this.code = this.code < code ? Math.min(code, this.code + step) : Math.max(code, this.code - step);
    this.#left = periodClocks;
  }

  /** Faults before the limit of the way, a command before both, and what stops everything before all. */
  #judge(inputs: FieldInputs, wasNegative: boolean, found: FieldEvents): FieldEvents {
    const { isLate, isFault } = found;
    const target = inputs.command === undefined ? undefined : this.#settings.targets[inputs.command];
    const isIdle = this.state === 'off';
    if (isFault || isLate) this.state = 'error';
    if (target) this.#begin(target);
    if (inputs.isOff && !isIdle) this.state = 'error';
    if (this.state === 'error') {
      this.code = 0;
      this.isOn = false;
      this.isNegative = wasNegative;
    }
    if (isFault) return { ...QUIET, isFault };
    if (isLate) return { ...QUIET, isLate };
    return { ...QUIET, isReady: found.isReady && !target };
  }

  #begin(target: FieldTarget): void {
    this.#target = target;
    this.#left = this.#settings.periodClocks;
    this.#wayLeft = this.#settings.limitClocks;
    this.state = target.isNegative !== this.isNegative && target.code !== 0 ? 'down' : 'ramp';
  }
}
