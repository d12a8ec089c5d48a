import { join } from 'node:path';
import { describe, it } from 'vitest';
import { loadNetwork, mapExperiment, mapStudy, scheduleFirstSeed } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../src/core/disk.js';
import { renderDiagnostic } from '../../../src/core/render-diagnostic.js';
import { withStandardLibrary } from '../../../src/dsl/standard-library.js';
import { SCHEDULE_CATALOGUE } from '../../../src/ir/catalogue.js';
import { checkGrids } from '../../../src/ir/passes/check-grids.js';
import { checkSums } from '../../../src/ir/passes/check-sums.js';
import { expectGolden, REPOSITORY } from '../../support/golden.js';

describe('every diagnostic of mapping and scheduling', () => {
  it.each(Object.keys(SCHEDULE_CATALOGUE.entries))('schedule/%s', (key) => {
    const folder = `test/golden/diagnostics/schedule/${key}`;
    expectGolden(`${folder}/expected.txt`, diagnose(join(REPOSITORY, folder, 'input.ion')));
  });
});

/** What `ionloom check` prints for `file`, with the folder taken out of the places. */
function diagnose(file: string): string {
  const host = withStandardLibrary(createDiskHost());
  const diagnostics = new DiagnosticBag();
  const network = loadNetwork(file, host, new Map(), diagnostics);
  for (const experiment of network?.experiments ?? []) {
    const mapped = network && mapExperiment(network, experiment, diagnostics);
    if (mapped) scheduleFirstSeed(mapped, diagnostics);
  }
  for (const study of network?.studies ?? []) {
    const source = { file, host, overrides: new Map() };
    const mapped = network && mapStudy({ network, study, point: [] }, source, diagnostics);
    // What `build` asks of a network before it makes controllers
    if (mapped) checkGrids(mapped, diagnostics);
    if (mapped) checkSums(mapped, diagnostics);
  }
  const textOf = (path: string): string | undefined => {
    const bytes = host.readBytes(path, 2 ** 20);
    return bytes instanceof Uint8Array ? new TextDecoder().decode(bytes) : undefined;
  };
  const rendered = diagnostics.all.map((diagnostic) => renderDiagnostic(diagnostic, textOf));
  return `${rendered.join('\n').replaceAll(file, 'input.ion')}\n`;
}
