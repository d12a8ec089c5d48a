/** What a simulation came to, as the page shows it: documents, energy, plots, and the report as a page. */
import { estimateEnergy } from '../../../src/backends/energy/estimate-energy.js';
import { estimateStudy } from '../../../src/backends/energy/estimate-study.js';
import type { Technology } from '../../../src/backends/energy/terms.js';
import type { CommandContext } from '../../../src/cli/command.js';
import type { Design } from '../../../src/cli/experiments.js';
import { resultDocument } from '../../../src/cli/result-text.js';
import type { SimResults } from '../../../src/cli/simulate-design.js';
import { studyDocument } from '../../../src/cli/study-text.js';
import { readVersion } from '../../../src/cli/version.js';
import { legalize, scheduleFirstSeed } from '../../../src/compiler.js';
import { sha256Hex } from '../../../src/core/sha256.js';
import { pointName } from '../../../src/networks/run/run-points.js';
import { imagePlots } from '../../../src/report/image-section.js';
import type { Plot } from '../../../src/report/plots/plot-spec.js';
import { learningPlots, timingWindowPlot } from '../../../src/report/plots/study-plots.js';
import { loadPlotDrawer } from '../../../src/report/render-plot.js';
import { renderReport } from '../../../src/report/render-report.js';
import type { ReportExperiment, ReportStudy } from '../../../src/report/report-input.js';
import { MAX_TEXT_BYTES } from '../limits.js';
import { basename } from 'node:path';
import type { PlotPicture, ResultDocument, Simulated } from '../protocol.js';

interface DescriptionSetup {
  readonly context: CommandContext;
  readonly technology: Technology;
  /** The file that was compiled. */
  readonly source: string;
}

/** `results` of `design`, priced and drawn. */
export async function describeResults(
  results: SimResults,
  design: Design,
  { context, technology, source }: DescriptionSetup,
): Promise<Simulated> {
  const experiments = reportExperiments(results, design, { context, technology });
  const studies = reportStudies(results, design, technology);
  const bytes = context.host.readBytes(source, MAX_TEXT_BYTES);
  const isRead = bytes instanceof Uint8Array;
  return {
    experiments: [
      ...(await Promise.all(
        experiments.map(async ({ result, energy }) => {
          // What the documents of `sim --json` hold is what the protocol says
          return { document: resultDocument(result) as ResultDocument, energy, plots: await draw(imagePlots(result)) };
        }),
      )),
      ...(await Promise.all(
        studies.map(async ({ name, result, energy }) => {
          const plots = [...result.windows.map(timingWindowPlot), ...learningPlots(result)];
          return { document: { ...(studyDocument(result) as ResultDocument), name }, energy, plots: await draw(plots) };
        }),
      )),
    ],
    report: await renderReport({
      title: basename(source, '.ion'),
      source,
      version: readVersion(context.host),
      environment: {
        tools: [['Engine', 'none: simulated in the playground']],
        ...(isRead && { sha256: sha256Hex(bytes) }),
      },
      experiments,
      studies,
      sources: isRead ? [{ file: source, text: new TextDecoder().decode(bytes) }] : [],
    }),
  };
}

function reportExperiments(
  { programs }: SimResults,
  design: Design,
  { context, technology }: Omit<DescriptionSetup, 'source'>,
): readonly ReportExperiment[] {
  return programs.flatMap((result, index) => {
    const mapped = design.experiments[index];
    if (!mapped) return [];
    const scheduled = scheduleFirstSeed(mapped, context.diagnostics);
    const listing = scheduled && legalize(scheduled).program.listing;
    return [{ result, mapped, energy: estimateEnergy(result, mapped, technology), listing }];
  });
}

function reportStudies({ studies }: SimResults, design: Design, technology: Technology): readonly ReportStudy[] {
  return studies.flatMap((result, index) => {
    const network = design.studies[index];
    if (!network) return [];
    return [{ name: pointName(network), result, network, energy: estimateStudy(result, network, technology) }];
  });
}

/** Plots that are drawn of one experiment, at most; the report has all. */
const MAX_PLOTS = 12;

let drawn = 0;

async function draw(plots: readonly Plot[]): Promise<readonly PlotPicture[]> {
  if (plots.length === 0) return [];
  const drawPlot = await loadPlotDrawer();
  const pictures: PlotPicture[] = [];
  for (const { title, description, spec } of plots.slice(0, MAX_PLOTS)) {
    // Identifiers inside differ from those of other drawings on the page
    pictures.push({ title, description, svg: await drawPlot(spec, `plot-${String(drawn++)}`) });
  }
  return pictures;
}
