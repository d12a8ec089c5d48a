/** The text that moves states together: a system of equations, or equations whose voltage changes with time. */
import type { CellFrame, CellText } from './cell-frame.js';
import { anyUses, indent } from './cell-frame.js';
import { ExpressionWriter, HoistSite, numberText, type Binding } from './expression-writer.js';
import type { Expression } from './expression.js';

/** What flows beside states, and with the voltage where it is not constant. */
export interface FlowExtras {
  /** The voltage at the time `t` as text. */
  readonly volts?: string;
  /** Integrated over time; its integral is `area` afterwards. */
  readonly integrand?: Expression;
}

/**
 * Statements that move the states `indices` of a cell from `x` to `y` by integration, both names declared here but `x`;
 * they are not stored.
 */
export function flowText(frame: CellFrame, indices: readonly number[], extras: FlowExtras = {}): CellText {
  const { plan, dialect, prefix } = frame;
  const { integrand } = extras;
  const flow = prefix === '' ? 'flow' : `${prefix}Flow`;
  const memory = `${flow}ing`;
  const cell = new HoistSite('cell', `${prefix === '' ? 'f' : prefix}_`, (name, text) => `${name} = ${text};`);
  const states = indices.flatMap((index) => plan.states[index] ?? []);
  const rates = [...states.map((state) => state[frame.course].rate), ...(integrand ? [integrand] : [])];
  const law = ratesLines({ frame, indices, rates, cell }, extras);
  const bounds = (pick: 'min' | 'max', free: string): string =>
    [...states.map((state) => numberText(state[pick])), ...(integrand ? [free] : [])].join(', ');
  return {
    before: [
      ...cell.names.map((name) => `let ${name} = 0;`),
      `const ${flow} = createFlow({`,
      ...indent(law),
      ...(states.some(({ name }) => anyUses(rates, name)) ? [] : ['  isOfTime: true,']),
      `  min: [${bounds('min', '-Infinity')}],`,
      `  max: [${bounds('max', 'Infinity')}],`,
      '});',
      `const ${memory} = new Float64Array(${String(rates.length)});`,
    ],
    inside: [
      ...cell.lines,
      ...indices.map((index, place) => `${memory}[${String(place)}] = x${String(index)};`),
      ...(integrand ? [`${memory}[${String(indices.length)}] = 0;`] : []),
      `${flow}(${memory}, duration);`,
      ...indices.map((index, place) => `const y${String(index)} = ${memory}[${String(place)}]${dialect.present};`),
      ...(integrand ? [`const area = ${memory}[${String(indices.length)}]${dialect.present};`] : []),
    ],
  };
}

interface RatesText {
  readonly frame: CellFrame;
  readonly indices: readonly number[];
  readonly rates: readonly Expression[];
  /** Where values of the cell become variables that the law sees. */
  readonly cell: HoistSite;
}

/** The function of a law: from time and states to rates. */
function ratesLines({ frame, indices, rates, cell }: RatesText, { volts }: FlowExtras): readonly string[] {
  const { plan, dialect, bindings, sites } = frame;
  const { annotate, present } = dialect;
  const inLaw = new Map<string, Binding>(bindings);
  if (volts !== undefined) inLaw.set('v', { text: 'v', level: 'state' });
  const own = indices.flatMap((index, place) => {
    const name = plan.states[index]?.name ?? '';
    const text = `x${String(index)}`;
    inLaw.set(name, { text, level: 'state' });
    return anyUses(rates, name) ? [`const ${text} = x[${String(place)}]${present};`] : [];
  });
  const writer = new ExpressionWriter(inLaw, [...sites, cell]);
  const assigned = rates.map((rate, place) => `rates[${String(place)}] = ${writer.write(rate, 'state')};`);
  const parameters = ['t', 'x', 'rates'].map((name) => `${name}${annotate(name === 't' ? 'number' : 'Float64Array')}`);
  return [
    `rates: (${parameters.join(', ')})${annotate('void')} => {`,
    ...indent([...(volts !== undefined && anyUses(rates, 'v') ? [`const v = ${volts};`] : []), ...own, ...assigned]),
    '},',
  ];
}
