/** Events of NeuroSim's default network by its published formulas, beside what our parts say; the page's table is this. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { conversionComponents } from '../../../src/backends/energy/conversion-energy.js';
import { TECHNOLOGIES } from '../../../src/backends/energy/terms.js';
import { loadNetwork, mapExperiment, simulate } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../src/core/disk.js';
import { invariant } from '../../../src/core/invariant.js';
import { compileKernel } from '../../../src/devices/compile-kernel.js';
import { loadLibraryDevice } from '../../../src/dsl/front-end.js';
import { withStandardLibrary } from '../../../src/dsl/standard-library.js';
import { curvatureOfLabel } from '../../../src/numerics/nonlinearity-label.js';
import { formatNumber, formatQuantity } from '../../../src/units/format-quantity.js';

const PAGE = 'docs/neurosim-energy.md';
const device = loadLibraryDevice('neurosimReal', createDiskHost());

/** Defaults of MLP+NeuroSim V3.0: Cell.cpp (Ag:a-Si) and Param.cpp; wires of 0.2 fF/um along cells of 4 F. */
const [G_MIN, G_MAX, V_UP, V_READ] = [3.077e-9, 38.46e-9, 3.2, 0.5];
const [PULSE, READ] = [300e-6, 5e-9];
const wire = (cells: number): number => cells * 4 * 32e-9 * 0.2e-9;
const siemens = (state: number): number => G_MIN + state * (G_MAX - G_MIN);
/** Columns that are read: V I t of all cells, C V^2 of all rows, every row on. */
const readBy = (rows: number, columns: number): number =>
  V_READ ** 2 * (rows * columns * siemens(0.5) * READ + rows * wire(columns));
/** DNN+NeuroSim V1.4, SarADC.cpp, without the term of the column's current. */
const sar = (bits: number, [a, b]: readonly [number, number]): number => (a * bits + b) * 1e-6 * (bits + 1) * 1e-9;
const [NODE_32, NODE_130] = [
  [1.0157, 7.6286],
  [6.4806, 49.047],
] as const;

function tile(rows: number, columns: number) {
  const without = device.spreads.map(({ name }) => name);
  const kernel = compileKernel(device, { rows, columns, seed: 1, without });
  kernel.conductance.fill(0.5);
  return kernel;
}

/** State behind a pulse up: the curve of 97 pulses with label 2.4, one pulse on from where the state is on it. */
function pulsedUp(state: number): number {
  const bend = curvatureOfLabel(2.4);
  const place = -Math.log(1 - state * -Math.expm1(-bend)) / bend;
  return Math.expm1(-bend * (place + 1 / 97)) / Math.expm1(-bend);
}

/** A pulse on one cell with half of its voltage on the others of its lines. */
function pulsed(rows: number, columns: number) {
  const kernel = tile(rows, columns);
  kernel.pulse({ rows: [0], columns: [0], both: V_UP, rowOnly: V_UP / 2, columnOnly: V_UP / 2, neither: 0 }, PULSE);
  return { selected: kernel.selectedEnergy, half: kernel.halfSelectedEnergy };
}

/** V I t of all cells at the read voltage, and half C dV^2 for every row there and back. */
function readHere(rows: number, columns: number): number {
  const count = rows * columns;
  const currents = new Float64Array(count);
  tile(rows, columns).currentsAt(new Float64Array(count).fill(V_READ), currents, new Float64Array(count));
  const cells = currents.reduce((sum, amperes) => sum + amperes * V_READ, 0) * READ;
  return cells + rows * 2 * 0.5 * wire(columns) * V_READ ** 2;
}

/** Parts of C V^2 that the lines of one pulse take, from the counts of a pulse program with `bias half`. */
function lineShare(): number {
  const diagnostics = new DiagnosticBag();
  const host = withStandardLibrary(createDiskHost());
  const network = loadNetwork('examples/half-select/passive.ion', host, new Map(), diagnostics);
  const experiment = network?.experiments.find(({ name }) => name === 'HalfSelect');
  const mapped = network && experiment && mapExperiment(network, experiment, diagnostics);
  const result = mapped && simulate(mapped, diagnostics);
  invariant(result, JSON.stringify(diagnostics.all));
  return result.activity.lineSteps.reduce((sum, { volts, count }) => sum + 0.5 * count * volts ** 2, 0) / 3 ** 2;
}

function conversionHere(bits: number): number {
  const converter = { bits, settleSeconds: 0, conversionSeconds: 0 };
  const [conversions] = conversionComponents(1, converter, TECHNOLOGIES['130 nm']);
  return conversions?.energy_J ?? NaN;
}

interface Row {
  readonly event: string;
  readonly theirs: number;
  readonly ours: number;
  /** Bounds of ours by theirs. */
  readonly within: readonly [number, number];
}

function rows(): readonly Row[] {
  const { selected, half } = pulsed(400, 100);
  const second = pulsed(100, 10);
  const alike: Row['within'] = [0.99, 1.02];
  const column = wire(400);
  return [
    {
      event: 'one pulse of 3.2 V for 300 µs, its cell half-way up',
      theirs: V_UP ** 2 * (((siemens(0.5) + siemens(pulsedUp(0.5))) / 2) * PULSE + column),
      ours: selected,
      within: alike,
    },
    {
      event: 'the 498 cells beside it, 400 x 100',
      theirs: (99 + 399) * (V_UP / 2) ** 2 * (siemens(0.5) * PULSE + column),
      ours: half,
      within: alike,
    },
    {
      event: 'the 108 cells beside it, 100 x 10',
      theirs: (9 + 99) * (V_UP / 2) ** 2 * (siemens(0.5) * PULSE + wire(100)),
      ours: second.half,
      within: alike,
    },
    { event: 'lines of one pulse, 400 cells', theirs: column * V_UP ** 2, ours: lineShare() * column * V_UP ** 2, within: [0.49, 0.51] }, // prettier-ignore
    { event: 'one read of 400 x 100, all rows on', theirs: readBy(400, 100), ours: readHere(400, 100), within: [0.999, 1.001] }, // prettier-ignore
    { event: 'one read of 100 x 10, all rows on', theirs: readBy(100, 10), ours: readHere(100, 10), within: [0.999, 1.001] }, // prettier-ignore
    { event: 'a code of 5 bits, both 130 nm', theirs: sar(5, NODE_130), ours: conversionHere(5), within: [2, 5] },
    { event: 'a code of 8 bits, both 130 nm', theirs: sar(8, NODE_130), ours: conversionHere(8), within: [8, 20] },
    { event: 'a code of 8 bits, 32 nm, here 130 nm', theirs: sar(8, NODE_32), ours: conversionHere(8), within: [50, 150] }, // prettier-ignore
  ];
}

it('agrees with NeuroSim on cells and reads, and differs where the page says', () => {
  for (const { event, theirs, ours, within } of rows()) {
    expect(ours / theirs, event).toBeGreaterThan(within[0]);
    expect(ours / theirs, event).toBeLessThan(within[1]);
  }
});

it('is the table of the page', () => {
  const lines = rows().map(({ event, theirs, ours }) => {
    const figures = [theirs, ours].map((joules) => formatQuantity(joules, 'J'));
    return `| ${event} | ${figures.join(' | ')} | ${formatNumber(ours / theirs)} |\n`;
  });
  const page = readFileSync(PAGE, 'utf8');
  const [open, end] = ['<!-- table: neurosim -->\n', '<!-- end -->'];
  const wanted = page.slice(0, page.indexOf(open) + open.length) + lines.join('') + page.slice(page.indexOf(end));
  if (process.env['UPDATE_GOLDENS'] === '1') writeFileSync(PAGE, wanted);
  else expect(page).toBe(wanted);
});
