/** What the sequencer of the top is given: features that the program uses, and signals of parts that may be absent. */
import type { LegalModule } from '../../ir/legal.js';
import { LOOP_DEPTHS } from '../../ir/microcode.js';
import { declareSignals } from './declaration.js';
import type { Line } from './views.js';

export interface SequencerTexts {
  readonly loops: string;
  readonly entryLoops: string;
  readonly hasControl: number;
  readonly hasSet: number;
  readonly hasRandom: number;
  readonly hasMarks: number;
  readonly ages: number;
  readonly loopLasts: string;
  readonly seedRowWrite: string;
  readonly seedColumnWrite: string;
  /** Declarations of what the register file would bring. */
  readonly absentRegisters: readonly Line[];
  readonly randomPlanes: string;
  readonly tickIndex: string;
  readonly hasWearFlag: number;
  /** Words of a plane that the sequencer itself walks through: a board of shift registers asks for its own. */
  readonly walkedRowWords: string;
  readonly walkedColumnWords: string;
  readonly walkedRowBits: string;
  readonly walkedColumnBits: string;
  readonly linesReady: string;
  readonly firstRead: string;
  readonly firstRow: string;
  readonly firstColumn: string;
}

export function sequencerTexts(module: LegalModule): SequencerTexts {
  const { sizes } = module;
  const { hasRandom, hasSpikes } = sizes;
  return {
    loops: loopMask(sizes.hasSet ? 7 : sizes.entryLoops | sizes.countedLoops),
    entryLoops: loopMask(sizes.entryLoops),
    hasControl: Number(sizes.conditions > 0 || sizes.units > 0),
    hasSet: Number(sizes.hasSet),
    hasRandom: Number(hasRandom),
    hasMarks: Number(sizes.hasMarks),
    ages: module.blocks.spikes?.planes ?? 0,
    loopLasts: `{${LOOP_DEPTHS.toReversed()
      .map((depth) => registerOr(module, `loop${String(depth)}_last`, "CountW'(0)"))
      .join(', ')}}`,
    seedRowWrite: hasRandom ? 'seed_row_we' : "1'b0",
    seedColumnWrite: hasRandom ? 'seed_column_we' : "1'b0",
    absentRegisters: hasRandom ? [] : declareSignals(['seed_row', 'seed_column'].map((name) => ({ name, width: 32 }))),
    randomPlanes: registerOr(module, 'random_planes', "4'd0"),
    tickIndex: hasSpikes ? 'tick_index' : "1'b0",
    hasWearFlag: Number(module.blocks.wear !== undefined),
    ...loadTexts(module),
  };
}

function loadTexts({ blocks }: LegalModule) {
  return blocks.serial
    ? {
        walkedRowWords: '(RowWords > 0) ? 1 : 0',
        walkedColumnWords: '(ColWords > 0) ? 1 : 0',
        walkedRowBits: '0',
        walkedColumnBits: '0',
        linesReady: 'lines_ready',
        firstRead: 'first_re',
        firstRow: 'row_first_addr',
        firstColumn: 'column_first_addr',
      }
    : {
        walkedRowWords: 'RowWords',
        walkedColumnWords: 'ColWords',
        walkedRowBits: 'RowBits',
        walkedColumnBits: 'ColBits',
        linesReady: "1'b1",
        firstRead: 'plane_re',
        firstRow: 'row_plane_addr',
        firstColumn: 'column_plane_addr',
      };
}

function loopMask(mask: number): string {
  return `3'b${mask.toString(2).padStart(3, '0')}`;
}

function registerOr({ registers }: LegalModule, name: string, otherwise: string): string {
  return registers.some((register) => register.name === name) ? name : otherwise;
}
