/** ngspice as a referee: runs a netlist and reads the vectors of its raw file. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasTool } from './external-tool.js';

/** Whether ngspice can be started; tests that need it are skipped by name where it cannot. */
export const hasNgspice = hasTool('ngspice');

/**
 * Every vector of the last analysis of `netlist` by its name in lower case: `time`, `v(out)`, `i(vrow0)`, of `.op` one
 * value each. Throws with what ngspice printed where it fails.
 * @param files  texts by the name under which the netlist includes them
 */
export async function runNgspice(
  netlist: string,
  files: Readonly<Record<string, string>> = {},
): Promise<Map<string, Float64Array>> {
  const folder = mkdtempSync(join(tmpdir(), 'ionloomspice'));
  try {
    for (const [name, text] of Object.entries({ ...files, 'deck.cir': netlist }))
      writeFileSync(join(folder, name), text);
    const printed = await runIn(folder);
    if (/aborted|^Error/im.test(printed)) throw new Error(printed);
    return parseRawFile(readFileSync(join(folder, 'deck.raw')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runIn(folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, maxBuffer: 2 ** 26 };
    execFile('ngspice', ['-b', '-r', 'deck.raw', 'deck.cir'], options, (error, stdout, stderr) => {
      // Batch mode ends with status 1 after some warnings; what counts is what it says and whether there is a raw file
      if (error && typeof error.code !== 'number') reject(error);
      else resolve(stdout + stderr);
    });
  });
}

const VALUES = Buffer.from('Binary:\n');

/** Vectors of the last plot of a raw file with binary real values. */
function parseRawFile(raw: Buffer): Map<string, Float64Array> {
  let vectors = new Map<string, Float64Array>();
  let from = 0;
  for (;;) {
    const end = raw.indexOf(VALUES, from);
    if (end < 0) return vectors;
    const header = raw.toString('latin1', from, end);
    const count = headerNumber(header, 'No. Points');
    const names = variableNames(header, headerNumber(header, 'No. Variables'));
    const start = end + VALUES.length;
    vectors = new Map(
      names.map((name, column) => [name, valuesOf(raw, { start, column, width: names.length, count })]),
    );
    from = start + count * names.length * 8;
  }
}

function headerNumber(header: string, field: string): number {
  const [, digits] = new RegExp(`^${field}:\\s*(\\d+)`, 'm').exec(header) ?? [];
  if (digits === undefined) throw new Error(`a raw file without ${field}`);
  return Number(digits);
}

function variableNames(header: string, count: number): readonly string[] {
  const lines = header
    .slice(header.lastIndexOf('Variables:\n'))
    .split('\n')
    .slice(1, count + 1);
  return lines.map((line) => line.trim().split(/\s+/)[1]?.toLowerCase() ?? '');
}

interface Column {
  readonly start: number;
  readonly column: number;
  readonly width: number;
  readonly count: number;
}

function valuesOf(raw: Buffer, { start, column, width, count }: Column): Float64Array {
  return Float64Array.from({ length: count }, (_, row) => raw.readDoubleLE(start + (row * width + column) * 8));
}
