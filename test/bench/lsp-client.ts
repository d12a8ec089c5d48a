/** A client of the language server: a real process, real streams, the connection of the protocol's own library. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';

/** A session with one server. */
export class LspClient {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  readonly #published = new Map<string, PublishDiagnosticsParams>();
  readonly #waiting = new Map<string, (params: PublishDiagnosticsParams) => void>();
  readonly #versions = new Map<string, number>();

  private constructor(server: ChildProcess) {
    this.process = server;
    // Both are pipes: `start` asks for them
    this.connection = createProtocolConnection(
      new StreamMessageReader(server.stdout!),
      new StreamMessageWriter(server.stdin!),
    );
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.#published.set(params.uri, params);
      this.#waiting.get(params.uri)?.(params);
    });
    this.connection.listen();
  }

  /**
   * Starts `ionloom lsp --stdio` of the checkout that is the working folder; what it says on stderr goes to the
   * terminal of the test.
   */
  static start(): LspClient {
    const args = ['bin/ionloom.js', 'lsp', '--stdio'];
    return new LspClient(spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] }));
  }

  /** The handshake; `folder` is the root of the workspace. */
  async initialize(folder: string): Promise<InitializeResult> {
    const params = {
      processId: process.pid,
      capabilities: {},
      rootUri: null,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'test' }],
    };
    const result = await this.connection.sendRequest<InitializeResult>('initialize', params);
    await this.connection.sendNotification('initialized', {});
    return result;
  }

  /** Opens a document and waits for its diagnostics. */
  async open(uri: string, text: string): Promise<PublishDiagnosticsParams> {
    this.#versions.set(uri, 1);
    const checked = this.checked(uri);
    const textDocument = { uri, languageId: 'ion', version: 1, text };
    await this.connection.sendNotification('textDocument/didOpen', { textDocument });
    return checked;
  }

  /** Sends changes and waits for the diagnostics of the version that they make. */
  async change(
    uri: string,
    ...contentChanges: readonly TextDocumentContentChangeEvent[]
  ): Promise<PublishDiagnosticsParams> {
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    const checked = this.checked(uri, version);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges,
    });
    return checked;
  }

  /** The next diagnostics of a document, of `version` where that is given. */
  checked(uri: string, version?: number): Promise<PublishDiagnosticsParams> {
    return new Promise((resolve) => {
      this.#waiting.set(uri, (params) => {
        if (version === undefined || params.version === version) resolve(params);
      });
    });
  }

  /** The answer to a request about a document. */
  request<Answer>(method: string, uri: string, params: object = {}): Promise<Answer> {
    return this.connection.sendRequest<Answer>(method, { textDocument: { uri }, ...params });
  }

  /** Says goodbye in the order of the protocol; the exit status of the server. */
  async leave(): Promise<number | null> {
    const exited = once(this.process, 'exit');
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const [status] = (await exited) as [number | null];
    return status;
  }
}

/** The place of `needle` in `text`, at its `shift`th character, as the protocol counts. */
export function positionOf(text: string, needle: string, shift = 0): { line: number; character: number } {
  const offset = text.indexOf(needle);
  if (offset < 0) throw new Error(`there is no ${needle} in the text`);
  const lines = text.slice(0, offset + shift).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)!.length };
}
