/** A network that learns from a table of 32 rows in well under a second, as a file for commands and harnesses. */
import { BENCH } from './study-text.js';

/** Two columns of numbers and a word that says which is the larger one. */
export const ROWS = `${Array.from({ length: 32 }, (_, row) => {
  const [left, right] = [Math.sin(1.3 * row) + 1, Math.cos(2.1 * row) + 1];
  return `${left.toFixed(3)},${right.toFixed(3)},${left > right ? 'left' : 'right'}`;
}).join('\n')}\n`;

/** `epochs` are those of each of two points of a sweep, with two seeds. */
export function trainingText(epochs = 12, expectation = 'expect accuracy(pairs.test) >= 75 %'): string {
  return `${BENCH}
rule descent {
  param eta = 0.5
  weight w : 1
  on sample { w -= eta * pre.value * post.error }
  realize host
}

data pairs {
  from "pairs.csv"
  labels column 2
  features columns 0 .. 1
  split train 75 %, test 25 %
}

network Larger {
  population pair : rates[2]
  population hidden : relu[8]
  population side : softmax[2]
  projection first : pair -> hidden dense {
    learn descent
    weights ~ normal(0, 0.5)
  }
  projection second : hidden -> side dense {
    learn descent
    weights ~ normal(0, 0.5)
  }
}

experiment Learn {
  run Larger on Bench
  seeds 2 from 1
  sweep descent.eta in [0.2, 0.5]
  phase learning repeat ${epochs} {
    train on pairs.train { batch = 8, loss = crossEntropy }
    test on pairs.test
  }
  ${expectation}
}
`;
}

/** The table of {@link convolutionText}. */
export const KERNEL = `${Array.from({ length: 12 }, (_, column) => (((column * 5) % 12) - 5.5) / 10).join(',')}\n`;

/** Behind {@link trainingText}: a convolution and a dense layer in cells, on several tiles, with weights from a file. */
export function convolutionText(): string {
  return `import device yszEcram from "std/devices"
rule cells {
  weight w : 1 in -1 .. 1
  on sample { w -= 0.5 * pre.value * post.error }
  realize programming { levels = 100 }
}

network Windows {
  population pair : rates[1, 1, 2]
  population maps : relu[12, 1, 2]
  population side : softmax[2]
  projection kernel : pair -> maps convolution 1 x 1 on yszEcram {
    learn cells
    weights from "kernel.csv"
    encode differential window mid scale 2 uS
  }
  projection last : maps -> side dense on yszEcram {
    learn cells
    encode differential window mid scale 2 uS
  }
}

experiment InCells {
  run Windows on Bench
  train on pairs.train { batch = 8, loss = crossEntropy, epochs = 8 }
  test on pairs.test
  expect accuracy(pairs.test) >= 75 %
  expect pulses > 100 pulses
}
`;
}
