/** Diagnostics of data sets. */
import { entry } from '../../core/diagnostic.js';

export const DATA_ENTRIES = {
  'data-format': entry<{ path: string }>({
    severity: 'error',
    message: ({ path }) => `cannot tell the format of \`${path}\` from its name`,
    help: () => 'tables end in .csv, .tsv, .data or .txt, IDX files in -ubyte or .idx, others in .png or .nir',
    explain:
      'The ending of its name says what a data file holds; `.gz` may follow it. Rename the file, or convert it to one of the formats.',
  }),
  'data-missing': entry<{ path: string }>({
    severity: 'warning',
    message: ({ path }) => `there is no data file \`${path}\``,
    help: () => 'get it and put it there before the experiment runs; the path counts from the file that names it',
    explain:
      'Data sets are often too large to be kept beside the program, so checking goes on without them. ' +
      'What depends on their contents, such as the size of a sample, is not checked, and an experiment that shows them cannot run.',
  }),
  'data-malformed': entry<{ path: string; reason: string }>({
    severity: 'error',
    message: ({ path, reason }) => `cannot use data file \`${path}\`: ${reason}`,
    explain: 'The file is there, but it cannot be read, or its first bytes are not those of its format.',
  }),
  'data-shape': entry<{ text: string }>({
    severity: 'error',
    message: ({ text }) => text,
    explain:
      'What is said of the data does not fit what the file holds: columns exist in tables only and count from 0, ' +
      'labels in a file of their own are as many as the samples, and only pictures can be padded.',
  }),
};
