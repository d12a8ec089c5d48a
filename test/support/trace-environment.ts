/** Surroundings of a program in tests: conditions that repeat every 64 clocks, and real random registers. */
import type { CommittedLines, Environment, SampledStrobe, Side } from '../../src/ir/environment.js';
import { CONDITION_CODE, type CommandUnit, type Condition } from '../../src/ir/microcode.js';
import type { RandomPlanes } from '../../src/ir/random-planes.js';

/** Bit t mod 64 of a condition's pattern tells whether it holds in clock t. */
export type ConditionPatterns = Partial<Readonly<Record<Condition, bigint>>>;

export const PATTERN_CLOCKS = 64;

export class TraceEnvironment implements Environment {
  readonly #patterns: ConditionPatterns;
  readonly #random: RandomPlanes;
  readonly commits: (CommittedLines & { readonly clock: number })[] = [];
  readonly taken: string[] = [];
  readonly commands: string[] = [];
  readonly conversions: number[] = [];
  readonly underruns: number[] = [];

  /** @param random  goes on from run to run, as in the hardware */
  constructor(patterns: ConditionPatterns, random: RandomPlanes) {
    this.#patterns = patterns;
    this.#random = random;
  }

  firstClock(condition: Condition, from: number): number {
    const pattern = condition === 'always' ? -1n : (this.#patterns[condition] ?? 0n);
    for (let clock = from; clock < from + PATTERN_CLOCKS; clock++) {
      if ((pattern >> BigInt(clock % PATTERN_CLOCKS)) & 1n) return clock;
    }
    return Infinity;
  }

  take(condition: Condition, clock: number): void {
    this.taken.push(`${condition} ${String(clock)}`);
  }

  command(unit: CommandUnit, argument: number, clock: number): void {
    this.commands.push(`${unit} ${String(argument)} ${String(clock)}`);
    if (unit === 'random') this.#random.reseed();
  }

  draw(side: Side): number {
    return this.#random.draw(side);
  }

  /** Some lines that depend on when one looks. */
  spikes(side: Side, age: number, clock: number): readonly number[] {
    return [(age + clock + Number(side === 'row')) % 2];
  }

  marks(_side: Side, direction: 'up' | 'down', clock: number): readonly number[] {
    return [(clock + Number(direction === 'up')) % 2];
  }

  commit(lines: CommittedLines, clock: number): void {
    this.commits.push({ ...lines, clock });
  }

  plane(_side: Side, _index: number): readonly number[] | undefined {
    return undefined;
  }

  convert(_strobe: SampledStrobe, clock: number): void {
    this.conversions.push(clock);
  }

  underrun(clock: number): void {
    this.underruns.push(clock);
  }
}

/** The clock in which the first commit of a run shows that begins with a segment of lines loaded in one clock. */
const FIRST_EVENT = 5;

/**
 * Text of a controller's top that makes the same patterns, in place of what it wires to `condition`. Its clocks count
 * from the first commit: control words come after it.
 */
export function withConditionTrace(top: string, patterns: ConditionPatterns): string {
  const bits = Array.from({ length: 16 }, (_, code) => {
    const name = (Object.keys(CONDITION_CODE) as Condition[]).find((each) => CONDITION_CODE[each] === code);
    const pattern = name === 'always' ? 2n ** 64n - 1n : ((name && patterns[name]) ?? 0n);
    return `  localparam logic [63:0] Trace${String(code)} = 64'h${pattern.toString(16)};`;
  });
  const values = bits.map((_, code) => `Trace${String(code)}[trace_q]`).reverse();
  const text = `logic [5:0] trace_q;
  logic       waits_q;
  logic [5:0] trace_skip;
  assign trace_skip = warp_i ? skip_i[5:0] : 6'd0;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      trace_q <= '0;
      waits_q <= 1'b0;
    end else begin
      trace_q <= trace_q + 6'd1 + trace_skip;
      if (cmd_we) waits_q <= 1'b1;
      if (waits_q && line_event_o) begin
        trace_q <= 6'd${String(FIRST_EVENT + 1)} + trace_skip;
        waits_q <= 1'b0;
      end
    end
  end
${bits.join('\n')}
  assign condition = {${values.join(', ')}};`;
  const replaced = top.replace(/assign condition\s*=[^;]*;/, text);
  if (replaced === top) throw new Error('the top assigns its conditions in one statement');
  return replaced;
}
