/** A file and what it imports as a module of phase `network`. The only step from the language to the IR. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import type { FileHost } from '../../core/file-host.js';
import type { Network } from '../../ir/graph.js';
import type { NetworkModule } from '../../ir/network.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { Scope } from '../check/scope.js';
import { elaborateParams, type Overrides } from '../elaborate-params.js';
import type { SourceModule } from '../load-modules.js';
import { findSymbol, resolveSymbols, type SymbolTable } from '../resolve-symbols.js';
import { EXPORT_KINDS, type Declaration, type ExportKind } from '../syntax/file.js';
import type { Identifier } from '../syntax/nodes.js';
import { lowerExperiment } from './lower-experiment.js';
import type { DeclarationOf, Lowered, LoweredNetwork, LoweringContext, PlacedDeclaration } from './lowering-context.js';
import { LOWERINGS } from './lowerings.js';

/** What lowering needs from outside. */
export interface LoweringInput {
  readonly host: FileHost;
  readonly overrides: Overrides;
  readonly diagnostics: DiagnosticBag;
}

/** Everything that the root file declares or imports; undefined after reporting. */
export function lowerModule(root: SourceModule, input: LoweringInput): NetworkModule | undefined {
  const lowering = new ModuleLowering(root, input);
  const network = lowering.lower();
  return input.diagnostics.hasErrors ? undefined : network;
}

interface ModuleNames {
  readonly table: SymbolTable;
  readonly context: LoweringContext;
}

type LoweredByDeclaration = { readonly [Kind in ExportKind]: Map<DeclarationOf<Kind>, Lowered[Kind] | undefined> };

/** Lowers every declaration once, however often it is used. */
class ModuleLowering {
  readonly #root: SourceModule;
  readonly #input: LoweringInput;
  readonly #names = new Map<SourceModule, ModuleNames>();
  readonly #lowered: LoweredByDeclaration = {
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
    const { table, context } = this.#namesOf(this.#root);
    const symbols = [...table.values()];
    for (const { declaration, module } of symbols) {
      // Parameters are in the scope of their file; experiments use what is lowered here.
      if (declaration.kind === 'param' || declaration.kind === 'experiment') continue;
      this.#lowerOnce(declaration.kind, declaration, this.#namesOf(module).context);
    }
    const experiments = symbols
      .map(({ declaration }) => declaration)
      .filter((declaration) => declaration.kind === 'experiment')
      .flatMap((declaration) => lowerExperiment(declaration, context) ?? []);
    for (const kind of EXPORT_KINDS) this.#reportClashes(kind);
    return {
      phase: 'network',
      source: this.#root.tree.file,
      devices: this.#present('device'),
      chips: this.#present('chip'),
      programs: this.#present('program').map(({ program }) => program),
      experiments,
      rules: this.#present('rule'),
      networks: networksOf([...this.#present('module'), ...this.#present('network')]),
      data: this.#present('data'),
      studies: [],
    };
  }

  #namesOf(module: SourceModule): ModuleNames {
    const known = this.#names.get(module);
    if (known) return known;
    const { diagnostics, overrides } = this.#input;
    const table = resolveSymbols(module, diagnostics);
    const scope = elaborateParams(module.tree, module === this.#root ? overrides : new Map(), diagnostics);
    const names = { table, context: this.#contextOf(module, table, scope) };
    this.#names.set(module, names);
    return names;
  }

  #contextOf(module: SourceModule, table: SymbolTable, scope: Scope): LoweringContext {
    const { host, diagnostics } = this.#input;
    const declarationOf = <Kind extends ExportKind>(
      name: Identifier,
      kind: Kind,
    ): PlacedDeclaration<Kind> | undefined => {
      const symbol = findSymbol(name, { kind, table }, diagnostics);
      return symbol && { declaration: symbol.declaration, context: this.#namesOf(symbol.module).context };
    };
    const find = <Kind extends ExportKind>(name: Identifier, kind: Kind): Lowered[Kind] | undefined => {
      const placed = declarationOf(name, kind);
      return placed && this.#lowerOnce(kind, placed.declaration, placed.context);
    };
    return { scope, diagnostics, host, file: module.tree.file, find, declarationOf };
  }

  #lowerOnce<Kind extends ExportKind>(
    kind: Kind,
    declaration: DeclarationOf<Kind>,
    context: LoweringContext,
  ): Lowered[Kind] | undefined {
    const known = this.#lowered[kind];
    if (!known.has(declaration)) known.set(declaration, LOWERINGS[kind]?.(declaration, context));
    return known.get(declaration);
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

/** Modules before their users; a module that several networks use in the same way comes once. */
function networksOf(lowered: readonly LoweredNetwork[]): Network[] {
  const byName = new Map<string, Network>();
  for (const { network, modules } of lowered) {
    for (const each of [...modules, network]) byName.set(each.name, each);
  }
  return [...byName.values()];
}
