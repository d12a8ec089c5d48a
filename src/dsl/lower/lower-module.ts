/** A file and what it imports as a module of phase `network`. The only step from the language to the IR. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import type { FileHost } from '../../core/file-host.js';
import type { Span } from '../../core/span.js';
import type { Network } from '../../ir/graph.js';
import type { NetworkModule } from '../../ir/network.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { Observe, Scope } from '../check/scope.js';
import { elaborateParams, networkValues, type Overrides } from '../elaborate-params.js';
import type { SourceModule } from '../load-modules.js';
import { findKind, findSymbol, resolveSymbols, type ModuleSymbol, type SymbolTable } from '../resolve-symbols.js';
import { EXPORT_KINDS, type Declaration, type ExportKind } from '../syntax/file.js';
import { lowerExperiment } from './lower-experiment.js';
import type { DeclarationOf, Lowered, LoweredNetwork, LoweringContext } from './lowering-context.js';
import { Reading, type LoweringMemo, type Surroundings } from './lowering-memo.js';
import { LOWERINGS } from './lowerings.js';
import { reportUnused } from './report-unused.js';

/** What lowering needs from outside. */
export interface LoweringInput {
  readonly host: FileHost;
  readonly overrides: Overrides;
  readonly diagnostics: DiagnosticBag;
  /** Told of every expression that is checked, for editors. */
  readonly observe?: Observe;
  /** What declarations became before, for editors. */
  readonly memo?: LoweringMemo;
}

/** Everything that the root file declares or imports; undefined after reporting. */
export function lowerModule(root: SourceModule, input: LoweringInput): NetworkModule | undefined {
  const lowering = new ModuleLowering(root, input);
  const network = lowering.lower();
  return input.diagnostics.hasErrors ? undefined : network;
}

/** The names of a file. */
interface ModuleNames {
  readonly file: string;
  readonly table: SymbolTable;
  readonly scope: Scope;
  /** Those that something refers to. */
  readonly used: Set<string>;
}

type LoweredByName = { readonly [Kind in ExportKind]: Map<string, Lowered[Kind] | undefined> };
type LoweredByDeclaration = { readonly [Kind in ExportKind]: Map<DeclarationOf<Kind>, Lowered[Kind] | undefined> };

/** Lowers every declaration once, however often it is used. */
class ModuleLowering {
  readonly #root: SourceModule;
  readonly #input: LoweringInput;
  readonly #names = new Map<SourceModule, ModuleNames>();
  readonly #modules = new Map<string, SourceModule>();
  readonly #lowered: LoweredByDeclaration = {
    device: new Map(),
    rule: new Map(),
    module: new Map(),
    network: new Map(),
    chip: new Map(),
    program: new Map(),
    data: new Map(),
  };

  /** The first of each name. */
  readonly #named: LoweredByName = {
    device: new Map(),
    rule: new Map(),
    module: new Map(),
    network: new Map(),
    chip: new Map(),
    program: new Map(),
    data: new Map(),
  };

  constructor(root: SourceModule, input: LoweringInput) {
    this.#root = root;
    this.#input = input;
  }

  lower(): NetworkModule {
    const { diagnostics } = this.#input;
    const { table, used } = this.#namesOf(this.#root);
    const symbols = [...table.values()];
    for (const symbol of symbols) this.#lowerSymbol(symbol);
    const context = this.#contextOf(this.#root);
    const declared = symbols
      .map(({ declaration }) => declaration)
      .filter((declaration) => declaration.kind === 'experiment')
      .flatMap((declaration) => lowerExperiment(declaration, context) ?? []);
    for (const kind of EXPORT_KINDS) this.#reportClashes(kind);
    if (!diagnostics.hasErrors) reportUnused(this.#root.tree, used, diagnostics);
    const data = this.#present('data');
    const games = data.filter((each) => 'game' in each);
    return {
      phase: 'network',
      source: this.#root.tree.file,
      devices: this.#present('device'),
      chips: this.#present('chip'),
      programs: this.#present('program').map(({ program }) => program),
      experiments: declared.filter((each) => 'program' in each),
      rules: this.#present('rule').map(({ rule }) => rule),
      networks: networksOf([...this.#present('module'), ...this.#present('network')], diagnostics),
      data: data.filter((each) => 'file' in each),
      ...(games.length > 0 && { games }),
      studies: declared.filter((each) => 'network' in each),
    };
  }

  /** Parameters are in the scope of their file; experiments use what is lowered here. */
  #lowerSymbol({ declaration, module }: ModuleSymbol): unknown {
    if (declaration.kind === 'param' || declaration.kind === 'experiment') return undefined;
    return this.#lowerOnce(declaration.kind, declaration, module);
  }

  #namesOf(module: SourceModule): ModuleNames {
    const known = this.#names.get(module);
    if (known) return known;
    const { diagnostics, overrides, observe } = this.#input;
    const table = resolveSymbols(module, diagnostics);
    const values = module === this.#root ? overrides : new Map();
    const scope = elaborateParams(module.tree, values, diagnostics, observe);
    const names = { file: module.tree.file, table, scope, used: new Set<string>() };
    this.#names.set(module, names);
    this.#modules.set(module.tree.file, module);
    return names;
  }

  /** What declarations of `module` are lowered in; with a reading, what they ask is written down. */
  #contextOf(module: SourceModule, reading?: Reading): LoweringContext {
    const { file, table, scope, used } = this.#namesOf(module);
    const { host, observe, overrides } = this.#input;
    const diagnostics = reading?.diagnostics ?? this.#input.diagnostics;
    const refer = (name: string): void => {
      used.add(name);
      reading?.declared(file, name, table.get(name)?.declaration);
    };
    return {
      scope: reading?.scopeOf(file, scope) ?? scope,
      diagnostics,
      ...(observe && { observe }),
      host: reading?.hostOf(host) ?? host,
      file,
      declarationOf: (name, kind) => {
        refer(name.name);
        const symbol = findSymbol(name, { kind, table }, diagnostics);
        return symbol && { declaration: symbol.declaration, context: this.#contextOf(symbol.module, reading) };
      },
      find: (name, kind) => {
        refer(name.name);
        const symbol = findSymbol(name, { kind, table }, diagnostics);
        const value = symbol && this.#lowerOnce(kind, symbol.declaration, symbol.module);
        reading?.results.push({ file, name: name.name, value });
        return value;
      },
      networkValues: (name) => networkValues(name, overrides),
      kindOf: (name, kinds) => {
        refer(name.name);
        return findKind(name, { kinds, table }, diagnostics);
      },
      lowered: (name, kind) => {
        used.add(name);
        // Which one has the name depends on what was lowered before
        if (reading) reading.isOpen = true;
        return this.#named[kind].get(name);
      },
    };
  }

  #lowerOnce<Kind extends ExportKind>(
    kind: Kind,
    declaration: DeclarationOf<Kind>,
    module: SourceModule,
  ): Lowered[Kind] | undefined {
    const known = this.#lowered[kind];
    if (known.has(declaration)) return known.get(declaration);
    const { memo } = this.#input;
    const value = memo
      ? this.#recall(memo, kind, declaration, module)
      : LOWERINGS[kind](declaration, this.#contextOf(module));
    known.set(declaration, value);
    const { name }: Declaration = declaration;
    const named = this.#named[kind];
    if (!named.has(name.name)) named.set(name.name, value);
    return value;
  }

  /** What the declaration became before, or becomes now where something that it depends on has changed. */
  #recall<Kind extends ExportKind>(
    memo: LoweringMemo,
    kind: Kind,
    declaration: DeclarationOf<Kind>,
    module: SourceModule,
  ): Lowered[Kind] | undefined {
    const { diagnostics } = this.#input;
    const remembered = memo.recall(declaration, this.#surroundings);
    if (remembered) {
      for (const [file, asked] of remembered.reading.declarations) {
        for (const name of asked.keys()) this.#namesOfFile(file)?.used.add(name);
      }
      for (const diagnostic of remembered.diagnostics) diagnostics.add(diagnostic);
      // It was remembered for a declaration of this kind.
      return remembered.value as Lowered[Kind] | undefined;
    }
    const reading = new Reading();
    const value = LOWERINGS[kind](declaration, this.#contextOf(module, reading));
    for (const diagnostic of reading.diagnostics.all) diagnostics.add(diagnostic);
    memo.remember(declaration, value, reading);
    return value;
  }

  readonly #surroundings: Surroundings = {
    entry: (file, name) => this.#namesOfFile(file)?.scope.own.get(name),
    declaration: (file, name) => this.#namesOfFile(file)?.table.get(name)?.declaration,
    result: (file, name) => {
      const symbol = this.#namesOfFile(file)?.table.get(name);
      return symbol && this.#lowerSymbol(symbol);
    },
  };

  /** The names of a file of this compilation; undefined for others. */
  #namesOfFile(file: string): ModuleNames | undefined {
    const module = this.#modules.get(file);
    return module && this.#namesOf(module);
  }

  #present<Kind extends ExportKind>(kind: Kind): Lowered[Kind][] {
    return [...this.#lowered[kind].values()].filter((value) => value !== undefined);
  }

  /** The IR refers to declarations by name, so two files may not bring different ones of a kind and name. */
  #reportClashes(kind: ExportKind): void {
    const first = new Map<string, Declaration>();
    for (const declaration of this.#lowered[kind].keys()) {
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

/**
 * Modules before their users; a module that several networks use in the same way comes once. Different modules of one
 * name are refused: the IR refers to modules by name.
 */
function networksOf(lowered: readonly LoweredNetwork[], diagnostics: DiagnosticBag): Network[] {
  const byName = new Map<string, Network>();
  for (const each of lowered.flatMap(({ network, modules }) => [...modules, network])) {
    const other = byName.get(each.name);
    if (other && !isSamePlace(other.origin, each.origin)) {
      const related = [{ message: 'first declared here', span: other.origin }];
      diagnostics.report(DSL_CATALOGUE, 'duplicate-name', { name: each.name }, { span: each.origin, related });
    } else byName.set(each.name, each);
  }
  return [...byName.values()];
}

function isSamePlace(left: Span, right: Span): boolean {
  return left.file === right.file && left.start.offset === right.start.offset;
}
