/** Builds the models in the given files one after the other and prints the seconds of each: a process of its own. */
import { readFileSync } from 'node:fs';
import { DiagnosticBag } from '../../src/core/diagnostic.js';
import type { Engine, ModelSource } from '../../src/cosim/engine.js';
import { verilatorEngine } from '../../src/cosim/engines/verilator/engine.js';
import { wasmEngine } from '../../src/cosim/engines/wasm/engine.js';

const ENGINES: Readonly<Record<string, Engine>> = { verilator: verilatorEngine, wasm: wasmEngine };

const [name = '', ...files] = process.argv.slice(2);
const engine = ENGINES[name];
if (!engine) throw new Error(`no engine ${name}`);
const seconds: number[] = [];
for (const file of files) {
  const diagnostics = new DiagnosticBag();
  const model = await engine.prepare(JSON.parse(readFileSync(file, 'utf8')) as ModelSource, diagnostics);
  if (!model) throw new Error(diagnostics.all.map(({ message }) => message).join('; '));
  seconds.push(model.buildSeconds);
}
console.log(JSON.stringify(seconds));
