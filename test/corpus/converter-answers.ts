/** Converters at the pins of a controller: conversions that become one code, and comparisons. */
import type { PortBlock } from '../../src/cosim/port-block.js';
import type { LegalModule } from '../../src/ir/legal.js';
import { meanCode } from '../../src/ir/scan-clocks.js';
import { comparisonAnswer } from '../../src/ir/verify-marks.js';

/** Collects the answers of each step until they are all there. */
export class Means {
  readonly #count: number;
  #answers: (readonly number[])[] = [];

  /** @param count  conversions of a mean */
  constructor(count: number) {
    this.#count = count;
  }

  /** Number of the conversion that comes next. */
  get turn(): number {
    return this.#answers.length;
  }

  /** Codes of the step that ends with `codes`, if one does. */
  add(codes: readonly number[]): readonly number[] | undefined {
    this.#answers.push(codes);
    if (this.#answers.length < this.#count) return undefined;
    const means = codes.map((_, at) => meanCode(this.#answers.map((each) => each[at] ?? 0)));
    this.#answers = [];
    return means;
  }
}

/** Sets the comparators' pins as the strobe that is high asks for it; the answer counts with the next valid. */
export function answerComparison(ports: PortBlock, { scan }: LegalModule, codes: readonly number[]): void {
  if (ports.get('adc_compare_o') === 0) return;
  const [thresholds, tolerance] = [ports.get('adc_threshold_o'), ports.get('adc_tolerance_o')];
  const answers = codes.map((code, at) => {
    const threshold = Math.floor(thresholds / 2 ** ((at % scan.converters) * scan.bits)) % 2 ** scan.bits;
    return comparisonAnswer(code, threshold, tolerance);
  });
  ports.setFields('adc_answer_i', answers, 2);
}
