/** What the top's template prints of the converters and of what follows them; absent parts print nothing. */
import { ceilLog2, indexBits } from '../../ir/bit-width.js';
import { accumulateParameters, accumulateWindow } from '../../ir/blocks/accumulate.js';
import type { CellParameter } from '../../ir/blocks/cell-parameters.js';
import type { ConverterBlocks } from '../../ir/blocks/converter-blocks.js';
import { roundingParameters, roundingWindow } from '../../ir/blocks/rounding.js';
import { transferParameters, transferWindow } from '../../ir/blocks/transfer.js';
import { marksParameters, verifyParameters, verifyWindow } from '../../ir/blocks/verify.js';
import { busWords } from '../../ir/controller-sizes.js';
import type { LegalModule, MemoryWindow } from '../../ir/legal.js';
import { connectPorts } from './declaration.js';
import type { Line } from './views.js';

export interface ConverterTexts {
  readonly hasOversampling: number;
  readonly hasCompare: number;
  readonly scanCompare: string;
  readonly scanOversampling: string;
  readonly scanAnswer: string;
  readonly comparesCurrents: boolean;
  readonly readsCodesOnly: boolean;
  /** Whether codes of one of several tiles are compared, and these codes and answers. */
  readonly comparesTiles: boolean;
  readonly cellWord: string;
  readonly cellAnswer: string;
  readonly rowIndexMsb: number;
  readonly accumulatesCodes: boolean;
  readonly accumulateParameters: readonly Line[];
  readonly accumulatorAddressBits: number;
  readonly verifiesCodes: boolean;
  readonly verifyParameters: readonly Line[];
  readonly targetAddressBits: number;
  readonly transfersCodes: boolean;
  readonly transferParameters: readonly Line[];
  readonly transferAddressBits: number;
  readonly marksColumns: boolean;
  readonly marksParameters: readonly Line[];
  readonly marksWhere: string;
  readonly marksUp: string;
  readonly marksDown: string;
  readonly roundsUpdates: boolean;
  readonly roundingParameters: readonly Line[];
  readonly updateAddressBits: number;
}

type Converted = Pick<LegalModule, 'sizes' | 'scan'>;

/** Texts of the `blocks` that a controller of these sizes has. */
export function converterTexts(module: Converted, blocks: ConverterBlocks): ConverterTexts {
  const compares = blocks.scan.comparison !== 'none' && blocks.verify !== undefined;
  return {
    hasOversampling: Number(blocks.scan.oversamples),
    hasCompare: Number(compares),
    scanCompare: compares ? 'verifies & adc_compare' : "1'b0",
    scanOversampling: blocks.scan.oversamples ? 'adc_os' : "2'd0",
    scanAnswer: compares ? 'adc_answer_i' : "{(2 * Tiles * Converters){1'b0}}",
    comparesCurrents: compares,
    readsCodesOnly: !compares,
    ...tileTexts(module, blocks),
    rowIndexMsb: indexBits(module.sizes.rows) - 1,
    ...accumulateTexts(module, blocks),
    ...verifyTexts(module, blocks),
    ...transferTexts(module, blocks),
    ...marksTexts(module, blocks),
    ...roundingTexts(module, blocks),
  };
}

function tileTexts({ sizes }: Converted, { verify, transfer }: ConverterBlocks) {
  const comparesTiles = sizes.tiles > 1 && (verify ?? transfer) !== undefined;
  return comparesTiles
    ? { comparesTiles, cellWord: 'cell_word', cellAnswer: 'cell_answer' }
    : { comparesTiles, cellWord: 'scan_word', cellAnswer: 'scan_answer' };
}

function accumulateTexts({ sizes, scan }: Converted, { accumulate }: ConverterBlocks) {
  return {
    accumulatesCodes: accumulate !== undefined,
    accumulateParameters: linesOf(accumulate && accumulateParameters(accumulate, sizes, scan)),
    accumulatorAddressBits: addressBits(accumulate && accumulateWindow(accumulate, sizes, scan)),
  };
}

function verifyTexts({ sizes, scan }: Converted, { verify }: ConverterBlocks) {
  const lines = { rows: sizes.rows, scan };
  return {
    verifiesCodes: verify !== undefined,
    verifyParameters: linesOf(verify && verifyParameters(sizes, lines)),
    targetAddressBits: addressBits(verify && verifyWindow(lines)),
  };
}

function transferTexts({ sizes, scan }: Converted, { transfer }: ConverterBlocks) {
  const lines = { rows: sizes.rows, scan };
  return {
    transfersCodes: transfer !== undefined,
    transferParameters: linesOf(transfer && transferParameters(transfer, sizes, lines)),
    transferAddressBits: addressBits(transfer && transferWindow(transfer, lines)),
  };
}

/** Marks of a transfer are gated by their cell, those of a verify scan here. */
function marksTexts({ sizes, scan }: Converted, { verify, transfer }: ConverterBlocks) {
  const markers = [...(verify ? ['verify'] : []), ...(transfer ? ['transfer'] : [])];
  const stepMarks = (way: 'up' | 'down'): string =>
    markers
      .map((marker) =>
        marker === 'verify' && markers.length > 1 ? `({Converters{verifies}} & verify_${way})` : `${marker}_${way}`,
      )
      .join(' | ');
  return {
    marksColumns: markers.length > 0,
    marksParameters: linesOf(markers.length > 0 ? marksParameters(sizes.columns, scan) : undefined),
    marksWhere: markers.map((marker) => (marker === 'verify' ? 'verifies' : 'transfers')).join(' | '),
    marksUp: stepMarks('up'),
    marksDown: stepMarks('down'),
  };
}

function roundingTexts({ sizes }: Converted, { rounding }: ConverterBlocks) {
  return {
    roundsUpdates: rounding !== undefined,
    roundingParameters: linesOf(rounding && roundingParameters(rounding, sizes)),
    updateAddressBits: addressBits(rounding && roundingWindow(rounding, sizes)),
  };
}

function linesOf(parameters: readonly CellParameter[] = []): readonly Line[] {
  return connectPorts(parameters);
}

function addressBits(window: MemoryWindow | undefined): number {
  return window ? ceilLog2(busWords(window)) : 0;
}
