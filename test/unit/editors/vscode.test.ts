/** The extension for Visual Studio Code: what is packed, that it is whole, and what it starts. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packExtension } from '../../../scripts/package-extension.mjs';
import { REPOSITORY } from '../../support/golden.js';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly main: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly languages: readonly { readonly extensions: readonly string[]; readonly configuration: string }[];
    readonly grammars: readonly { readonly scopeName: string; readonly path: string }[];
  };
}

const packed = packExtension();
const files = unzipSync(packed);
const text = (name: string): string => strFromU8(files[name]!);
const manifest = JSON.parse(text('extension/package.json')) as Manifest;

describe('the package', () => {
  it('is a zip file that is the same each time', () => {
    expect(Buffer.from(packed.subarray(0, 4)).toString('latin1')).toBe('PK\u0003\u0004');
    expect(Buffer.compare(packed, packExtension())).toBe(0);
  });

  it('has the manifest of a .vsix, which names files that are there', () => {
    const vsix = text('extension.vsixmanifest');
    expect(vsix).toContain(`Id="${manifest.name}" Version="${manifest.version}"`);
    const assets = [...vsix.matchAll(/Path="([^"]+)"/g)].map(([, asset]) => asset!);
    expect(assets.length).toBeGreaterThan(2);
    expect(assets.filter((asset) => !(asset in files))).toEqual([]);
    const types = [...text('[Content_Types].xml').matchAll(/Extension="(\.\w+)"/g)].map(([, ending]) => ending!);
    const endings = new Set(Object.keys(files).filter((file) => file !== '[Content_Types].xml').map((file) => path.extname(file))); // prettier-ignore
    expect([...endings].filter((ending) => ending !== '' && !types.includes(ending))).toEqual([]);
  });

  it('has what the manifest of the extension contributes', () => {
    const { languages, grammars } = manifest.contributes;
    expect(languages[0]!.extensions).toEqual(['.ion']);
    const places = [languages[0]!.configuration, grammars[0]!.path, manifest.main];
    expect(places.filter((place) => !(path.posix.join('extension', place) in files))).toEqual([]);
    const grammar = JSON.parse(text(path.posix.join('extension', grammars[0]!.path))) as { scopeName: string };
    expect(grammar.scopeName).toBe(grammars[0]!.scopeName);
    JSON.parse(text(path.posix.join('extension', languages[0]!.configuration)));
  });

  it('has the version of the compiler, and pins its dependencies as the checkout does', () => {
    const root = JSON.parse(readFileSync(path.join(REPOSITORY, 'package.json'), 'utf8')) as {
      readonly version: string;
      readonly devDependencies: Readonly<Record<string, string>>;
    };
    expect(manifest.version).toBe(root.version);
    const wanted = Object.keys(manifest.dependencies).map((name) => [name, root.devDependencies[name]]);
    expect(manifest.dependencies).toEqual(Object.fromEntries(wanted));
  });

  it('names no place outside of itself', () => {
    expect(Object.keys(files).filter((file) => file.startsWith('/') || file.split('/').includes('..'))).toEqual([]);
  });
});

describe('the extension', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'ionloom-vsix-'));
    for (const [name, bytes] of Object.entries(files)) {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, bytes);
    }
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('loads from the package alone, and starts the language server', () => {
    // Everything of `vscode` that is asked for is there and does nothing; the client's process is the real one.
    const script = `
      const Module = require('node:module');
      const anything = () => new Proxy(class { dispose() {} }, {
        get: (target, key) => key in target ? target[key] : key === 'then' ? undefined : (target[key] = anything()),
        apply: () => anything(),
      });
      const vscode = anything();
      vscode.workspace = {
        isTrusted: true,
        workspaceFolders: [],
        getConfiguration: () => ({ get: () => ['node', 'bin/ionloom.js'] }),
        onDidGrantWorkspaceTrust: () => ({}),
        onDidChangeConfiguration: () => ({}),
        createFileSystemWatcher: () => ({}),
      };
      const load = Module._load;
      let started;
      Module._load = (request, ...others) => {
        if (request === 'vscode') return vscode;
        const loaded = load(request, ...others);
        if (request !== 'vscode-languageclient/node') return loaded;
        // The client of the package is whole; here it only says what it would start
        if (typeof loaded.LanguageClient !== 'function') throw new Error('no client');
        return { LanguageClient: class {
          constructor(id, name, server, client) { started = { server, selector: client.documentSelector }; }
          start() { return Promise.resolve(); }
          stop() { return Promise.resolve(); }
        } };
      };
      const extension = require(process.argv[1]);
      extension.activate({ subscriptions: [] }).then(() => console.log(JSON.stringify(started)));
    `;
    const main = path.join(folder, 'extension', manifest.main);
    const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', script, main], {
      encoding: 'utf8',
      cwd: folder,
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const { server, selector } = JSON.parse(stdout) as { server: object; selector: readonly { language: string }[] };
    expect(server).toMatchObject({ command: 'node', args: ['bin/ionloom.js', 'lsp', '--stdio'] });
    expect(selector.map(({ language }) => language)).toEqual(['ion', 'ion']);
  });

  it('starts nothing from a folder that is not trusted', () => {
    const { serverCommand } = createRequire(import.meta.url)(
      path.join(REPOSITORY, 'editors', 'vscode', 'server-command.js'),
    ) as { serverCommand: (configured: readonly string[], folders: readonly string[]) => object };
    const bin = path.join(folder, 'node_modules', '.bin', 'ionloom');
    mkdirSync(path.dirname(bin), { recursive: true });
    writeFileSync(bin, '');
    expect(serverCommand([], [folder])).toEqual({ command: bin, args: ['lsp', '--stdio'] });
    expect(serverCommand([], [])).toEqual({ command: 'ionloom', args: ['lsp', '--stdio'] });
    expect(serverCommand(['npx', 'ionloom'], [folder])).toEqual({
      command: 'npx',
      args: ['ionloom', 'lsp', '--stdio'],
    });
    expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toContain('ionloom.command');
  });
});
