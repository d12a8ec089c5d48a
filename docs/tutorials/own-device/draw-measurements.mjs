// Writes measured.csv: pulses as a bench would record them, made by a formula and noise, in place of a chip of yours.
// Three devices, 60 pulses up and 60 down each; amplitude and width change every pulse. `node draw-measurements.mjs`

import { writeFileSync } from 'node:fs';

/** Uniform numbers below 1 from a seed (mulberry32). */
function uniform(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = uniform(7);
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

const volts = [1.6, 1.8, 2.0];
const milliseconds = [5, 10, 20];
const fieldVoltage = 0.3;
const stepAtNominal = 0.12; // µS at 2 V for 10 ms

const lines = ['device,pulse,voltage (V),width (ms),conductance (uS)'];
for (let device = 1; device <= 3; device++) {
  const gain = 1 + 0.08 * normal();
  let conductance = 8;
  for (let pulse = 0; pulse <= 120; pulse++) {
    const voltage = volts[pulse % 3] * (pulse <= 60 ? 1 : -1);
    const width = milliseconds[Math.floor(pulse / 3) % 3];
    const step =
      stepAtNominal * gain * (width / 10) * (Math.sinh(voltage / fieldVoltage) / Math.sinh(2 / fieldVoltage));
    if (pulse > 0) conductance += step * (1 + 0.02 * normal());
    const reading = conductance + 0.004 * normal();
    lines.push([device, pulse, voltage.toFixed(1), width, reading.toFixed(4)].join(','));
  }
}
writeFileSync(new URL('measured.csv', import.meta.url), `${lines.join('\n')}\n`);
