/**
 * A recurrent network of current-based neurons, written down once more and as plainly as it can be: numbers in double
 * precision, lists of lists, nothing shared with the product.
 */

/** Weights have a row for every neuron before and a last one of biases. */
export interface OracleNetwork {
  readonly input: readonly (readonly number[])[];
  readonly recurrent: readonly (readonly number[])[];
  readonly output: readonly (readonly number[])[];
  /** Of hidden and output neurons: what is kept of the current and of the potential in a step. */
  readonly keptCurrent: readonly [number, number];
  readonly keptPotential: readonly [number, number];
  readonly threshold: number;
}

/** Spikes of hidden and output neurons (steps x neurons). */
export function oracleSpikes(
  { input, recurrent, output, keptCurrent, keptPotential, threshold }: OracleNetwork,
  spikes: readonly (readonly number[])[],
): { readonly hidden: number[][]; readonly outputs: number[][] } {
  const through = (values: readonly number[], weights: readonly (readonly number[])[]): number[] =>
    weights[weights.length - 1]!.map((bias, column) =>
      values.reduce((sum, value, row) => sum + value * weights[row]![column]!, bias),
    );
  const layer = (count: number, index: 0 | 1) => {
    const [i, v] = [new Array<number>(count).fill(0), new Array<number>(count).fill(0)];
    return (sums: readonly number[]): number[] =>
      sums.map((sum, at) => {
        i[at] = keptCurrent[index] * i[at]! + sum;
        v[at] = keptPotential[index] * v[at]! + i[at];
        if (!(v[at] > threshold)) return 0;
        v[at] = 0;
        return 1;
      });
  };
  const [first, second] = [layer(input[0]!.length, 0), layer(output[0]!.length, 1)];
  const [hidden, outputs]: [number[][], number[][]] = [[], []];
  let sent = new Array<number>(input[0]!.length).fill(0);
  for (const row of spikes) {
    const back = through(sent, recurrent);
    sent = first(through(row, input).map((sum, at) => sum + back[at]!));
    hidden.push(sent);
    outputs.push(second(through(sent, output)));
  }
  return { hidden, outputs };
}
