/** The generated TypeScript files of a harness: experiments, programs and devices as typed data, and the entry. */
import type { DeviceModel } from '../../devices/device-model.js';
import type { ScheduledModule } from '../../ir/scheduled.js';
import { DataPrinter, sourceName, stringLiteral, Verbatim } from './data-literal.js';
import { printTypescript, type ConstantDeclaration, type NamedImport } from './typescript-file.js';

/** The exported constant of a data file; its type is declared in the runtime's file `from`. */
interface DataConstant {
  readonly name: string;
  readonly type: string;
  readonly from: string;
  readonly data: unknown;
}

/** Facts of a device; its equations run in the kernel. */
export function emitDevice(device: DeviceModel, kernelFile: string): string {
  const header = [
    `Facts of device ${device.name}: ${device.summary}.`,
    `Scheduling and calibration read them. The equations are compiled in src/kernels/${kernelFile}.ts: change physics there.`,
  ];
  const constant: DataConstant = { name: 'device', type: 'DeviceModel', from: 'devices/device-model.js', data: device };
  // Equations share measured tables
  return dataFile(header, constant, { ...EMPTY_PRELUDE, printer: new DataPrinter(true) });
}

/** What an experiment writes, on which tile, with which seeds and expectations. */
export function emitExperiment({ mapped }: ScheduledModule, deviceFile: string): string {
  const header = [
    `Experiment ${mapped.experiment.name}: pictures, tile, seeds and expectations.`,
    'All numbers are SI base units. Change them and run again; the pulses are scheduled anew.',
  ];
  const data = {
    ...mapped,
    experiment: {
      ...mapped.experiment,
      program: { ...mapped.experiment.program, images: new Verbatim('images') },
    },
    device: new Verbatim('device'),
    images: new Verbatim('images'),
  };
  const images = new DataPrinter();
  const imageText = images.print(mapped.images);
  const imports: readonly NamedImport[] = [
    { names: [{ name: 'device' }], from: `../devices/${deviceFile}.js` },
    { names: [{ name: 'ImageTarget' }], from: '../runtime/ir/network.js', isTypeOnly: true },
  ];
  const constant: ConstantDeclaration = {
    name: 'images',
    type: 'readonly ImageTarget[]',
    value: imageText,
    summary: 'Conductances to write, one picture over the other [S].',
    isExported: false,
  };
  return dataFile(
    header,
    { name: 'experiment', type: 'MappedModule', from: 'ir/mapped.js', data },
    {
      printer: images,
      imports,
      constants: [constant],
    },
  );
}

/** The pulse program of the first seed. */
export function emitProgram({ mapped, program }: ScheduledModule): string {
  const header = [
    `Pulse program of experiment ${mapped.experiment.name} for its first seed, as built into the controller.`,
    'The harness schedules anew and says whether it arrives at the same program.',
  ];
  return dataFile(header, { name: 'program', type: 'PulseProgram', from: 'ir/scheduled.js', data: program });
}

/** The list of experiments with their programs and devices. */
export function emitExperimentList(
  experiments: readonly { readonly file: string; readonly deviceFile: string; readonly hasWires: boolean }[],
): string {
  const deviceFiles = [...new Set(experiments.map(({ deviceFile }) => deviceFile))];
  const kernelOf = (deviceFile: string): string => `createTile${String(deviceFiles.indexOf(deviceFile) + 1)}`;
  const imports: readonly NamedImport[] = [
    ...experiments.flatMap(({ file }, index) => [
      { names: [{ name: 'experiment', alias: `experiment${String(index + 1)}` }], from: `./experiments/${file}.js` },
      { names: [{ name: 'program', alias: `program${String(index + 1)}` }], from: `./programs/${file}.js` },
    ]),
    ...deviceFiles.map((file) => ({
      names: [{ name: 'createTile', alias: kernelOf(file) }],
      from: `./kernels/${file}.js`,
    })),
    ...(experiments.some(({ hasWires }) => hasWires)
      ? [{ names: [{ name: 'behindWires' }], from: './runtime/devices/wired-tile.js' }]
      : []),
    {
      names: [{ name: 'HarnessExperiment' }],
      from: './runtime/backends/harness/run-harness.js',
      isTypeOnly: true,
    },
  ];
  const items = experiments.map(({ deviceFile, hasWires }, index) => {
    const number = String(index + 1);
    const kernel = kernelOf(deviceFile);
    const createTile = hasWires ? `behindWires(${kernel}, experiment${number})` : kernel;
    return `  { mapped: experiment${number}, program: program${number}, createTile: ${createTile} },`;
  });
  return printTypescript({
    header: ['What this harness runs, in order.'],
    imports,
    constants: [
      {
        name: 'experiments',
        type: 'readonly HarnessExperiment[]',
        value: `[\n${items.join('\n')}\n]`,
        isExported: true,
      },
    ],
    statements: [],
  });
}

/** The entry. */
export function emitMain(source: string): string {
  return printTypescript({
    header: [`Runs the experiments of ${source} on the device models; \`--json\` for scripts.`],
    imports: [
      { names: [{ name: 'experiments' }], from: './experiments.js' },
      { names: [{ name: 'runHarness' }], from: './runtime/backends/harness/run-harness.js' },
    ],
    constants: [],
    statements: [
      'const { text, exitCode } = runHarness(experiments, process.argv.slice(2));',
      'process.stdout.write(text);',
      'process.exitCode = exitCode;',
    ],
  });
}

/** What stands before the constant of a data file. */
interface DataPrelude {
  /** Printer whose source files are shared with the prelude's constants. */
  readonly printer: DataPrinter;
  readonly imports: readonly NamedImport[];
  readonly constants: readonly ConstantDeclaration[];
}

const EMPTY_PRELUDE = { imports: [], constants: [] };

function dataFile(
  header: readonly string[],
  { name, type, from, data }: DataConstant,
  prelude: DataPrelude = { ...EMPTY_PRELUDE, printer: new DataPrinter() },
): string {
  const value = prelude.printer.print(data);
  const { files, lists } = prelude.printer;
  const listConstants = lists.map(({ name: list, text }) => ({
    name: list,
    type: 'readonly number[]',
    value: text,
    isLaidOut: true as const,
    isExported: false,
  }));
  const sources = files.map((file, index) => ({
    name: sourceName(index),
    value: `placesIn(${stringLiteral(file)})`,
    isExported: false,
  }));
  const placesIn: readonly NamedImport[] =
    files.length === 0 ? [] : [{ names: [{ name: 'placesIn' }], from: '../runtime/backends/harness/places-in.js' }];
  return printTypescript({
    header,
    imports: [
      ...prelude.imports,
      ...placesIn,
      { names: [{ name: type }], from: `../runtime/${from}`, isTypeOnly: true },
    ],
    constants: [...sources, ...listConstants, ...prelude.constants, { name, type, value, isExported: true }],
    statements: [],
  });
}
