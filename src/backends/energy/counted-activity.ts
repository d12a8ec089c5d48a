/** What a controller has counted on hardware, as the counts of a run; what it does not count follows its program. */
import type { Activity } from '../../ir/results.js';

/** Registers of one run, by their names in the register map. */
export interface CounterValues {
  /** Clocks, of both halves of `time` [clocks]. */
  readonly clocks: number;
  readonly pulses: number;
  readonly adc_conv: number;
  readonly ev_in: number;
  readonly ev_out: number;
}

/** Why counters cannot be those of the program. */
export type CounterFault =
  /** A counter of something that the program never does. */
  | { readonly fault: 'foreign'; readonly register: 'pulses' | 'adc_conv'; readonly what: string }
  /** Pulses as long as the program's do not fit into the clocks that were counted. */
  | {
      readonly fault: 'too-short';
      readonly pulses: number;
      readonly pulseSeconds: number;
      readonly runSeconds: number;
    };

/** Hardware that counts: clock, and how many converters a strobe starts. */
export interface CountingHardware {
  readonly clockHz: number;
  readonly converters: number;
}

/** Seconds are computed from clocks; this much of them may be rounding. */
const ROUNDING = 1e-9;

/**
 * `activity` of one simulated run, made that of the run which was counted. Firing segments, strobes, clocks and address
 * events are the counters'. Of what has no counter, pulses of cells, their energies and rests are in proportion to firing
 * segments, transitions of lines and rails to all segments, what cells take between pulses to the time.
 */
export function countedActivity(
  activity: Activity,
  counters: CounterValues,
  { clockHz, converters }: CountingHardware,
): Activity | CounterFault {
  const fault = faultOf(activity, counters, clockHz);
  if (fault) return fault;
  const { firingSegments, restSegments, scanSteps, segments, clocks } = activity;
  const written = part(counters.pulses, firingSegments);
  const read = part(counters.adc_conv, scanSteps);
  const writing = firingSegments + restSegments;
  const counted = writing * written + (segments - writing) * read;
  const moved = part(counted, segments);
  const lineSteps = activity.lineSteps.map((step) => ({ ...step, count: step.count * moved }));
  return {
    seconds: counters.clocks / clockHz,
    clocks: counters.clocks,
    segments: counted,
    firingSegments: counters.pulses,
    firingSeconds: activity.firingSeconds * written,
    restSegments: restSegments * written,
    restSeconds: activity.restSeconds * written,
    pulses: activity.pulses * written,
    lineSteps,
    lineTransitions: lineSteps.reduce((sum, { count }) => sum + count, 0),
    railChanges: activity.railChanges * moved,
    scanSteps: counters.adc_conv,
    conversions: counters.adc_conv * converters,
    selectedEnergy: activity.selectedEnergy * written,
    halfSelectedEnergy: activity.halfSelectedEnergy * written,
    holdEnergy: activity.holdEnergy * part(counters.clocks, clocks),
    addressEvents: counters.ev_in + counters.ev_out,
  };
}

/** Why the program cannot have counted so; undefined where it can. */
function faultOf(
  { firingSegments, firingSeconds, scanSteps }: Activity,
  { clocks, pulses, adc_conv }: CounterValues,
  clockHz: number,
): CounterFault | undefined {
  if (firingSegments === 0 && pulses > 0) return { fault: 'foreign', register: 'pulses', what: 'pulses' };
  if (scanSteps === 0 && adc_conv > 0) return { fault: 'foreign', register: 'adc_conv', what: 'conversions' };
  const pulseSeconds = part(firingSeconds, firingSegments);
  const runSeconds = clocks / clockHz;
  const isTooShort = pulses * pulseSeconds > runSeconds * (1 + ROUNDING);
  return isTooShort ? { fault: 'too-short', pulses, pulseSeconds, runSeconds } : undefined;
}

function part(counted: number, simulated: number): number {
  return simulated === 0 ? 0 : counted / simulated;
}
