/** The files of a build: a list by folder, the text of one of them, copying and downloading. */
import type { Artifact } from '../../../src/core/artifact.js';
import { formatCount } from '../../../src/units/format-quantity.js';
import { create, download } from '../dom.js';
import { MAX_SHOWN_LENGTH } from '../limits.js';
import { basename, dirname } from 'node:path';
import type { Built } from '../protocol.js';

/** Fills `pane`; `name` is what the archive is called. */
export function showBuild(pane: HTMLElement, { artifacts }: Built, name: string): void {
  const viewer = create('div', { className: 'viewer' });
  const buttons = artifacts.map((artifact) => fileButton(artifact));
  const choose = (position: number): void => {
    const artifact = artifacts[position];
    if (!artifact) return;
    for (const [index, button] of buttons.entries()) button.setAttribute('aria-pressed', String(index === position));
    viewer.replaceChildren(...viewerOf(artifact));
  };
  for (const [position, button] of buttons.entries()) {
    button.addEventListener('click', () => {
      choose(position);
    });
  }
  const archive = create('button', { type: 'button', textContent: 'Download all (.zip)' });
  archive.addEventListener('click', () => void downloadAll(artifacts, name));
  const bytes = artifacts.reduce((sum, { text }) => sum + new TextEncoder().encode(text).length, 0);
  const summary = `${formatCount(artifacts.length)} files, ${formatCount(bytes)} bytes`;
  pane.replaceChildren(
    create('p', { className: 'actions' }, [archive, create('span', { className: 'faint', textContent: summary })]),
    create('div', { className: 'files' }, [listOf(artifacts, buttons), viewer]),
  );
  choose(Math.max(0, artifacts.findIndex(isTop)));
}

/** What a reader wants to see first: the top module. */
function isTop({ path, kind }: Artifact, _: number, all: readonly Artifact[]): boolean {
  const list = all.find((each) => each.kind === 'file-list')?.path;
  return kind === 'systemverilog' && list !== undefined && path === list.replace(/\.f$/, '.sv');
}

function fileButton({ path }: Artifact): HTMLButtonElement {
  return create('button', { type: 'button', textContent: basename(path), title: path, attributes: { 'data-path': path } }); // prettier-ignore
}

function listOf(artifacts: readonly Artifact[], buttons: readonly HTMLElement[]): HTMLElement {
  const folders = [...new Set(artifacts.map(({ path }) => dirname(path)))];
  const groups = folders.map((folder) => {
    const inside = buttons.filter((_, index) => dirname(artifacts[index]?.path ?? '') === folder);
    const items = inside.map((button) => create('li', {}, [button]));
    return create('li', {}, [
      create('span', { className: 'folder', textContent: folder === '.' ? 'output folder' : `${folder}/` }),
      create('ul', {}, items),
    ]);
  });
  return create('nav', { attributes: { 'aria-label': 'Files of the build' } }, [create('ul', {}, groups)]);
}

function viewerOf({ path, text }: Artifact): readonly HTMLElement[] {
  const copy = create('button', { type: 'button', textContent: 'Copy' });
  copy.addEventListener('click', () => {
    void navigator.clipboard.writeText(text).then(
      () => (copy.textContent = 'Copied'),
      () => (copy.textContent = 'Not permitted'),
    );
  });
  const save = create('button', { type: 'button', textContent: 'Download' });
  save.addEventListener('click', () => {
    download(basename(path), text, 'text/plain');
  });
  const isCut = text.length > MAX_SHOWN_LENGTH;
  const note = `The first ${formatCount(MAX_SHOWN_LENGTH)} characters; copying and downloading takes all.`;
  const shown = isCut ? text.slice(0, MAX_SHOWN_LENGTH) : text;
  return [
    create('div', { className: 'actions' }, [create('code', { textContent: path }), copy, save]),
    create('pre', { textContent: shown, tabIndex: 0, attributes: { role: 'region', 'aria-label': path } }),
    ...(isCut ? [create('p', { className: 'faint', textContent: note })] : []),
  ];
}

/** One archive with everything, as `ionloom build` writes it into its folder. */
async function downloadAll(artifacts: readonly Artifact[], name: string): Promise<void> {
  const { strToU8, zipSync } = await import('fflate');
  // The same files make the same archive
  const mtime = new Date(2000, 0, 1);
  const files = Object.fromEntries(artifacts.map(({ path, text }) => [path, strToU8(text)]));
  download(`${name}.zip`, zipSync(files, { mtime }).slice(), 'application/zip');
}
