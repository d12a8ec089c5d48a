/** Flip-flop cells of Yosys as registers of a circuit. */
import type { Register, RegisterWord } from './circuit.js';
import { bitAt, choose, constantVector, vectorOf, wordAt, wordWidth, WORD_BITS, type Vector } from './vector.js';
import type { NodeId, WordGraph } from './word-graph.js';
import { bitsToNumber, type SignalBit, type YosysCell, type YosysModule } from './yosys-json.js';

const REGISTER_TYPES: ReadonlySet<string> = new Set([
  ...['$dff', '$dffe', '$adff', '$adffe', '$sdff', '$sdffe', '$sdffce', '$aldff', '$aldffe'],
]);

export function isRegister(cell: YosysCell): boolean {
  return REGISTER_TYPES.has(cell.type);
}

type Resolve = (bits: readonly SignalBit[]) => Vector;

/** A register whose output is known; `connect` is called when all nets are driven. */
export interface DeclaredRegister {
  readonly vector: Vector;
  readonly connect: (resolve: Resolve) => Register;
}

interface RegisterPlace {
  readonly module: YosysModule;
  readonly graph: WordGraph;
  /** Index of its first state word. */
  readonly firstState: number;
}

export function declareRegister(name: string, cell: YosysCell, place: RegisterPlace): DeclaredRegister {
  const { graph, firstState } = place;
  const outputs = cell.connections['Q'] ?? [];
  const initial = initialValue(place.module, outputs);
  const vector = vectorOf(outputs.length, (index, bits) => graph.state(firstState + index, bits));
  return {
    vector,
    connect: (resolve) => {
      const pins = new RegisterPins(graph, cell, resolve);
      const [next, reset, enable, resetActive] = [pins.next(), pins.resetValue(), pins.enable(), pins.resetActive()];
      const words = vector.words.map((_, index): RegisterWord => ({
        state: firstState + index,
        width: wordWidth(vector.width, index),
        initial: BigInt.asUintN(wordWidth(vector.width, index), initial >> BigInt(index * WORD_BITS)),
        next: wordAt(next, index),
        ...(reset && { reset: wordAt(reset, index) }),
      }));
      return {
        name,
        words,
        ...(enable !== undefined && { enable }),
        ...(resetActive !== undefined && { resetActive }),
      };
    },
  };
}

class RegisterPins {
  readonly #graph: WordGraph;
  readonly #cell: YosysCell;
  readonly #resolve: Resolve;

  constructor(graph: WordGraph, cell: YosysCell, resolve: Resolve) {
    this.#graph = graph;
    this.#cell = cell;
    this.#resolve = resolve;
  }

  /** Level of a one-bit pin, complemented where it is active low; undefined where the cell lacks it. */
  #active(pin: string): NodeId | undefined {
    const bits = this.#cell.connections[pin];
    if (!bits) return undefined;
    const bit = bitAt(this.#graph, this.#resolve(bits), 0);
    return bitsToNumber(this.#cell.parameters[`${pin}_POLARITY`] ?? '1') === 1n ? bit : this.#graph.not(bit);
  }

  #constant(parameter: string): Vector {
    const width = this.#cell.connections['Q']?.length ?? 0;
    return constantVector(this.#graph, width, bitsToNumber(this.#cell.parameters[parameter] ?? ''));
  }

  next(): Vector {
    const data = this.#resolve(this.#cell.connections['D'] ?? []);
    const reset = this.#active('SRST');
    return reset === undefined ? data : choose(this.#graph, reset, this.#constant('SRST_VALUE'), data);
  }

  /** A synchronous reset passes a closed enable, except in `$sdffce`. */
  enable(): NodeId | undefined {
    const enable = this.#active('EN');
    const reset = this.#active('SRST');
    if (enable === undefined || reset === undefined || this.#cell.type === '$sdffce') return enable;
    return this.#graph.binary('or', enable, reset);
  }

  resetActive(): NodeId | undefined {
    return this.#active('ARST') ?? this.#active('ALOAD');
  }

  resetValue(): Vector | undefined {
    if (this.#cell.connections['ARST']) return this.#constant('ARST_VALUE');
    const load = this.#cell.connections['AD'];
    return load && this.#resolve(load);
  }
}

/** Start value from the `init` attributes of the nets that name these bits; undefined bits start at zero. */
function initialValue(module: YosysModule, outputs: readonly SignalBit[]): bigint {
  const known = initialBits(module);
  return outputs.reduce((value, bit, index) => (known.has(bit) ? value | (1n << BigInt(index)) : value), 0n);
}

const initialBitsOf = new WeakMap<YosysModule, ReadonlySet<SignalBit>>();

/** The nets that start at one; computed once per module. */
function initialBits(module: YosysModule): ReadonlySet<SignalBit> {
  const known = initialBitsOf.get(module);
  if (known) return known;
  const found = new Set<SignalBit>();
  for (const net of Object.values(module.netnames)) {
    const digits = [...(net.attributes['init'] ?? '')].reverse();
    net.bits.forEach((bit, index) => {
      if (digits[index] === '1') found.add(bit);
    });
  }
  initialBitsOf.set(module, found);
  return found;
}
