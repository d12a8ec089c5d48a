/** Options of `ionloom sweep`, with their parsers. */
import { availableParallelism } from 'node:os';
import { InvalidArgumentError, Option } from 'commander';
import type { Objective } from '../sweep/pareto.js';
import type { VariedParameter } from '../sweep/sweep-plan.js';
import type { ExperimentOptions } from './options.js';

export const EXECUTORS = ['local', 'slurm'] as const;
export type ExecutorName = (typeof EXECUTORS)[number];

/** Options as commander hands them over. */
export interface SweepOptions extends ExperimentOptions {
  readonly vary: readonly VariedParameter[];
  readonly seeds?: number;
  readonly executor: ExecutorName;
  readonly jobs?: number;
  readonly minimize: readonly string[];
  readonly maximize: readonly string[];
  readonly output?: string;
  readonly status?: string;
}

/** Those of a sweep that runs. */
export type ChosenOptions = SweepOptions & { readonly output: string };

/** What is looked for the best of, those to be least in front. */
export function objectivesOf({
  minimize,
  maximize,
}: Pick<SweepOptions, 'minimize' | 'maximize'>): readonly Objective[] {
  return [
    ...minimize.map((figure) => ({ figure, wants: 'least' as const })),
    ...maximize.map((figure) => ({ figure, wants: 'most' as const })),
  ];
}

/** Workers or tasks that run at once; on this machine as many as it has processors where nothing is said. */
export function localJobs({ jobs }: Pick<SweepOptions, 'jobs'>): number {
  return jobs ?? availableParallelism();
}

export const varyOption = (): Option =>
  new Option('--vary <param=a,b,c>', 'give a parameter of the file these values in turn; may be repeated')
    .argParser(parseVary)
    .default([], 'none');

export const seedsOption = (): Option =>
  new Option('--seeds <count>', 'run so many seeds, each a point of its own').argParser(parseCount);

export const jobsOption = (): Option =>
  new Option('--jobs <count>', 'run so many points at once (local: as many as processors)').argParser(parseCount);

export const executorOption = (): Option =>
  new Option('--executor <name>', 'run on this machine, or as job arrays of Slurm').choices(EXECUTORS).default('local');

export const objectiveOption = (flag: 'minimize' | 'maximize'): Option =>
  new Option(`--${flag} <figure>`, `mark the settings with the ${flag === 'minimize' ? 'least' : 'most'} of a figure; may be repeated`) // prettier-ignore
    .argParser((text: string, before: readonly string[]) => [...before, text])
    .default([], 'none');

function parseVary(text: string, before: readonly VariedParameter[]): readonly VariedParameter[] {
  const [, name, list] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || list === undefined) throw new InvalidArgumentError('expected param=a,b,c');
  const values = list.split(',').map((value) => value.trim());
  if (values.includes('')) throw new InvalidArgumentError('a value is empty');
  if (new Set(values).size < values.length) throw new InvalidArgumentError('a value stands there twice');
  if (before.some((each) => each.name === name)) throw new InvalidArgumentError(`\`${name}\` is varied already`);
  return [...before, { name, values }];
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > 1_000_000) throw new InvalidArgumentError('expected a whole number above 0'); // prettier-ignore
  return count;
}
