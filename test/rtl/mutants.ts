/** Mutants as Yosys lists them: small faults in the netlist of a module, each with its place in the source. */

export interface Mutant {
  /** Options of Yosys's `mutate` that apply it to the design from which it was listed. */
  readonly options: string;
  readonly module: string;
  /** Where it is and what it does, the same in every design that has this piece of source. */
  readonly key: string;
  /** `file:line mode port[bit]`, for people. */
  readonly place: string;
}

/** The mutants of a list, without those of assertions and of nameless glue. */
export function parseMutants(list: string, formalLines: ReadonlyMap<string, number>): readonly Mutant[] {
  return list.split('\n').flatMap((line) => {
    const mutant = parseMutant(line);
    if (!mutant) return [];
    const [file = '', start = ''] = mutant.place.split(/[: ]/);
    return Number(start) < (formalLines.get(file) ?? Infinity) ? [mutant] : [];
  });
}

function parseMutant(line: string): Mutant | undefined {
  if (!line.startsWith('mutate -mode ')) return undefined;
  const options = line.slice('mutate '.length).replace(/ -src .*$/, '');
  const field = (name: string): string => new RegExp(` -${name} (\\S+)`).exec(` ${options}`)?.[1] ?? '';
  const sources = [...line.matchAll(/ -src (\S+)/g)].map(([, source = '']) => source);
  const own = sources.at(-1);
  if (own === undefined) return undefined;
  const kind = field('cell').replace(/\$\d+$/, '');
  const at = `${field('port')}[${field('portbit')}]`;
  const control = field('ctrlbit');
  const what = [field('mode'), kind, at, control, field('wire'), field('wirebit'), ...sources];
  const start = own.replace(/\.\d+-.*$/, '');
  return { options, module: field('module'), key: what.join(' '), place: `${start} ${field('mode')} ${at}` };
}

/** First line under `FORMAL` of each file: what stands there is no part of the design. */
export function formalLinesOf(
  files: readonly { readonly name: string; readonly text: string }[],
): ReadonlyMap<string, number> {
  return new Map(
    files.flatMap(({ name, text }): [string, number][] => {
      const place = text.indexOf('`ifdef FORMAL');
      return place < 0 ? [] : [[name, text.slice(0, place).split('\n').length]];
    }),
  );
}

/** Name of the cell that a module of a netlist is: parameters make `$paramod\ion_ram\Width=…` of `ion_ram`. */
export function cellOfModule(module: string): string {
  return /(?:^|\\)(ion_[a-z0-9_]+)(?:\\|$)/.exec(module)?.[1] ?? '';
}
