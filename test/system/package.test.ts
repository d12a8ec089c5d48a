/** The package as it would be published: nothing in it that does not belong there, and it runs where nothing else is. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REPOSITORY } from '../support/golden.js';

interface Packed {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** What a package may hold, and nothing else. */
const BELONGING = [
  /^bin\/[a-z-]+\.js$/,
  /^dist\/[\w/.-]+\.(js|js\.map|d\.ts|d\.ts\.map)$/,
  /^src\/[\w/.-]+\.(ts|ion|json|d\.ts)$/,
  /^docs\/[\w/.-]+\.(md|mjs|png|svg|ion|csv|c|cpp|h|v|sv|pcf)$/,
  /^hw\/[\w/.-]+$/,
  /^templates\/[\w/.-]+$/,
  /^examples\/[\w/.-]+\.(ion|csv|idx|(csv|idx)\.gz|md|mjs|pgm|png|svg)$/,
  /^(README|CHANGELOG)\.md$|^LICENSE$|^package\.json$/,
];

let root = '';
let packed: Packed;
/** An empty folder with the package installed in it. */
let place = '';

function run(folder: string, command: string, ...args: readonly string[]) {
  const env = { ...process.env, CI: 'true', FORCE_COLOR: '', npm_config_update_notifier: 'false' };
  return spawnSync(command, args, { cwd: folder, env, encoding: 'utf8', maxBuffer: 2 ** 26 });
}

/** Folders of packages that run at a user's, as npm would install them: its own answer, without a network. */
function runtimePackages(): readonly string[] {
  const { stdout } = run(REPOSITORY, 'npm', 'ls', '--omit=dev', '--all', '--parseable');
  const modules = fs.realpathSync(path.join(REPOSITORY, 'node_modules')) + path.sep;
  const places = stdout.split('\n').map((line) => line.split(`${path.sep}node_modules${path.sep}`));
  const top = places.filter((parts) => parts.length === 2).map((parts) => path.join(modules, parts[1] ?? ''));
  return top.filter((folder) => fs.existsSync(folder));
}

beforeAll(() => {
  root = fs.mkdtempSync(path.join(tmpdir(), 'ionloom-package-'));
  const { stdout } = run(REPOSITORY, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', root);
  [packed] = JSON.parse(stdout) as [Packed];
  place = path.join(root, 'somewhere else');
  const modules = path.join(place, 'node_modules');
  fs.mkdirSync(modules, { recursive: true });
  expect(run(modules, 'tar', 'xzf', path.join(root, packed.filename)).status).toBe(0);
  fs.renameSync(path.join(modules, 'package'), path.join(modules, 'ionloom'));
  const installed = fs.realpathSync(path.join(REPOSITORY, 'node_modules'));
  for (const folder of runtimePackages()) {
    const target = path.join(modules, path.relative(installed, folder));
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.cpSync(folder, target, { recursive: true });
  }
}, 180_000);
afterAll(() => {
  fs.rmSync(root, { recursive: true });
});

describe('the package', () => {
  it('holds what belongs there', () => {
    const names = packed.files.map((file) => file.path);
    expect(names.filter((name) => !BELONGING.some((pattern) => pattern.test(name)))).toEqual([]);
    expect(names.filter((name) => name.startsWith('dist/cli/')).length).toBeGreaterThan(0);
    expect(packed.files.filter(({ size }) => size > 2 ** 20).map((file) => file.path)).toEqual([]);
    expect(packed.unpackedSize).toBeLessThan(25e6);
  });

  it('names nobody and no place of the machine that made it', () => {
    const folder = path.join(place, 'node_modules', 'ionloom');
    const suspects = [REPOSITORY, tmpdir() + path.sep].map((name) => Buffer.from(name));
    const telling = packed.files.filter((file) => {
      const content = fs.readFileSync(path.join(folder, file.path));
      return suspects.some((name) => content.includes(name)) && !file.path.startsWith('src/');
    });
    expect(telling.map((file) => file.path)).toEqual([]);
  });

  it('runs in a folder that holds nothing else', () => {
    const command = path.join(place, 'node_modules', 'ionloom', 'bin', 'ionloom.js');
    const ionloom = (...args: readonly string[]) => {
      const { status, stdout, stderr } = run(place, process.execPath, command, ...args);
      expect(status, stdout + stderr).toBe(0);
      return stdout;
    };
    const example = 'node_modules/ionloom/examples/ecram-image/image.ion';
    ionloom('init', 'mine');
    ionloom('check', example);
    const built = JSON.parse(ionloom('build', example, '-o', 'out', '--json')) as { artifacts: readonly object[] };
    expect(built.artifacts.length).toBeGreaterThan(20);
    expect(JSON.parse(ionloom('cosim', example, '--json'))).toMatchObject({ ok: true, engine: 'wasm' });
    ionloom('report', example, '-o', 'page.html');
  });
});
