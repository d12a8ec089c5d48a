/**
 * Spike waveforms whose superposition on a sinh device is a timing rule: the neuron before the synapse plays the rule
 * through the inverse of sinh, the neuron behind it a biphasic sampler that changes nothing alone. Voltages are
 * 8-bit codes, so that one memory serves every time scale and every device.
 */

/** The wanted change by delay (behind minus before), in units of the rule's time constant; its peak is 1. */
export type TimingRule = (delay: number) => number;

/** The four forms of spike-timing-dependent plasticity. */
export const TIMING_RULES = {
  hebbian: (delay) => Math.sign(delay) * Math.exp(-Math.abs(delay)),
  antiHebbian: (delay) => -Math.sign(delay) * Math.exp(-Math.abs(delay)),
  symmetric: (delay) => Math.exp(-Math.abs(delay)),
  oneSided: (delay) => (delay > 0 ? Math.exp(-delay) : 0),
} as const satisfies Readonly<Record<string, TimingRule>>;

/** Samples of a waveform; the spike is between the two in the middle. */
export const WAVEFORM_SAMPLES = 256;

/** Length of a sample in units of the rule's time constant. */
export const SAMPLE_OF_TIME_CONSTANT = 0.04;

/** The largest code of a driver, and the voltage that it stands for in units of the device's field voltage. */
const LARGEST_CODE = 127;
const FULL_SCALE = 2 / 0.35 / 2;

/** Volts of one code for a device whose change goes with sinh(v / fieldVoltage). */
export function voltsOfCode(fieldVoltage: number): number {
  return (FULL_SCALE * fieldVoltage) / LARGEST_CODE;
}

/** Codes of the neuron before the synapse. */
export function codesBefore(rule: TimingRule): Int8Array {
  return Int8Array.from({ length: WAVEFORM_SAMPLES }, (_, index) => {
    const time = (index + 0.5 - WAVEFORM_SAMPLES / 2) * SAMPLE_OF_TIME_CONSTANT;
    return Math.round((LARGEST_CODE / FULL_SCALE) * Math.asinh(rule(time) * Math.sinh(FULL_SCALE)));
  });
}

/** Codes of the neuron behind the synapse, which spikes `delay` samples after the one before it. */
export function codesBehind(delay: number): Int8Array {
  const codes = new Int8Array(WAVEFORM_SAMPLES);
  codes[WAVEFORM_SAMPLES / 2 + delay - 1] = -LARGEST_CODE;
  codes[WAVEFORM_SAMPLES / 2 + delay] = LARGEST_CODE;
  return codes;
}

/** Changes of one field-voltage unit of pace and a sample's time that a rule of peak 1 leads to. */
export const PEAK_CHANGE = 2 * (Math.cosh(FULL_SCALE) - 1) * Math.sinh(FULL_SCALE);

/** What the neuron before the synapse does alone, in the same units, for a rule whose integral is `integral`. */
export function changeAlone(integral: number): number {
  return (integral / SAMPLE_OF_TIME_CONSTANT) * Math.sinh(FULL_SCALE);
}
