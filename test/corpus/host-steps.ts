/** What the host of a corpus run does beside loading and starting: has a work list made, and reads what is left. */
import type { ControllerHost } from '../../src/cosim/controller-host.js';
import { ceilLog2 } from '../../src/ir/bit-width.js';
import { aerAddressBits } from '../../src/ir/blocks/aer.js';
import { UPDATE_BUSY, UPDATE_ENTRIES_LSB, updateWord } from '../../src/ir/blocks/rounding.js';
import { busWords } from '../../src/ir/controller-sizes.js';
import type { LegalModule } from '../../src/ir/legal.js';
import type { Remains, SurroundingsPlan } from './surroundings.js';

/** Words of a work list that no program asked for. */
const RUBBISH = 0x2a;

/** More looks than rounding an array of the corpus takes. */
const MAX_LOOKS = 1000;

/** Forgets the work list that was loaded and lets the controller make it from `updates`. */
export function makeWorkList(
  host: ControllerHost,
  { sizes, windows }: LegalModule,
  { seed, of }: NonNullable<SurroundingsPlan['updates']>,
): void {
  for (let word = 0; word < busWords(windows.work); word++) host.writeWord('work', word, RUBBISH);
  for (let row = 0; row < sizes.rows; row++)
    for (let column = 0; column < sizes.columns; column++)
      host.writeWord('update', updateWord(sizes, row, column), of(row, column) >>> 0);
  host.writeRegister('update_seed', seed);
  host.writeRegister('update_start', 1);
  for (let look = 0; look < MAX_LOOKS; look++) {
    const status = host.readRegister('update_status');
    if ((status & UPDATE_BUSY) !== 0) continue;
    host.writeRegister('limit', status >>> UPDATE_ENTRIES_LSB);
    return;
  }
  throw new Error('updates are rounded in the end');
}

/** What the host finds; `sent` are the addresses of the events that left. */
export function remainsOf(host: ControllerHost, legal: LegalModule, sent: readonly number[]): Remains {
  const { accumulate, neuron, turn, wear } = legal.blocks;
  const column = 2 ** (aerAddressBits(legal.sizes) - 1);
  return {
    ...(accumulate && { sums: sumsOf(host, legal) }),
    ...(neuron?.sends && { sent: sent.map((address) => address - column) }),
    ...(wear && { wear: wearOf(host, legal) }),
    planes: turn && neuron ? planesOf(host, legal, neuron.activationBits) : [],
  };
}

function wearOf(host: ControllerHost, { sizes }: LegalModule): NonNullable<Remains['wear']> {
  const rows = Array.from({ length: sizes.rows }, (_, row) => host.readWord('wear', row));
  return { rows, common: host.readRegister('wear_common') };
}

/** Sums by column; each is at {step, converter}. */
function sumsOf(host: ControllerHost, { sizes, scan }: LegalModule): readonly number[] {
  return Array.from({ length: sizes.columns }, (_, column) => {
    const [step, converter] = [column % scan.shares, Math.floor(column / scan.shares)];
    return host.readWord('accumulator', step * 2 ** ceilLog2(scan.converters) + converter) | 0;
  });
}

/** The last planes of the rows' memory that the program speaks of: those of activations, each one bus word. */
function planesOf(host: ControllerHost, { sizes, dataSets }: LegalModule, bits: number): Remains['planes'] {
  const planes = dataSets[0]?.rowPlanes.length ?? 0;
  return Array.from({ length: bits }, (_, at) => {
    const index = planes - bits + at;
    const word = host.readWord('rowPlane', index);
    return [index, Array.from({ length: sizes.rows }, (__, row) => row).filter((row) => (word >> row) & 1)] as const;
  });
}
