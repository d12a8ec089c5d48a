/** The files around the sources of a harness: package, compiler settings, instructions. */
import type { Artifact } from '../../core/artifact.js';
import type { ScheduledModule } from '../../ir/scheduled.js';

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
export function emitProjectFiles(root: string, modules: readonly ScheduledModule[]): readonly Artifact[] {
  const manifest = {
    name: 'ionloom-harness',
    version: '0.0.0',
    private: true,
    type: 'module',
    engines: { node: '>=20' },
    scripts: { start: 'tsc && node dist/main.js' },
    devDependencies: HARNESS_DEV_DEPENDENCIES,
  };
  return [
    { path: `${root}package.json`, kind: 'json', text: json(manifest) },
    { path: `${root}tsconfig.json`, kind: 'json', text: json({ compilerOptions: COMPILER_OPTIONS, include: ['src'] }) },
    { path: `${root}README.md`, kind: 'markdown', text: readme(modules) },
  ];
}

function readme(modules: readonly ScheduledModule[]): string {
  const names = modules.map(({ mapped }) => `\`${mapped.experiment.name}\``).join(', ');
  return `# Simulation harness

Runs ${names} on the device models: the same pulse program that the generated controller
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

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
