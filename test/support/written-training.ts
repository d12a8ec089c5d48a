/** A training on devices that are programmed weight by weight, as a mapped network. */
import type { MappedNetwork } from '../../src/ir/mapped-network.js';
import { mapTraining } from './trained-network.js';

/** Four neurons before and three behind, eight samples, one a batch. */
export function mapWritten(): MappedNetwork {
  return mapTraining(
    `import device yszEcram from "std/devices"
rule written {
  weight w : 1 in -1 .. 1
  on sample { w -= 0.1 * post.error * pre.value }
  realize programming { levels = 100 }
}
network Net {
  population a : rates[4]
  population c : softmax[3]
  projection first : a -> c dense on yszEcram { learn written encode differential window mid scale 1 uS }
}
experiment Try { run Net on Bench train on points.train { loss = crossEntropy, batch = 1 } }
`,
    [4],
    8,
  );
}
