/** Experiments that show samples to neurons with equations in time, from text and files to their results. */
import { loadNetwork, mapStudy } from '../../src/compiler.js';
import { DiagnosticBag } from '../../src/core/diagnostic.js';
import { invariant } from '../../src/core/invariant.js';
import type { MappedNetwork } from '../../src/ir/mapped-network.js';
import type { StudyResult } from '../../src/ir/study-result.js';
import { SampleLoader } from '../../src/load-samples.js';
import { loadWeights } from '../../src/load-weights.js';
import { InferenceRun } from '../../src/networks/inference/inference-run.js';
import type { SampleSource } from '../../src/networks/run/study-run.js';
import { memoryHost } from './memory-host.js';

/** Tiles of 8 x 8, and converters that nobody notices. */
export const FINE_CHIP = `chip Fine {
  clock 10 MHz
  bus apb
  tile 8 x 8 {
    bias half
    rails -6 V .. 6 V by 12 bit
    timer 20 bit
    settle 10 us
    adc 0 A .. 5 uA by 32 bit in 1 us settle 1 us shared by 4
    lines 10 pF source "estimate" confidence estimate
  }
}
`;

/** The first experiment of `text`, with its weights and samples read from `files`. */
export function mapInference(
  text: string,
  files: Readonly<Record<string, string>> = {},
): { readonly mapped: MappedNetwork; readonly samples: SampleSource } {
  const diagnostics = new DiagnosticBag();
  const host = memoryHost({ 'input.ion': text, ...files });
  const source = { file: 'input.ion', host, overrides: new Map<string, string>() };
  const network = loadNetwork(source.file, host, source.overrides, diagnostics);
  const [study] = network?.studies ?? [];
  const told = (): string => JSON.stringify(diagnostics.all, undefined, 1);
  invariant(network && study, told());
  const mapped = mapStudy({ network, study, point: [] }, source, diagnostics);
  const [loaded] = (mapped && loadWeights([mapped], host, diagnostics)) ?? [];
  const samples = loaded && new SampleLoader(host).load(loaded, diagnostics);
  invariant(loaded && samples, told());
  return { mapped: loaded, samples };
}

/** The result of the first experiment of `text`. */
export function runInference(text: string, files: Readonly<Record<string, string>> = {}): StudyResult {
  const { mapped, samples } = mapInference(text, files);
  const run = new InferenceRun(mapped, samples);
  while (run.step());
  return run.result();
}

/** A table of numbers as a file. */
export function table(rows: readonly (readonly number[])[]): string {
  return rows.map((row) => `${row.join(',')}\n`).join('');
}
