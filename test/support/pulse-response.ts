/** Single devices under pulses in ngspice, with the netlist of the interop back end. */
import { deviceSubcircuit } from '../../src/backends/interop/device-subcircuit.js';
import type { DeviceModel } from '../../src/devices/device-model.js';
import { runNgspice } from './ngspice.js';

/** A pulse and the rest behind it, in seconds. */
export interface SpicePulse {
  readonly volts: number;
  readonly seconds: number;
  readonly rest: number;
}

/** Edges of a pulse, as a part of its length. */
const EDGE = 1e-5;

/**
 * Values of all states of `device` at the end of every rest, in ngspice.
 * @param settings  parameters of the instance: `r_gain=1.2`
 */
export async function spiceStates(
  device: DeviceModel,
  pulses: readonly SpicePulse[],
  settings = '',
): Promise<readonly ReadonlyMap<string, number>[]> {
  const circuit = deviceSubcircuit(device, 'dut');
  const { points, ends } = waveform(pulses);
  const total = ends.at(-1) ?? 0;
  const nodes = device.states.map(({ name }) => `v(xdut.${circuit.nodeOf(name)})`);
  const vectors = await runNgspice(
    [
      '* one device under pulses',
      circuit.text,
      `Vrow row 0 PWL(${points.map(([time, volts]) => `${String(time)} ${String(volts)}`).join(' ')})`,
      `Xdut row 0 dut ${settings}`,
      `.save ${nodes.join(' ')}`,
      '.options reltol=1e-5',
      `.tran ${String(total / 100)} ${String(total * (1 + 1e-9))} uic`,
      '.end',
      '',
    ].join('\n'),
  );
  const times = vectorOf(vectors, 'time');
  const start = (name: string): number => {
    const given = new RegExp(`start_${name}=(\\S+)`).exec(settings)?.[1];
    return given === undefined
      ? (circuit.scales.find(({ state }) => state.name === name)?.start ?? NaN)
      : Number(given);
  };
  return ends.map(
    (end) =>
      new Map(
        circuit.scales.map(({ state: { name }, span }, index) => {
          const volts = valueAt(end, times, vectorOf(vectors, nodes[index] ?? ''));
          return [name, start(name) + span * volts];
        }),
      ),
  );
}

/** Corners of the waveform, the pulses' half-amplitude points their lengths apart, and the ends of the rests. */
function waveform(pulses: readonly SpicePulse[]): {
  readonly points: readonly (readonly [number, number])[];
  readonly ends: readonly number[];
} {
  const points: (readonly [number, number])[] = [[0, 0]];
  const ends: number[] = [];
  let time = (pulses[0]?.seconds ?? 0) * 0.1;
  for (const { volts, seconds, rest } of pulses) {
    const edge = seconds * EDGE;
    points.push([time, 0], [time + edge, volts], [time + seconds, volts], [time + seconds + edge, 0]);
    time += seconds + rest;
    ends.push(time);
  }
  return { points, ends };
}

function vectorOf(vectors: ReadonlyMap<string, Float64Array>, name: string): Float64Array {
  const vector = vectors.get(name);
  if (!vector) throw new Error(`ngspice has no vector ${name}, only ${[...vectors.keys()].join(' ')}`);
  return vector;
}

/** The value of a vector at `time`, on the line between its points. */
export function valueAt(time: number, times: Float64Array, values: Float64Array): number {
  const right = times.findIndex((candidate) => candidate >= time);
  if (right <= 0) return values.at(right < 0 ? -1 : 0) ?? NaN;
  const [t0 = NaN, t1 = NaN, y0 = NaN, y1 = NaN] = [times[right - 1], times[right], values[right - 1], values[right]];
  return y0 + ((y1 - y0) * (time - t0)) / (t1 - t0);
}
