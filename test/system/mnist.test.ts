/** The example's program on a digit of MNIST, 28 x 28, with the RTL in the loop. */
import { expect, it } from 'vitest';
import { ionloom } from '../support/ionloom.js';
import { findTestData } from '../support/test-data.js';

const digits = findTestData('mnist/t10k-images-idx3-ubyte.gz');
if (digits === undefined) console.warn('MNIST is not here: set IONLOOM_TEST_DATA to the folder that holds mnist/');

const DIGIT = { name: 'Digit', mismatches: 0 };
const BY_ROWS = { name: 'DigitByRows', mismatches: 0 };

it.runIf(digits !== undefined).each([0, 9999])('writes digit %i of the test set', (digit) => {
  const run = ionloom(
    ...['cosim', '--json', 'examples/ecram-image/mnist.ion'],
    ...['--set', `digits=${digits ?? ''}`, '--set', `digit=${digit}`],
  );
  const document: unknown = JSON.parse(run.stdout);
  expect(run.status).toBe(0);
  expect(document).toMatchObject({ ok: true, engine: 'wasm', experiments: [DIGIT, BY_ROWS] });
});

it('says what is wrong with the file and the index', () => {
  const missing = ionloom('check', '--json', 'examples/ecram-image/mnist.ion', '--set', 'digits=missing.gz');
  expect(missing.status).toBe(1);
  expect(missing.stdout).toContain('missing.gz');
  const beyond = ionloom(
    ...['check', '--json', 'examples/ecram-image/mnist.ion'],
    ...['--set', 'digits=examples/ecram-image/patterns/letters.idx', '--set', 'digit=2'],
  );
  expect(beyond.status).toBe(1);
  expect(beyond.stdout).toContain('there is no picture 2: the file holds 2, counted from 0');
});
