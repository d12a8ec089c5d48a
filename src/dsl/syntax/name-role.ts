/** What a name in a construct is for: it declares something, refers to it, or is one of a few words. */

/** What a declared name can stand for, in words for people. */
export const SYMBOL_KINDS = {
  param: 'parameter of the file',
  device: 'device',
  rule: 'rule',
  module: 'module',
  network: 'network',
  chip: 'chip',
  program: 'program',
  data: 'data',
  experiment: 'experiment',
  parameter: 'parameter',
  value: 'value',
  spread: 'spread',
  table: 'table',
  state: 'state variable',
  trace: 'trace',
  weight: 'weight',
  modulator: 'modulator',
  window: 'window',
  term: 'share of the energy',
  kernel: 'kernel',
  population: 'population',
  input: 'input',
  output: 'output',
  projection: 'projection',
  instance: 'instance of a module',
  part: 'part of the data',
  phase: 'phase',
  baseline: 'baseline',
  local: 'local value',
  argument: 'argument',
  index: 'index',
} as const;

export type SymbolKind = keyof typeof SYMBOL_KINDS;

/** What a name is for. */
export type NameRole =
  | {
      readonly role: 'declares';
      readonly symbol: SymbolKind;
      /** Where it is known: in the block around the clause, or inside the clause only. */
      readonly within: 'block' | 'clause';
    }
  | {
      readonly role: 'refers';
      readonly to: readonly SymbolKind[];
      /** `scope`: known around the clause; `reach`: belongs to what the clause around it refers to. */
      readonly from: 'scope' | 'reach';
    }
  /** A name that another file declares. */
  | { readonly role: 'imports' }
  | { readonly role: 'chooses'; readonly among: readonly string[] };

/** The name of something that is known in the block around its clause. */
export function declares(symbol: SymbolKind): NameRole {
  return { role: 'declares', symbol, within: 'block' };
}

/** The name of something that is known inside its clause only. */
export function declaresInside(symbol: SymbolKind): NameRole {
  return { role: 'declares', symbol, within: 'clause' };
}

/** A name that is declared in a block around it. */
export function refersTo(...to: readonly SymbolKind[]): NameRole {
  return { role: 'refers', to, from: 'scope' };
}

/** A name that belongs to what the clause around it refers to, as a setting does. */
export function belongsTo(...to: readonly SymbolKind[]): NameRole {
  return { role: 'refers', to, from: 'reach' };
}

/** One of several words that are no keywords; the checks of the construct say what others are wrong. */
export function chooses(among: readonly string[]): NameRole {
  return { role: 'chooses', among };
}

export const IMPORTS: NameRole = { role: 'imports' };
