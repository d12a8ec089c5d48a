/** A cell against a model of it, clock by clock: inputs at random, asynchronous resets in between, every output. */
import { openCell, type Cell, type CellShape } from './cell-session.js';

export type PortValues = Readonly<Record<string, number | bigint>>;

/** What a cell is meant to do. */
export interface CellModel<Inputs extends PortValues> {
  reset(): void;
  /** Every output in a clock with these inputs. */
  outputs(inputs: Inputs): PortValues;
  /** The edge at the end of that clock. */
  advance(inputs: Inputs): void;
}

/** A run of a cell. */
export interface ModelTrial<Inputs extends PortValues> {
  readonly shape: CellShape;
  readonly model: CellModel<Inputs>;
  readonly clocks: number;
  /** Inputs of a clock, by the clocks since the last reset; the model shows the state in which they come. */
  readonly stimulus: (age: number) => Inputs;
}

/** A prime, so that resets meet everything. */
const RESET_CLOCKS = 211;

/** Where the cell strays from its model; undefined where it never does. */
export async function firstDifference<Inputs extends PortValues>(
  trial: ModelTrial<Inputs>,
): Promise<string | undefined> {
  const { shape, model, clocks, stimulus } = trial;
  const cell = await openCell({ ...shape, isSampled: true });
  cell.reset();
  model.reset();
  for (let clock = 1; clock <= clocks; clock++) {
    const isReset = clock % RESET_CLOCKS === 0;
    if (isReset) model.reset();
    const inputs = stimulus(clock % RESET_CLOCKS);
    const wanted = model.outputs(inputs);
    for (const [name, value] of Object.entries(inputs)) setPort(cell, name, BigInt(value));
    cell.step({ rst_ni: Number(!isReset) });
    for (const [name, value] of Object.entries(wanted)) {
      const found = portValue(cell, name);
      if (found !== BigInt(value)) return `clock ${String(clock)}: ${name} is ${String(found)}, not ${String(value)}`;
    }
    if (!isReset) model.advance(inputs);
  }
  return undefined;
}

/** A few fields side by side in one port, the first lowest. */
export function packed(fields: readonly number[], bits: number): bigint {
  return fields.reduceRight((all, field) => (all << BigInt(bits)) | BigInt(field), 0n);
}

function setPort({ session }: Cell, name: string, value: bigint): void {
  const { offset, words } = slotOf(session, name);
  for (let word = 0; word < words; word++)
    session.io[offset + word] = Number(BigInt.asUintN(32, value >> BigInt(32 * word)));
}

function portValue({ session }: Cell, name: string): bigint {
  const { offset, words } = slotOf(session, name);
  return packed([...session.io.subarray(offset, offset + words)], 32);
}

function slotOf({ slots }: Cell['session'], name: string): { readonly offset: number; readonly words: number } {
  const slot = slots.get(name);
  if (!slot) throw new Error(`the cell has no port ${name}`);
  return slot;
}
