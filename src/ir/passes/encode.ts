/** scheduled -> legal: names, widths, addresses and the words that the sequencer executes. */
import { createHash } from 'node:crypto';
import { invariant } from '../../core/invariant.js';
import { assemble, withoutEntryLoops, type AssembledOp } from '../assemble.js';
import { ceilLog2 } from '../bit-width.js';
import { controllerSizes, MAX_TIMER_BITS, memoryWindows, windowFault } from '../controller-sizes.js';
import type { ControllerLimits, ControllerSizes, LegalDataSet, LegalModule, LegalProgram } from '../legal.js';
import { legalizeName } from '../legalize-name.js';
import { encodeOp, describeOp } from '../encode-op.js';
import { entryFormat, opFormat } from '../microcode.js';
import { gatherFacts } from '../program-facts.js';
import { registerMap } from '../register-map.js';
import type { DataSet, PulseOperation, PulseProgram, ScheduledModule } from '../scheduled.js';
import { packWord, toLanes } from '../word-format.js';

/** Encodes `module`; sizes that do not fit have been reported by `checkCapacity` and throw here. */
export function encode(module: ScheduledModule): LegalModule {
  const { program, mapped } = module;
  const { sections, limits, fixed } = designController(module);
  invariant(!windowFault(fixed.windows), 'every memory fits its window');
  const legalProgram = encodeProgram(sections, fixed);
  const specHash = hashOf({ ...fixed, words: legalProgram.words });
  return {
    phase: 'legal',
    source: mapped.source,
    ...fixed,
    specHash,
    program: legalProgram,
    registers: registerMap({ sizes: fixed.sizes, limits, scan: program.scan, specHash }),
    dataSets: program.dataSets.map((dataSet) => encodeDataSet(dataSet, program, fixed, legalProgram)),
  };
}

/** Everything about the hardware but the contents of its memories. */
interface ControllerDesign {
  readonly sections: Sections;
  readonly limits: ControllerLimits;
  readonly fixed: Pick<
    LegalModule,
    'name' | 'clockHz' | 'bus' | 'sizes' | 'scan' | 'railSets' | 'limits' | 'opFormat' | 'entryFormat' | 'windows'
  >;
}

/** Names, widths and memory shapes of the controller for `module`. */
export function designController(module: ScheduledModule): ControllerDesign {
  const { program } = module;
  const facts = gatherFacts(program);
  const sections = assembleSections(program.operations);
  const limits = controllerLimits(module);
  const sizes = controllerSizes({ program, facts, limits, wordCount: sections.wordCount });
  const formats = { op: opFormat(sizes), entry: entryFormat(sizes) };
  const widths = { op: formats.op.width, entry: formats.entry.width };
  const maxSteps = resultSteps(program.operations, facts.maxEntries) * program.scan.shares;
  const fixed = {
    name: legalizeName(program.name),
    clockHz: program.clockHz,
    bus: module.mapped.bus,
    sizes,
    scan: program.scan,
    railSets: program.railSets,
    limits,
    opFormat: formats.op,
    entryFormat: formats.entry,
    windows: memoryWindows(sizes, widths, program.scan, maxSteps),
  };
  return { sections, limits, fixed };
}

/** The program twice where it has a loop over the entries: as it is, and as it runs without entries. */
interface Sections {
  readonly withWork: readonly AssembledOp[];
  readonly withoutWork: readonly AssembledOp[];
  readonly wordCount: number;
}

function assembleSections(operations: readonly PulseOperation[]): Sections {
  const withWork = assemble(operations, 0);
  const remaining = withoutEntryLoops(operations);
  const isSame = assemble(remaining, 0).length === withWork.length;
  const withoutWork = isSame ? withWork : assemble(remaining, withWork.length + 1);
  const wordCount = withWork.length + 1 + (isSame || withoutWork.length === 0 ? 0 : withoutWork.length + 1);
  return { withWork, withoutWork, wordCount };
}

type Fixed = Pick<LegalModule, 'sizes' | 'scan' | 'opFormat' | 'entryFormat'>;

function encodeProgram({ withWork, withoutWork, wordCount }: Sections, fixed: Fixed): LegalProgram {
  const ops = withoutWork === withWork ? withWork : [...withWork, ...withoutWork];
  const byAddress = new Map(ops.map((op) => [op.address, op]));
  const addresses = Array.from({ length: wordCount }, (_, address) => address);
  return {
    words: addresses.map((address) => {
      const op = byAddress.get(address);
      return op ? packWord(fixed.opFormat, encodeOp(op)) : toLanes(0n, fixed.opFormat.width);
    }),
    listing: addresses.map((address) => {
      const op = byAddress.get(address);
      return op ? { address, text: describeOp(op), origin: op.origin } : { address, text: 'stop' };
    }),
    entry: 0,
    // An empty rest of the program starts at the first stop.
    entryWithoutWork: withoutWork.at(0)?.address ?? withWork.length,
  };
}

/** The on-time limit is the device's rating; without one the guard only watches for overflow. */
function controllerLimits({ mapped, program }: ScheduledModule): ControllerLimits {
  const rating = mapped.device.ratings.find(({ quantity }) => quantity === 'duration');
  const { conversionClocks, settleClocks } = program.scan;
  invariant(settleClocks >= 1 && conversionClocks >= 0, 'a converter settles for at least one clock');
  const unlimited = 2 ** MAX_TIMER_BITS - 1;
  return {
    restClocks: program.restClocks,
    onTimeClocks: rating ? Math.min(unlimited, Math.max(1, Math.floor(rating.max * program.clockHz))) : unlimited,
    answerClocks: 4 * conversionClocks + 16,
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
    planes: sizes.planeWords === 0 ? [] : dataSet.planes.flatMap((plane) => encodePlane(plane, sizes)),
    resultSteps: resultSteps(program.operations, dataSet.entries.length) * program.scan.shares,
    origin: dataSet.origin,
  };
}

/** Words of one plane, filled up to its power of two. */
function encodePlane(columns: readonly number[], sizes: ControllerSizes): readonly (readonly number[])[] {
  const stride = 2 ** ceilLog2(sizes.planeWords);
  return Array.from({ length: stride }, (_, group) => {
    const first = group * sizes.planeLanes;
    const mask = columns
      .filter((column) => column >= first && column < first + sizes.planeLanes)
      .reduce((bits, column) => bits | (1n << BigInt(column - first)), 0n);
    return toLanes(mask, sizes.planeLanes);
  });
}

/** Sampling segments that a run with so many entries executes. */
function resultSteps(operations: readonly PulseOperation[], entryCount: number): number {
  return operations.reduce((sum, operation) => {
    if (operation.kind === 'segment') return sum + Number(operation.samples);
    const turns = operation.count === 'entries' ? entryCount : operation.count;
    return sum + turns * resultSteps(operation.body, entryCount);
  }, 0);
}

function hashOf(value: object): number {
  return createHash('sha256').update(JSON.stringify(value)).digest().readUInt32BE(28);
}
