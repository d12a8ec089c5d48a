/** The example of half-selection: its expectations hold, and its figures are those of the closed forms. */
import { expect, it } from 'vitest';
import { loadNetwork, mapExperiment, simulate } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../src/core/disk.js';
import { withStandardLibrary } from '../../../src/dsl/standard-library.js';
import { invariant } from '../../../src/core/invariant.js';

const FILE = 'examples/half-select/passive.ion';
/** 10 uS for 100 ns. */
const SIEMENS_SECONDS = 10e-6 * 100e-9;
/** Rails of 12 bits over 12 V are off by half a step of 2.9 mV at most: 0.3 % of the energy at 1 V. */
const RAILS = 0.004;

it.each([
  ['HalfSelect', 126 * SIEMENS_SECONDS * 1.5 ** 2],
  ['ThirdSelect', 4095 * SIEMENS_SECONDS * 1 ** 2],
  ['WithSelector', ((126 * SIEMENS_SECONDS * 3 * Math.sinh(3)) / Math.sinh(6)) * 1.5],
])('%s takes what the closed form says', (name, halfSelected) => {
  const diagnostics = new DiagnosticBag();
  const network = loadNetwork(FILE, withStandardLibrary(createDiskHost()), new Map(), diagnostics);
  const experiment = network?.experiments.find((each) => each.name === name);
  const mapped = network && experiment && mapExperiment(network, experiment, diagnostics);
  const result = mapped && simulate(mapped, diagnostics);
  invariant(result, JSON.stringify(diagnostics.all));
  const { metrics, expectations } = result;
  expect(expectations.map(({ text, ok }) => (ok ? '' : text)).join('')).toBe('');
  expect(expectations.length).toBeGreaterThanOrEqual(6);
  const selected = SIEMENS_SECONDS * 3 ** 2;
  const within = Math.abs(metrics.selectedEnergy.mean / selected - 1);
  expect(within).toBeLessThan(RAILS);
  expect(Math.abs(metrics.halfSelectedEnergy.mean / halfSelected - 1)).toBeLessThan(2 * RAILS);
  expect(metrics.halfSelectedShare.mean).toBeCloseTo(halfSelected / (halfSelected + selected), 2);
  expect(metrics.deviceEnergy.mean).toBe(metrics.selectedEnergy.mean + metrics.halfSelectedEnergy.mean);
});
