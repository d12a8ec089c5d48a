/** Controllers of small networks as `ionloom build` writes them. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { registerBuild } from '../../src/cli/commands/build.js';
import { runCli, type CliRun } from './run-cli.js';

/** Whether the first and the last word of a row are the same. */
export const WORDS = `${Array.from({ length: 24 }, (_, row) => {
  const words = [row % 2, Math.floor(row / 2) % 3, Math.floor(row / 6) % 2].map((word) => 'abc'[word] ?? '');
  return `${words[0] === words[2] ? 'same' : 'other'},${words.join(',')}`;
}).join('\n')}\n`;

/** What a test changes of a small training in the array. */
export interface TrainingChoice {
  readonly realization?: string;
  readonly grid?: string;
  /** Of the second projection: its device with its encoding, none where empty. */
  readonly second?: string;
  readonly sweep?: string;
}

const ENCODED = 'on yszEcram { encode differential window mid scale 0.5 uS';

/** Two projections on tiles of 12 x 8 that learn from `words.csv`. */
export function arrayTrainingText(choice: TrainingChoice = {}): string {
  const { realization = 'programming { levels = 100 }', grid = 'grid 1 x 2', second = ENCODED, sweep = '' } = choice;
  return `import device yszEcram from "std/devices"
chip Bench {
  clock 50 MHz
  bus apb
  tile 12 x 8 ${grid} {
    bias half
    rails -5 V .. 5 V by 12 bit
    timer 16 bit
    settle 100 us
    adc 0 A .. 4 uA by 12 bit in 2 us settle 10 us shared by 4
    lines 100 pF source "board" confidence estimate
  }
}
rule backprop {
  param rate = 0.5
  weight w : 1 in -4 .. 4
  on sample { w -= rate * post.error * pre.value }
  realize ${realization}
}
data words {
  from "words.csv"
  labels column 0
  features columns 1 .. 3 encoded oneHot
}
network Net {
  population in : rates[7]
  population hidden : relu[4]
  population out : sigmoid[1]
  projection first : in -> hidden dense ${ENCODED}
    learn backprop
    weights ~ normal(0, 0.5) seed 1
  }
  projection second : hidden -> out dense ${second}
    learn backprop
    weights ~ normal(0, 0.5) seed 2
  }
}
experiment Learn {
  run Net on Bench
  seeds 2 from 5
  ${sweep}
  train on words { batch = 8, loss = crossEntropy, epochs = 3 }
  test on words
}
`;
}

/** What a build printed, and the files that it wrote by their paths. */
export interface NetworkBuild {
  readonly run: CliRun;
  readonly document: {
    readonly controllers?: readonly {
      readonly top: string;
      readonly experiment: string;
      readonly projection: string;
    }[];
    readonly diagnostics: readonly { readonly code: string; readonly message: string }[];
  };
  readonly files: ReadonlyMap<string, string>;
}

/** `ionloom build --target systemverilog` of `text`, beside the files that it may name. */
export async function buildText(text: string, ...options: readonly string[]): Promise<NetworkBuild> {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'ionloombuild'));
  try {
    const out = path.join(folder, 'out');
    fs.writeFileSync(path.join(folder, 'words.csv'), WORDS);
    fs.writeFileSync(path.join(folder, 'picture.csv'), '0,1\n');
    fs.writeFileSync(path.join(folder, 'input.ion'), text);
    const file = path.join(folder, 'input.ion');
    const args = ['--target', 'systemverilog', '-o', out, '--json', ...options];
    const run = await runCli(registerBuild, 'build', file, ...args);
    const paths = fs.existsSync(out) ? fs.readdirSync(out, { recursive: true, encoding: 'utf8' }).sort() : [];
    const isFile = (each: string): boolean => fs.statSync(path.join(out, each)).isFile();
    const files = paths.filter(isFile).map((each): [string, string] => {
      return [each, fs.readFileSync(path.join(out, each), 'utf8').replaceAll(folder, '.')];
    });
    return { run, document: JSON.parse(run.stdout) as NetworkBuild['document'], files: new Map(files) };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
