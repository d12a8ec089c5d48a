import { describe, expect, it } from 'vitest';
import { estimateEnergy } from '../../../src/backends/energy/estimate-energy.js';
import { compileKernel } from '../../../src/devices/compile-kernel.js';
import { emitEnergy } from '../../../src/backends/energy/emit-energy.js';
import { TECHNOLOGIES, TECHNOLOGY_NAMES, type Term } from '../../../src/backends/energy/terms.js';
import type { EnergyComponent, EnergyEstimate } from '../../../src/ir/energy-estimate.js';
import { exampleMapped, exampleResult, ohmicDevice } from '../../support/example-result.js';

const onBoard = estimateEnergy(exampleResult, exampleMapped, TECHNOLOGIES.board);
const onChip = estimateEnergy(exampleResult, exampleMapped, TECHNOLOGIES['130 nm']);

function component(estimate: EnergyEstimate, name: string): EnergyComponent {
  const found = estimate.components.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no component ${name}`);
  return found;
}

describe('estimateEnergy', () => {
  it('takes device energies from the simulation', () => {
    expect(component(onBoard, 'selected devices').energy_J).toBe(9e-12);
    expect(component(onBoard, 'half-selected devices').energy_J).toBe(284e-12);
    expect(component(onBoard, 'selected devices').source).toBe('Joule heating');
    expect(component(onBoard, 'selected devices').low_J).toBe(4.5e-12);
  });

  it('charges lines with half C dV squared', () => {
    const expected = 0.5 * 100e-12 * (80 * 1.5 ** 2 + 12 * 0.1 ** 2);
    const lines = component(onBoard, 'line charging');
    expect(lines.energy_J).toBeCloseTo(expected, 24);
    expect(lines).toMatchObject({ count: 92, source: 'board traces', confidence: 'estimate' });
  });

  it('prices reading with the mean conductance and brackets it by the window', () => {
    const mean = (5e-6 + 8.3e-6 + 11e-6 + 13.4e-6 + 17e-6 + 20e-6) / 6;
    const perSiemens = 6 * 0.1 ** 2 * 3 * (8e-6 + 2e-6);
    const read = component(onBoard, 'read current');
    expect(read.energy_J / (perSiemens * mean)).toBeCloseTo(1, 12);
    expect(read.low_J / (perSiemens * 5e-6)).toBeCloseTo(1, 12);
    expect(read.high_J / (perSiemens * 20e-6)).toBeCloseTo(1, 12);
  });

  it('prices drivers, converters and controller of a board', () => {
    expect(component(onBoard, 'line switches').energy_J).toBeCloseTo(92 * 15e-9, 15);
    expect(component(onBoard, 'rail updates').energy_J).toBeCloseTo(4 * 10 * 4e-9, 15);
    expect(component(onBoard, 'rail converters and buffers').energy_J).toBeCloseTo(4 * 2 * 12e-3, 12);
    expect(component(onBoard, 'conversions').energy_J).toBeCloseTo(6 * 1.05e-9, 17);
    expect(component(onBoard, 'current inputs').energy_J).toBeCloseTo(6 * 10e-6 * 5e-3, 15);
    expect(component(onBoard, 'controller, clocked').energy_J).toBeCloseTo(20e6 * 92e-12, 12);
  });

  it('prices conversions by resolution and gates the clock on a chip', () => {
    expect(component(onChip, 'conversions').energy_J).toBeCloseTo(6 * 4096 * 50e-15, 18);
    const busy = 3 * (100 + 6);
    // 856 and 1.97 a line; 2 fJ at 45 nm and 0.9 V
    const flipFlops = 866;
    expect(component(onChip, 'controller, clocked')).toMatchObject({ count: busy });
    expect(component(onChip, 'controller, clocked').energy_J).toBeCloseTo(busy * flipFlops * 10e-15, 18);
  });

  it.each([onBoard, onChip])('adds up, part by part and bound by bound', (estimate) => {
    for (const key of ['energy_J', 'low_J', 'high_J'] as const) {
      const ofComponents = estimate.components.reduce((sum, part) => sum + part[key], 0);
      const ofGroups = estimate.groups.reduce((sum, group) => sum + group[key], 0);
      expect(estimate.total[key]).toBe(ofComponents);
      expect(ofGroups / ofComponents).toBeCloseTo(1, 12);
    }
    for (const part of estimate.components) {
      expect(part.low_J).toBeLessThanOrEqual(part.energy_J);
      expect(part.energy_J).toBeLessThanOrEqual(part.high_J);
      expect(part.source).not.toBe('');
    }
  });

  it('leaves out what did not happen', () => {
    const activity = { ...exampleResult.activity, conversions: 0 };
    const estimate = estimateEnergy({ ...exampleResult, activity }, exampleMapped, TECHNOLOGIES.board);
    expect(estimate.components.map((part) => part.name)).not.toContain('conversions');
  });
});

describe('half-selection in passive arrays', () => {
  const window = { low: 10e-6, high: 20e-6 };

  /** One 3 V, 100 ns pulse on one of 64 x 64 ohmic cells of 10 uS. */
  function pulsed(rowOnly: number, neither: number): { readonly selected: number; readonly halfSelected: number } {
    const kernel = compileKernel(ohmicDevice, { rows: 64, columns: 64, window, seed: 1, without: [] });
    kernel.pulse({ rows: [7], columns: [9], both: 3, rowOnly, columnOnly: rowOnly, neither }, 100e-9);
    return { selected: kernel.selectedEnergy, halfSelected: kernel.halfSelectedEnergy };
  }

  it('costs (N + M - 2) G (V/2)^2 t under V/2', () => {
    const { selected, halfSelected } = pulsed(1.5, 0);
    expect(selected).toBeCloseTo(10e-6 * 9 * 100e-9, 20);
    expect(halfSelected / (126 * 10e-6 * 1.5 ** 2 * 100e-9)).toBeCloseTo(1, 12);
    expect(halfSelected).toBeCloseTo(283.5e-12, 15);
  });

  it('costs (N M - 1) G (V/3)^2 t under V/3', () => {
    const { halfSelected } = pulsed(1, -1);
    expect(halfSelected / (4095 * 10e-6 * 1 * 100e-9)).toBeCloseTo(1, 12);
  });
});

describe('terms', () => {
  it.each(TECHNOLOGY_NAMES)('has a source, an order and non-negative numbers in %s', (name) => {
    const terms: Term[] = [];
    JSON.stringify(TECHNOLOGIES[name], (_key, value: unknown) => {
      if (typeof value === 'object' && value !== null && 'low' in value && 'typical' in value)
        terms.push(value as Term);
      return value;
    });
    expect(terms.length).toBeGreaterThanOrEqual(10);
    for (const term of terms) {
      expect(term.low).toBeGreaterThanOrEqual(0);
      expect(term.low).toBeLessThanOrEqual(term.typical);
      expect(term.typical).toBeLessThanOrEqual(term.high);
      expect(term.source.length).toBeGreaterThan(8);
    }
  });
});

describe('emitEnergy', () => {
  it('writes one document and one table', () => {
    const [json, table] = emitEnergy([{ experiment: 'A|B', estimate: onBoard }]);
    expect(JSON.parse(json?.text ?? '')).toMatchObject({
      experiments: [{ name: 'A|B', technology: 'board', total: { energy_J: onBoard.total.energy_J } }],
    });
    expect(table?.text).toContain('| half-selected devices | devices | 40 | 280 pJ | 140 to 570 pJ |');
    expect(table?.text).toMatch(/\*\*total\*\*/);
  });
});
