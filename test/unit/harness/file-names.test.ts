import { expect, it } from 'vitest';
import { fileNames } from '../../../src/backends/harness/file-names.js';

it('makes file names that differ without regard to case', () => {
  expect(fileNames(['yszEcram', 'Calibrated', 'CALIBRATED', '..', 'a/b\\c', 'MNIST28'])).toEqual([
    'ysz-ecram',
    'calibrated',
    'calibrated-2',
    'unnamed',
    'a-b-c',
    'mnist28',
  ]);
});
