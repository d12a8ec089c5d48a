/** A layer with fast weights on devices that learns to compare two words in a second or two, as a file for experiments. */
import { stpnRule } from './stpn-rule.js';

/** Two words out of `abcd` and a question mark; the label is whether both are the same. */
export const SEQUENCES = Array.from({ length: 64 }, (_, row) => {
  const words = [row % 4, Math.floor(row / 4) % 4].map((word) => 'abcd'[word] ?? '');
  return `${words.join(',')},?,${words[0] === words[1] ? 'same' : 'other'}\n`;
}).join('');

export const SEQUENCE_TEXT = `import device stoMemristor from "std/devices"
chip Small {
  clock 1 MHz
  bus apb
  tile 9 x 8 {
    bias third
    rails -4 V .. 4 V by 10 bit
    timer 16 bit
    settle 10 us
    adc 0 A .. 500 nA by 12 bit in 2 us settle 10 us shared by 4
    lines 20 pF source "bench" confidence estimate
  }
}
${stpnRule({ decay: 'per post = 0.5 in 0.08 .. 0.92', gain: 0.1, bias: 'least = 0.08, most = 0.92, inputLength = 1' })}rule trained {
  weight w : 1
  realize host
}
data table {
  from "table.csv"
  labels column 3
  features columns 0 .. 2 encoded sequence
}
network Net {
  population word : rates[5]
  population memory : tanh[4]
  population answer : softmax[2]
  projection input : word -> memory dense on stoMemristor {
    learn stpn
    encode differential window long scale 20 nS
  }
  projection recurrent : memory -> memory all-to-all on stoMemristor {
    learn stpn
    encode differential window long scale 20 nS
  }
  projection readout : memory -> answer dense { learn trained }
}
experiment Try {
  run Net on Small
  without cycle
  train on table { batch = 16, loss = crossEntropy, epochs = 40, rate = 10 }
  test on table { batch = 16 }
}
`;
