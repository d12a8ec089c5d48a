/** Mutants as Yosys lists them: small faults in the netlist of a module, each with its place in the source. */

export interface Mutant {
  /** Options of Yosys's `mutate` that apply it to the design from which it was listed. */
  readonly options: string;
  readonly module: string;
  /** The same fault in the cell with other parameters. */
  readonly twins: readonly string[];
  /** Where it is and what it does, the same in every design that has this piece of source. */
  readonly key: string;
  /** `file:line mode port[bit]`, for people. */
  readonly place: string;
}

/**
 * The mutants of a list of all that there are, without those of assertions and of nameless glue. Pieces of source that
 * became several cells number them in the order of the netlist.
 */
export function parseMutants(list: string, formalLines: FormalLines): readonly Mutant[] {
  const known = new Map<string, Mutant>();
  const counts = new Map<string, number>();
  const parsed = list.split('\n').flatMap((line) => parseMutant(line) ?? []);
  for (const mutant of parsed.sort((one, other) => cellNumber(one) - cellNumber(other))) {
    const [file = '', start = ''] = mutant.place.split(/[: ]/);
    if (formalLines.get(file)?.has(Number(start))) continue;
    const inModule = `${mutant.module} ${mutant.key}`;
    const count = counts.get(inModule) ?? 0;
    counts.set(inModule, count + 1);
    const key = `${mutant.key} #${String(count)}`;
    const first = known.get(key);
    known.set(key, first ? { ...first, twins: [...first.twins, mutant.options] } : { ...mutant, key });
  }
  return [...known.values()];
}

function cellNumber({ options }: Mutant): number {
  return Number(/ -cell \S+\$(\d+)/.exec(options)?.[1] ?? 0);
}

/** Options of the mutants of a list, as in {@link Mutant.options}. */
export function listedOptions(list: string): readonly string[] {
  return list.split('\n').flatMap((line) => parseMutant(line)?.options ?? []);
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
  return { options, module: field('module'), twins: [], key: what.join(' '), place: `${start} ${field('mode')} ${at}` };
}

/** File name -> its lines under `FORMAL`: what stands there is no part of the design. */
export type FormalLines = ReadonlyMap<string, ReadonlySet<number>>;

export function formalLinesOf(files: readonly { readonly name: string; readonly text: string }[]): FormalLines {
  return new Map(files.map(({ name, text }) => [name, formalLines(text)]));
}

function formalLines(text: string): ReadonlySet<number> {
  const lines = new Set<number>();
  let isFormal = false;
  for (const [index, line] of text.split('\n').entries()) {
    if (line.startsWith('`ifdef FORMAL')) isFormal = true;
    if (isFormal) lines.add(index + 1);
    if (line.startsWith('`endif')) isFormal = false;
  }
  return lines;
}

/** Name of the cell that a module of a netlist is: parameters make `$paramod\ion_ram\Width=…` of `ion_ram`. */
export function cellOfModule(module: string): string {
  return /(?:^|\\)(ion_[a-z0-9_]+)(?:\\|$)/.exec(module)?.[1] ?? '';
}
