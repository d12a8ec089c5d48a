/** The part of Yosys' `write_json` that a flat netlist uses, and readers for its bit strings. */

/** A net by number, or a constant bit. */
export type SignalBit = number | '0' | '1' | 'x' | 'z';

export interface YosysPort {
  readonly direction: 'input' | 'output' | 'inout';
  readonly bits: readonly SignalBit[];
}

export interface YosysCell {
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, string>>;
  readonly port_directions: Readonly<Record<string, 'input' | 'output' | 'inout'>>;
  readonly connections: Readonly<Record<string, readonly SignalBit[]>>;
}

export interface YosysNet {
  readonly bits: readonly SignalBit[];
  readonly attributes: Readonly<Record<string, string>>;
}

export interface YosysModule {
  readonly ports: Readonly<Record<string, YosysPort>>;
  readonly cells: Readonly<Record<string, YosysCell>>;
  readonly netnames: Readonly<Record<string, YosysNet>>;
}

export interface YosysDesign {
  readonly modules: Readonly<Record<string, YosysModule>>;
}

/** The number behind a bit string, most significant bit first; undefined bits are zero, as everywhere in two states. */
export function bitsToNumber(text: string): bigint {
  const digits = text.replaceAll(/[^01]/g, '0');
  return digits === '' ? 0n : BigInt(`0b${digits}`);
}
