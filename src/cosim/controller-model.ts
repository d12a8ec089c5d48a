/** The emitted controller as a model source: which files, ports, strobes and watched outputs an engine needs. */
import type { Artifact } from '../core/artifact.js';
import { CLOCK_PORT, controllerPorts, RESET_PORT } from '../ir/controller-ports.js';
import type { LegalModule } from '../ir/legal.js';
import type { ModelSource } from './engine.js';

/** The controller of `legal`, whose emitted files are among `artifacts` in dependency order. */
export function controllerModel(legal: LegalModule, artifacts: readonly Artifact[]): ModelSource {
  return {
    top: legal.name,
    files: artifacts
      .filter(({ kind }) => kind === 'systemverilog')
      .map(({ path, text }) => ({ name: path.split('/').at(-1) ?? path, text })),
    clock: CLOCK_PORT,
    reset: RESET_PORT,
    ports: controllerPorts(legal)
      .flatMap(({ ports }) => ports)
      .filter(({ name }) => name !== CLOCK_PORT)
      .map(({ name, direction, width }) => ({ name, direction, width })),
    strobes: ['warp_i', 'adc_valid_i'],
    // `left_o`: the driver wants to skip as soon as there is something to skip.
    watch: ['line_event_o', 'adc_conv_o', 'left_o'],
  };
}
