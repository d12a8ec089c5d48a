/** Faults that a controller tells in `err_code`: the low byte, a name for programs, and words. */

export interface ErrorCode {
  readonly code: number;
  /** A C identifier in lower case. */
  readonly name: string;
  readonly text: string;
}

/** Every code of a fault, and none: those of hw/ion_monitor.sv, and 15 and 18, which the host tells. */
export const ERROR_CODES: readonly ErrorCode[] = [
  { code: 0, name: 'none', text: 'no error' },
  { code: 1, name: 'on_time', text: 'a pulse exceeded the on-time limit' },
  { code: 2, name: 'duty', text: 'pulses exceeded the duty limit' },
  { code: 3, name: 'over_current', text: 'over-current' },
  { code: 4, name: 'over_temperature', text: 'over-temperature' },
  { code: 5, name: 'emergency_stop', text: 'emergency stop' },
  { code: 6, name: 'not_armed', text: 'a pulse was due while the drivers were not armed' },
  { code: 7, name: 'converter_timeout', text: 'a converter did not answer in time' },
  { code: 8, name: 'field_timeout', text: 'the field did not settle in time' },
  { code: 9, name: 'field_fault', text: 'the coil failed, or the field left its window' },
  { code: 10, name: 'rail_unsettled', text: 'a rail did not answer, or a pulse was due before the rails had settled' },
  { code: 11, name: 'underrun', text: 'a segment was not ready in time, and the run is strict' },
  { code: 12, name: 'bad_word', text: 'a program word is damaged' },
  { code: 13, name: 'rail_limit', text: 'a rail code is outside its limits' },
  { code: 14, name: 'event_overflow', text: 'an event was lost' },
  {
    code: 15,
    name: 'verify_failed',
    text: 'a cell could not be written within its attempts; told by the host, after the interrupt `verify_fail`',
  },
  { code: 16, name: 'wear_limit', text: 'a row has had all pulses that it may have' },
  { code: 17, name: 'spike_overlap', text: 'a line spiked again before its waveform had ended' },
  { code: 18, name: 'spec_mismatch', text: 'the program belongs to another controller; told by the host' },
  {
    code: 19,
    name: 'no_entry',
    text: 'a work-list entry was needed that is not there, or names a line that is not there, or no time',
  },
  { code: 20, name: 'results_full', text: 'the result memory is full' },
  { code: 21, name: 'tick_pending', text: 'a tick came while the one before was still pending' },
];

/** Words for a code; undefined for one that no controller tells. */
export function errorText(code: number): string | undefined {
  return ERROR_CODES.find((candidate) => candidate.code === code)?.text;
}
