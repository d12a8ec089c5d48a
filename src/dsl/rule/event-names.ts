/** What handlers of a rule see beside the rule's own names, by event. */
import type { Dimension } from '../../units/dimension.js';
import { DIMENSION } from '../check/dimensions.js';
import type { Residence } from './residence.js';

/** What makes a handler run; `modulator` stands for every modulator of the rule. */
export type EventKind = 'pre' | 'post' | 'sample' | 'modulator' | 'every';

/** A name that some handlers see without declaration. */
export interface EventName {
  readonly name: string;
  readonly dimension: Dimension;
  readonly per: Residence;
  readonly events: readonly EventKind[];
  /** One line for people; follows `` `name` is ``. */
  readonly meaning: string;
}

const ALL: readonly EventKind[] = ['pre', 'post', 'sample', 'modulator', 'every'];
const SLOW: readonly EventKind[] = ['sample', 'modulator', 'every'];

const none = DIMENSION.none;

/** Names in the order of the manual. */
export const EVENT_NAMES: readonly EventName[] = [
  { name: 'pre.index', dimension: none, per: 'pre', events: ALL, meaning: 'the index of the neuron before, from 0' },
  { name: 'post.index', dimension: none, per: 'post', events: ALL, meaning: 'the index of the neuron behind, from 0' },
  { name: 'pre.value', dimension: none, per: 'pre', events: SLOW, meaning: 'the output of the neuron before' },
  { name: 'post.value', dimension: none, per: 'post', events: SLOW, meaning: 'the output of the neuron behind' },
  {
    name: 'post.error',
    dimension: none,
    per: 'post',
    events: ['sample'],
    meaning: 'the derivative of the loss by the input of the neuron behind',
  },
  {
    name: 'pre.rate',
    dimension: DIMENSION.frequency,
    per: 'pre',
    events: SLOW,
    meaning: 'the rate of spikes of the neuron before since the event before',
  },
  {
    name: 'post.rate',
    dimension: DIMENSION.frequency,
    per: 'post',
    events: SLOW,
    meaning: 'the rate of spikes of the neuron behind since the event before',
  },
  {
    name: 'dt',
    dimension: DIMENSION.time,
    per: 'synapse',
    events: ['pre', 'post', 'modulator', 'every'],
    meaning: 'the time since the event before that this handler saw',
  },
];

/** Where `dt` differs: between the neurons whose spikes are the events. */
export function residenceAt(event: EventKind, { name, per }: EventName): Residence {
  if (name !== 'dt') return per;
  return event === 'pre' || event === 'post' ? event : 'shared';
}

/** The events that know a name, in words: `on sample`, `every`. */
export function describeEvents(events: readonly EventKind[]): string {
  const words = events.map((event) => {
    if (event === 'every') return '`every`';
    return event === 'modulator' ? '`on` a modulator' : `\`on ${event}\``;
  });
  const last = words.at(-1) ?? '';
  return words.length === 1 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
