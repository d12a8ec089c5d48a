/** A planned network as text of the language, with its tables beside it. */
import { numberText, tableText } from './number-text.js';
import type {
  NetworkPlan,
  PlannedPopulation,
  PlannedProjection,
  PlannedSetting,
  PlannedSynapses,
  WeightTable,
} from './plan.js';

/** What is known beside the network. */
export interface SourceHeading {
  /** Name of the network. */
  readonly name: string;
  /** Begins the names of the tables. */
  readonly stem: string;
  /** Sentences about where the network comes from, one a line. */
  readonly remarks: readonly string[];
  readonly summary: string;
}

export interface SourceFile {
  /** Without a folder. */
  readonly name: string;
  readonly text: string;
}

export interface NetworkSource {
  /** Not yet in canonical layout. */
  readonly text: string;
  readonly tables: readonly SourceFile[];
}

/** The text of the network and of its tables. */
export function networkSource(plan: NetworkPlan, heading: SourceHeading): NetworkSource {
  return new SourceWriter(heading).write(plan);
}

class SourceWriter {
  readonly #heading: SourceHeading;
  readonly #tables: SourceFile[] = [];

  constructor(heading: SourceHeading) {
    this.#heading = heading;
  }

  write({ populations, projections }: NetworkPlan): NetworkSource {
    const { name, summary, remarks } = this.#heading;
    const lines = [
      ...remarks.map((remark) => `// ${remark}`),
      `network ${name} ${JSON.stringify(summary)} {`,
      ...populations.map((population) => this.#population(population)),
      ...projections.map((projection) => this.#projection(projection)),
      '}',
      '',
    ];
    return { text: lines.join('\n'), tables: this.#tables };
  }

  #population({ name, model, shape, settings }: PlannedPopulation): string {
    const given = settings.map((setting) => this.#setting(name, setting)).join('\n');
    return `population ${name} : ${model}[${shape.join(', ')}]${given === '' ? '' : ` {\n${given}\n}`}`;
  }

  #setting(population: string, { name, unit, values, isShared }: PlannedSetting): string {
    if (isShared) return `${name} = ${quantityText(values[0] ?? 0, unit)}`;
    return `${name} from "${this.#table(`${population}-${name}`, tableText(values, 1, false))}"`;
  }

  #projection({ name, from, to, synapses, delay }: PlannedProjection): string {
    const { connectivity, weights } = this.#synapses(name, synapses);
    const clauses = [
      ...(weights === undefined ? [] : [weights]),
      ...(delay === undefined ? [] : [`delay ${quantityText(delay, 's')}`]),
    ];
    return `projection ${name} : ${from} -> ${to} ${connectivity}${clauses.length === 0 ? '' : ` {\n${clauses.join('\n')}\n}`}`;
  }

  #synapses(name: string, synapses: PlannedSynapses): { readonly connectivity: string; readonly weights?: string } {
    switch (synapses.kind) {
      case 'one-to-one':
        return { connectivity: 'one-to-one', weights: `weights = ${signedText(synapses.weight)}` };
      case 'one-to-one-table':
        return { connectivity: 'one-to-one', weights: this.#weights(name, synapses.weights) };
      case 'all-to-all':
      case 'dense':
        return {
          connectivity: synapses.kind,
          weights: this.#weights(name, synapses.weights, synapses.kind === 'dense'),
        };
      case 'convolution': {
        const { rows, columns, stride, padding, weights } = synapses;
        return {
          connectivity: `convolution ${rows} x ${columns} stride ${stride} padding ${padding}`,
          weights: this.#weights(name, weights),
        };
      }
      case 'pool':
        return { connectivity: `pool average ${synapses.rows} x ${synapses.columns} stride ${synapses.stride}` };
      case 'pairs':
        return {
          connectivity: `from "${this.#pairs(name, synapses)}"`,
          weights: this.#weights(name, synapses.weights),
        };
    }
  }

  /** `weights`, from a table where they are not all the same. */
  #weights(name: string, { values, columns, isSingle }: WeightTable, hasBias = false): string {
    const [first = 0] = values;
    if (!hasBias && values.every((value) => value === first)) return `weights = ${signedText(first)}`;
    return `weights from "${this.#table(name, tableText(values, columns, isSingle))}"`;
  }

  #pairs(name: string, { pre, post }: Extract<PlannedSynapses, { kind: 'pairs' }>): string {
    const lines = Array.from(pre, (before, pair) => `${before},${post[pair] ?? 0}`);
    return this.#table(`${name}-pairs`, `${lines.join('\n')}\n`);
  }

  #table(name: string, text: string): string {
    const file = `${this.#heading.stem}-${name}.csv`;
    this.#tables.push({ name: file, text });
    return file;
  }
}

function signedText(value: number): string {
  return numberText(value, true);
}

/** Prefixes by how many places they move the point. */
const PREFIXES: Readonly<Record<'s' | 'Hz', readonly (readonly [places: number, unit: string])[]>> = {
  s: [
    [0, 's'],
    [3, 'ms'],
    [6, 'us'],
    [9, 'ns'],
  ],
  Hz: [
    [0, 'Hz'],
    [-3, 'kHz'],
    [-6, 'MHz'],
  ],
};

/** A quantity in the unit in which it has the fewest digits; it is read as the same number again. */
function quantityText(value: number, unit: PlannedSetting['unit']): string {
  if (unit === '1') return signedText(value);
  const texts = PREFIXES[unit].map(([places, symbol]) => `${movedPoint(value, places)} ${symbol}`);
  return texts.reduce((best, text) => (text.length < best.length ? text : best));
}

/** The decimal of `value` with its point moved, digit by digit: a product would round. */
function movedPoint(value: number, places: number): string {
  const [digits = '', exponent = '0'] = numberText(value, true).split('e');
  const moved = Number(`${digits}e${Number(exponent) + places}`);
  return String(moved);
}
