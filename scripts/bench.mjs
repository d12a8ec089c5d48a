/**
 * `npm run bench [-- --json] [--only NAME,...] [--with-peers] [--record]`: measures now, beside the limit and the peer where they
 * are installed; `--with-peers` installs those that are Python packages first. Rows are declared in test/bench/rows.ts;
 * a row that cannot be measured says why in its note. `--record` writes the table into docs/performance.md.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { root, setUp } from './setup.mjs';
import { transpileTests } from './transpile.mjs';

const HEADINGS = ['row', 'ours', 'unit', 'limit', 'of limit', 'peer', 'of peer', 'note'];

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    record: { type: 'boolean', default: false },
    'with-peers': { type: 'boolean', default: false },
  },
});

setUp();
const benches = path.join(await transpileTests(['bench', 'support', 'rtl']), 'bench');
const { ROWS } = await import(pathToFileURL(path.join(benches, 'rows.js')).href);
const chosen = chooseRows(ROWS, values.only?.split(','));
if (values['with-peers']) await installPeers();
const rows = [];
for (const row of chosen) {
  console.error(`measuring ${row.name} ...`);
  rows.push({ name: row.name, unit: row.unit, ...withRatios(await measure(row)) });
}
if (values.json) console.log(JSON.stringify({ machine: machine(), versions: versions(), rows }, undefined, 2));
else printTable(rows);
if (values.record) recordTable(rows);

async function installPeers() {
  const peers = await import(pathToFileURL(path.join(benches, 'peers.js')).href);
  try {
    peers.installPeers();
  } catch (error) {
    console.error(`the peers could not be installed: ${error.message}`);
  }
}

function chooseRows(all, names) {
  const unknown = (names ?? []).filter((name) => !all.some((row) => row.name === name));
  if (unknown.length > 0) {
    console.error(`unknown rows: ${unknown.join(', ')}; there are ${all.map((row) => row.name).join(', ')}`);
    process.exit(2);
  }
  return all.filter((row) => names === undefined || names.includes(row.name));
}

async function measure(row) {
  try {
    return await row.measure();
  } catch (error) {
    return { note: `could not be measured: ${error.message}` };
  }
}

function withRatios(measured) {
  const { ours, peer, limit } = measured;
  return {
    ...measured,
    ...(ours !== undefined && peer !== undefined && { ratioToPeer: ours / peer }),
    ...(ours !== undefined && limit !== undefined && { ratioToLimit: ours / limit }),
  };
}

function machine() {
  const cpus = os.cpus();
  return { cpu: cpus[0]?.model ?? 'unknown', cores: cpus.length, memoryBytes: os.totalmem(), os: os.release() };
}

function versions() {
  const own = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).version;
  return { ionloom: own, node: process.versions.node, v8: process.versions.v8 };
}

function cellsOf(row) {
  return [
    row.name,
    digits(row.ours),
    row.unit,
    digits(row.limit),
    digits(row.ratioToLimit),
    row.peer === undefined ? '' : `${digits(row.peer)} (${row.peerName})`,
    digits(row.ratioToPeer),
    row.note ?? '',
  ];
}

function printTable(all) {
  const lines = [HEADINGS, ...all.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  for (const line of lines)
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
}

/** Puts the rows between the marks of the document, with the machine and the load that others put on it. */
function recordTable(all) {
  const file = path.join(root, 'docs', 'performance.md');
  const text = fs.readFileSync(file, 'utf8');
  const [open, close] = ['<!-- bench -->\n', '<!-- /bench -->'].map((mark) => text.indexOf(mark));
  const [before, after] = [text.slice(0, open + '<!-- bench -->\n'.length), text.slice(close)];
  const { cpu, cores, memoryBytes, os: system } = machine();
  const { ionloom, node } = versions();
  const gigabytes = Math.round(memoryBytes / 2 ** 30);
  const lines = [
    `${new Date().toISOString().slice(0, 10)}, ionloom ${ionloom}, Node ${node}, ${cpu}, ${cores} cores, ${gigabytes} GiB, ` +
      `${os.type()} ${system}, load average ${os.loadavg().map(digits).join(', ')} at the end:`,
    '',
    ...[HEADINGS, HEADINGS.map(() => '-'), ...all.map(cellsOf)].map((cells) => `| ${cells.join(' | ')} |`),
  ];
  fs.writeFileSync(file, `${before}\n${lines.join('\n')}\n\n${after}`);
}

/** Three digits: a measurement is not worth more. */
function digits(value) {
  if (value === undefined) return '';
  if (Number.isInteger(value) && value < 1000) return String(value);
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}
