/** What was seen of co-simulations: files that were asked for, text for people, fields for scripts. */
import path from 'node:path';
import { unreachable } from '../core/invariant.js';
import type { Observations } from '../cosim/observe/observation.js';
import { formatQuantity } from '../units/format-quantity.js';
import { CLI_CATALOGUE } from './catalogue.js';
import type { CommandContext } from './command.js';
import { historyDocument, renderHistory } from './cell-history-text.js';
import type { CosimRun, TileCosim } from './cosim-text.js';
import { waveFormat, type ObservationOptions } from './observation-options.js';
import { EXPERIMENT_FILE, replayCommand, reproductionArtifacts } from './reproduction-folder.js';
import { writeFile, writeFolder } from './write-output.js';

/** What a command adds to its result. */
export interface ToldObservations {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly text: readonly string[];
}

interface SeenTile extends TileCosim {
  readonly experiment: string;
}

/** Writes and tells what was seen of `runs`; undefined after reporting what could not be written. */
export async function tellObservations(
  runs: readonly CosimRun[],
  options: ObservationOptions,
  context: CommandContext,
): Promise<ToldObservations | undefined> {
  const tiles = runs.flatMap(({ result, tiles: own }) => own.map((tile) => ({ ...tile, experiment: result.name })));
  const waves = await writeWaves(tiles, options, context);
  const reproduction = waves && (await writeReproduction(tiles, options, context));
  if (!reproduction) return undefined;
  const histories = tiles.flatMap(({ name, cosim }) =>
    (cosim.observations?.why ?? []).map((history) => ({ name, history })),
  );
  return {
    fields: {
      ...(waves.length > 0 && { waves }),
      ...(options.why && { why: histories.map(({ name, history }) => historyDocument(name, history)) }),
      ...reproduction.fields,
    },
    text: [
      ...histories.map(({ name, history }) => renderHistory(name, history)),
      ...waves.map((file) => `wave in ${file}`),
      ...reproduction.text,
    ],
  };
}

/** One file for each tile; where there are several, their names get those of experiment and tile. */
async function writeWaves(
  tiles: readonly SeenTile[],
  { wave }: ObservationOptions,
  { diagnostics }: CommandContext,
): Promise<readonly string[] | undefined> {
  if (wave === undefined) return [];
  const files: string[] = [];
  for (const { experiment, name, cosim } of tiles) {
    const file = tiles.length === 1 ? wave : withName(wave, `${experiment}-${name}`);
    const content = await waveContent(wave, cosim.observations);
    if (content === undefined) continue;
    if (!(await writeFile(file, content, diagnostics))) return undefined;
    files.push(file);
    const record = cosim.observations?.wave;
    if (record?.isCut)
      diagnostics.report(CLI_CATALOGUE, 'wave-cut', { path: file, seconds: record.endClock / record.clockHz });
  }
  return files;
}

function withName(file: string, name: string): string {
  const { dir, name: base, ext } = path.parse(file);
  return path.join(dir, `${base}-${name.replace(/[^\w.-]+/g, '_')}${ext}`);
}

async function waveContent(
  file: string,
  { wave, diagram }: Observations = {},
): Promise<string | Uint8Array | undefined> {
  const format = waveFormat(file);
  switch (format) {
    case '.vcd':
      return wave && (await import('../cosim/observe/vcd.js')).writeVcd(wave);
    case '.fst':
      return wave && (await import('../cosim/observe/fst.js')).writeFst(wave);
    case '.json':
    case '.svg': {
      if (!diagram) return undefined;
      const { timingDiagram } = await import('../cosim/observe/timing-diagram.js');
      const { wavedromText } = await import('../cosim/observe/wavedrom.js');
      const { timingFile } = await import('../report/timing-svg.js');
      const drawn = timingDiagram(diagram.trace, diagram.window);
      const title = `${diagram.name}, clocks at ${formatQuantity(diagram.clockHz, 'Hz')}`;
      return format === '.json' ? wavedromText(drawn, title) : timingFile(drawn, title);
    }
    case undefined:
      return undefined;
    default:
      return unreachable(format);
  }
}

const DEFAULT_FOLDER = 'mismatch';

/** The first mismatch of all tiles, as a folder. */
async function writeReproduction(
  tiles: readonly SeenTile[],
  { output = DEFAULT_FOLDER }: ObservationOptions,
  { host, diagnostics }: CommandContext,
): Promise<ToldObservations | undefined> {
  const found = tiles.find(({ cosim }) => cosim.reproduction);
  if (!found?.cosim.reproduction) return { fields: {}, text: [] };
  const { cosim } = found;
  const { before, after, trials } = found.cosim.reproduction;
  if (!(await writeFolder(output, reproductionArtifacts(cosim, host), diagnostics))) return undefined;
  const command = replayCommand(output, cosim.engine);
  const text = `reproduced by ${after.entries} of ${before.entries} work-list entries, ${after.dataSets} of ${before.dataSets} data sets: ${command}`;
  const experiment = path.join(output, EXPERIMENT_FILE);
  return { fields: { reproduction: { folder: output, experiment, command, before, after, trials } }, text: [text] };
}
