/** How rules that write cells from samples are carried out on the tiles of a chip, in sentences and figures. */
import type { MappedLearning, MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import type { RealizationNote } from '../../ir/study-result.js';
import { fieldObstacle } from './cell-field.js';
import { writesFromSamples } from './create-update.js';
import { ProjectionPlace, type Figures } from './projection-place.js';
import { choiceOf, realizationOf, settingOf } from './realization.js';

/** The note on a projection whose cells follow the voltage; undefined for other rules and devices. */
export function programmingNote(network: MappedNetwork, projection: MappedProjection): RealizationNote | undefined {
  const { device, learning, name, origin } = projection;
  const method = realizationOf(learning);
  if (!device || !writesFromSamples(method) || method === undefined || fieldObstacle(device) !== undefined) {
    return undefined;
  }
  const place = new ProjectionPlace(network, projection, device);
  const { sentences, figures } = (TELL[method] ?? programming)(learning, place);
  const rule = learning[0]?.rule;
  return {
    ...{ projection: name, rule: rule?.name ?? '', method },
    summary: sentences,
    figures: [...place.size(), ...figures, ...place.reading()],
    origin: rule?.realization.origin ?? origin,
  };
}

interface Told {
  readonly sentences: readonly string[];
  readonly figures: Figures;
}

type Tell = (learning: readonly MappedLearning[], place: ProjectionPlace) => Told;

const LOOKS = 'Before errors go back, the host reads the array row by row.';

function programming(learning: readonly MappedLearning[], place: ProjectionPlace): Told {
  const attempts = settingOf(learning, 'attempts') ?? 1;
  const isByRow = choiceOf(learning, 'by') === 'rows';
  const sentences = [
    'The host adds changes up; where they reach the next conductance, the cell gets one pulse, whose width follows from what the host believes in.',
    ...(isByRow
      ? ['All cells of a row and polarity are pulsed at once, and each goes off when its width is over.']
      : []),
    attempts > 1
      ? `Cells that were pulsed are read row by row and pulsed again, ${String(attempts)} times at most.`
      : 'Nobody looks: the host believes that every pulse has arrived.',
    'Errors go back through the weights that the host believes in.',
  ];
  return { sentences, figures: place.pulses() };
}

const TRAIN_SENTENCES: Readonly<Record<string, string>> = {
  stochastic:
    'In each slot of a sample rows and columns fire at random, in proportion to inputs and errors; a cell gets a pulse where both do.',
  scheduled:
    'In each slot of a sample one bit of the inputs meets one of the errors, the pair that is owed most; a cell gets a pulse where both have it.',
  exact:
    'Every bit of the inputs meets every bit of the errors once, for as long as both weigh; a cell is on in proportion to its product.',
};

function trains(learning: readonly MappedLearning[], place: ProjectionPlace): Told {
  const kind = choiceOf(learning, 'trains') ?? 'stochastic';
  const slots = settingOf(learning, 'slots') ?? 31;
  const bits = settingOf(learning, 'bits') ?? 4;
  // Of the largest product; a cell that fires in half of the slots varies most
  const scatter = { stochastic: Math.sqrt(slots) / 2, scheduled: 1, exact: 0 }[kind] ?? 0;
  const time = { name: 'time of a sample at most', value: place.vectors * 4 * slots * place.slotSeconds, unit: 's' };
  return {
    sentences: [TRAIN_SENTENCES[kind] ?? '', LOOKS],
    figures: [
      ...place.steps(),
      { name: 'slots of a sample at most', value: slots, unit: '1' },
      ...(kind === 'stochastic'
        ? []
        : [{ name: 'error of a value by its bits', value: 0.5 / (2 ** bits - 1), unit: '1' }]),
      { name: 'scatter of a count at most, a deviation', value: scatter, unit: 'pulses' },
      ...(kind === 'exact' ? [{ name: 'pulses of a sample at most', value: 4 * bits ** 2, unit: '1' }] : []),
      time,
    ],
  };
}

function counted(learning: readonly MappedLearning[], place: ProjectionPlace): Told {
  const fraction = settingOf(learning, 'fraction') ?? 0;
  const isStochastic = settingOf(learning, 'stochastic') === 1;
  const rounding = isStochastic
    ? 'what is beyond the last place is rounded at random, to the right mean.'
    : 'what is beyond the last place is dropped.';
  const sentences = [
    `After each batch every cell gets as many nominal pulses as its change asks for; ${rounding}`,
    LOOKS,
  ];
  return {
    sentences,
    figures: [
      ...place.steps(),
      { name: 'error of a number of pulses at most', value: 2 ** -fraction, unit: 'pulses' },
      { name: 'time of a pulse on all cells, all tiles at once', value: place.cellsOfTile() * place.slotSeconds, unit: 's' }, // prettier-ignore
    ],
  };
}

function tikiTaka(learning: readonly MappedLearning[], place: ProjectionPlace): Told {
  const version = settingOf(learning, 'version') ?? 2;
  const every = settingOf(learning, 'every') ?? 1;
  const slots = settingOf(learning, 'slots') ?? 31;
  const pairs = settingOf(learning, 'pairs') ?? 0;
  const { rows } = place.cells;
  return {
    sentences: [
      'Random trains change a fast array below the weights; rows of it are read one after the other, and a part of what they hold is brought to the weights.',
      version === 1
        ? 'A transfer is a random train of its own.'
        : 'The host adds up what is transferred, and gives a pulse for every whole step.',
      pairs > 0
        ? `At first ${String(pairs)} pulses up and down by turns bring the fast array to where both are as large; what it reads there is its zero.`
        : 'What the fast array reads at first is its zero.',
      LOOKS,
    ],
    figures: [
      { name: 'cells of the fast array', value: place.count, unit: '1' },
      ...place.steps(),
      { name: 'slots of a sample at most', value: slots, unit: '1' },
      { name: 'samples until all rows are transferred', value: every * rows, unit: '1' },
      { name: 'time of a sample at most', value: place.vectors * (4 + 2 / every) * slots * place.slotSeconds, unit: 's' }, // prettier-ignore
      { name: 'time to find the zero', value: 2 * pairs * place.slotSeconds, unit: 's' },
    ],
  };
}

const TELL: Readonly<Partial<Record<NonNullable<ReturnType<typeof realizationOf>>, Tell>>> = {
  outerProduct: trains,
  pulses: counted,
  tikiTaka,
};
