/** Speed of pulse-train updates on 512 x 512 devices with cycle and device noise, and of the memory beneath them. */
import type { DeviceModel } from '../../src/devices/device-model.js';
import { createUpdateArray, type Trains, type UpdateSetup } from '../../src/devices/trains/update-array.js';
import { compileText } from '../support/compile-text.js';
import { cpuSeconds } from './measurement.js';

/** Devices of std/aihwkit with 30 % noise from cycle to cycle and from device to device, their defaults. */
export type UpdateKind = 'constantStep' | 'softBounds' | 'expStep';

/** Devices updated in a second. */
export interface UpdateBench {
  readonly kind: UpdateKind;
  readonly slots: number;
  /** By CPU time, one thread. */
  readonly webassembly: number;
  readonly javascript: number;
  /** By wall-clock time; the second core must be idle for it to mean anything. */
  readonly oneThreadWall: number;
  readonly twoThreadsWall: number;
  /** What a loop that only reads and writes the same streams would do, measured in the same run. */
  readonly memoryLimit: number;
}

const SIZE = 512;
const TRAINS = 16;

/** Measures `kind` under dense trains of `slots` slots, in about three seconds. */
export function benchUpdate(kind: UpdateKind, slots: number): UpdateBench {
  const device = libraryDevice(kind);
  const trains = Array.from({ length: TRAINS / 2 }, (_, index) => denseTrains(slots, index)).flatMap(backAndForth);
  const measure = (setup: Partial<UpdateSetup>, clock: () => number): number =>
    devicesPerSecond(device, trains, setup, clock);
  return {
    kind,
    slots,
    webassembly: measure({}, cpuSeconds),
    javascript: measure({ execution: 'javascript' }, cpuSeconds),
    oneThreadWall: measure({}, wallSeconds),
    twoThreadsWall: measure({ threads: 2 }, wallSeconds),
    memoryLimit: memoryLimit(kind === 'constantStep' ? 6 : 8),
  };
}

/** Trains, and the same turned around, so that weights wander about instead of ending at their bounds. */
function backAndForth(trains: Trains): readonly Trains[] {
  return [trains, { ...trains, rowSigns: trains.rowSigns.map((sign) => -sign) }];
}

function libraryDevice(kind: UpdateKind): DeviceModel {
  const { network } = compileText(`import device ${kind} from "std/aihwkit"\n`);
  const device = network?.devices.find(({ name }) => name === kind);
  if (!device) throw new Error(`std/aihwkit has no ${kind}`);
  return device;
}

function devicesPerSecond(
  device: DeviceModel,
  trains: readonly Trains[],
  setup: Partial<UpdateSetup>,
  clock: () => number,
): number {
  const array = createUpdateArray(device, { rows: SIZE, columns: SIZE, seed: 1, ...setup });
  if (!('applyTrains' in array)) throw new Error(array.reasons.join('; '));
  const once = (): void => {
    for (const train of trains) array.applyTrains(train);
  };
  for (let warmUp = 0; warmUp < 2; warmUp++) once();
  let best = Infinity;
  for (let repeat = 0; repeat < 8; repeat++) {
    const start = clock();
    once();
    best = Math.min(best, clock() - start);
  }
  array.close();
  return (trains.length * SIZE * SIZE) / best;
}

/** Chance that a line fires in a slot: a third of all slots coincide in a cell with 31, a quarter with 10. */
export function firingChance(slots: number): number {
  return slots === 31 ? 0.59 : 0.5;
}

/** Trains in which every line fires in some slots. */
function denseTrains(slots: number, salt: number): Trains {
  let state = 12_345 + salt;
  const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const chance = firingChance(slots);
  const word = (): number => {
    let bits = 0;
    for (let slot = 0; slot < slots; slot++) if (random() < chance) bits |= 1 << slot;
    return bits >>> 0;
  };
  const sign = (): number => (random() < 0.5 ? -1 : 1);
  return {
    rowBits: Uint32Array.from({ length: SIZE }, word),
    columnBits: Uint32Array.from({ length: SIZE }, word),
    rowSigns: Int8Array.from({ length: SIZE }, sign),
    columnSigns: Int8Array.from({ length: SIZE }, sign),
  };
}

/** Devices a second of a loop over `streams` arrays, one of them written. */
function memoryLimit(streams: number): number {
  const arrays = Array.from({ length: streams }, () => new Float64Array((SIZE * SIZE) / 2).fill(1));
  let best = Infinity;
  for (let repeat = 0; repeat < 8; repeat++) {
    const start = cpuSeconds();
    // Whole arrays at once, as fast as the machine copies: what an update must at least move.
    for (let pass = 0; pass < 8; pass++)
      for (let index = 1; index < streams; index += 2) arrays[index - 1]!.set(arrays[index]!);
    best = Math.min(best, cpuSeconds() - start);
  }
  return (8 * SIZE * SIZE) / best;
}

function wallSeconds(): number {
  return performance.now() / 1e3;
}
