/** `ionloom sweep`: experiments at many values of parameters and many seeds, on this machine or on a cluster. */
import type { Command } from 'commander';
import type { Execute } from '../command.js';
import { experimentOption, jsonOption, seedOption, setOption } from '../options.js';
import {
  executorOption,
  jobsOption,
  objectiveOption,
  seedsOption,
  varyOption,
  type SweepOptions,
} from '../sweep-options.js';

/** Adds the command to `program`. */
export function registerSweep(program: Command, execute: Execute): void {
  program
    .command('sweep')
    .summary('run experiments at many values and seeds')
    .description(
      'Run experiments at all combinations of values of parameters, and with many seeds, on all processors or on a cluster, and put what they find into one table. The same command goes on where a sweep has stopped.',
    )
    .argument('[file]', 'source file')
    .option('-o, --output <folder>', 'the folder of the sweep: a file for every point, and the table')
    .addOption(varyOption())
    .addOption(seedsOption())
    .addOption(executorOption())
    .addOption(jobsOption())
    .addOption(objectiveOption('minimize'))
    .addOption(objectiveOption('maximize'))
    .option('--status <folder>', 'run nothing; show what a sweep has found so far')
    .addOption(experimentOption())
    .addOption(seedOption())
    .addOption(setOption())
    .addOption(jsonOption())
    .action((file: string | undefined, options: SweepOptions, command: Command) => {
      const refuse = (reason: string): never => command.error(`error: ${reason}`);
      return execute(options.json, async (context) => {
        const { sweepStatus } = await import('../sweep-report.js');
        if (options.status !== undefined) {
          if (file !== undefined || options.output !== undefined) {
            return refuse("'--status <folder>' takes neither a file nor '-o, --output <folder>'");
          }
          return sweepStatus(options.status, options, context);
        }
        if (file === undefined) return refuse("missing required argument 'file'");
        const { output } = options;
        if (output === undefined) return refuse("required option '-o, --output <folder>' not specified");
        const both = options.vary.find(({ name }) => options.set.has(name));
        if (both) return refuse(`'--set' and '--vary' both name '${both.name}'`);
        const { runSweep } = await import('../run-sweep.js');
        return runSweep(file, { ...options, output }, context);
      });
    });
}
