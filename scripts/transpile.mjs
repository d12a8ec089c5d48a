/**
 * TypeScript of `test` as JavaScript in `.cache`, for commands that are not tests: their types are checked by
 * `npm test`, here they are only stripped; what they import from `src` they get from `dist`.
 */
import fs from 'node:fs';
import path from 'node:path';
import { root, listFiles } from './setup.mjs';

/**
 * @param {readonly string[]} folders below `test`; the files beside them come along
 * @returns {Promise<string>} the folder that stands for `test`
 */
export async function transpileTests(folders) {
  const { default: typescript } = await import('typescript');
  const options = { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 };
  const isWanted = (file) => file.split('/').length === 2 || folders.includes(file.split('/')[1]);
  const files = listFiles('test').filter((file) => isWanted(file) && /(?<!\.test)\.ts$/.test(file));
  for (const file of files) {
    const text = typescript.transpileModule(fs.readFileSync(path.join(root, file), 'utf8'), {
      compilerOptions: options,
    });
    // From .cache the root is as far away as from test
    const place = path.join(root, file.replace(/^test/, '.cache').replace(/\.ts$/, '.js'));
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, text.outputText.replaceAll("'../../src/", "'../../dist/"));
  }
  return path.join(root, '.cache');
}
