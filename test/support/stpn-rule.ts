/** The rule of short-term plasticity neurons: fast weights that decay on devices under a bias. */

/** What texts of it differ in. */
export interface StpnChoice {
  /** Whose decay it is, and between which ends. */
  readonly decay: string;
  readonly gain: number;
  /** Clauses of `realize bias`. */
  readonly bias: string;
}

export function stpnRule({ decay, gain, bias }: StpnChoice): string {
  return `rule stpn {
  param decay ${decay}
  param gain per synapse = ${gain}
  weight w : 1
  trace f : 1 per synapse
  transmit = w + f
  every 66.7 ms { f = decay * f + gain * pre.value * post.value }
  realize bias { ${bias} }
}
`;
}
