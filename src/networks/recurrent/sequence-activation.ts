/** What neurons of layers that are trained through time make of the sum that reaches them. */

/** Models of populations by the name of their function. */
export const SEQUENCE_ACTIVATIONS = ['linear', 'relu', 'sigmoid', 'tanh'] as const;
export type SequenceActivation = (typeof SEQUENCE_ACTIVATIONS)[number];

/** The output of a neuron. */
export function activate(activation: SequenceActivation, sum: number): number {
  switch (activation) {
    case 'tanh':
      return Math.tanh(sum);
    case 'sigmoid':
      return 1 / (1 + Math.exp(-sum));
    case 'relu':
      // A sum that is not a number shows
      return sum < 0 ? 0 : sum;
    case 'linear':
      return sum;
  }
}

/** Derivative of the output by the sum, at an output. */
export function slopeAt(activation: SequenceActivation, output: number): number {
  switch (activation) {
    case 'tanh':
      return 1 - output * output;
    case 'sigmoid':
      return output * (1 - output);
    case 'relu':
      return output > 0 ? 1 : 0;
    case 'linear':
      return 1;
  }
}
