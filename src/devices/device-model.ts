/**
 * A device as data: what a `device` declaration means after resolution. All numbers are SI base units.
 * Kernels, the schedule, the energy estimate and the reports read this and nothing else about a device.
 */
import type { Span } from '../core/span.js';
import type { DistributionName } from '../numerics/distribution.js';
import type { Expression } from './expression.js';
import type { Invariant, Statement } from './statement.js';

/** How well a number is founded; reports print it beside every figure. */
export type Confidence = 'measured' | 'secondary' | 'derived' | 'estimate';

/** Confidences from the weakest to the strongest. */
export const WEAKEST_FIRST: readonly Confidence[] = ['estimate', 'derived', 'secondary', 'measured'];

/** Where a number comes from. */
export interface Provenance {
  /** Paper, figure or table; free text. */
  readonly source: string;
  readonly confidence: Confidence;
}

/** A unit for display, for example `V`, `nS`; `scale` is the SI value of one of it. */
export interface DisplayUnit {
  readonly symbol: string;
  readonly scale: number;
}

/** The values that a quantity may take, both ends included. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** A number in SI base units that carries its origin. */
export interface DeviceParameter {
  readonly name: string;
  readonly value: number;
  readonly unit: DisplayUnit;
  /** Other values of it are refused. */
  readonly bounds?: Bounds;
  readonly provenance: Provenance;
  readonly origin: Span;
}

/** A named value computed once from parameters and the window: `let step = …`. */
export interface DerivedValue {
  readonly name: string;
  readonly value: Expression;
  readonly origin: Span;
}

/** A quantity that is set from outside while the device works: a magnetic field, a bias, the temperature. */
export interface Modulator {
  readonly name: string;
  readonly unit: DisplayUnit;
  /** Until an experiment sets another value. */
  readonly initial: number;
  readonly bounds?: Bounds;
  readonly provenance?: Provenance;
  readonly origin: Span;
}

/** Amplitude and width of the pulse at which a device was characterised. */
export interface NominalPulse {
  readonly volts: number;
  readonly seconds: number;
  readonly provenance: Provenance;
}

/** How often a spread is drawn anew: once per cell, per pulse event and cell, per read and cell. */
export const SPREAD_OCCASIONS = ['device', 'pulse', 'read'] as const;
export type SpreadOccasion = (typeof SPREAD_OCCASIONS)[number];

/**
 * A random variate that equations refer to by its name. What `mean` and `deviation` are of each distribution, see
 * CentredDistribution; a spread that is switched off is `mean`.
 */
export interface Spread {
  readonly name: string;
  readonly distribution: DistributionName;
  readonly mean: number;
  readonly deviation: number;
  readonly per: SpreadOccasion;
  /** The parameter that it multiplies, where it was declared with one. */
  readonly scales?: string;
  readonly provenance: Provenance;
  readonly origin: Span;
}

/** A bounded state variable; in a device with windows the first one is the conductance `g` [S]. */
export interface StateVariable {
  readonly name: string;
  readonly unit: DisplayUnit;
  readonly min: number;
  readonly max: number;
  /** May refer to parameters, derived values and the window. */
  readonly initial: Expression;
  /**
   * Time derivative [state per second]; inputs: `v` [V], states, modulators, spreads per device or pulse. Absent where
   * only counted pulses change the state.
   */
  readonly rate?: Expression;
  readonly origin: Span;
}

/**
 * What one counted pulse does, at its end; steps run in order. Inputs: `v` [V], `duration` [s], states, modulators,
 * spreads per device or pulse. States are kept within their bounds.
 */
export interface PulseStep {
  readonly condition?: Expression;
  readonly body: readonly Statement[];
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

/** A share of the energy of a pulse [J] or of the power between pulses [W]; the shares add up. */
export interface EnergyTerm {
  /** Absent where it is the whole. */
  readonly name?: string;
  readonly value: Expression;
  readonly provenance: Provenance;
  readonly origin: Span;
}

/** The part of the window that a programmed value may lose in a time. */
export interface Retention {
  readonly loss: number;
  readonly seconds: number;
  readonly provenance: Provenance;
  readonly origin: Span;
}

/** The pulses that a device survives. */
export interface Endurance {
  readonly pulses: number;
  readonly provenance: Provenance;
  readonly origin: Span;
}

/** Quantities with an absolute maximum, and their units. */
export const RATED_UNITS = { voltage: 'V', duration: 's', current: 'A', temperature: 'K' } as const;
export type RatedQuantity = keyof typeof RATED_UNITS;

/** An absolute maximum rating; a program that exceeds it is refused. */
export interface Rating {
  readonly quantity: RatedQuantity;
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
  readonly modulators: readonly Modulator[];
  /** The pulse that figures of the device refer to; equations see `pulse.voltage`, `pulse.width`. */
  readonly pulse: NominalPulse;
  /** Read voltage [V]; equations see `read.voltage`. */
  readonly readVoltage: { readonly volts: number; readonly provenance: Provenance };
  readonly spreads: readonly Spread[];
  readonly states: readonly StateVariable[];
  readonly pulseSteps: readonly PulseStep[];
  /** Windows in the order of declaration; equations see the chosen one as `window.low`, `window.high`. */
  readonly windows: readonly ConductanceWindow[];
  /** Absent where there are no windows. */
  readonly defaultWindow?: string;
  /** Read current [A]; inputs: `v`, states, modulators, spreads per device or read. */
  readonly current: Expression;
  /** A gate of its own writes the device; without one, `current` also flows during pulses. */
  readonly gated?: true;
  /**
   * Energy of one pulse in one cell [J], the sum of `energyTerms`; inputs: `v`, `duration`, states (before),
   * `change.<state>`, modulators, spreads per device or pulse.
   */
  readonly pulseEnergy: Expression;
  readonly pulseEnergyProvenance: Provenance;
  readonly energyTerms: readonly EnergyTerm[];
  /** Power of a cell between pulses [W]; inputs: `v`, states, modulators, spreads per device. */
  readonly powerTerms: readonly EnergyTerm[];
  readonly retention?: Retention;
  readonly endurance?: Endurance;
  readonly ratings: readonly Rating[];
  /** Conditions over states, modulators and spreads per device. */
  readonly invariants: readonly Invariant[];
}
