/**
 * The harness back end: a TypeScript project that runs the experiments without the compiler. Data and structure are
 * generated; behaviour is the compiler's own source, copied.
 */
import type { Artifact } from '../../core/artifact.js';
import { invariant } from '../../core/invariant.js';
import type { DeviceModel } from '../../devices/device-model.js';
import { kernelModuleText } from '../../devices/kernel-source.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { ScheduledModule } from '../../ir/scheduled.js';
import { emitDevice, emitExperiment, emitExperimentList, emitMain, emitProgram } from './emit-data.js';
import { fileNames } from './file-names.js';
import { emitNetworks } from './emit-networks.js';
import { emitProjectFiles } from './emit-project.js';
import { runtimeClosure, type RuntimeSource } from './runtime-closure.js';

/** Folder of the project in the output folder. */
const ROOT = 'harness/';

/**
 * The project that runs `modules`, one schedule (of the first seed) per experiment on a program, and `studies`, all
 * points of experiments on networks; `source` gives the runtime.
 */
export function emitHarness(
  modules: readonly ScheduledModule[],
  source: RuntimeSource,
  studies: readonly MappedNetwork[] = [],
): readonly Artifact[] {
  invariant(modules.length + studies.length > 0, 'a harness has at least one experiment');
  const generated = [...emitPrograms(modules), ...(studies.length > 0 ? emitNetworks(ROOT, studies) : [])];
  return [...emitProjectFiles(ROOT, modules, studies), ...generated, ...runtimeClosure(generated, ROOT, source)];
}

function emitPrograms(modules: readonly ScheduledModule[]): readonly Artifact[] {
  const [first] = modules;
  if (!first) return [];
  const devices = distinctDevices(modules);
  const deviceFiles = fileNames(devices.map((device) => device.name));
  const experimentFiles = fileNames(modules.map(({ mapped }) => mapped.experiment.name));
  const deviceFileOf = (module: ScheduledModule): string =>
    deviceFiles[devices.findIndex((device) => device.name === module.mapped.device.name)] ?? '';
  return [
    ...devices.flatMap((device, index) => {
      const file = deviceFiles[index] ?? '';
      return [
        typescript(`src/kernels/${file}.ts`, kernelModuleText(device, '../runtime')),
        typescript(`src/devices/${file}.ts`, emitDevice(device, file)),
      ];
    }),
    ...modules.flatMap((module, index) => {
      const file = experimentFiles[index] ?? '';
      return [
        typescript(`src/experiments/${file}.ts`, emitExperiment(module, deviceFileOf(module))),
        typescript(`src/programs/${file}.ts`, emitProgram(module)),
      ];
    }),
    typescript(
      'src/experiments.ts',
      emitExperimentList(
        modules.map((module, index) => ({
          file: experimentFiles[index] ?? '',
          deviceFile: deviceFileOf(module),
          hasWires: module.mapped.wires !== undefined,
        })),
      ),
    ),
    typescript('src/main.ts', emitMain(first.mapped.source)),
  ];
}

function typescript(path: string, text: string): Artifact {
  return { path: ROOT + path, kind: 'typescript', text };
}

function distinctDevices(modules: readonly ScheduledModule[]): readonly DeviceModel[] {
  return [...new Map(modules.map(({ mapped }) => [mapped.device.name, mapped.device])).values()];
}
