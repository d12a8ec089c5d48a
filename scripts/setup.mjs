/**
 * Brings a checkout into a state that can run: dependencies, build, and `npx ionloom`.
 * Does nothing where nothing has changed; needs Node and npm only.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/**
 * Runs a program in the checkout with the terminal attached.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {Record<string, string>} [extraEnvironment]
 * @returns {number} exit status; 1 where a signal ended it, 3 where it cannot start
 */
export function run(program, args, extraEnvironment = {}) {
  const options = { cwd: root, stdio: 'inherit', env: { ...process.env, ...extraEnvironment } };
  const { status, error } = spawnSync(program, [...args], options);
  if (error) {
    console.error(`${program}: ${error.message}`);
    return 3;
  }
  return status ?? 1;
}

/** Runs a JavaScript file of a dependency, for example `typescript/bin/tsc`. */
export function runModule(file, args, extraEnvironment) {
  return run(process.execPath, [path.join(root, 'node_modules', file), ...args], extraEnvironment);
}

/** Dependencies, build and the command's link; ends the process with status 3 where that fails. */
export function setUp() {
  requireNode();
  if (!areDependenciesCurrent()) installDependencies();
  linkCommand();
  buildSources();
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 11)) {
    stop(`Node ${process.versions.node} is too old; install Node 20.11 or newer`);
  }
}

/** Compares the lock file with npm's own record of what it installed. */
function areDependenciesCurrent() {
  const installed = readJson('node_modules/.package-lock.json');
  if (installed === undefined) return false;
  const wanted = Object.entries(readJson('package-lock.json')?.packages ?? {});
  return wanted.every(([place, { version, optional }]) => {
    const found = installed.packages?.[place];
    if (place === '' || (optional && found === undefined)) return true;
    return found?.version === version && fs.existsSync(path.join(root, place));
  });
}

function installDependencies() {
  console.error('Installing dependencies (npm ci) ...');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const status = npm?.endsWith('.js') ? run(process.execPath, [npm, ...args]) : run('npm', args);
  if (status !== 0) stop('npm ci failed; see its message above');
}

/** npm links the commands of dependencies, not a package's own: `npx ionloom` needs this link. */
function linkCommand() {
  const link = path.join(root, 'node_modules', '.bin', 'ionloom');
  const target = path.join('..', '..', 'bin', 'ionloom.js');
  if (fs.existsSync(link)) return;
  fs.mkdirSync(path.dirname(link), { recursive: true });
  fs.rmSync(link, { force: true });
  fs.symlinkSync(target, link);
}

/** Compiles `src` to `dist` when a source, the settings or the compiler changed since the last build. */
export function buildSources() {
  const sources = listFiles('src').filter((file) => file.endsWith('.ts'));
  const stamp = path.join(root, 'dist', '.source-hash');
  const hash = hashFiles([...sources, 'tsconfig.json', 'package-lock.json']);
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === hash) return;
  console.error('Compiling src to dist ...');
  if (runModule('typescript/bin/tsc', ['-p', 'tsconfig.json']) !== 0) stop('the sources do not compile');
  removeOrphans(new Set(sources));
  fs.writeFileSync(stamp, hash);
}

/** Output of sources that are gone would still be imported and packed. */
function removeOrphans(sources) {
  for (const file of listFiles('dist')) {
    const source = file.replace(/^dist\//, 'src/').replace(/(\.d\.ts|\.js|\.js\.map)$/, '.ts');
    if (source.endsWith('.ts') && !sources.has(source)) fs.rmSync(path.join(root, file), { force: true });
  }
}

/** Files below a folder of the checkout, relative to the root, sorted, forward slashes. */
export function listFiles(folder) {
  return fs
    .readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((item) => item.isFile())
    .map((item) => path.relative(root, path.join(item.parentPath ?? item.path, item.name)).replaceAll(path.sep, '/'))
    .sort();
}

function hashFiles(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(fs.readFileSync(path.join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));
  } catch {
    return undefined;
  }
}

function stop(reason) {
  console.error(`ionloom: ${reason}`);
  process.exit(3);
}
