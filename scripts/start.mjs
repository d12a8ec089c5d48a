/**
 * `npm start`: the main job on the flagship example, as a user would type it.
 * Needs Node only: the embedded engine simulates the emitted SystemVerilog.
 */
import { root, run, setUp } from './setup.mjs';
import path from 'node:path';

const example = 'examples/ecram-image/image.ion';
const folder = 'build/ecram-image';
const page = 'build/ecram-image.html';

const steps = [
  ['compile to SystemVerilog, harness and energy model', ['build', example, '-o', folder, '--target', 'all']],
  ['co-simulate the emitted controller against the device models', ['cosim', example, '--engine', 'wasm']],
  ['estimate the energy', ['energy', example, '--experiment', 'Calibrated']],
  ['write the report', ['report', example, '-o', page]],
];

setUp();
for (const [purpose, args] of steps) {
  console.log(`\n# ${purpose}\n$ npx ionloom ${args.join(' ')}`);
  const status = run(process.execPath, [path.join(root, 'bin', 'ionloom.js'), ...args]);
  if (status !== 0) process.exit(status);
}
console.log(`\nArtifacts: ${folder}/manifest.json lists them`);
console.log(`Report:    ${path.join(root, page)}`);
console.log(
  'Next:      npx ionloom init build/mine makes a small description of your own; docs/tutorials begins with it',
);
