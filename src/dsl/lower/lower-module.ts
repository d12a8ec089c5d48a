/** A file and what it imports as a module of phase `network`. The only step from the language to the IR. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import type { FileHost } from '../../core/file-host.js';
import type { DeviceModel } from '../../devices/device-model.js';
import type { Chip, Experiment, NetworkModule, WriteProgram } from '../../ir/network.js';
import type { ExperimentItem } from '../syntax/experiment.js';
import type { Declaration } from '../syntax/file.js';
import type { Identifier } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { Scope } from '../check/scope.js';
import { elaborateDevice } from '../device/elaborate-device.js';
import { elaborateParams, type Overrides } from '../elaborate-params.js';
import type { SourceModule } from '../load-modules.js';
import { lowerChip } from './lower-chip.js';
import { lowerExperiment } from './lower-experiment.js';
import type { ImageContext } from './lower-images.js';
import { lowerProgram } from './lower-program.js';
import { findSymbol, resolveSymbols, type ModuleSymbol, type SymbolTable } from '../resolve-symbols.js';

/** What lowering needs from outside. */
export interface LoweringInput {
  readonly host: FileHost;
  readonly overrides: Overrides;
  readonly diagnostics: DiagnosticBag;
}

/** Everything that the root file declares or imports; undefined after reporting. */
export function lowerModule(root: SourceModule, input: LoweringInput): NetworkModule | undefined {
  const lowering = new Lowering(root, input);
  const network = lowering.lower();
  return input.diagnostics.hasErrors ? undefined : network;
}

interface ModuleNames {
  readonly table: SymbolTable;
  readonly scope: Scope;
}

/** Lowers every declaration once, however often it is used. */
class Lowering {
  readonly #root: SourceModule;
  readonly #input: LoweringInput;
  readonly #names = new Map<SourceModule, ModuleNames>();
  readonly #devices = new Map<Declaration, DeviceModel | undefined>();
  readonly #chips = new Map<Declaration, Chip | undefined>();
  readonly #programs = new Map<Declaration, WriteProgram | undefined>();

  constructor(root: SourceModule, input: LoweringInput) {
    this.#root = root;
    this.#input = input;
  }

  lower(): NetworkModule {
    const experiments: Experiment[] = [];
    for (const symbol of this.#namesOf(this.#root).table.values()) {
      const { declaration } = symbol;
      if (declaration.kind === 'experiment') experiments.push(...this.#experiment(declaration));
      else this.#lowerSymbol(symbol);
    }
    const devices = present(this.#devices);
    this.#reportClashes();
    return {
      phase: 'network',
      source: this.#root.tree.file,
      devices,
      chips: present(this.#chips),
      programs: present(this.#programs),
      experiments,
      rules: [],
      networks: [],
      data: [],
      studies: [],
    };
  }

  #lowerSymbol(symbol: ModuleSymbol): void {
    switch (symbol.declaration.kind) {
      case 'device':
        this.#deviceOf(symbol);
        break;
      case 'chip':
        this.#chipOf(symbol);
        break;
      case 'program':
        this.#programOf(symbol);
        break;
      case 'param':
      case 'experiment':
        // Parameters are in the scope of their file; experiments are those of the root.
        break;
    }
  }

  #namesOf(module: SourceModule): ModuleNames {
    const known = this.#names.get(module);
    if (known) return known;
    const { diagnostics, overrides } = this.#input;
    const table = resolveSymbols(module, diagnostics);
    const scope = elaborateParams(module.tree, module === this.#root ? overrides : new Map(), diagnostics);
    const names = { table, scope };
    this.#names.set(module, names);
    return names;
  }

  #contextOf(module: SourceModule): ImageContext {
    const { host, diagnostics } = this.#input;
    return { scope: this.#namesOf(module).scope, diagnostics, host, file: module.tree.file };
  }

  #deviceOf({ declaration, module }: ModuleSymbol): DeviceModel | undefined {
    if (declaration.kind !== 'device') return undefined;
    const { scope } = this.#namesOf(module);
    return once(this.#devices, declaration, () => elaborateDevice(declaration, scope, this.#input.diagnostics));
  }

  #chipOf({ declaration, module }: ModuleSymbol): Chip | undefined {
    if (declaration.kind !== 'chip') return undefined;
    const { scope } = this.#namesOf(module);
    return once(this.#chips, declaration, () => lowerChip(declaration, scope, this.#input.diagnostics));
  }

  #programOf({ declaration, module }: ModuleSymbol): WriteProgram | undefined {
    if (declaration.kind !== 'program') return undefined;
    const findDevice = (name: Identifier) => this.#findDevice(name, module);
    return once(this.#programs, declaration, () => lowerProgram(declaration, findDevice, this.#contextOf(module)));
  }

  #findDevice(name: Identifier, module: SourceModule): DeviceModel | undefined {
    const { table } = this.#namesOf(module);
    const symbol = findSymbol(name, { kind: 'device', table }, this.#input.diagnostics);
    return symbol && this.#deviceOf(symbol);
  }

  #experiment(item: ExperimentItem): Experiment[] {
    const { table } = this.#namesOf(this.#root);
    const { diagnostics } = this.#input;
    const experiment = lowerExperiment(
      item,
      {
        findProgram: (name) => {
          const symbol = findSymbol(name, { kind: 'program', table }, diagnostics);
          const program = symbol && this.#programOf(symbol);
          const device = [...this.#devices.values()].find((model) => model && model.name === program?.device);
          return program && device && { program, device };
        },
        findChip: (name) => {
          const symbol = findSymbol(name, { kind: 'chip', table }, diagnostics);
          return symbol && this.#chipOf(symbol);
        },
      },
      this.#contextOf(this.#root),
    );
    return experiment ? [experiment] : [];
  }

  /** The IR refers to devices by name, so two files may not bring different devices of one name. */
  #reportClashes(): void {
    const first = new Map<string, Declaration>();
    for (const declaration of this.#devices.keys()) {
      const { name, span } = declaration.name;
      const other = first.get(name);
      if (!other) first.set(name, declaration);
      else {
        const related = [{ message: 'first declared here', span: other.name.span }];
        this.#input.diagnostics.report(DSL_CATALOGUE, 'duplicate-name', { name }, { span, related });
      }
    }
  }
}

function once<Value>(
  cache: Map<Declaration, Value | undefined>,
  declaration: Declaration,
  make: () => Value | undefined,
): Value | undefined {
  if (!cache.has(declaration)) cache.set(declaration, make());
  return cache.get(declaration);
}

function present<Value>(cache: ReadonlyMap<Declaration, Value | undefined>): Value[] {
  return [...cache.values()].filter((value) => value !== undefined);
}
