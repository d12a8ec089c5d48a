/** What each phase guarantees. A violation is a bug of the pass before it, so it throws and names that pass. */
import { InternalError } from '../core/invariant.js';
import type { MappedModule } from './mapped.js';
import type { NetworkModule } from './network.js';
import type { DataSet, PulseOperation, PulseProgram, ScheduledModule, SegmentOperation } from './scheduled.js';

/** Throws unless the condition holds; the text says what should. */
export type Claim = (condition: boolean, text: string) => void;

/** Throws {@link InternalError} naming `pass` where a claim does not hold. */
export function claimsOf(pass: string): Claim {
  return (condition, text) => {
    if (!condition) throw new InternalError(`after pass \`${pass}\`: ${text}`);
  };
}

/** Names resolved, sizes finite, images inside their window. */
export function verifyNetwork(network: NetworkModule): void {
  const claim = claimsOf('lower');
  verifyStudies(network, claim);
  const devices = new Set(network.devices.map((device) => device.name));
  const chips = new Set(network.chips.map((chip) => chip.name));
  for (const { name, chip, program, seedCount } of network.experiments) {
    claim(chips.has(chip), `experiment ${name} runs on an existing chip`);
    claim(devices.has(program.device), `program ${program.name} uses an existing device`);
    claim(seedCount >= 1, `experiment ${name} has a seed`);
    for (const image of program.images) {
      claim(image.siemens.length === image.rows * image.columns, `image ${image.name} is full`);
      const { low, high } = program.window;
      claim(
        image.siemens.every((siemens) => siemens >= low && siemens <= high),
        `image ${image.name} is in its window`,
      );
    }
  }
}

/** Experiments on networks refer to what the module holds. */
function verifyStudies({ chips, networks, studies }: NetworkModule, claim: Claim): void {
  for (const { name, chip, network, seedCount, schedule } of studies) {
    claim(
      chips.some((each) => each.name === chip),
      `experiment ${name} runs on an existing chip`,
    );
    claim(
      networks.some((each) => each.name === network),
      `experiment ${name} runs an existing network`,
    );
    claim(seedCount >= 1, `experiment ${name} has a seed`);
    claim(schedule.length > 0, `something happens in experiment ${name}`);
  }
}

/** Every pixel has a cell, every column a converter, every line a rail. */
export function verifyMapped(mapped: MappedModule): void {
  const claim = claimsOf('map');
  const { converters, columns, images, railSets, rows } = mapped;
  claim(converters.count * converters.sharedBy >= columns, 'every column has a converter');
  claim(railSets.map((set) => set.name).join() === 'idle,write,read', 'rail sets are complete');
  claim(
    images.every((image) => image.rows <= rows && image.columns <= columns),
    'every pixel has a cell',
  );
}

/** Order and times are final: loops nest, entries and planes exist, dwells are representable. */
export function verifyScheduled({ mapped, program }: ScheduledModule): void {
  const claim = claimsOf('schedule');
  claim(program.dataSets.length === mapped.images.length, 'every image has a data set');
  claim(program.restClocks >= 1, 'a rest lasts at least one clock');
  for (const operation of program.operations)
    verifyOperation(operation, { program, claim, counters: [], inEntries: false });
  for (const dataSet of program.dataSets) verifyDataSet(dataSet, program, claim);
}

interface OperationContext {
  readonly program: PulseProgram;
  readonly claim: Claim;
  readonly counters: readonly number[];
  readonly inEntries: boolean;
}

function verifyOperation(operation: PulseOperation, context: OperationContext): void {
  if (operation.kind === 'segment') {
    verifySegment(operation, context);
    return;
  }
  const { claim, counters } = context;
  claim(!counters.includes(operation.counter), 'nested loops use different counters');
  claim(operation.count === 'entries' || operation.count >= 1, 'a counted loop runs at least once');
  const inner = { ...context, counters: [...counters, operation.counter], inEntries: operation.count === 'entries' };
  for (const child of operation.body) verifyOperation(child, inner);
}

function verifySegment({ row, column, dwell, railSet }: SegmentOperation, context: OperationContext): void {
  const { claim, counters, inEntries, program } = context;
  claim(railSet < program.railSets.length, 'the rail set of a segment exists');
  claim(dwell.kind === 'entry' || dwell.clocks >= 1, 'a segment lasts at least one clock');
  for (const selection of [row, column]) {
    if (selection.kind === 'counter')
      claim(counters.includes(selection.counter), 'a line is selected by a loop around it');
  }
  const takesEntry = [row.kind, column.kind, dwell.kind].some((kind) => kind === 'entry' || kind === 'plane');
  claim(!takesEntry || inEntries, 'entries are taken inside a loop over entries');
}

function verifyDataSet({ name, entries, planes }: DataSet, program: PulseProgram, claim: Claim): void {
  const most = 2 ** program.magnitudeBits - 1;
  const columnLimit = planes.length > 0 ? planes.length : program.columns;
  for (const { row, column, magnitude } of entries) {
    claim(row < program.rows && column < columnLimit, `entries of ${name} name existing lines`);
    claim(Number.isInteger(magnitude) && magnitude >= 1 && magnitude <= most, `dwells of ${name} fit the timer`);
  }
  claim(
    planes.every((plane) => plane.length > 0 && plane.every((line) => line < program.columns)),
    `planes of ${name} exist`,
  );
  claim(entries.at(-1)?.last !== false, `the last pulse of ${name} is followed by a rest`);
}
