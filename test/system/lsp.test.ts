/** The language server as editors use it: a process, a client over its streams, every feature once. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type {
  CompletionList,
  DocumentHighlight,
  DocumentSymbol,
  Hover,
  Location,
  SignatureHelp,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { REPOSITORY } from '../support/golden.js';
import { ionloom } from '../support/ionloom.js';
import { LspClient, positionOf } from '../bench/lsp-client.js';

const BOARD = `chip Board {
  clock 10 MHz
  bus apb
  tile 10 x 10 {
    bias half
    rails -6 V .. 6 V by 12 bit
    timer 14 bit
    settle 100 us
    adc 0 A .. 0.5 uA by 12 bit in 2 us settle 10 us shared by 5
    lines 100 pF source "estimate" confidence estimate
  }
}
`;

const MAIN = `import device yszEcram from "std/devices"
import chip Board from "./board.ion"

// How long the writer rests.
param pause = 2 * 50 ms

program Imprint {
  device yszEcram window mid
  from "picture.csv"
  write serial
  disturb at most 20 %
}

experiment Trial {
  run Imprint on Board
  seeds 20 from 1
  calibrate gain with 50 pulses
  expect rmsError <= 5 %
  expect writeTime <= 1000 * pause
}
`;

let folder = '';
let client: LspClient;
let main = '';
let board = '';

beforeAll(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(tmpdir(), 'ionloom-lsp-')));
  fs.writeFileSync(path.join(folder, 'board.ion'), BOARD);
  fs.writeFileSync(path.join(folder, 'main.ion'), MAIN);
  fs.writeFileSync(path.join(folder, 'picture.csv'), '0,1\n1,0\n');
  main = pathToFileURL(path.join(folder, 'main.ion')).href;
  board = pathToFileURL(path.join(folder, 'board.ion')).href;
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

beforeEach(async () => {
  client = LspClient.start();
  await client.initialize(folder);
});
afterEach(() => {
  client.connection.dispose();
  client.process.kill();
});

/** The text with an edit in it. */
function edited(text: string, { range, newText }: TextEdit): string {
  const lines = text.split('\n');
  const offset = ({ line, character }: TextEdit['range']['start']): number =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
  return text.slice(0, offset(range.start)) + newText + text.slice(offset(range.end));
}

const labels = ({ items }: CompletionList): string[] => items.map(({ label }) => label);

describe('a session', () => {
  it('begins with what the server can do and ends with status 0', async () => {
    const other = LspClient.start();
    const { capabilities, serverInfo } = await other.initialize(folder);
    expect(serverInfo?.name).toBe('ionloom');
    expect(capabilities).toMatchObject({ hoverProvider: true, renameProvider: { prepareProvider: true } });
    expect(await other.leave()).toBe(0);
  });

  it('ends with status 1 where the client goes without saying so', async () => {
    const exited = once(client.process, 'exit');
    client.process.stdin!.end();
    expect(await exited).toEqual([1, null]);
  });

  it('ends with status 1 after `exit` without `shutdown`', async () => {
    const exited = once(client.process, 'exit');
    await client.connection.sendNotification('exit');
    expect(await exited).toEqual([1, null]);
  });

  it('needs --stdio', () => {
    const { status, stderr } = ionloom('lsp');
    expect(status).toBe(2);
    expect(stderr).toContain('--stdio');
  });
});

describe('diagnostics', () => {
  it('follow what is typed', async () => {
    expect((await client.open(main, MAIN)).diagnostics).toEqual([]);
    const at = positionOf(MAIN, '50 ms');
    const end = positionOf(MAIN, '50 ms', 5);
    const broken = await client.change(main, { range: { start: at, end }, text: '50 ms + 1 V' });
    expect(broken.version).toBe(2);
    expect(broken.diagnostics).toHaveLength(1);
    expect(broken.diagnostics[0]).toMatchObject({
      code: 'dsl/dimension-mismatch',
      severity: 1,
      source: 'ionloom',
      range: { start: { line: at.line, character: at.character + 8 } },
    });
    expect(broken.diagnostics[0]!.relatedInformation![0]!.location.uri).toBe(main);
    const mended = await client.change(main, {
      range: { start: at, end: { ...at, character: at.character + 11 } },
      text: '50 ms',
    });
    expect(mended.diagnostics).toEqual([]);
  });

  it('mark what nobody uses', async () => {
    const { diagnostics } = await client.open(main, 'param pause = 2 ms\n');
    expect(diagnostics).toMatchObject([{ code: 'dsl/unused-name', severity: 2, tags: [1] }]);
  });

  it('see other files as they are typed, and tell of errors in them at the import', async () => {
    await client.open(board, BOARD);
    await client.open(main, MAIN);
    await client.change(board, { text: BOARD.replace('10 MHz', '10 V') });
    const { diagnostics } = await client.change(main, { text: `${MAIN}\n` });
    expect(diagnostics).toMatchObject([{ range: { start: positionOf(MAIN, '"./board.ion"') } }]);
    expect(diagnostics[0]!.relatedInformation![0]!.location.uri).toBe(board);
  });

  it('come once for changes that arrive together', async () => {
    await client.open(main, MAIN);
    const versions: (number | undefined)[] = [];
    client.connection.onNotification('textDocument/publishDiagnostics', ({ version }: { version?: number }) => {
      versions.push(version);
    });
    const done = new Promise<void>((resolve) => {
      client.connection.onNotification('textDocument/publishDiagnostics', ({ version }: { version?: number }) => {
        versions.push(version);
        if (version === 30) resolve();
      });
    });
    const changes = Array.from({ length: 29 }, (_, index) => ({ textDocument: { uri: main, version: index + 2 }, contentChanges: [{ text: `${MAIN}// ${index}` }] })); // prettier-ignore
    await Promise.all(changes.map((change) => client.connection.sendNotification('textDocument/didChange', change)));
    await done;
    expect(versions.length).toBeLessThan(29);
  });

  it('go when the document is closed', async () => {
    await client.open(main, `${MAIN}device`);
    const gone = client.checked(main);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: main } });
    expect((await gone).diagnostics).toEqual([]);
  });
});

describe('what stands there', () => {
  const hoverText = async (needle: string, shift = 0): Promise<string> => {
    const hover = await client.request<Hover | null>('textDocument/hover', main, { position: positionOf(MAIN, needle, shift) }); // prettier-ignore
    return (hover?.contents as { value: string } | undefined)?.value ?? '';
  };

  it('is told on hover', async () => {
    await client.open(main, MAIN);
    const pause = await hoverText('pause');
    expect(pause).toContain('param pause = 2 * 50 ms');
    expect(pause).toContain('time (s), `100 ms`');
    expect(pause).toContain('How long the writer rests.');
    expect(await hoverText('50 ms')).toContain('time (s), `50 ms`');
    expect(await hoverText('calibrate', 2)).toContain('Measures a spread of every device before the run.');
    const gain = await hoverText('gain');
    expect(gain).toContain('spread of `yszEcram`');
    expect(gain).toContain('(secondary)');
    expect(await hoverText('yszEcram window', 2)).toContain('W / YSZ / WOx electrochemical memory');
  });

  it('is found where it is declared, in this file, others and the library', async () => {
    await client.open(main, MAIN);
    const go = (needle: string, shift = 0) =>
      client.request<Location | null>('textDocument/definition', main, { position: positionOf(MAIN, needle, shift) });
    expect(await go('Imprint on')).toMatchObject({ uri: main, range: { start: positionOf(MAIN, 'Imprint {') } });
    expect(await go('Board\n')).toMatchObject({ uri: board, range: { start: positionOf(BOARD, 'Board') } });
    expect((await go('"./board.ion"', 3))!.uri).toBe(board);
    const device = await go('yszEcram window');
    const library = fileURLToPath(device!.uri);
    expect(library).toBe(path.join(REPOSITORY, 'src', 'devices', 'library', 'ysz-ecram.ion'));
    const window = await go('mid\n');
    const line = fs.readFileSync(library, 'utf8').split('\n')[window!.range.start.line];
    expect(line).toContain('window mid =');
    expect(await go('rmsError')).toBeNull();
  });

  it('is found where it is used', async () => {
    await client.open(main, MAIN);
    await client.open(board, BOARD);
    const position = positionOf(BOARD, 'Board');
    const ask = (includeDeclaration: boolean) =>
      client.request<Location[]>('textDocument/references', board, { position, context: { includeDeclaration } });
    expect((await ask(true)).map(({ uri }) => uri).sort()).toEqual([board, main, main]);
    expect((await ask(false)).map(({ uri }) => uri)).toEqual([main, main]);
    const highlights = await client.request<DocumentHighlight[]>('textDocument/documentHighlight', main, { position: positionOf(MAIN, 'Imprint {') }); // prettier-ignore
    expect(highlights.map(({ range }) => range.start)).toEqual([
      positionOf(MAIN, 'Imprint {'),
      positionOf(MAIN, 'Imprint on'),
    ]);
  });

  it('is listed in the outline', async () => {
    await client.open(main, MAIN);
    const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', main);
    expect(symbols.map(({ name }) => name)).toEqual(['yszEcram', 'Board', 'pause', 'Imprint', 'Trial']);
  });
});

describe('what may stand there', () => {
  const completeAt = async (text: string): Promise<string[]> => {
    const offset = text.indexOf('|');
    const plain = text.replace('|', '');
    await client.open(main, plain);
    const position = positionOf(`${plain.slice(0, offset)}|`, '|');
    return labels(await client.request<CompletionList>('textDocument/completion', main, { position }));
  };

  it('is offered: clauses, names, words, units, library', async () => {
    expect(await completeAt(MAIN.replace('  write serial', '  |'))).toEqual(expect.arrayContaining(['write', 'read', 'disturb'])); // prettier-ignore
    expect(await completeAt(MAIN.replace('write serial', 'write |'))).toEqual(['serial', 'rows']);
    expect(await completeAt(MAIN.replace('calibrate gain', 'calibrate |'))).toEqual(expect.arrayContaining(['gain', 'cycle'])); // prettier-ignore
    expect(await completeAt(MAIN.replace('Imprint on Board', 'Imprint on |'))).toContain('Board');
    expect(await completeAt(MAIN.replace('50 ms', '50 |'))).toEqual(expect.arrayContaining(['ms', 'us', 'V']));
    expect(await completeAt(MAIN.replace('2 * 50 ms', 'si|'))).toContain('sinh');
    expect(await completeAt('import device |')).toContain('yszEcram');
    expect(await completeAt('param text = "|"')).toEqual([]);
  });

  it('is shown for the arguments of a call', async () => {
    const text = 'param x = max(1, ';
    await client.open(main, text);
    const help = await client.request<SignatureHelp>('textDocument/signatureHelp', main, { position: { line: 0, character: text.length } }); // prettier-ignore
    expect(help.signatures[0]!.label).toMatch(/^max\(/);
    expect(help.activeParameter).toBe(1);
  });
});

describe('rename', () => {
  const rename = (uri: string, text: string, needle: string, newName: string) =>
    client.request<WorkspaceEdit>('textDocument/rename', uri, { position: positionOf(text, needle), newName });

  it('edits every file that uses the name, open or not', async () => {
    await client.open(board, BOARD);
    const { changes } = await rename(board, BOARD, 'Board', 'Bench');
    expect(Object.keys(changes!).sort()).toEqual([board, main]);
    const renamed = changes![main]!.toReversed().reduce(edited, MAIN);
    expect(renamed).toBe(MAIN.replace('chip Board', 'chip Bench').replace('on Board', 'on Bench'));
  });

  it.each([
    ['Imprint {', 'device', /word of the language/],
    ['Imprint {', 'and', /word of the language/],
    ['Imprint {', '1st', /letters, digits/],
    ['Imprint {', '', /letters, digits/],
    ['Imprint {', 'Trial', /already means/],
    ['yszEcram window', 'mine', /standard library/],
    ['rmsError', 'mine', /the language gives it/],
  ])('refuses to call %s %s', async (needle, newName, reason) => {
    await client.open(main, MAIN);
    await expect(rename(main, MAIN, needle, newName)).rejects.toThrow(reason);
  });

  it('says beforehand what can be renamed', async () => {
    await client.open(main, MAIN);
    const prepare = (needle: string) =>
      client.request('textDocument/prepareRename', main, { position: positionOf(MAIN, needle) });
    expect(await prepare('Trial')).toMatchObject({ start: positionOf(MAIN, 'Trial') });
    await expect(prepare('yszEcram window')).rejects.toThrow(/standard library/);
  });
});

describe('formatting', () => {
  it('brings the whole document into canonical layout', async () => {
    const untidy = MAIN.replace('  write serial', '     write    serial');
    await client.open(main, untidy);
    const options = { options: { tabSize: 2, insertSpaces: true } };
    const edits = await client.request<TextEdit[]>('textDocument/formatting', main, options);
    expect(edits.reduce(edited, untidy)).toBe(MAIN);
    await client.change(main, { text: MAIN });
    expect(await client.request('textDocument/formatting', main, options)).toEqual([]);
    await client.change(main, { text: 'chip {' });
    expect(await client.request('textDocument/formatting', main, options)).toEqual([]);
  });
});

describe('bad input', () => {
  it('about places and documents is answered with errors', async () => {
    await client.open(main, MAIN);
    const hover = (params: object) => client.connection.sendRequest('textDocument/hover', params);
    await expect(hover({ textDocument: { uri: main }, position: { line: 999, character: 0 } })).rejects.toThrow(
      /no line 999/,
    );
    await expect(hover({ textDocument: { uri: main }, position: { line: -1, character: 0 } })).rejects.toThrow(
      /no position/,
    );
    await expect(hover({ textDocument: { uri: main } })).rejects.toThrow(/no position/);
    await expect(hover({ textDocument: { uri: board }, position: { line: 0, character: 0 } })).rejects.toThrow(
      /not open/,
    );
    await expect(hover({})).rejects.toThrow(/names no document/);
    await expect(client.connection.sendRequest('textDocument/inventName', {})).rejects.toThrow(/inventName/);
    expect(await hover({ textDocument: { uri: main }, position: { line: 0, character: 99999 } })).toBeNull();
  });

  it('in changes does not end the session', async () => {
    await client.open(main, MAIN);
    const outside = { start: { line: 5000, character: 7 }, end: { line: 4000, character: 1 } };
    expect((await client.change(main, { range: outside, text: '\n// end\n' })).diagnostics).toEqual([]);
    await client.connection.sendNotification('textDocument/didChange', { nonsense: true });
    await client.connection.sendNotification('textDocument/didOpen', { textDocument: 5 });
    expect(await client.request('textDocument/documentSymbol', main)).toHaveLength(5);
  });

  it('of every kind in a document gives diagnostics', async () => {
    const texts = [
      '"',
      '{{{{',
      '\u0000',
      '\ud800',
      `param x = ${'('.repeat(5000)}`,
      'device __proto__ {}',
      '\ufeff',
      '',
    ];
    for (const [index, text] of texts.entries()) {
      const uri = pathToFileURL(path.join(folder, `bad${index}.ion`)).href;
      await client.open(uri, text);
      await client.request('textDocument/documentSymbol', uri);
      await client.request('textDocument/completion', uri, { position: { line: 0, character: text.length } });
    }
  });

  it('that is no JSON or no message is answered, and the session goes on', async () => {
    const server = spawn(process.execPath, [path.join(REPOSITORY, 'bin', 'ionloom.js'), 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] }); // prettier-ignore
    const received: string[] = [];
    let notify: () => void = () => undefined;
    server.stdout.on('data', (bytes: Buffer) => {
      received.push(bytes.toString());
      notify();
    });
    const answered = (code: string): Promise<void> =>
      new Promise((resolve) => {
        notify = () => {
          if (received.join('').includes(code)) resolve();
        };
        notify();
      });
    const send = (body: string) => server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    send('{"jsonrpc": "2.0", "id": 1, "method": }');
    await answered('-32700');
    send('[1, 2]');
    await answered('-32600');
    send('{"jsonrpc":"2.0","id":7,"method":"shutdown"}');
    await answered('"id":7');
    const exited = once(server, 'exit');
    send('{"jsonrpc":"2.0","method":"exit"}');
    expect((await exited)[0]).toBe(0);
  });
});
