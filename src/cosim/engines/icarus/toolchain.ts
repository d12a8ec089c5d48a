/** Finds Icarus Verilog and what its modules are compiled with, and asks them who they are. */
import path from 'node:path';
import type { DiagnosticBag } from '../../../core/diagnostic.js';
import { COSIM_CATALOGUE } from '../../catalogue.js';
import { runTool } from '../child-process.js';

export interface IcarusTools {
  readonly iverilog: string;
  readonly vvp: string;
  /** First line of `-V` of `iverilog`. */
  readonly version: string;
}

export interface VpiTools {
  readonly compiler: string;
  readonly compilerVersion: string;
  /** Where the headers are, as the compiler is told. */
  readonly includes: readonly string[];
}

/** Oldest version that takes what we emit. */
const OLDEST = 11;

const PROBE = { folder: '.', limitSeconds: 30 };

/** The simulator, or undefined after reporting what is missing. */
export async function findIcarus(diagnostics: DiagnosticBag): Promise<IcarusTools | undefined> {
  const iverilog = process.env['IVERILOG'] ?? 'iverilog';
  const lines = await linesOf(iverilog, '-V');
  const version = lines?.find((line) => line.startsWith('Icarus Verilog'))?.trim();
  if (version === undefined) {
    diagnostics.report(COSIM_CATALOGUE, 'icarus-missing', { tried: iverilog });
    return undefined;
  }
  if (Number(/\d+/.exec(version)?.[0] ?? 0) < OLDEST) {
    diagnostics.report(COSIM_CATALOGUE, 'icarus-too-old', { found: version, needed: String(OLDEST) });
    return undefined;
  }
  const vvp = besides(iverilog, 'vvp');
  if ((await linesOf(vvp, '-V')) === undefined) {
    diagnostics.report(COSIM_CATALOGUE, 'icarus-missing', { tried: vvp });
    return undefined;
  }
  return { iverilog, vvp, version };
}

/** What compiles a module for the simulator, or undefined after reporting what is missing. */
export async function findVpiTools(
  { iverilog }: IcarusTools,
  diagnostics: DiagnosticBag,
): Promise<VpiTools | undefined> {
  const compiler = process.env['CC'] ?? 'cc';
  const vpi = besides(iverilog, 'iverilog-vpi');
  const [compilerLines, flags] = await Promise.all([linesOf(compiler, '--version'), linesOf(vpi, '--cflags')]);
  if (flags === undefined) {
    diagnostics.report(COSIM_CATALOGUE, 'vpi-missing', { what: `\`${vpi}\` cannot be started` });
    return undefined;
  }
  if (compilerLines === undefined) {
    diagnostics.report(COSIM_CATALOGUE, 'vpi-missing', { what: `\`${compiler}\` cannot be started` });
    return undefined;
  }
  const includes = flags
    .join(' ')
    .split(/\s+/)
    .filter((flag) => flag.startsWith('-I'));
  return { compiler, compilerVersion: compilerLines[0]?.trim() ?? '', includes };
}

/** A program of the same installation: beside one that is named by its path. */
function besides(tool: string, name: string): string {
  return tool.includes(path.sep) ? path.join(path.dirname(tool), name) : name;
}

async function linesOf(command: string, argument: string): Promise<readonly string[] | undefined> {
  const end = await runTool(command, [argument], PROBE);
  return end.kind === 'exited' ? end.output.split('\n') : undefined;
}
