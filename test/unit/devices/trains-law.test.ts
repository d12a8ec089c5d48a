/** Pulse trains: which devices have the form, and what is found in their equations. */
import { describe, expect, it } from 'vitest';
import { cellLawOf } from '../../../src/devices/trains/cell-law.js';
import { stepLawOf } from '../../../src/devices/trains/step-law.js';
import { createUpdateArray } from '../../../src/devices/trains/update-array.js';
import { compileDevice, deviceText, ORIGIN } from '../../support/device-text.js';
import { arrayOf, libraryDevice, trainDevice, weightsOf } from '../../support/train-device.js';

const LIBRARY = ['constantStep', 'linearStep', 'softBounds', 'softBoundsReference', 'softBoundsPmax', 'expStep'];

function lawOf(device: Parameters<typeof stepLawOf>[0]) {
  const found = stepLawOf(device);
  if (found.kind === 'refused') throw new Error(found.reasons.join('; '));
  return cellLawOf(found.law);
}

function reasonsOf(handler: string, more = ''): readonly string[] {
  const text = deviceText(
    `${handler.includes('cycle') ? `spread cycle ~ normal(0, 1) per pulse ${ORIGIN}` : ''}
     ${more}
     state w : 1 in -1 .. 1 = 0
     ${handler}
     current = 1 uS * w * v`,
    ['window', 'state g', 'evolve g', 'current'],
  );
  const array = createUpdateArray(compileDevice(text), { rows: 2, columns: 2, seed: 1 });
  return 'reasons' in array ? array.reasons : [];
}

describe('the form of steps', () => {
  it.each(LIBRARY.concat('powStep', 'piecewiseStep', 'ecRam', 'reRamEs', 'capacitor'))('is that of %s', (name) => {
    expect(stepLawOf(libraryDevice(name)).kind).toBe('law');
  });

  it.each(LIBRARY)('is noise relative to the step in %s', (name) => {
    const { noise } = lawOf(libraryDevice(name));
    if (noise.kind !== 'relative' || noise.ratio.kind !== 'number') throw new Error('not relative');
    expect(noise.ratio.value).toBeCloseTo(0.3, 9);
  });

  it('stores as little as the equations allow', () => {
    expect(lawOf(libraryDevice('constantStep')).streams).toHaveLength(4);
    expect(lawOf(libraryDevice('softBounds')).streams).toHaveLength(6);
    expect(lawOf(trainDevice('0.01', '0.01')).streams).toHaveLength(0);
  });

  it('is found in handlers that are written in other ways', () => {
    const plain = lawOf(trainDevice('0.01 * (1 - w)', '0.01'));
    const text = deviceText(
      `state w : 1 in -2 .. 2 = 0
       on pulse {
         let rest = 1 - w
         if v > 0 V { w += 0.01 * rest } else { w -= 0.01 }
         w = max(-1, min(w, 1))
       }
       current = 1 uS * w * v`,
      ['window', 'state g', 'evolve g', 'current'],
    );
    expect(lawOf(compileDevice(text))).toEqual(plain);
  });

  it.each([
    ['on pulse { w += 0.01 * cycle ^ 2 }', '', 'the step is not linear in `cycle`'],
    ['on pulse { w += 0.01 * sinh(w) }', '', 'the step takes `sinh` of the weight'],
    [
      'on pulse { w += 0.01 * (cycle + other) }',
      `spread other ~ normal(0, 1) per pulse ${ORIGIN}`,
      '`other` is a second spread per pulse',
    ],
    ['on pulse { w += 0.01 * wide }', `spread wide ~ uniform(0, 1) per pulse ${ORIGIN}`, '`wide` is not normal'],
    ['evolve w = v / 1 V / 1 s', '', 'no pulse changes a state'],
  ])('is not that of %s', (handler, more, reason) => {
    expect(reasonsOf(handler, more)).toEqual([reason]);
  });

  it('needs numbers in every cell', () => {
    const spread = `spread size ~ normal(0, 0) per device ${ORIGIN}`;
    expect(reasonsOf('on pulse { w += 0.01 / size }', spread)).toEqual([
      'an equation of the step is not a finite number in every cell',
    ]);
  });
});

describe('devices of an array', () => {
  it('start and stay within their bounds', () => {
    const array = arrayOf(libraryDevice('constantStep'), { rows: 64, columns: 64, seed: 2 });
    for (let event = 0; event < 60; event++) array.applyCounts(new Int16Array(4096).fill(31));
    const weights = weightsOf(array);
    expect(weights.every((weight) => weight > -5 && weight < 5)).toBe(true);
    // At bounds of 0.6 with 30 % from device to device.
    const mean = weights.reduce((sum, weight) => sum + weight, 0) / 4096;
    expect(Math.abs(mean - 0.6)).toBeLessThan(0.06);
  });
});
