/** Texts from which tests of experiments on networks are put together. */

/** A chip that networks and programs can run on. */
export const BENCH = `chip Bench {
  clock 50 MHz
  bus apb
  tile 8 x 8 {
    bias half
    rails -6 V .. 6 V by 12 bit
    timer 16 bit
    settle 10 us
    adc 0 A .. 5 uA by 10 bit in 2 us settle 10 us shared by 4
    lines 20 pF source "bench" confidence estimate
  }
}
`;

/** A rule with a kernel and bounds, a network that learns by it, and a module inside. */
export const SPIKING = `rule stdp {
  param a : nS = 1 nS in 0.1 nS .. 5 nS
  param tau : ms = 20 ms
  weight w : S in 10 nS .. 200 nS
  modulator reward : 1 = 0
  kernel dw(dt) = dt > 0 s ? a * (1 + reward) * exp(-dt / tau) : -a * exp(dt / tau)
}
module Stage {
  input in : spikes[4]
  population inner : lif[4]
  output out = inner
  projection first : in -> inner one-to-one
}
network Net {
  param size = 8
  population pre : spikes[2, 4]
  population post : lif[size] { tau = 20 ms }
  projection synapses : pre -> post all-to-all { learn stdp }
  use Stage[2] as stages
  connect pre[0 .. 3] -> stages[0].in
  connect pre[4 .. 7] -> stages[1].in
}
`;

/** A network that takes samples of 16 numbers. */
export const CLASSIFIER = `network Classifier {
  population pixels : rates[4, 4]
  population digit : softmax[10]
  projection first : pixels -> digit dense
}
`;

/** An experiment on `network` with the given clauses, one a line. */
export function experimentOn(network: string, ...clauses: readonly string[]): string {
  return `experiment Try {\n  run ${network} on Bench\n${clauses.map((clause) => `  ${clause}\n`).join('')}}\n`;
}

/** An IDX file with dimensions in its header and nothing behind. */
export function idxHeader(...sizes: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * sizes.length);
  bytes.set([0, 0, 0x08, sizes.length]);
  const view = new DataView(bytes.buffer);
  sizes.forEach((size, index) => {
    view.setUint32(4 + 4 * index, size);
  });
  return bytes;
}
