/** Figures of one process carried to another: in proportion to the feature size and to the square of the voltage. */
import type { Term } from '../technology.js';

/** A process: feature size [nm] and supply [V]. */
export interface Process {
  readonly nanometres: number;
  readonly volts: number;
}

/** A figure, and at what it holds. */
export type FigureAt<Place> = Place & { readonly term: Term };

/** An energy at another process; the source says how it was scaled. */
export function scaleEnergy({ term, ...from }: FigureAt<Process>, to: Process): Term {
  const factor = (to.nanometres / from.nanometres) * (to.volts / from.volts) ** 2;
  return scale(term, factor, {
    from: processText(from),
    to: processText(to),
    law: 'the node and to the square of the voltage',
  });
}

/** An area at another feature size [nm], in proportion to its square. */
export function scaleArea({ term, nanometres }: FigureAt<Pick<Process, 'nanometres'>>, to: number): Term {
  return scale(term, (to / nanometres) ** 2, {
    from: `${nanometres} nm`,
    to: `${to} nm`,
    law: 'the square of the node',
  });
}

/** A power at another voltage [V], in proportion to it. */
export function scalePower({ term, volts }: FigureAt<Pick<Process, 'volts'>>, to: number): Term {
  return scale(term, to / volts, { from: `${volts} V`, to: `${to} V`, law: 'the voltage' });
}

interface Scaling {
  readonly from: string;
  readonly to: string;
  /** What the figure is in proportion to. */
  readonly law: string;
}

/** Digits that a scaled figure keeps. */
const SCALED_DIGITS = 2;

/** What is scaled is not better than an estimate; where it holds already, a figure stays as it is. */
function scale(term: Term, factor: number, { from, to, law }: Scaling): Term {
  if (factor === 1) return term;
  const { low, typical, high } = term;
  const scaled = (value: number): number => Number((value * factor).toPrecision(SCALED_DIGITS));
  const source = `${term.source}; scaled from ${from} to ${to} in proportion to ${law}`;
  return { low: scaled(low), typical: scaled(typical), high: scaled(high), source, confidence: 'estimate' };
}

function processText({ nanometres, volts }: Process): string {
  return `${nanometres} nm, ${volts} V`;
}
