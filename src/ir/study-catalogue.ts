/** Diagnostics of experiments on networks when they run: samples that do not fit, runs that cannot go on. */
import { defineCatalogue, entry } from '../core/diagnostic.js';

export const STUDY_CATALOGUE = defineCatalogue('study', {
  'data-unreadable': entry<{ file: string; reason: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ file, reason }) => `cannot read the samples in \`${file}\`: ${reason}`,
    help: () => 'paths count from the folder of the source file; `--set` gives a `param` with a path another value',
    explain:
      'Data sets are not part of a description: it names their files, and whoever runs it has them. Put the file where the description says, or name another place.',
  }),
  'data-malformed': entry<{ file: string; reason: string }>({
    severity: 'error',
    message: ({ file, reason }) => `\`${file}\` holds no samples that can be used: ${reason}`,
    explain:
      'Samples come from IDX files, packed with gzip or not, and from tables of text with one sample a line. Labels stand in a column of the table or in a file of their own with one for each sample. Words become features with `encoded oneHot` or `encoded ordinal`; everything else has to be a number.',
  }),
  'weights-unusable': entry<{ file: string; reason: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ file, reason }) => `cannot begin with the weights in \`${file}\`: ${reason}`,
    help: () => 'check the description again: the file has changed since, or is gone',
    explain:
      'A description names the files of the weights that its projections begin with, and whoever runs it reads them again. A table has a row for every neuron before and a column for every neuron behind, with one row more for the biases of `dense`; that of a convolution has a row for every element of the window, channel by channel, and a column for every channel behind.',
  }),
  'sample-size': entry<{ data: string; shape: readonly number[]; population: string; size: number }>({
    severity: 'error',
    message: ({ data, shape, population, size }) => {
      const count = shape.reduce((product, side) => product * side, 1);
      return `a sample of \`${data}\` has ${shape.join(' x ')} numbers${shape.length > 1 ? `, ${count} in all,` : ','} and \`${population}\` has ${size} neurons`;
    },
    explain:
      'Every number of a sample goes to one neuron. One-hot columns have as many features as different words, which only the whole file tells.',
  }),
  'class-count': entry<{ data: string; classes: number; population: string; size: number }>({
    severity: 'error',
    message: ({ data, classes, population, size }) =>
      `\`${data}\` has labels of ${classes} classes, and \`${population}\` can tell ${Math.max(size, 2)} apart`,
    explain:
      'The population that no projection leaves has a neuron for every class, or one neuron for two classes. Classes of an IDX file are the numbers from 0 to the largest label.',
  }),
  'empty-part': entry<{ samples: string; count: number }>({
    severity: 'error',
    message: ({ samples, count }) => `\`${samples}\` has no samples: there are ${count} in all`,
    explain: 'A part of a data set has its share of the samples, rounded to whole ones. Use a larger share.',
  }),
  'batch-beyond-data': entry<{ samples: string; batch: number; count: number }>({
    severity: 'warning',
    message: ({ samples, batch, count }) =>
      `a batch of ${batch} is more than the ${count} samples of \`${samples}\`: weights change once in an epoch`,
    help: () => 'make `batch` smaller, or the share of the samples larger',
    explain:
      'A training changes its weights behind every `batch` of samples, and behind the last ones of an epoch. Where there are fewer samples than a batch has, each epoch is one change with all of them, which is seldom meant.',
  }),
  'not-runnable': entry<{ what: string; reason: string }>({
    severity: 'error',
    message: ({ what, reason }) => `${what} cannot be run: ${reason}`,
    explain:
      'An experiment runs where every projection has an array that computes with it: numbers of the host for any rule at samples, or devices in a form that their pulses are known for. Neurons that have a value for every sample are trained by samples; what has spikes is stimulated.',
  }),
  diverged: entry<{ where: string; what: string }>({
    severity: 'error',
    message: ({ where, what }) => `the training has diverged: ${what} is not a finite number at ${where}`,
    help: () => 'lower the rate of the rule, or normalise the populations',
    explain:
      'A loss or a weight that is no finite number spoils everything behind it, so the run stops before the step that would keep it. Results of the epochs before stand in the learning curve, and a checkpoint that was saved before can be taken up.',
  }),
  'other-checkpoint': entry<{ study: string }>({
    severity: 'error',
    message: ({ study }) =>
      `the checkpoint is not of this \`${study}\`: the description, its parameters or its data differ`,
    help: () => 'start anew, or go back to the description that the checkpoint was saved with',
    explain:
      'A run that is taken up goes on with the same bits as one that was never interrupted. That holds only for the same description, parameters and samples.',
  }),
});
