/**
 * The language server. It reads files and answers; it runs no tool, writes no file and opens no connection, so that
 * it is safe in folders that nobody trusts.
 */
import type { Readable, Writable } from 'node:stream';
import { createConnection, type WatchDog } from 'vscode-languageserver';
import {
  createProtocolConnection,
  TextDocuments,
  TextDocumentSyncKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { findFiles } from '../core/disk.js';
import type { FileHost } from '../core/file-host.js';
import { CheckQueue } from './check-queue.js';
import { checkFile } from './features/diagnostics.js';
import { registerFeatures } from './register-features.js';
import { pathOfUri } from './places.js';
import { openTransport } from './transport.js';
import { Workspace } from './workspace.js';

/** What the server is given. */
export interface ServerSetup {
  readonly input: Readable;
  readonly output: Writable;
  readonly host: FileHost;
  readonly version: string;
}

/**
 * Serves until the client leaves. The result is the exit status of the protocol: 0 after `shutdown`, 1 where the
 * client went without it.
 */
export function runServer({ input, output, host, version }: ServerSetup): Promise<number> {
  const { reader, writer } = openTransport(input, output);
  return new Promise((resolve) => {
    const departure = watchClient(resolve);
    const connection = createConnection((logger) => createProtocolConnection(reader, writer, logger), departure);
    const workspace = new Workspace(host, (folder, limit) => findFiles(folder, '.ion', limit));
    const documents = new TextDocuments({ create: createDocument, update: TextDocument.update });
    connection.onInitialize((params) => {
      workspace.folders = foldersOf(params);
      return initializeResult(version);
    });
    checkDocuments(documents, workspace, connection);
    registerFeatures(connection, documents, workspace);
    documents.listen(connection);
    connection.listen();
    reader.onClose(() => {
      departure.exit(departure.shutdownReceived ? 0 : 1);
    });
  });
}

/** Looks after the client: `leave` is called once, when it says goodbye, closes the stream or dies. */
function watchClient(leave: (status: number) => void): WatchDog {
  let timer: NodeJS.Timeout | undefined;
  const watchDog: WatchDog = {
    shutdownReceived: false,
    initialize: ({ processId }) => {
      if (typeof processId !== 'number') return;
      clearInterval(timer);
      timer = setInterval(() => {
        if (!isRunning(processId)) watchDog.exit(watchDog.shutdownReceived ? 0 : 1);
      }, CLIENT_CHECK_MS).unref();
    },
    exit: (status) => {
      clearInterval(timer);
      leave(status);
    },
  };
  return watchDog;
}

/** How often a client is looked for that gave its process [ms]. */
const CLIENT_CHECK_MS = 3000;

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

function foldersOf({ workspaceFolders, ...others }: InitializeParams): readonly string[] {
  // Clients from before workspace folders name one root
  const { rootUri } = others as { readonly rootUri?: unknown };
  const root = typeof rootUri === 'string' ? [{ uri: rootUri }] : [];
  return (workspaceFolders ?? root).map(({ uri }) => pathOfUri(uri));
}

function initializeResult(version: string): InitializeResult {
  return {
    serverInfo: { name: 'ionloom', version },
    capabilities: {
      textDocumentSync: TextDocumentSyncKind.Incremental,
      hoverProvider: true,
      completionProvider: { triggerCharacters: ['.', ' ', '"'] },
      signatureHelpProvider: { triggerCharacters: ['(', ','] },
      definitionProvider: true,
      referencesProvider: true,
      documentHighlightProvider: true,
      documentSymbolProvider: true,
      documentFormattingProvider: true,
      renameProvider: { prepareProvider: true },
    },
  };
}

/** A document as the client opens it; throws where it is none, which the client finds in the log. */
function createDocument(uri: unknown, languageId: string, version: number, text: unknown): TextDocument {
  if (typeof uri === 'string' && typeof text === 'string') return TextDocument.create(uri, languageId, version, text);
  throw new TypeError('a document without URI or text was opened');
}

/** Publishes what is wrong with open documents, after each change and where files on disk have changed. */
function checkDocuments(documents: TextDocuments<TextDocument>, workspace: Workspace, connection: Connection): void {
  const queue = new CheckQueue((file) => {
    const document = documents.all().find(({ uri }) => pathOfUri(uri) === file);
    if (document) publish(document, file, workspace, connection);
  });
  const checkAll = (): void => {
    for (const { uri } of documents.all()) queue.request(pathOfUri(uri));
  };
  documents.onDidChangeContent(({ document }) => {
    const file = pathOfUri(document.uri);
    workspace.open(file, document.getText());
    queue.request(file);
  });
  // Other open files may import this one
  documents.onDidSave(checkAll);
  documents.onDidClose(({ document: { uri } }) => {
    const file = pathOfUri(uri);
    workspace.close(file);
    queue.drop(file);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  });
  connection.onDidChangeWatchedFiles(() => {
    workspace.beginTurn();
    checkAll();
  });
}

function publish(document: TextDocument, file: string, workspace: Workspace, connection: Connection): void {
  const { uri, version } = document;
  try {
    workspace.beginTurn();
    const diagnostics = checkFile(file, workspace);
    void connection.sendDiagnostics({ uri, version, diagnostics });
  } catch (error) {
    // A bug of ours must not end the session; the next change is checked again
    connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
