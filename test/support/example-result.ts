/** A small, complete experiment for tests of the readers of results: ohmic cells on a 2 x 3 tile. */
import type { Span } from '../../src/core/span.js';
import type { DeviceModel } from '../../src/devices/device-model.js';
import type { MappedModule, SideLevels } from '../../src/ir/mapped.js';
import { METRICS, type MetricName } from '../../src/ir/network.js';
import type { Activity, ExperimentResult, ImageResult, MetricValue } from '../../src/ir/results.js';

/** A place in a file that does not exist. */
export const NOWHERE: Span = {
  file: 'example.ion',
  start: { offset: 0, line: 1, column: 1 },
  end: { offset: 1, line: 1, column: 2 },
};

/** Cells that are resistors: G V^2 t per pulse; 10 uS, written at 3 V for 100 ns. */
export const ohmicDevice: DeviceModel = {
  name: 'ohmic',
  summary: 'resistor',
  origin: NOWHERE,
  parameters: [],
  derived: [],
  modulators: [],
  pulse: { volts: 3, seconds: 100e-9, provenance: { source: 'test', confidence: 'measured' } },
  readVoltage: { volts: 0.1, provenance: { source: 'read test', confidence: 'measured' } },
  spreads: [],
  states: [
    {
      name: 'g',
      unit: { symbol: 'S', scale: 1 },
      min: 1e-6,
      max: 1e-3,
      initial: { kind: 'number', value: 10e-6 },
      rate: { kind: 'number', value: 0 },
      origin: NOWHERE,
    },
  ],
  pulseSteps: [],
  windows: [
    { name: 'only', low: 5e-6, high: 20e-6, provenance: { source: 'test', confidence: 'measured' }, origin: NOWHERE },
  ],
  defaultWindow: 'only',
  current: {
    kind: 'binary',
    operator: '*',
    left: { kind: 'reference', name: 'g' },
    right: { kind: 'reference', name: 'v' },
  },
  pulseEnergy: {
    kind: 'binary',
    operator: '*',
    left: {
      kind: 'binary',
      operator: '*',
      left: { kind: 'reference', name: 'g' },
      right: { kind: 'reference', name: 'duration' },
    },
    right: {
      kind: 'binary',
      operator: '^',
      left: { kind: 'reference', name: 'v' },
      right: { kind: 'number', value: 2 },
    },
  },
  pulseEnergyProvenance: { source: 'Joule heating', confidence: 'estimate' },
  energyTerms: [],
  powerTerms: [],
  invariants: [],
  ratings: [],
};

const level = (volts: number): SideLevels => ({ rest: { code: 0, volts: 0 }, select: { code: 1, volts } });

/** A 2 x 3 tile with one converter for every column. */
export const exampleMapped: MappedModule = {
  phase: 'mapped',
  source: 'example.ion',
  experiment: {
    name: 'Example',
    origin: NOWHERE,
    program: {
      name: 'Write',
      origin: NOWHERE,
      device: 'ohmic',
      window: { name: 'only', low: 5e-6, high: 20e-6, origin: NOWHERE },
      images: [],
      write: { order: 'serial', origin: NOWHERE },
      readBack: { origin: NOWHERE },
      disturbBudget: { fraction: 0.03, origin: NOWHERE },
    },
    chip: 'Board',
    firstSeed: 1,
    seedCount: 2,
    without: [],
    expectations: [],
  },
  device: ohmicDevice,
  clockHz: 10e6,
  bus: 'apb',
  tileOrigin: NOWHERE,
  rows: 2,
  columns: 3,
  bias: 'half',
  railSets: [
    { name: 'idle', positive: { row: level(0), column: level(0) }, negative: { row: level(0), column: level(0) } },
  ],
  timer: { bits: 12, origin: NOWHERE },
  settleSeconds: 1e-6,
  converters: {
    origin: NOWHERE,
    count: 1,
    sharedBy: 3,
    bits: 12,
    minAmperes: 0,
    maxAmperes: 1e-6,
    settleSeconds: 8e-6,
    conversionSeconds: 2e-6,
  },
  lineFarads: 100e-12,
  lineProvenance: { source: 'board traces', confidence: 'estimate' },
  images: [],
};

const exampleActivity: Activity = {
  seconds: 2,
  clocks: 20e6,
  segments: 100,
  firingSegments: 40,
  firingSeconds: 1.5,
  restSegments: 40,
  restSeconds: 0.4,
  pulses: 40,
  lineSteps: [
    { side: 'row', volts: 1.5, count: 80 },
    { side: 'column', volts: 0.1, count: 12 },
  ],
  lineTransitions: 92,
  railChanges: 10,
  scanSteps: 6,
  conversions: 6,
  selectedEnergy: 9e-12,
  halfSelectedEnergy: 284e-12,
  holdEnergy: 0,
};

const exampleImage: ImageResult = {
  name: 'wedge',
  rows: 2,
  columns: 3,
  targets: [5e-6, 8e-6, 11e-6, 14e-6, 17e-6, 20e-6],
  conductance: [5e-6, 8.3e-6, 11e-6, 13.4e-6, 17e-6, 20e-6],
  readBack: [5.1e-6, 8.3e-6, 11e-6, 13.4e-6, 17e-6, 20e-6],
};

function metricsOf(value: number): Readonly<Record<MetricName, MetricValue>> {
  const entries = Object.entries(METRICS).map(([name, { unit }]) => [
    name,
    { mean: value, min: value / 2, max: value * 2, unit },
  ]);
  return Object.fromEntries(entries) as Record<MetricName, MetricValue>;
}

/** Results of the example; one expectation holds and one fails. */
export const exampleResult: ExperimentResult = {
  name: 'Example',
  firstSeed: 1,
  seedCount: 2,
  window: { low: 5e-6, high: 20e-6 },
  metrics: metricsOf(0.02),
  expectations: [
    { text: 'rmsError <= 5 %', value: 0.02, limit: 0.05, ok: true, origin: NOWHERE },
    { text: 'maxError <= 1 %', value: 0.04, limit: 0.01, ok: false, origin: NOWHERE },
  ],
  images: [exampleImage],
  activity: exampleActivity,
  wear: { mostPulsed: { row: 1, column: 2, amount: 9 }, mostDisturbed: { row: 0, column: 0, amount: 3e-9 } },
  seconds: 0.1,
};
