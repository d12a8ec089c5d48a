/**
 * A device as data: what a `device` declaration means after resolution. All numbers are SI base units.
 * Kernels, the schedule, the energy estimate and the reports read this and nothing else about a device.
 */
import type { Span } from '../core/span.js';
import type { Expression } from './expression.js';

/** How well a number is founded; reports print it beside every figure. */
export type Confidence = 'measured' | 'secondary' | 'derived' | 'estimate';

/** Where a number comes from. */
export interface Provenance {
  /** Paper, figure or table; free text. */
  readonly source: string;
  readonly confidence: Confidence;
}

/** A number in SI base units that carries its origin. */
export interface DeviceParameter {
  readonly name: string;
  readonly value: number;
  /** Unit for display, for example `V`, `nS`; scale is the SI value of one such unit. */
  readonly unit: { readonly symbol: string; readonly scale: number };
  readonly provenance: Provenance;
  readonly origin: Span;
}

/** A named value computed once from parameters and the window: `let step = …`. */
export interface DerivedValue {
  readonly name: string;
  readonly value: Expression;
  readonly origin: Span;
}

/** Amplitude and width of the pulse at which a device was characterised. */
export interface NominalPulse {
  readonly volts: number;
  readonly seconds: number;
  readonly provenance: Provenance;
}

/** How often a spread is drawn anew: once per cell, per pulse event and cell, per read and cell. */
export type SpreadOccasion = 'device' | 'pulse' | 'read';

/** A normally distributed variate that equations may refer to. */
export interface Spread {
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
  readonly per: SpreadOccasion;
  readonly provenance: Provenance;
  readonly origin: Span;
}

/** A bounded state variable; the first one is the conductance `g` [S]. */
export interface StateVariable {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** May refer to parameters, derived values and the window. */
  readonly initial: Expression;
  /** Time derivative [state per second]; inputs: `v` [V], states, spreads per device or pulse. */
  readonly rate: Expression;
  readonly origin: Span;
}

/** A conductance range in which the device is programmed, with the step measured in it. */
export interface ConductanceWindow {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** Conductance change of one nominal pulse as published [S]. */
  readonly step?: number;
  readonly provenance: Provenance;
  readonly origin: Span;
}

/** An absolute maximum rating; a program that exceeds it is refused. */
export interface Rating {
  readonly quantity: 'voltage' | 'duration';
  readonly max: number;
  readonly provenance: Provenance;
  readonly origin: Span;
}

/** A device, complete and checked. */
export interface DeviceModel {
  readonly name: string;
  readonly summary: string;
  readonly origin: Span;
  readonly parameters: readonly DeviceParameter[];
  readonly derived: readonly DerivedValue[];
  /** The pulse that figures of the device refer to; equations see `pulse.voltage`, `pulse.width`. */
  readonly pulse: NominalPulse;
  /** Read voltage [V]; equations see `read.voltage`. */
  readonly readVoltage: { readonly volts: number; readonly provenance: Provenance };
  readonly spreads: readonly Spread[];
  readonly states: readonly StateVariable[];
  /** Windows in the order of declaration; equations see the chosen one as `window.low`, `window.high`. */
  readonly windows: readonly ConductanceWindow[];
  readonly defaultWindow: string;
  /** Read current [A]; inputs: `v`, states, spreads per device or read. */
  readonly current: Expression;
  /** Energy of one pulse in one cell [J]; inputs: `v`, `duration`, states (before), `change.<state>`. */
  readonly pulseEnergy: Expression;
  readonly pulseEnergyProvenance: Provenance;
  readonly ratings: readonly Rating[];
}
