/** Finds Verilator and the C++ compiler and asks them who they are. */
import path from 'node:path';
import type { DiagnosticBag } from '../../../core/diagnostic.js';
import { COSIM_CATALOGUE } from '../../catalogue.js';
import { runTool } from '../child-process.js';

export interface Toolchain {
  readonly verilator: string;
  /** First line of `--version`. */
  readonly verilatorVersion: string;
  /** Folder of `verilated.h`. */
  readonly includeFolder: string;
  readonly compiler: string;
  readonly compilerVersion: string;
}

/** Oldest version whose output was tested. */
const OLDEST = [5, 6] as const;

const PROBE = { folder: '.', limitSeconds: 30 };

/** The toolchain, or undefined after reporting what is missing. */
export async function findToolchain(diagnostics: DiagnosticBag): Promise<Toolchain | undefined> {
  const verilator = process.env['VERILATOR'] ?? 'verilator';
  const compiler = process.env['CXX'] ?? 'g++';
  const [version, root, compilerVersion] = await Promise.all([
    firstLine(verilator, '--version'),
    firstLine(verilator, '--getenv', 'VERILATOR_ROOT'),
    firstLine(compiler, '--version'),
  ]);
  if (version === undefined || root === undefined) {
    diagnostics.report(COSIM_CATALOGUE, 'verilator-missing', { tried: verilator });
    return undefined;
  }
  if (!isAtLeast(version, OLDEST)) {
    diagnostics.report(COSIM_CATALOGUE, 'verilator-too-old', { found: version, needed: '5.006' });
    return undefined;
  }
  if (compilerVersion === undefined) {
    diagnostics.report(COSIM_CATALOGUE, 'compiler-missing', { tried: compiler });
    return undefined;
  }
  const includeFolder = path.join(root, 'include');
  return { verilator, verilatorVersion: version, includeFolder, compiler, compilerVersion };
}

async function firstLine(command: string, ...args: readonly string[]): Promise<string | undefined> {
  const end = await runTool(command, args, PROBE);
  return end.kind === 'exited' && end.status === 0 ? end.output.split('\n')[0]?.trim() : undefined;
}

/** Whether the line of `--version` tells of this version, (major, minor), or a newer one. */
export function isAtLeast(version: string, oldest: readonly [number, number]): boolean {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(version) ?? [];
  const found = [Number(major ?? 0), Number(minor ?? 0)] as const;
  return found[0] > oldest[0] || (found[0] === oldest[0] && found[1] >= oldest[1]);
}
