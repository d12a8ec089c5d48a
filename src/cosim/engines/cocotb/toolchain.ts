/** Finds a Python with cocotb, the simulator that it works with, and asks them who they are. */
import { fileURLToPath } from 'node:url';
import type { DiagnosticBag } from '../../../core/diagnostic.js';
import { COSIM_CATALOGUE } from '../../catalogue.js';
import { runTool } from '../child-process.js';
import { BENCH_NAME } from '../remote/bench-text.js';

export interface CocotbTools {
  /** Of cocotb. */
  readonly version: string;
  /** Its libraries for the simulators' programming interface. */
  readonly icarusLibrary: string;
  readonly verilatorLibrary: string;
  readonly libraryFolder: string;
  /** The main program of Verilated models. */
  readonly verilatorMain: string;
  /** Variables that a simulator with cocotb in it needs. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Name of the test bench, a module of Python. */
const BENCH_MODULE = 'ionloom_bench';
const BENCH_FOLDER = fileURLToPath(new URL('../../../../hw/cosim', import.meta.url));

/** cocotb's own answers; what it cannot say ends the script with a text on its last line. */
const QUESTIONS = `
import json, sys, cocotb, find_libpython
from cocotb_tools import config
library = find_libpython.find_libpython()
if library is None: sys.exit("this Python has no shared library")
print(json.dumps({
  "version": cocotb.__version__,
  "icarusLibrary": str(config.lib_name_path("vpi", "icarus")),
  "verilatorLibrary": str(config.lib_name_path("vpi", "verilator")),
  "libraryFolder": str(config.libs_dir),
  "verilatorMain": str(config.share_dir / "lib" / "verilator" / "verilator.cpp"),
  "users": library + ";" + config.pygpi_entry_point(),
  "python": sys.executable,
}))
`;

const ANSWERS = [
  'version',
  'icarusLibrary',
  'verilatorLibrary',
  'libraryFolder',
  'verilatorMain',
  'users',
  'python',
] as const;

type Answers = Record<(typeof ANSWERS)[number], string>;

/** The version whose test benches ours is. */
const MAJOR_VERSION = '2';

/** cocotb, or undefined after reporting what is missing. */
export async function findCocotb(diagnostics: DiagnosticBag): Promise<CocotbTools | undefined> {
  const python = process.env['IONLOOM_PYTHON'] ?? 'python3';
  const end = await runTool(python, ['-c', QUESTIONS], { folder: '.', limitSeconds: 60 });
  const lastLine = end.kind === 'missing' ? '' : (end.output.split('\n').at(-1) ?? '');
  const answers = end.kind === 'exited' && end.status === 0 ? readAnswers(lastLine) : undefined;
  if (!answers) {
    const reason = end.kind === 'missing' ? end.reason : lastLine || 'it does not answer';
    diagnostics.report(COSIM_CATALOGUE, 'cocotb-missing', { tried: python, reason });
    return undefined;
  }
  const { version, users } = answers;
  if (version.split('.')[0] !== MAJOR_VERSION) {
    const reason = `it has version ${version}, and ${MAJOR_VERSION}.x is needed`;
    diagnostics.report(COSIM_CATALOGUE, 'cocotb-missing', { tried: python, reason });
    return undefined;
  }
  return { ...answers, environment: environmentOf(answers.python, users) };
}

function environmentOf(python: string, users: string): Readonly<Record<string, string>> {
  const { PYTHONPATH: others } = process.env;
  return {
    PYGPI_PYTHON_BIN: python,
    GPI_USERS: users,
    PYTHONPATH: others ? `${BENCH_FOLDER}:${others}` : BENCH_FOLDER,
    // The folder of the bench and the working folder stay as they are
    PYTHONDONTWRITEBYTECODE: '1',
    COCOTB_RESULTS_FILE: '/dev/null',
    COCOTB_TEST_MODULES: BENCH_MODULE,
    COCOTB_TOPLEVEL: BENCH_NAME,
    TOPLEVEL_LANG: 'verilog',
    COCOTB_TRUST_INERTIAL_WRITES: '1',
    COCOTB_LOG_LEVEL: 'ERROR',
    GPI_LOG_LEVEL: 'ERROR',
    COCOTB_RANDOM_SEED: '1',
  };
}

function readAnswers(text: string): Answers | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isAnswers(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isAnswers(value: unknown): value is Answers {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return ANSWERS.every((name) => typeof fields.get(name) === 'string');
}
