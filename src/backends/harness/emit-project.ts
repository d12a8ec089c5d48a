/** The files around the sources of a harness: package, compiler settings, instructions. */
import type { Artifact } from '../../core/artifact.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { ScheduledModule } from '../../ir/scheduled.js';
import { dataFileNames } from './emit-networks.js';

/** What the harness is compiled with; the versions that the project itself is tested with. */
export const HARNESS_DEV_DEPENDENCIES = { '@types/node': '20.19.43', typescript: '6.0.3' } as const;

const COMPILER_OPTIONS = {
  target: 'es2022',
  lib: ['es2023'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  rootDir: 'src',
  outDir: 'dist',
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  skipLibCheck: true,
} as const;

/** `package.json`, `tsconfig.json` and `README.md` under `root`. */
export function emitProjectFiles(
  root: string,
  modules: readonly ScheduledModule[],
  studies: readonly MappedNetwork[],
): readonly Artifact[] {
  const networks = 'tsc && node dist/networks/main.js';
  const start = modules.length > 0 ? 'tsc && node dist/main.js' : networks;
  const manifest = {
    name: 'ionloom-harness',
    version: '0.0.0',
    private: true,
    type: 'module',
    engines: { node: '>=20' },
    scripts: { start, ...(studies.length > 0 && { networks }) },
    devDependencies: HARNESS_DEV_DEPENDENCIES,
  };
  return [
    { path: `${root}package.json`, kind: 'json', text: json(manifest) },
    { path: `${root}tsconfig.json`, kind: 'json', text: json({ compilerOptions: COMPILER_OPTIONS, include: ['src'] }) },
    { path: `${root}README.md`, kind: 'markdown', text: readme(modules, studies) },
  ];
}

function readme(modules: readonly ScheduledModule[], studies: readonly MappedNetwork[]): string {
  const parts = [
    '# Simulation harness\n',
    ...(modules.length > 0 ? [programsText(modules)] : []),
    ...(studies.length > 0 ? [networksText(modules, studies)] : []),
  ];
  return parts.join('\n');
}

function programsText(modules: readonly ScheduledModule[]): string {
  const names = modules.map(({ mapped }) => `\`${mapped.experiment.name}\``).join(', ');
  return `Runs ${names} on the device models: the same pulse program that the generated controller
executes, interpreted. It needs Node 20 and nothing of the compiler.

    npm install
    npm start
    npm start -- --json

It ends with status 1 if an expectation fails.

| file | holds |
| - | - |
| \`src/experiments/\` | pictures, tile, seeds and expectations; change them and run again |
| \`src/kernels/\` | the device's physics, compiled from its equations |
| \`src/devices/\` | facts of the device, with their sources |
| \`src/programs/\` | pulse programs of the first seed, as built into the controller |
| \`src/runtime/\` | interpreter, scheduler, random numbers: copied from the compiler |
`;
}

function networksText(modules: readonly ScheduledModule[], studies: readonly MappedNetwork[]): string {
  const names = [...new Set(studies.map(({ study }) => `\`${study.name}\``))].join(', ');
  const files = [...dataFileNames(studies).values()].map((file) => `\`${file}\``);
  const data =
    files.length === 0
      ? ''
      : `\nPut your copies of the data files into this folder first: ${files.join(', ')}; packed ones keep their name.\n`;
  const command = modules.length > 0 ? 'npm run networks' : 'npm start';
  return `Runs on the device models: ${names}.
Every weight, random number and result is bit by bit that of the compiler's own simulation. It needs Node 20 and nothing
of the compiler.
${data}
    npm install
    ${command}
    ${command} -- --json
    ${command} -- --csv results.csv --checkpoint state.bin

With \`--checkpoint\` the state is saved every minute and on an interrupt (status 130), and a later call goes on from it.
It ends with status 1 if an expectation fails.

| file | holds |
| - | - |
| \`src/networks/points.ts\` | the experiments, an entry for every point of their sweeps; change them and run again |
| \`src/networks/main.ts\` | the run in Node |
| \`src/networks/worker.ts\` | the same as a module for a worker of a browser, without Node; it is told of files by messages |
| \`src/runtime/\` | layers, rules, devices, random numbers: copied from the compiler |
`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
