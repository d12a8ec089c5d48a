/** A mapped experiment on a small tile of cubic devices, without the front end. */
import type { Span } from '../../src/core/span.js';
import type { DeviceModel } from '../../src/devices/device-model.js';
import type { Experiment, ImageTarget, WriteOrder } from '../../src/ir/network.js';
import type { MappedModule, PulseBias } from '../../src/ir/mapped.js';
import type { PulsedTile } from '../../src/ir/passes/check-chip.js';
import { railSets } from '../../src/ir/passes/bias.js';
import { CUBIC } from './cubic-tile.js';

const at = (offset: number, line: number) => ({ offset, line, column: 1 });
export const ORIGIN: Span = { file: 'fixture.ion', start: at(0, 1), end: at(5, 2) };

const PROVENANCE = { source: 'test', confidence: 'estimate' } as const;
const ZERO = { kind: 'number', value: 0 } as const;

const DEVICE: DeviceModel = {
  name: 'cubic',
  summary: 'test device',
  origin: ORIGIN,
  parameters: [],
  derived: [],
  modulators: [],
  pulse: { volts: CUBIC.volts, seconds: 0.01, provenance: PROVENANCE },
  readVoltage: { volts: 0.25, provenance: PROVENANCE },
  spreads: [
    {
      name: 'gain',
      distribution: 'normal',
      mean: 1,
      deviation: 0.1,
      per: 'device',
      provenance: PROVENANCE,
      origin: ORIGIN,
    },
  ],
  states: [
    { name: 'g', unit: { symbol: 'S', scale: 1 }, min: 0, max: 1e-5, initial: ZERO, rate: ZERO, origin: ORIGIN },
  ],
  pulseSteps: [],
  windows: [{ name: 'only', low: CUBIC.start, high: 2e-6, provenance: PROVENANCE, origin: ORIGIN }],
  defaultWindow: 'only',
  current: ZERO,
  pulseEnergy: ZERO,
  pulseEnergyProvenance: PROVENANCE,
  energyTerms: [{ value: ZERO, provenance: PROVENANCE, origin: ORIGIN }],
  powerTerms: [],
  invariants: [],
  ratings: [
    { quantity: 'voltage', max: 4.5, provenance: PROVENANCE, origin: ORIGIN },
    { quantity: 'duration', max: 10, provenance: PROVENANCE, origin: ORIGIN },
  ],
};

/** What a test may choose; images are lists of rows of window fractions 0..1. */
export interface FixtureChoice {
  readonly images: readonly (readonly (readonly number[])[])[];
  readonly order?: WriteOrder;
  readonly bias?: PulseBias;
  readonly timerBits?: number;
  readonly disturbBudget?: number;
  readonly readsBack?: boolean;
}

export function mappedFixture(choice: FixtureChoice): MappedModule {
  const images = choice.images.map(imageOf);
  const rows = Math.max(...images.map((image) => image.rows));
  const columns = Math.max(...images.map((image) => image.columns));
  const bias = choice.bias ?? 'half';
  const tile: PulsedTile = {
    origin: ORIGIN,
    rows,
    columns,
    grid: { rows: 1, columns: 1 },
    bias: { scheme: bias, origin: ORIGIN },
    rails: { minVolts: -4, maxVolts: 4, bits: 12, origin: ORIGIN },
    timer: { bits: choice.timerBits ?? 16, origin: ORIGIN },
    settleSeconds: 1e-5,
    adc: {
      origin: ORIGIN,
      bits: 12,
      minAmperes: 0,
      maxAmperes: 1e-6,
      conversionSeconds: 3e-6,
      settleSeconds: 2e-6,
      sharedBy: 2,
    },
    line: { farads: 1e-12, provenance: PROVENANCE, origin: ORIGIN },
  };
  return {
    phase: 'mapped',
    source: 'fixture.ion',
    experiment: experimentOf(choice, images),
    device: DEVICE,
    clockHz: 1e6,
    bus: 'apb',
    tileOrigin: { ...ORIGIN, start: at(2, 1) },
    rows,
    columns,
    bias,
    railSets: railSets(tile, DEVICE.pulse.volts, DEVICE.readVoltage.volts),
    timer: tile.timer,
    settleSeconds: tile.settleSeconds,
    converters: { ...tile.adc, count: Math.ceil(columns / tile.adc.sharedBy) },
    lineFarads: tile.line.farads,
    lineProvenance: tile.line.provenance,
    images,
  };
}

function imageOf(grey: readonly (readonly number[])[], index: number): ImageTarget {
  const siemens = grey.flat().map((fraction) => CUBIC.start * (1 + fraction));
  return { name: `image${String(index)}`, rows: grey.length, columns: grey[0]?.length ?? 0, siemens, origin: ORIGIN };
}

function experimentOf(choice: FixtureChoice, images: readonly ImageTarget[]): Experiment {
  return {
    name: 'Fixture',
    origin: ORIGIN,
    program: {
      name: 'Imprint',
      origin: ORIGIN,
      device: 'cubic',
      window: { name: 'only', low: CUBIC.start, high: 2 * CUBIC.start, origin: ORIGIN },
      images,
      write: { order: choice.order ?? 'serial', origin: ORIGIN },
      ...(choice.readsBack !== false && { readBack: { origin: ORIGIN } }),
      disturbBudget: { fraction: choice.disturbBudget ?? 1, origin: ORIGIN },
    },
    chip: 'Bench',
    firstSeed: 1,
    seedCount: 2,
    without: [],
    expectations: [],
  };
}
