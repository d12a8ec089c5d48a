// Which command starts the language server. Without `vscode`, so that a test can ask.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

/**
 * @param {readonly string[]} configured  setting `ionloom.command`
 * @param {readonly string[]} folders  of the workspace; none where it is not trusted
 * @returns {{ command: string, args: string[] }}
 */
function serverCommand(configured, folders) {
  const [chosen, ...others] = configured;
  const installed = folders.map((folder) => path.join(folder, 'node_modules', '.bin', 'ionloom')).find(fs.existsSync);
  return { command: chosen ?? installed ?? 'ionloom', args: [...others, 'lsp', '--stdio'] };
}

module.exports = { serverCommand };
