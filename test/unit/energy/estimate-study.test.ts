/** What experiments on networks cost, and what their estimates leave out. */
import { describe, expect, it } from 'vitest';
import { estimateStudy } from '../../../src/backends/energy/estimate-study.js';
import { areaComponents } from '../../../src/backends/energy/area.js';
import { TECHNOLOGIES } from '../../../src/backends/energy/terms.js';
import type { StudyActivity, StudyResult } from '../../../src/ir/study-result.js';
import { mapWritten } from '../../support/written-training.js';

const mapped = mapWritten();

const ACTIVITY = { seconds: 1, pulses: 5, refreshes: 0, reads: 10, conversions: 60, spikes: 0, energy: { pulses: 1e-9 } }; // prettier-ignore

function resultOf(changes: Partial<StudyActivity>): StudyResult {
  return { activity: { ...ACTIVITY, ...changes } } as StudyResult;
}

function estimate(changes: Partial<StudyActivity>) {
  return estimateStudy(resultOf(changes), mapped, TECHNOLOGIES.board);
}

describe('the estimate of an experiment on a network', () => {
  it('has the groups of which something is counted', () => {
    const { technology, omitted, groups, total } = estimate({});
    expect(technology).toBe('board');
    expect(omitted).toEqual(['line drivers', 'rails', 'controller', 'areas of the parts of a board']);
    expect(groups.map(({ group }) => group)).toEqual(['devices', 'converters']);
    expect(groups[0]?.energy_J).toBeCloseTo(1e-9, 15);
    expect(groups.reduce((sum, { energy_J }) => sum + energy_J, 0)).toBeCloseTo(total.energy_J, 15);
  });

  it('says where reads and refreshes are not counted', () => {
    const { omitted, groups } = estimate({ conversions: 0, refreshes: 3 });
    expect(omitted).toEqual(['line drivers', 'rails', 'controller', 'reads', 'reads with which refreshes check what they set', 'areas of the parts of a board']); // prettier-ignore
    expect(groups.map(({ group }) => group)).toEqual(['devices']);
    expect(estimate({ withoutProgram: ['games'] }).omitted).toContain('no pulse program, so neither lines nor controller: games'); // prettier-ignore
    expect(estimate({ conversions: 0, reads: 0 }).omitted).not.toContain('reads');
  });
});

describe('a share of several devices', () => {
  const [projection] = mapped.projections;
  const named = (name: string, confidence: 'measured' | 'derived', share?: string) => {
    const provenance = { source: `paper of ${name}`, confidence };
    const { device } = projection ?? {};
    if (!projection || !device) throw new Error('the projection is on a device');
    const [term] = device.energyTerms;
    if (!term) throw new Error('the device has an energy');
    const energyTerms = share === undefined ? [] : [{ ...term, name: share, provenance }];
    return {
      ...projection,
      device: { ...device, name, energyTerms, powerTerms: [], pulseEnergyProvenance: provenance },
    };
  };
  const shareOf = (...projections: readonly ReturnType<typeof named>[]) =>
    estimateStudy(resultOf({ energy: { heat: 1e-9 } }), { ...mapped, projections }, TECHNOLOGIES.board).components[0];

  it('is as good as the weakest of those that name it, with all their sources', () => {
    expect(shareOf(named('one', 'measured', 'heat'), named('two', 'derived', 'heat'))).toMatchObject({
      ...{ source: 'paper of one; paper of two', confidence: 'derived', high_J: 1e-9 * 1.5 },
      basis: 'energy equations of one, two, summed over the run',
    });
    expect(shareOf(named('one', 'measured', 'heat'), named('two', 'derived'))).toMatchObject({
      ...{ source: 'paper of one', confidence: 'measured', high_J: 1e-9 * 1.1 },
      basis: 'energy equations of one, summed over the run',
    });
    expect(shareOf(named('one', 'measured'))).toMatchObject({ source: 'paper of one', confidence: 'measured' });
  });
});

const { board, '65 nm': chip65 } = TECHNOLOGIES;

describe('address events', () => {
  it('are half of the address and a handshake each, and left out where the chip has no port', () => {
    const port = { direction: 'in', bits: 6, origin: mapped.chip.origin } as const;
    const result = resultOf({ spikes: 9 });
    const { components } = estimateStudy(result, { ...mapped, chip: { ...mapped.chip, aer: [port] } }, board);
    const bus = components.find(({ name }) => name === 'address events')?.energy_J ?? NaN;
    expect(bus / (9 * (3 + 4) * 54e-12)).toBeCloseTo(1, 9);
    const { components: none, omitted } = estimateStudy(result, mapped, board);
    expect(none.map(({ group }) => group)).not.toContain('bus');
    expect(omitted).toContain('address events: the chip has no port for them');
  });
});

describe('the area', () => {
  it('is that of a tile for every tile that carries weights', () => {
    const result = resultOf({});
    const [projection] = mapped.projections;
    const [part] = projection?.parts ?? [];
    if (!projection || !part) throw new Error('the projection is on a tile');
    const one = areaComponents({ rows: 8, columns: 8 }, 2, chip65);
    const { area, omitted } = estimateStudy(result, mapped, chip65);
    expect(area).toEqual(one);
    expect(omitted).toContain('area of the cells: the tile gives no pitch');
    // Two parts on the first tile and one on another
    const parts = [part, part, { ...part, tile: { ...part.tile, grid: 1 } }];
    const two = estimateStudy(result, { ...mapped, projections: [{ ...projection, parts }] }, chip65).area;
    expect(two.map(({ area_m2, count }) => [area_m2, count])).toEqual(
      one.map(({ area_m2, count }) => [2 * area_m2, 2 * count]),
    );
    const { tile } = mapped.chip;
    const pitch = {
      metres: 1e-6,
      provenance: { source: 'layout', confidence: 'measured' },
      origin: tile.origin,
    } as const;
    const pitched = estimateStudy(result, { ...mapped, chip: { ...mapped.chip, tile: { ...tile, pitch } } }, chip65);
    expect(pitched.area.find(({ name }) => name === 'cells')?.area_m2).toBeCloseTo(64e-12, 20);
  });
});

describe('the coil', () => {
  const provenance = { source: 'coil', confidence: 'measured' } as const;
  const coil = { minTesla: 0, maxTesla: 0.1, bits: 8, settleSeconds: 0.5, provenance, origin: mapped.chip.origin };
  const drive = { amperes: 2, ohms: 3, henries: 5e-3 };
  const fields = [
    { tesla: 0, seconds: 0.25, switches: 1 },
    { tesla: 0.05, seconds: 0.75, switches: 2 },
  ];
  const priced = (own: object, seconds: number, changes: Partial<StudyActivity> = {}) => {
    const result = resultOf({ seconds, fields, ...changes });
    return estimateStudy(result, { ...mapped, chip: { ...mapped.chip, ...own } }, board);
  };
  const joules = ({ components }: ReturnType<typeof priced>, name: string): number =>
    components.find((each) => each.name === name)?.energy_J ?? NaN;

  it('heats while a field is on and settles, and is charged at every switch', () => {
    const estimate = priced({ coil: { ...coil, drive } }, 1);
    // Half of the strongest field, 1 A: 0.75 s, and twice 0.5 s of settling
    expect(joules(estimate, 'coil, heat')).toBeCloseTo(3 * 1.75, 9);
    expect(joules(estimate, 'coil, switching')).toBeCloseTo(2 * 0.5 * 5e-3, 9);
    expect(estimate.omitted.join()).not.toContain('coil');
  });

  it('is left out in words where the chip does not describe it', () => {
    expect(priced({ coil }, 1).omitted.join()).toContain('its `coil` gives no `drive`');
    expect(priced({}, 1).omitted.join()).toContain('the chip has no `coil`');
    expect(priced({}, 1, { fields: [{ tesla: 0, seconds: 1, switches: 0 }] }).omitted.join()).not.toContain('coil');
  });
});
