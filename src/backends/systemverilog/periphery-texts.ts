/** What the top's template prints of guard, rails, coil and wear; absent parts print nothing. */
import { indexBits } from '../../ir/bit-width.js';
import { fieldParameters } from '../../ir/blocks/field.js';
import { guardConfig, guardParameters } from '../../ir/blocks/guard.js';
import { railParameters } from '../../ir/blocks/rails.js';
import { wearParameters } from '../../ir/blocks/wear.js';
import type { CellParameter } from '../../ir/blocks/cell-parameters.js';
import type { LegalModule } from '../../ir/legal.js';
import { connectPorts } from './declaration.js';
import type { Line } from './views.js';

export interface PeripheryTexts {
  readonly guardParameters: readonly Line[];
  readonly dutyLimit: string;
  readonly dutyLeak: string;
  /** Whether nothing asks if a pin says stop. */
  readonly isUnwatched: boolean;
  readonly hasRails: boolean;
  readonly railParameters: readonly Line[];
  readonly railCountMsb: number;
  readonly railIndexMsb: number;
  readonly hasField: boolean;
  readonly fieldParameters: readonly Line[];
  readonly fieldCountMsb: number;
  readonly hasWear: boolean;
  readonly wearParameters: readonly Line[];
  readonly wearCountMsb: number;
  readonly wearRowBits: number;
  readonly wearRowMsb: number;
}

/** Texts of the blocks that `module` has. */
export function peripheryTexts({ blocks, sizes }: LegalModule): PeripheryTexts {
  const { duty, rails, field, wear } = blocks;
  const fieldCells = field ? fieldParameters(field) : [];
  return {
    guardParameters: connectPorts(guardParameters(guardConfig(blocks, sizes))),
    dutyLimit: duty ? 'duty_max' : "1'b0",
    dutyLeak: duty ? 'duty_leak' : "3'd0",
    isUnwatched: field === undefined,
    hasRails: rails !== undefined,
    railParameters: connectPorts(rails ? railParameters(rails) : []),
    railCountMsb: (rails?.countBits ?? 1) - 1,
    railIndexMsb: indexBits(rails?.rails.length ?? 1) - 1,
    hasField: field !== undefined,
    fieldParameters: connectPorts(fieldCells),
    fieldCountMsb: Math.max(0, valueOf(fieldCells, 'CountW') - 1),
    hasWear: wear !== undefined,
    wearParameters: connectPorts(wear ? wearParameters(sizes, wear) : []),
    wearCountMsb: (wear?.countBits ?? 1) - 1,
    wearRowBits: sizes.rowBits,
    wearRowMsb: sizes.rowBits - 1,
  };
}

/** A parameter that sizes a signal of the top, too. */
function valueOf(parameters: readonly CellParameter[], name: string): number {
  return Number(parameters.find(({ port }) => port === name)?.signal ?? 1);
}
