/** The pulse and the read voltage of a fitted device: of the table, given by the user, or assumed. */
import type { Measurement, ReferencePulse } from './measurement.js';

/** What a device says that no table holds. */
export interface DeviceNaming {
  readonly name: string;
  /** The table, as sources call it. */
  readonly table: string;
  /** Pulse and read voltage as given by the user; what is absent is taken from the table or assumed. */
  readonly pulse: Partial<ReferencePulse>;
  readonly readVolts?: number;
}

/** What may be assumed, by the names of the options that give it. */
export type AssumedFigure = 'amplitude' | 'width' | 'read';

/** Pulse amplitude [V] and width [s], read voltage [V], and which of them nobody said. */
export interface DevicePulse {
  readonly amplitude: number;
  readonly width: number;
  readonly read: number;
  readonly assumed: readonly AssumedFigure[];
}

/** Where the table and the user are silent; SI. */
const ASSUMED: Readonly<Record<AssumedFigure, number>> = { amplitude: 1, width: 1e-3, read: 0.1 };

/** The figures that the device of a fit carries. */
export function devicePulse({ reference }: Measurement, { pulse, readVolts }: DeviceNaming): DevicePulse {
  const said: Readonly<Record<AssumedFigure, number | undefined>> = {
    amplitude: pulse.volts ?? reference.volts,
    width: pulse.seconds ?? reference.seconds,
    read: readVolts,
  };
  const names = ['amplitude', 'width', 'read'] as const;
  return {
    amplitude: said.amplitude ?? ASSUMED.amplitude,
    width: said.width ?? ASSUMED.width,
    read: said.read ?? ASSUMED.read,
    assumed: names.filter((name) => said[name] === undefined),
  };
}
