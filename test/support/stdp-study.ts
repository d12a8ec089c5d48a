/** Experiments of spike timing, compiled and mapped. */
import { DiagnosticBag } from '../../src/core/diagnostic.js';
import { mapNetwork } from '../../src/ir/passes/map-network.js';
import type { MappedNetwork } from '../../src/ir/mapped-network.js';
import { compileText } from './compile-text.js';

/** What a test changes of a small experiment. */
export interface StdpText {
  /** Declarations in front. */
  readonly items?: string;
  readonly rules?: string;
  readonly learn?: string;
  readonly device?: string;
  readonly clauses?: readonly string[];
  readonly dac?: string;
  readonly clock?: string;
  readonly size?: number;
  readonly aer?: string;
}

/** The kernels of the four forms. */
export const KERNELS = {
  hebbian: 'dt > 0 s ? a * exp(-dt / tau) : -a * exp(dt / tau)',
  antiHebbian: 'dt > 0 s ? -a * exp(-dt / tau) : a * exp(dt / tau)',
  symmetric: 'a * exp(-abs(dt) / tau)',
  oneSided: 'dt > 0 s ? a * exp(-dt / tau) : 0 nS',
} as const;

/** A rule with one of the kernels. */
export function ruleText(name: string, kernel: string, bank = 0, realize?: string): string {
  const realization = realize ?? `realize superposition { sampler = 1 ms, bank = ${String(bank)} }`;
  return `rule ${name} {
  param a : nS = 0.1 nS
  param tau : ms = 20 ms
  weight w : S in 10 nS .. 200 nS
  kernel dw(dt) = ${kernel}
  ${realization}
}
`;
}

/** The experiment as text. */
export function stdpText(given: StdpText = {}): string {
  const { items = '', rules = ruleText('stdp', KERNELS.hebbian), learn = 'learn stdp', size = 4 } = given;
  const { device = 'protonEis', clock = '50 MHz', dac = 'dac -2 V .. 2 V by 8 bit at 5 kHz' } = given;
  const { aer = 'aer in 4 bit', clauses = ['pair pre with post at -59 ms .. 59 ms step 2 ms'] } = given;
  return `import device protonEis, protonEisNano from "std/devices"
chip Bench {
  clock ${clock}
  bus apb
  ${aer}
  tile ${String(size)} x ${String(size)} {
    bias half
    rails -12 V .. 12 V by 12 bit
    ${dac}
    timer 16 bit
    settle 10 us
    adc 0 A .. 50 nA by 10 bit in 2 us settle 10 us shared by 4
    lines 20 pF source "bench" confidence estimate
  }
}
${items}${rules}network Net {
  population pre : spikes[${String(size)}]
  population post : lif[${String(size)}]
  projection synapses : pre -> post all-to-all on ${device} {
    ${learn}
    weights = 100 nS
  }
}
experiment Try {
  run Net on Bench
${clauses.map((clause) => `  ${clause}\n`).join('')}}
`;
}

/** The mapped experiment; throws where the text is not right. */
export function mapStdp(given: StdpText = {}): MappedNetwork {
  const { network, diagnostics } = compileText(stdpText(given));
  const [study] = network?.studies ?? [];
  const bag = new DiagnosticBag();
  const mapped = study && network && mapNetwork(network, study, [], bag);
  const faults = [...diagnostics, ...bag.all].filter(({ severity }) => severity === 'error');
  if (!mapped || faults.length > 0) throw new Error(faults.map(({ message }) => message).join('\n'));
  return mapped;
}
