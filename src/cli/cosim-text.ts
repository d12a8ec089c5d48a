/** Outcomes of co-simulation for people and for scripts. */
import type { CosimResult } from '../cosim/cosimulate.js';
import type { Divergence } from '../cosim/job.js';
import type { ExperimentResult } from '../ir/results.js';
import type { RealizationNote, StudyResult } from '../ir/study-result.js';
import { formatCount, formatQuantity } from '../units/format-quantity.js';
import { expectationDocuments, renderExpectations } from './result-text.js';
import { figureText, renderVerdicts } from './study-text.js';
import { renderTable } from './table.js';
import type { Colors } from './terminal.js';

/** An experiment with the RTL in the loop, and on the harness, which decides its expectations. */
export interface CosimRun {
  readonly cosim: CosimResult;
  readonly result: Pick<ExperimentResult, 'name' | 'firstSeed' | 'seedCount' | 'expectations'> &
    Partial<Pick<StudyResult, 'measures'>>;
  /** What the programs came to, where they say more than the experiment. */
  readonly figures?: RealizationNote['figures'];
  /** Its tiles one by one, each with its controller. */
  readonly tiles: readonly TileCosim[];
}

export interface TileCosim {
  /** `tile0` and so on, or the name of the projection that lives there. */
  readonly name: string;
  readonly cosim: CosimResult;
}

/** Counts, verdict, speed and expectations of one experiment. */
export function renderCosimRun({ cosim, result, figures = [] }: CosimRun, colors: Colors): string {
  const { mismatches } = cosim;
  const seeds = result.seedCount === 1 ? `seed ${result.firstSeed}` : `${result.seedCount} seeds`;
  const verdict =
    mismatches === 0
      ? colors.good('controller and pulse program agree')
      : colors.bad(`${formatCount(mismatches)} mismatches`);
  const facts = [
    ['events compared', formatCount(cosim.events)],
    ['firing among them', formatCount(cosim.pulses)],
    ['converter samples', formatCount(cosim.samples)],
    ['clocks of the design', formatCount(cosim.clocks)],
    ['clocks evaluated', `${formatCount(cosim.evaluatedClocks)}, and ${formatCount(cosim.busClocks)} on the bus`],
    ['largest conductance difference', formatQuantity(cosim.maxConductanceError, 'S')],
    ['simulator', cosim.engineVersion],
    ['build, run', `${formatQuantity(cosim.secondsBuild, 's')}, ${formatQuantity(cosim.seconds, 's')}`],
    ...figures.map(({ name, value, unit }) => [name, figureText(value, unit)]),
  ];
  return [
    `${colors.strong(result.name)}, engine ${cosim.engine}, ${seeds}: ${verdict}`,
    renderTable(facts, ['left', 'left']),
    ...(result.expectations.length > 0 ? [verdictsOf(result, colors)] : []),
  ].join('\n');
}

/** Expectations on a network are about its measures, those on a program about metrics. */
function verdictsOf({ measures, expectations }: CosimRun['result'], colors: Colors): string {
  return measures ? renderVerdicts({ measures, expectations }, colors) : renderExpectations(expectations, colors);
}

/** An experiment as `cosim --json` lists it; `conductances` are the first seed's at its end, tile behind tile [S]. */
export function cosimDocument({ cosim, result, figures = [] }: CosimRun): object {
  const { clocks, evaluatedClocks, events, pulses, samples, mismatches, firstDivergence, digest, seconds } = cosim;
  return {
    name: result.name,
    seed: result.firstSeed,
    seeds: result.seedCount,
    engineVersion: cosim.engineVersion,
    clocks,
    evaluatedClocks,
    busClocks: cosim.busClocks,
    events,
    pulses,
    samples,
    mismatches,
    ...(firstDivergence && { firstDivergence: divergenceDocument(firstDivergence) }),
    maxConductanceError: { value: cosim.maxConductanceError, unit: 'S' },
    conductances: cosim.conductances,
    ...(figures.length > 0 && { figures }),
    digest,
    expectations: expectationDocuments(result.expectations),
    secondsBuild: cosim.secondsBuild,
    secondsRun: seconds,
    clocksPerSecond: clocks / seconds,
    eventsPerSecond: events / seconds,
  };
}

function divergenceDocument({ seconds, seed, dataSet, signal, expected, found, origin, word }: Divergence): object {
  const { line, column } = origin.start;
  return {
    time_s: seconds,
    seed,
    image: dataSet,
    signal,
    expected,
    found,
    source: { file: origin.file, line, column },
    ...(word && { listing: { address: word.address, line: word.listingLine, text: word.text } }),
  };
}
