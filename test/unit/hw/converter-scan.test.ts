/** The converter scan: strobes, codes and time-outs at their exact clocks, and answers that nobody asked for. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  meanCode,
  scanClocks,
  strobes,
  type Conversion,
  type ScanTiming,
  type Strobe,
} from '../../../src/ir/scan-clocks.js';
import { openCell, type Cell } from '../../support/cell-session.js';
import { uniform } from '../../support/random-crossbar.js';

const CONVERTERS = 2;
const SHARES = 3;
const BITS = 8;
const LIMIT = 7;

const PORTS = {
  start_i: 1,
  compare_i: 1,
  abort_i: 1,
  done_o: 1,
  timeout_o: 1,
  settle_i: 5,
  limit_i: 5,
  os_i: 2,
  adc_mux_o: 2,
  adc_conv_o: 1,
  adc_compare_o: 1,
  adc_valid_i: 1,
  adc_data_i: CONVERTERS * BITS,
  adc_answer_i: 2 * CONVERTERS,
  we_o: 1,
  data_o: CONVERTERS * BITS,
  answer_o: 2 * CONVERTERS,
  left_o: 5,
  warp_i: 1,
  skip_i: 5,
};

let cell: Cell;
beforeAll(async () => {
  cell = await openCell({
    cell: 'ion_converter_scan',
    parameters: {
      Converters: CONVERTERS,
      Shares: SHARES,
      Bits: BITS,
      MuxW: 2,
      CountW: 5,
      HasOversampling: 1,
      HasCompare: 1,
    },
    ports: PORTS,
  });
});

interface Answer {
  readonly clock: number;
  readonly codes: readonly number[];
  readonly comparisons?: readonly number[];
}

interface Trial {
  readonly scan: ScanTiming;
  readonly conversion: Conversion;
  readonly warps?: boolean;
  /** What the converters say after the strobe number `index`, in clocks of the scan. */
  answers(strobe: SeenStrobe, index: number): readonly Answer[];
  /** Longest wait that the cell is told [clocks]. */
  readonly limit?: number;
  /** Further answers, from the start of the scan on. */
  readonly stray?: readonly Answer[];
}

/** A strobe as the pins show it. */
type SeenStrobe = Pick<Strobe, 'share' | 'clock'>;

interface Outcome {
  readonly strobes: readonly SeenStrobe[];
  readonly stored: readonly { readonly share: number; readonly clock: number; readonly codes: readonly number[] }[];
  readonly comparisons: readonly (readonly number[])[];
  readonly done?: number;
  readonly timeout?: number;
}

const port = (name: string): number => cell.ports.get(name);
const fields = (name: string, bits: number): readonly number[] =>
  Array.from({ length: CONVERTERS }, (_, at) => Math.floor(port(name) / 2 ** (at * bits)) % 2 ** bits);

/** Runs one scan to its end or its time-out, which aborts it. */
function run({ scan, conversion, answers, warps = false, stray = [], limit = LIMIT }: Trial): Outcome {
  cell.reset();
  cell.step({
    start_i: 1,
    compare_i: Number(conversion === 'comparison'),
    settle_i: scan.settleClocks,
    limit_i: limit,
    os_i: scan.oversampling ?? 0,
  });
  cell.ports.set('start_i', 0);
  const due = new Map(stray.map((answer) => [answer.clock, answer]));
  const seen: SeenStrobe[] = [];
  const stored: Outcome['stored'][number][] = [];
  const comparisons: (readonly number[])[] = [];
  for (let clock = 0; clock < 400; clock++) {
    if (port('adc_conv_o') === 1) {
      const strobe = { share: port('adc_mux_o'), clock };
      for (const answer of answers(strobe, seen.length)) due.set(answer.clock, answer);
      seen.push(strobe);
      expect(port('adc_compare_o')).toBe(Number(conversion === 'comparison'));
    }
    if (port('we_o') === 1) {
      stored.push({ share: port('adc_mux_o'), clock, codes: fields('data_o', BITS) });
      comparisons.push(fields('answer_o', 2));
    }
    const outcome = { strobes: seen, stored, comparisons };
    if (port('done_o') === 1) {
      cell.step({ adc_valid_i: 0 });
      return { ...outcome, done: clock };
    }
    if (port('timeout_o') === 1) {
      cell.step({ adc_valid_i: 0, abort_i: 1 });
      cell.ports.set('abort_i', 0);
      return { ...outcome, timeout: clock };
    }
    clock += evaluate(clock, due, warps);
  }
  throw new Error('the scan does not end');
}

/** Evaluates one clock, or with time warp all that only count; returns those skipped. */
function evaluate(clock: number, due: ReadonlyMap<number, Answer>, warps: boolean): number {
  const next = Math.min(...[...due.keys()].filter((at) => at >= clock), Infinity);
  const skip = warps ? Math.max(0, Math.min(port('left_o'), next - clock - 1)) : 0;
  const answer = due.get(clock);
  cell.ports.setFields('adc_data_i', answer?.codes ?? [], BITS);
  cell.ports.setFields('adc_answer_i', answer?.comparisons ?? [], 2);
  cell.step({ adc_valid_i: Number(answer !== undefined), warp_i: Number(skip > 0), skip_i: skip });
  cell.ports.set('warp_i', 0);
  return skip;
}

const random = uniform(11);
const below = (count: number): number => Math.floor(random() * count);
const someCodes = (): readonly number[] => Array.from({ length: CONVERTERS }, () => below(2 ** BITS));

function someTiming(): ScanTiming {
  return { shares: SHARES, settleClocks: 1 + below(5), conversionClocks: below(LIMIT), oversampling: below(4) };
}

/** Answers in time, and the codes that they carry. */
function answering(scan: ScanTiming) {
  const given: (readonly number[])[] = [];
  const answers = ({ clock }: SeenStrobe): readonly Answer[] => {
    const codes = someCodes();
    given.push(codes);
    return [{ clock: clock + scan.conversionClocks, codes, comparisons: codes.map((code) => code % 3) }];
  };
  return { given, answers };
}

/** The mean of each converter in each step. */
function means(given: readonly (readonly number[])[], count: number): readonly (readonly number[])[] {
  return Array.from({ length: given.length / count }, (_, step) =>
    Array.from({ length: CONVERTERS }, (_, at) =>
      meanCode(given.slice(step * count, (step + 1) * count).map((codes) => codes[at] ?? 0)),
    ),
  );
}

describe('the converter scan', () => {
  it.each([false, true])('strobes at the stated clocks and stores rounded means; time warp %s', (warps) => {
    for (let trial = 0; trial < 60; trial++) {
      const scan = someTiming();
      const { given, answers } = answering(scan);
      const outcome = run({ scan, conversion: 'code', answers, warps });
      expect(strobes(scan)).toMatchObject(outcome.strobes);
      expect(outcome.done).toBe(scanClocks(scan) - 1);
      expect(outcome.stored.map(({ codes }) => codes)).toEqual(means(given, 2 ** (scan.oversampling ?? 0)));
      expect(outcome.stored.map(({ share }) => share)).toEqual([0, 1, 2]);
    }
  });

  it('takes all bits of all converters, in the step of their columns', async () => {
    const [converters, shares, bits] = [4, 7, 16];
    const wide = await openCell({
      cell: 'ion_converter_scan',
      parameters: {
        Converters: converters,
        Shares: shares,
        Bits: bits,
        MuxW: 3,
        CountW: 5,
        HasOversampling: 1,
        HasCompare: 1,
      },
      ports: { ...PORTS, adc_mux_o: 3, adc_data_i: 64, adc_answer_i: 8, data_o: 64, answer_o: 8 },
    });
    const codesOf = (name: string, width: number): readonly number[] => {
      const codes = new Array<number>(converters).fill(0);
      for (const line of wide.ports.lines(name)) codes[Math.floor(line / width)]! += 2 ** (line % width);
      return codes;
    };
    wide.reset();
    for (let trial = 0; trial < 40; trial++) {
      const [oversampling, isComparison] = [trial % 4, trial % 5 === 0];
      const given: (readonly number[])[][] = [[], []];
      const found: (readonly number[])[][] = [[], []];
      const mux: number[] = [];
      wide.step({ start_i: 1, compare_i: Number(isComparison), settle_i: 2, limit_i: LIMIT, os_i: oversampling });
      wide.ports.set('start_i', 0);
      for (let isDone = false; !isDone;) {
        const [isStrobe, isStored] = [wide.ports.get('adc_conv_o') === 1, wide.ports.get('we_o') === 1];
        isDone = wide.ports.get('done_o') === 1;
        if (isStored) {
          mux.push(wide.ports.get('adc_mux_o'));
          found[0]!.push(codesOf('data_o', bits));
          found[1]!.push(codesOf('answer_o', 2));
        }
        if (isStrobe) {
          const codes = Array.from({ length: converters }, () => below(2 ** bits));
          given[0]!.push(codes);
          given[1]!.push(codes.map((code) => code % 3));
          wide.ports.setFields('adc_data_i', given[0]!.at(-1)!, bits);
          wide.ports.setFields('adc_answer_i', given[1]!.at(-1)!, 2);
        }
        wide.step({ adc_valid_i: Number(isStrobe) });
      }
      const count = isComparison ? 1 : 2 ** oversampling;
      const steps = Array.from({ length: shares }, (_, step) => given[0]!.slice(step * count, (step + 1) * count));
      const expected = steps.map((step) => step[0]!.map((_, at) => meanCode(step.map((codes) => codes[at]!))));
      expect(mux).toEqual([0, 1, 2, 3, 4, 5, 6]);
      if (isComparison) expect(found[1]).toEqual(given[1]);
      else expect(found[0]).toEqual(expected);
    }
  });

  it('forms exact means at both ends of the range', () => {
    for (const [oversampling, codes] of [
      [1, [255, 254]],
      [2, [255, 255, 255, 255]],
      [3, [0, 0, 0, 0, 0, 0, 0, 3]],
      [3, [0, 0, 0, 0, 0, 0, 0, 4]],
    ] as const) {
      const scan = { shares: SHARES, settleClocks: 1, conversionClocks: 0, oversampling };
      const answers = ({ clock }: SeenStrobe, index: number): readonly Answer[] => [
        { clock, codes: [codes[index % codes.length] ?? 0, 0] },
      ];
      const { stored } = run({ scan, conversion: 'code', answers });
      expect(stored.map((step) => step.codes[0])).toEqual(Array.from({ length: SHARES }, () => meanCode(codes)));
    }
  });

  it('compares once a step, however much it oversamples', () => {
    for (let trial = 0; trial < 20; trial++) {
      const scan = someTiming();
      const { given, answers } = answering(scan);
      const outcome = run({ scan, conversion: 'comparison', answers, warps: trial % 2 === 1 });
      expect(strobes(scan, 'comparison')).toMatchObject(outcome.strobes);
      expect(outcome.done).toBe(scanClocks(scan, 'comparison') - 1);
      expect(outcome.comparisons).toEqual(given.map((codes) => codes.map((code) => code % 3)));
    }
  });

  it('gives up exactly at the limit, whichever conversion is not answered, and starts again', () => {
    for (const oversampling of [0, 2]) {
      const scan = { shares: SHARES, settleClocks: 2, conversionClocks: 1, oversampling };
      const all = strobes(scan);
      for (const [missing, { clock }] of all.entries()) {
        const good = answering(scan);
        const answers = (strobe: SeenStrobe, index: number) => (index === missing ? [] : good.answers(strobe));
        const outcome = run({ scan, conversion: 'code', answers });
        expect(outcome.timeout).toBe(clock + LIMIT);
        expect(outcome.done).toBeUndefined();
        expect(outcome.strobes).toHaveLength(missing + 1);
        expect([port('adc_mux_o'), port('adc_conv_o'), port('left_o')]).toEqual([0, 0, 0]);
      }
      expect(run({ scan, conversion: 'code', answers: answering(scan).answers }).done).toBe(scanClocks(scan) - 1);
    }
  });

  it('takes the last answer that is in time, and not the first that is late', () => {
    for (const [latency, isInTime] of [
      [LIMIT - 1, true],
      [LIMIT, false],
    ] as const) {
      const scan = { shares: SHARES, settleClocks: 1, conversionClocks: latency };
      expect(run({ scan, conversion: 'code', answers: answering(scan).answers }).done !== undefined).toBe(isInTime);
    }
  });

  it('takes no clocks of settling, or of waiting, for one', () => {
    const scan = { shares: SHARES, settleClocks: 1, conversionClocks: 0 };
    const { given, answers } = answering(scan);
    const outcome = run({ scan: { ...scan, settleClocks: 0 }, conversion: 'code', answers, limit: 0 });
    expect(strobes(scan)).toMatchObject(outcome.strobes);
    expect(outcome.stored.map(({ codes }) => codes)).toEqual(means(given, 1));
    expect(outcome.done).toBe(scanClocks(scan) - 1);
    expect(run({ scan, conversion: 'code', answers: () => [], limit: 0 }).timeout).toBe(scan.settleClocks + 1);
  });

  it('is not moved by answers before a strobe, nor by one that lasts two clocks', () => {
    for (let trial = 0; trial < 40; trial++) {
      const scan = someTiming();
      const { given, answers } = answering(scan);
      const wrong = { codes: [170, 85], comparisons: [1, 2] };
      const stray = Array.from({ length: Math.max(0, scan.settleClocks) }, (_, clock) => ({
        clock: clock - 1,
        ...wrong,
      }));
      const twice = (strobe: SeenStrobe): readonly Answer[] =>
        answers(strobe).flatMap((answer) => [answer, { ...wrong, clock: answer.clock + 1 }]);
      const outcome = run({ scan, conversion: 'code', answers: twice, stray });
      expect(strobes(scan)).toMatchObject(outcome.strobes);
      expect(outcome.stored.map(({ codes }) => codes)).toEqual(means(given, 2 ** (scan.oversampling ?? 0)));
    }
  });

  it('takes an answer that is both above and below for none', () => {
    const scan = { shares: SHARES, settleClocks: 1, conversionClocks: 1 };
    const answers = ({ clock }: SeenStrobe): readonly Answer[] => [
      { clock: clock + 1, codes: [0, 0], comparisons: [0, 3] },
    ];
    expect(run({ scan, conversion: 'comparison', answers }).timeout).toBe(scan.settleClocks + LIMIT);
    expect(run({ scan, conversion: 'code', answers }).done).toBe(scanClocks(scan) - 1);
  });

  it('lets go of the converters in every clock of a scan', () => {
    const scan = { shares: SHARES, settleClocks: 2, conversionClocks: 1, oversampling: 1 };
    for (let last = 0; last < scanClocks(scan) - 1; last++) {
      cell.reset();
      cell.step({ start_i: 1, settle_i: 2, limit_i: LIMIT, os_i: 1 });
      cell.ports.set('start_i', 0);
      for (let clock = 0; clock < last; clock++) cell.step({ adc_valid_i: clock % 2 });
      cell.step({ abort_i: 1 });
      cell.ports.set('abort_i', 0);
      const quiet = ['adc_mux_o', 'adc_conv_o', 'adc_compare_o', 'we_o', 'timeout_o', 'left_o'].map(port);
      expect(quiet).toEqual([0, 0, 0, 0, 0, 0]);
    }
  });
});
