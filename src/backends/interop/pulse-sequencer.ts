/**
 * Counted pulses in a circuit: what a pulse does at its end needs its length and amplitude, which are known then only.
 * One slow node steps through the phases, so that edges of any steepness do the same.
 */
import type { DeviceModel } from '../../devices/device-model.js';
import { numberText } from '../../devices/expression-writer.js';
import { comment, continued } from './netlist-text.js';

/** A state that pulses set, by its base name, and the value that one pulse leaves. */
export interface PulseTarget {
  readonly base: string;
  readonly text: string;
  /** Whether the state moves by itself, too; then it does so while it takes the value. */
  readonly isMoving: boolean;
}

/** Reading is no pulse, and a third of the nominal one is: the threshold lies just above the read voltage. */
function leastPulseVolts({ pulse, readVoltage }: DeviceModel): number {
  const [write, read] = [Math.abs(pulse.volts), Math.abs(readVoltage.volts)];
  return Number(Math.min(0.5 * write, Math.max(0.01 * write, 1.05 * read)).toPrecision(3));
}

/** The node `on`: 1 during a pulse. */
export function onLine(device: DeviceModel): readonly string[] {
  return [
    comment('A voltage beyond pulse_min is a pulse'),
    `.param pulse_min=${numberText(leastPulseVolts(device))}`,
    'Bon on 0 V = ramp(10*(abs(v(row,column))/pulse_min - 1))',
  ];
}

/** Current that moves a state to what the pulse has left. */
export function takeInText(base: string): string {
  return `fast*v(take)*(v(next_${base}) - v(x_${base}))`;
}

/** Measures every pulse and holds what it leaves until the states have taken it. */
export function sequencerLines(targets: readonly PulseTarget[]): readonly string[] {
  return [...PHASES, ...targets.flatMap(targetLines)];
}

const PHASES: readonly string[] = [
  '',
  comment('Counted pulses. phase rises to 1 with a pulse and falls slowly after it, in 0.4 % of pulse_width:'),
  comment('above 0.5 the nodes next_ settle to what the pulse leaves, from 0.4 to 0.05 the states take it,'),
  comment('below 0.02 amplitude (peak, in volts) and length (in pulse_width) are cleared for the next pulse.'),
  '.param slow=1000',
  'Cphase phase 0 {farads}',
  'Cpeak peak 0 {farads}',
  'Clength length 0 {farads}',
  '.ic v(phase)=0 v(peak)=0 v(length)=0',
  'Bphase 0 phase I = amps*(fast*v(on)*(1 - v(phase)) - slow*(1 - v(on))*v(phase))',
  'Bsettle settle 0 V = ramp(10*(v(phase) - 0.5))',
  'Btake take 0 V = (1 - v(on))*ramp(10*(0.4 - v(phase)))*ramp(50*(v(phase) - 0.05))',
  'Bclear clear 0 V = (1 - v(on))*ramp(100*(0.02 - v(phase)))',
  'Babove above 0 V = v(row,column) > 0 ? max(0, v(row,column) - v(peak)) : min(0, v(row,column) - v(peak))',
  'Bpeak 0 peak I = amps*fast*(v(on)*v(above) - v(clear)*v(peak))',
  'Blength 0 length I = amps*(v(on) - fast*v(clear)*v(length))',
];

function targetLines({ base, text, isMoving }: PulseTarget): readonly string[] {
  return [
    '',
    ...continued(
      `Bleft_${base} left_${base} 0 V = (min(max_${base}, max(min_${base}, ${text})) - start_${base})/span_${base}`,
    ),
    `Cnext_${base} next_${base} 0 {farads}`,
    `.ic v(next_${base})=0`,
    `Bnext_${base} 0 next_${base} I = amps*(fast*v(settle)*(v(left_${base}) - v(next_${base}))${isMoving ? ` + v(take)*v(rate_${base})` : ''})`,
  ];
}
