/** Runs Yosys, as WebAssembly from npm, on a design in memory; nothing is written to disk. */
import { Exit, runYosys, version } from '@yowasp/yosys';
import type { DiagnosticBag } from '../../../core/diagnostic.js';
import { COSIM_CATALOGUE } from '../../catalogue.js';
import type { ModelSource } from '../../engine.js';
import type { YosysDesign, YosysModule } from './yosys-json.js';

export const YOSYS_VERSION = version;

const NETLIST = 'ionloom_netlist.json';

/**
 * To words, not to gates: processes become registers and choices, memories stay memories with their read ports
 * unclocked, undefined bits become zero before any optimisation could make use of them.
 */
export const YOSYS_PASSES: readonly string[] = [
  ...['proc', 'flatten', 'tribuf', 'opt_clean', 'memory_collect', 'setundef -zero -undriven -init', 'chformal -remove'],
  ...['delete */t:$print */t:$check */t:$scopeinfo', 'opt -full -nosdff', 'clean'],
];

/** The flat netlist of the design, or undefined after reporting Yosys' own words. */
export async function readNetlist(source: ModelSource, diagnostics: DiagnosticBag): Promise<YosysModule | undefined> {
  const designFiles = source.files.map(({ name }) => name).filter((name) => /\.s?v$/.test(name));
  const script = [
    ...designFiles.map((name) => `read_verilog -sv -defer ${name}`),
    `hierarchy -check -top ${source.top}`,
    ...YOSYS_PASSES,
    `write_json ${NETLIST}`,
  ];
  const log: string[] = [];
  const decoder = new TextDecoder();
  const listen = (bytes: Uint8Array | null): void => {
    if (bytes) log.push(decoder.decode(bytes, { stream: true }));
  };
  const tree = Object.fromEntries(source.files.map(({ name, text }) => [name, text]));
  try {
    const result = await runYosys(['-q', '-p', script.join('; ')], tree, { stdout: listen, stderr: listen });
    reportWarnings(log.join(''), diagnostics);
    return moduleOf(result?.[NETLIST], source.top, diagnostics);
  } catch (fault) {
    if (!(fault instanceof Exit)) throw fault;
    diagnostics.report(COSIM_CATALOGUE, 'yosys-failed', { text: firstError(log.join('')) ?? fault.message });
    return undefined;
  }
}

function moduleOf(text: unknown, top: string, diagnostics: DiagnosticBag): YosysModule | undefined {
  const json = text instanceof Uint8Array ? new TextDecoder().decode(text) : text;
  // The text comes from `write_json` of the version of Yosys that this package pins
  const design = typeof json === 'string' ? (JSON.parse(json) as YosysDesign) : undefined;
  const module = design?.modules[top];
  if (!module) diagnostics.report(COSIM_CATALOGUE, 'yosys-failed', { text: `no module \`${top}\` came out` });
  return module;
}

function firstError(log: string): string | undefined {
  return linesAfter('ERROR: ', log)[0];
}

function reportWarnings(log: string, diagnostics: DiagnosticBag): void {
  for (const text of linesAfter('Warning: ', log)) diagnostics.report(COSIM_CATALOGUE, 'yosys-warned', { text });
}

/** The lines that contain `mark`, without it; the place in the source before it stays. */
function linesAfter(mark: string, log: string): string[] {
  return log
    .split('\n')
    .filter((line) => line.includes(mark))
    .map((line) => line.replace(mark, '').trim());
}
