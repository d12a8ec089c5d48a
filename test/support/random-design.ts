/** Random modules of the SystemVerilog subset, for comparing engines. No expression is undefined in two states. */
import type { ModelSource } from '../../src/cosim/engine.js';
import { design, TestRandom } from './model-fixture.js';

interface Signal {
  readonly name: string;
  readonly width: number;
}

const INPUTS: readonly Signal[] = [
  ...[1, 3, 8, 17, 31, 32].map((width) => ({ name: `i${width}_i`, width })),
  ...[33, 48, 64, 65, 100, 128].map((width) => ({ name: `i${width}_i`, width })),
];

const OUTPUT_WIDTHS = [1, 2, 7, 16, 31, 32, 33, 40, 63, 64, 65, 96, 127, 128, 130, 200];

/** A module with random combinational outputs, and registers behind random enables that feed back into them. */
export function randomDesign(seed: number): ModelSource {
  const random = new TestRandom(seed);
  const registers = OUTPUT_WIDTHS.map((width, index) => ({ name: `r${index}_q`, width }));
  const outputs = OUTPUT_WIDTHS.map((width, index) => ({ name: `o${index}_o`, width }));
  const writer = new ExpressionWriter(random, [...INPUTS, ...registers]);
  const lines = [
    ...registers.map(({ name, width }) => `  logic [${width - 1}:0] ${name};`),
    ...registers.map((register) => registerText(register, writer, random)),
    ...outputs.map(({ name }) => `  assign ${name} = ${writer.expression(4)};`),
  ];
  return design(lines.join('\n'), { inputs: widths(INPUTS), outputs: widths(outputs) });
}

function widths(signals: readonly Signal[]): Record<string, number> {
  return Object.fromEntries(signals.map(({ name, width }) => [name, width]));
}

function registerText({ name, width }: Signal, writer: ExpressionWriter, random: TestRandom): string {
  const next = writer.expression(3);
  const enable = random.below(2) === 0 ? '' : `if (|(${writer.expression(2)})) `;
  const assign = `${enable}${name} <= ${next};`;
  switch (random.below(3)) {
    case 0:
      return `  always_ff @(posedge clk_i or negedge rst_ni) if (!rst_ni) ${name} <= '0; else ${assign}`;
    case 1:
      return `  always_ff @(posedge clk_i) if (!rst_ni) ${name} <= ${width}'d1; else ${assign}`;
    default:
      return `  always_ff @(posedge clk_i) ${assign}`;
  }
}

const BINARY = ['+', '-', '*', '&', '|', '^', '~^', '&', '|', '^', '+', '-'];
const COMPARE = ['<', '<=', '>', '>=', '==', '!=', '&&', '||'];
const SHIFT = ['<<', '>>', '>>>', '<<<'];
const REDUCE = ['&', '|', '^', '~&', '~|', '~^', '!'];

class ExpressionWriter {
  readonly #random: TestRandom;
  readonly #signals: readonly Signal[];

  constructor(random: TestRandom, signals: readonly Signal[]) {
    this.#random = random;
    this.#signals = signals;
  }

  /** An expression of at most this depth. */
  expression(depth: number): string {
    if (depth === 0) return this.#leaf();
    const [a, b] = [() => this.expression(depth - 1), () => this.expression(depth - 1)];
    switch (this.#random.below(13)) {
      case 0:
      case 1:
      case 2:
        return `(${a()} ${this.#one(BINARY)} ${b()})`;
      case 3:
        return `(${a()} ${this.#one(COMPARE)} ${b()})`;
      case 4:
        return `(${this.#signed(a())} ${this.#one(COMPARE)} ${this.#signed(b())})`;
      case 5:
        return `(${a()} ${this.#one(SHIFT)} ${this.#narrow()})`;
      case 6:
        return `(${this.#signed(a())} >>> ${this.#narrow()})`;
      case 7:
        return `(${this.#one(REDUCE)}(${a()}))`;
      case 8:
        return `((${a()}) ? ${b()} : ${this.expression(depth - 1)})`;
      case 9:
        return `{${a()}, ${this.#slice()}, {${1 + this.#random.below(4)}{${this.#slice()}}}}`;
      case 10:
        return `(${this.#signed(this.#slice())} ${this.#one(['+', '-', '*'])} ${this.#signed(this.#slice())})`;
      case 11:
        return `(${this.#random.below(2) === 0 ? '-' : '~'}(${a()}))`;
      default:
        return this.#division();
    }
  }

  #one(choices: readonly string[]): string {
    return choices[this.#random.below(choices.length)]!;
  }

  #signal(): Signal {
    return this.#signals[this.#random.below(this.#signals.length)]!;
  }

  #leaf(): string {
    const width = 1 + this.#random.below(70);
    const literal = `${width}'h${this.#random.bits(width).toString(16)}`;
    return this.#random.below(5) === 0 ? literal : this.#random.below(3) === 0 ? this.#slice() : this.#signal().name;
  }

  #signed(text: string): string {
    return `$signed(${text})`;
  }

  /** A constant or variable part of a signal; variable ones stay inside it. */
  #slice(): string {
    const { name, width } = this.#signal();
    if (width === 1) return name;
    if (width === 128 && this.#random.below(2) === 0) return `${name}[i8_i[6:0]]`;
    if (width === 64 && this.#random.below(2) === 0) return `${name}[{i3_i, 3'd0} +: 8]`;
    const low = this.#random.below(width);
    return `${name}[${low + this.#random.below(width - low)}:${low}]`;
  }

  /** A shift amount. */
  #narrow(): string {
    return this.#one(['i3_i', 'i8_i', 'i8_i[5:0]', "3'd5", "7'd64", "6'd33", 'i17_i[6:0]']);
  }

  /** By a number that is not zero, in braces: the width of the context would exceed the 64 bits that are divided. */
  #division(): string {
    const operator = this.#one(['/', '%']);
    return this.#random.below(2) === 0
      ? `{i48_i ${operator} (i17_i | 17'd1)}`
      : `{$signed(i33_i) ${operator} $signed({1'b0, i31_i | 31'd1})}`;
  }
}
