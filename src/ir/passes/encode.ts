/** scheduled -> legal: names, widths, addresses and the words that the sequencer executes. */
import { invariant } from '../../core/invariant.js';
import { sha256 } from '../../core/sha256.js';
import type { CounterUse } from '../allocate-loops.js';
import { assemble, type AssembledProgram } from '../assemble.js';
import { printWord } from '../assembly/print.js';
import { ceilLog2 } from '../bit-width.js';
import { serialFaults } from '../blocks/line-serial.js';
import { blockRegisters } from '../blocks/block-registers.js';
import { targetWord } from '../blocks/verify.js';
import { cellWord } from '../cell-address.js';
import { controllerSizes, MAX_TIMER_BITS, memoryWindows, windowFault } from '../controller-sizes.js';
import type { ControllerLimits, LegalDataSet, LegalModule, LegalProgram } from '../legal.js';
import { legalizeName } from '../legalize-name.js';
import { encodeOp, packOp, STOP_FIELDS } from '../encode-op.js';
import { entryFormat, opFormat } from '../microcode.js';
import { gatherFacts } from '../program-facts.js';
import { registerMap } from '../register-map.js';
import type { DataSet, PulseOperation, PulseProgram, ScheduledArray } from '../scheduled.js';
import { packWord, toLanes } from '../word-format.js';

/** Encodes `module`; sizes that do not fit have been reported by `checkCapacity` and throw here. */
export function encode(module: ScheduledArray): LegalModule {
  const { program, mapped } = module;
  invariant(serialFaults(program).length === 0, serialFaults(program).join('; '));
  const design = designController(module);
  invariant(design, 'the loops of a program fit the counters');
  const { assembled, limits, fixed } = design;
  invariant(!windowFault(fixed.windows), 'every memory fits its window');
  const legalProgram = encodeProgram(assembled, fixed);
  const specHash = hashOf({ ...fixed, words: legalProgram.words });
  return {
    phase: 'legal',
    source: mapped.source,
    ...fixed,
    specHash,
    program: legalProgram,
    registers: registerMap({
      sizes: fixed.sizes,
      limits,
      scan: program.scan,
      specHash,
      blocks: blockRegisters(program.blocks, fixed.sizes, program.scan),
      constants: fixed.constants ?? [],
    }),
    dataSets: program.dataSets.map((dataSet) => encodeDataSet(dataSet, program, fixed, legalProgram)),
  };
}

/** Everything about the hardware but the contents of its memories. */
interface ControllerDesign {
  readonly assembled: AssembledProgram;
  readonly limits: ControllerLimits;
  readonly fixed: Pick<
    LegalModule,
    | 'name'
    | 'clockHz'
    | 'bus'
    | 'sizes'
    | 'blocks'
    | 'scan'
    | 'railSets'
    | 'limits'
    | 'opFormat'
    | 'entryFormat'
    | 'windows'
    | 'constants'
  >;
}

/** Names, widths and memory shapes of the controller for `module`; undefined where its loops do not fit. */
export function designController(module: ScheduledArray): ControllerDesign | undefined {
  const { program } = module;
  const facts = gatherFacts(program);
  const assembled = assemble(program.operations);
  if (!assembled) return undefined;
  const { plan } = assembled;
  const limits = controllerLimits(module, plan.counters);
  const sizes = controllerSizes({ program, facts, limits, plan, wordCount: assembled.words.length });
  const formats = { op: opFormat(sizes), entry: entryFormat(sizes) };
  const widths = { op: formats.op.width, entry: formats.entry.width };
  const maxSteps = resultStepsOf(program, facts.maxEntries);
  const fixed = {
    name: legalizeName(program.name),
    clockHz: program.clockHz,
    bus: module.mapped.bus,
    sizes,
    blocks: program.blocks,
    scan: program.scan,
    railSets: program.railSets,
    limits,
    opFormat: formats.op,
    entryFormat: formats.entry,
    windows: memoryWindows({ sizes, facts, widths, scan: program.scan, resultSteps: maxSteps, blocks: program.blocks }),
    ...(module.mapped.constants && { constants: module.mapped.constants }),
  };
  return { assembled, limits, fixed };
}

type Fixed = Pick<LegalModule, 'sizes' | 'scan' | 'opFormat' | 'entryFormat' | 'windows'>;

function encodeProgram({ words, entry, entryWithoutWork }: AssembledProgram, fixed: Fixed): LegalProgram {
  const { opFormat: format } = fixed;
  const packed = words.map((word) => packOp(format, word ? encodeOp(word) : STOP_FIELDS));
  return {
    words: packed,
    listing: packed.map((lanes, address) => {
      const origin = words[address]?.node.origin;
      return { address, text: printWord(lanes, format), ...(origin && { origin }) };
    }),
    entry,
    entryWithoutWork,
  };
}

/** The on-time limit is the device's rating; without one the guard only watches for overflow. */
function controllerLimits({ mapped, program }: ScheduledArray, counters: readonly CounterUse[]): ControllerLimits {
  const rating = mapped.device.ratings.find(({ quantity }) => quantity === 'duration');
  const { conversionClocks, settleClocks } = program.scan;
  invariant(settleClocks >= 1 && conversionClocks >= 0, 'a converter settles for at least one clock');
  const unlimited = 2 ** MAX_TIMER_BITS - 1;
  return {
    restClocks: program.restClocks,
    onTimeClocks: rating ? Math.min(unlimited, Math.max(1, Math.floor(rating.max * program.clockHz))) : unlimited,
    answerClocks: 4 * conversionClocks + 16,
    loopLasts: counters.map((use) => (typeof use === 'number' ? use - 1 : 0)),
    randomPlanes: program.randomPlanes,
  };
}

function encodeDataSet(dataSet: DataSet, program: PulseProgram, fixed: Fixed, legal: LegalProgram): LegalDataSet {
  const { sizes } = fixed;
  const hasWork = dataSet.entries.length > 0;
  return {
    name: dataSet.name,
    entry: hasWork ? legal.entry : legal.entryWithoutWork,
    entries: dataSet.entries.map((entry) =>
      packWord(fixed.entryFormat, { ...entry, negative: Number(entry.negative), last: Number(entry.last) }),
    ),
    rowPlanes:
      fixed.windows.rowPlane.depth === 0
        ? []
        : encodePlanes(dataSet.rowPlanes, sizes.rowPlaneLanes, sizes.rowPlaneWords),
    columnPlanes:
      fixed.windows.columnPlane.depth === 0
        ? []
        : encodePlanes(dataSet.columnPlanes, sizes.columnPlaneLanes, sizes.columnPlaneWords),
    targets: encodeTargets(dataSet, program),
    resultSteps: resultStepsOf(program, dataSet.entries.length),
    origin: dataSet.origin,
  };
}

/** Words of the target memory, one for every cell that has a target. */
function encodeTargets({ targetCodes = [] }: DataSet, { columns, rows, scan }: PulseProgram): LegalDataSet['targets'] {
  return targetCodes.flatMap((code, cell) => {
    const word = cellWord({ rows, scan }, Math.floor(cell / columns), cell % columns);
    return [{ word, value: targetWord(scan, code ?? undefined) }];
  });
}

/** Words of all planes of one side, each filled up to its power of two. */
function encodePlanes(planes: DataSet['rowPlanes'], lanes: number, wordCount: number): readonly (readonly number[])[] {
  return planes.flatMap((lines) =>
    Array.from({ length: 2 ** ceilLog2(wordCount) }, (_, group) => {
      const first = group * lanes;
      const mask = lines
        .filter((line) => line >= first && line < first + lanes)
        .reduce((bits, line) => bits | (1n << BigInt(line - first)), 0n);
      return toLanes(mask, lanes);
    }),
  );
}

/** Conversion steps that a run over a data set of so many entries stores, at most. */
export function resultStepsOf({ operations, scan }: PulseProgram, entryCount: number): number {
  return resultSteps(operations, entryCount) * scan.shares;
}

/** Sampling segments whose codes a run with so many entries stores, at most. */
function resultSteps(operations: readonly PulseOperation[], entryCount: number): number {
  return operations.reduce((sum, operation) => {
    if (operation.kind === 'segment') {
      return sum + Number(operation.samples !== 'never' && operation.samples.mode === 'store');
    }
    if (operation.kind === 'choice') {
      const [then, otherwise] = [operation.then, operation.otherwise].map((arm) => resultSteps(arm, entryCount));
      return sum + Math.max(then ?? 0, otherwise ?? 0);
    }
    if (operation.kind !== 'loop') return sum;
    const turns = operation.count === 'entries' ? entryCount : operation.count;
    return sum + turns * resultSteps(operation.body, entryCount);
  }, 0);
}

function hashOf(value: object): number {
  const digest = sha256(new TextEncoder().encode(JSON.stringify(value)));
  return new DataView(digest.buffer, digest.byteOffset).getUint32(28);
}
