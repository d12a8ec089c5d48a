/** Experiments on networks, mapped: structure written out, parameters set, synapses on tiles, sweeps enumerated. */
import { describe, expect, it } from 'vitest';
import { mapStudy, type ModuleSource } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { invariant } from '../../../src/core/invariant.js';
import { compileSource } from '../../../src/dsl/front-end.js';
import type { MappedNetwork } from '../../../src/ir/mapped-network.js';
import { neuronRange, populationsNamed, projectionsNamed } from '../../../src/ir/neuron-ranges.js';
import { parseModule } from '../../../src/ir/parse.js';
import { checkGrids } from '../../../src/ir/passes/check-grids.js';
import { expandParts } from '../../../src/ir/tile-parts.js';
import { printModule } from '../../../src/ir/print.js';
import { sweepPoints } from '../../../src/ir/sweep-points.js';
import { memoryHost } from '../../support/memory-host.js';
import { BENCH, CLASSIFIER, experimentOn, SPIKING } from '../../support/study-text.js';

/** All points of the experiment `Try` of `text`, mapped, with the codes of what was reported. */
function mapText(text: string) {
  const diagnostics = new DiagnosticBag();
  const source: ModuleSource = { file: 'input.ion', host: memoryHost({ 'input.ion': text }), overrides: new Map() };
  const network = compileSource(source.file, source.host, source.overrides, diagnostics);
  invariant(network, JSON.stringify(diagnostics.all, undefined, 1));
  const [study] = network.studies;
  invariant(study, 'the text has an experiment');
  const points = sweepPoints(study).map((point) => mapStudy({ network, study, point }, source, diagnostics));
  const codes = diagnostics.all.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  return { points: points.filter((point) => point !== undefined), codes, diagnostics: diagnostics.all };
}

function mapOne(text: string): MappedNetwork {
  const { points, diagnostics } = mapText(text);
  const [point] = points;
  invariant(point, JSON.stringify(diagnostics));
  return point;
}

const DEVICE = 'import device protonEis from "std/devices"\n';

/** Layers one behind the other, each with two projections, the second inside a loop. */
const LAYERS = `module Layer {
  param size = 4
  input x : spikes[size]
  population cells : lif[size]
  population helper : lif[size]
  projection forward : x -> cells one-to-one { weights ~ normal(1, 0.1) seed 5 }
  for i in 0 .. size - 2 { projection next : cells[i] -> cells[i + 1] all-to-all { weights = 0.5 * (1 + 0) } }
  projection drawn : cells -> helper probability 50 % seed 7
  output y = cells
}
network Deep {
  population source : spikes[8]
  use Layer[3] as stage { size = 4 }
  connect source[4 .. 7] -> stage[0].x
  for i in 0 .. 1 { connect stage[i].y -> stage[i + 1].x }
}
`;

describe('structure', () => {
  const deep = mapOne(
    BENCH + LAYERS + experimentOn('Deep', 'stimulate source[4 .. 5] with poisson(20 Hz) for 1 s', 'pair stage[1].y with stage[2].cells at 0 s .. 1 ms step 1 ms'), // prettier-ignore
  );

  it('names populations of modules behind their instance', () => {
    const names = deep.populations.map(({ name }) => name);
    expect(names).toEqual(['source', ...[0, 1, 2].flatMap((at) => [`stage[${at}].cells`, `stage[${at}].helper`])]);
    expect(deep.populations[1]).toMatchObject({ size: 4, settings: { tau: 0.02, threshold: 1 } });
  });

  it('follows connections through ports to the population behind them', () => {
    const forward = projectionsNamed('stage.forward', deep);
    expect(forward.map(({ from, to }) => [from, to])).toEqual([
      [{ population: 0, first: 4, count: 4 }, { population: 1, first: 0, count: 4 }], // prettier-ignore
      [{ population: 1, first: 0, count: 4 }, { population: 3, first: 0, count: 4 }], // prettier-ignore
      [{ population: 3, first: 0, count: 4 }, { population: 5, first: 0, count: 4 }], // prettier-ignore
    ]);
    expect(populationsNamed('stage.cells', deep)).toHaveLength(3);
  });

  it('writes loops out, with their index in the name', () => {
    const next = projectionsNamed('stage.next', deep).slice(0, 3);
    expect(next.map(({ name, from, to }) => [name, from.first, to.first])).toEqual([
      ['stage[0].next[0]', 0, 1],
      ['stage[0].next[1]', 1, 2],
      ['stage[0].next[2]', 2, 3],
    ]);
  });

  it('draws copies differently', () => {
    const seeds = projectionsNamed('stage.drawn', deep).map(({ connectivity }) => 'seed' in connectivity && connectivity.seed); // prettier-ignore
    expect(seeds[0]).toBe(7);
    expect(new Set(seeds).size).toBe(3);
  });

  it('makes endpoints of the schedule name populations', () => {
    const [stimulus, pair] = deep.study.schedule;
    invariant(stimulus?.kind === 'stimulate' && pair?.kind === 'pair', 'the schedule keeps its order');
    expect(neuronRange(stimulus.target, deep)).toEqual({ population: 0, first: 4, count: 2 });
    expect(neuronRange(pair.pre, deep)).toEqual({ population: 3, first: 0, count: 4 });
    expect(pair.pre.path).toEqual([{ name: 'stage[1].cells' }]);
  });

  it('prints and reads back', () => {
    const text = printModule(deep);
    expect(parseModule(text)).toEqual(deep);
  });

  it('refuses ports that no single population drives, and circles of ports', () => {
    const parts = LAYERS.replace('connect source[4 .. 7] -> stage[0].x', 'connect source[0 .. 1] -> stage[0].x[0 .. 1]\n  connect source[4 .. 5] -> stage[0].x[2 .. 3]'); // prettier-ignore
    const experiment = experimentOn('Deep', 'stimulate source with poisson(20 Hz) for 1 s');
    expect(mapText(BENCH + parts + experiment).codes).toEqual(['schedule/port-in-parts']);
    const joined = parts.replace('source[4 .. 5]', 'source[2 .. 3]');
    expect(projectionsNamed('stage.forward', mapOne(BENCH + joined + experiment))[0]?.from).toEqual({ population: 0, first: 0, count: 4 }); // prettier-ignore
    const circle = `module Wire {\n  input x : spikes[4]\n  output y = x\n}\nnetwork Round {\n  population source : spikes[4]\n  population sink : lif[4]\n  use Wire[2] as wire\n  connect wire[0].y -> wire[1].x\n  connect wire[1].y -> wire[0].x\n  projection source -> sink one-to-one\n  projection wire[0].y -> sink one-to-one\n}\n`;
    expect(mapText(BENCH + circle + experimentOn('Round', 'stimulate source with poisson(20 Hz) for 1 s')).codes).toEqual(['schedule/port-circle']); // prettier-ignore
  });

  it('refuses networks that are too large to be written out', () => {
    const many = LAYERS.replace('Layer[3]', 'Layer[90000]').replace('0 .. 1 { connect stage', '0 .. 89998 { connect stage'); // prettier-ignore
    expect(mapText(BENCH + many + experimentOn('Deep', 'stimulate source with poisson(20 Hz) for 1 s')).codes).toEqual(['schedule/network-too-large']); // prettier-ignore
  });
});

describe('parameters', () => {
  const spiking = (...clauses: string[]) =>
    BENCH + 'param hertz = 20 Hz\n' + SPIKING + experimentOn('Net', 'stimulate pre with poisson(hertz) for 1 s', ...clauses); // prettier-ignore

  it('sets those of rules, and sweeps them', () => {
    const { points } = mapText(spiking('set stdp.a = 2 nS', 'sweep stdp.tau in [10 ms, 20 ms]', 'sweep stdp.a in 1 nS .. 2 nS step 0.5 nS')); // prettier-ignore
    const values = points.map(({ projections }) => {
      const parameters = projectionsNamed('synapses', { projections })[0]?.learning[0]?.rule.parameters ?? [];
      return parameters.map(({ value }) => Number(value.toPrecision(6)));
    });
    expect(values).toEqual([[1e-9, 0.01], [1.5e-9, 0.01], [2e-9, 0.01], [1e-9, 0.02], [1.5e-9, 0.02], [2e-9, 0.02]]); // prettier-ignore
    expect(points[3]?.point.map(({ name }) => name)).toEqual(['stdp.tau', 'stdp.a']);
  });

  it('keeps what the place of use says', () => {
    const own = spiking('set stdp.a = 2 nS', 'set stdp.tau = 5 ms').replace('{ learn stdp }', '{ learn stdp { a = 3 nS } }'); // prettier-ignore
    const [synapses] = projectionsNamed('synapses', mapOne(own));
    expect(synapses?.learning[0]?.rule.parameters.map(({ value }) => value)).toEqual([3e-9, 5e-3]);
  });

  it('compiles the file anew for its own and those of the network', () => {
    const { points } = mapText(spiking('set Net.size = 6', 'sweep hertz in [10 Hz, 30 Hz]'));
    const seen = points.map(({ study: { schedule }, populations }) => {
      const [stimulus] = schedule;
      invariant(stimulus?.kind === 'stimulate' && stimulus.pattern.kind === 'poisson', 'the schedule is kept');
      return [stimulus.pattern.hertz, populations[1]?.size];
    });
    expect(seen).toEqual([[10, 6], [30, 6]]); // prettier-ignore
  });

  it('sets those of devices', () => {
    const text = DEVICE + spiking('set protonEis.stepAtPulse = 3 nS').replace('all-to-all { learn', 'all-to-all on protonEis { learn'); // prettier-ignore
    const [synapses] = projectionsNamed('synapses', mapOne(text));
    const step = synapses?.device?.parameters.find(({ name }) => name === 'stepAtPulse');
    expect(step?.value).toBeCloseTo(3e-9, 15);
  });
});

describe('tiles', () => {
  const grid = (tile: string) => BENCH.replace('tile 8 x 8', tile);
  const classifier = (encode: string) => DEVICE + CLASSIFIER.replace('pixels -> digit dense', `pixels -> digit dense on protonEis { ${encode} }`); // prettier-ignore
  const trial = 'wait 1 s';

  it('cuts matrices into tiles, pairs side by side, biases behind the last neuron', () => {
    const text = grid('tile 10 x 8 grid 2 x 3') + classifier('encode differential window 10 nS .. 200 nS scale 100 nS');
    const { parts } = mapOne(text + experimentOn('Classifier', trial)).projections[0] ?? { parts: [] };
    expect(parts.map(({ repeat }) => repeat)).toEqual([{ rows: 1, columns: 2, stride: 2 }, undefined, { rows: 1, columns: 2, stride: 2 }, undefined]); // prettier-ignore
    expect(expandParts(parts, { rows: 2, columns: 3 }).map(({ tile, rows, columns, at }) => [tile, rows.first, rows.count, columns.first, columns.count, at])).toEqual([
      [{ grid: 0, row: 0, column: 0 }, 0, 10, 0, 4, { row: 0, column: 0 }],
      [{ grid: 0, row: 0, column: 1 }, 0, 10, 4, 4, { row: 0, column: 0 }],
      [{ grid: 0, row: 0, column: 2 }, 0, 10, 8, 2, { row: 0, column: 0 }],
      [{ grid: 0, row: 1, column: 0 }, 10, 7, 0, 4, { row: 0, column: 0 }],
      [{ grid: 0, row: 1, column: 1 }, 10, 7, 4, 4, { row: 0, column: 0 }],
      [{ grid: 0, row: 1, column: 2 }, 10, 7, 8, 2, { row: 0, column: 0 }],
    ]); // prettier-ignore
  });

  it('takes several grids where one is too small, and tells what the chip has no tiles for', () => {
    const text = grid('tile 8 x 8 grid 1 x 2') + classifier('encode single window 10 nS .. 200 nS scale 100 nS');
    const experiment = experimentOn('Classifier', trial);
    const { points, codes } = mapText(text + experiment);
    expect(codes).toEqual([]);
    const parts = expandParts(points[0]?.projections[0]?.parts ?? [], { rows: 1, columns: 2 });
    expect(parts.map(({ tile }) => tile.grid)).toEqual([0, 0, 1, 0, 1, 0]);
    const bag = new DiagnosticBag();
    expect(points.flatMap((point) => checkGrids(point, bag)).map(({ name }) => name)).toEqual(['first']);
    expect(bag.all.map(({ code, severity }) => [code, severity])).toEqual([['schedule/grid-exceeded', 'warning']]);
  });
});
