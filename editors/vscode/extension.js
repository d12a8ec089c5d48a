// Starts `ionloom lsp --stdio` for files of the language and joins it with the editor.
'use strict';

const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');
const { serverCommand } = require('./server-command.js');

/** @type {LanguageClient | undefined} */
let client;

/** Called by the editor when the first file of the language is opened. */
async function activate(context) {
  const restart = async () => {
    await stop();
    client = createClient();
    await client.start();
  };
  context.subscriptions.push(
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((event) =>
      event.affectsConfiguration('ionloom.command') ? restart() : undefined,
    ),
  );
  await restart();
}

/** Called by the editor before it ends. */
function deactivate() {
  return stop();
}

/** A client whose server could not be started cannot be stopped either. */
async function stop() {
  if (client?.needsStop()) await client.stop();
}

function createClient() {
  const configured = vscode.workspace.getConfiguration('ionloom').get('command', []);
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const { command, args } = serverCommand(configured, vscode.workspace.isTrusted ? folders : []);
  // On Windows npm installs commands as scripts, which only a shell starts
  const options = { shell: process.platform === 'win32' };
  return new LanguageClient(
    'ionloom',
    'Ionloom',
    { command, args, options },
    {
      documentSelector: [
        { scheme: 'file', language: 'ion' },
        { scheme: 'untitled', language: 'ion' },
      ],
      synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher('**/*.ion') },
    },
  );
}

module.exports = { activate, deactivate };
