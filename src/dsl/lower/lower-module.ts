/** A file and what it imports as a module of phase `network`. The only step from the language to the IR. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import type { FileHost } from '../../core/file-host.js';
import type { Span } from '../../core/span.js';
import type { Network } from '../../ir/graph.js';
import type { NetworkModule } from '../../ir/network.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { Observe, Scope } from '../check/scope.js';
import { elaborateParams, type Overrides } from '../elaborate-params.js';
import type { SourceModule } from '../load-modules.js';
import { findKind, findSymbol, resolveSymbols, type SymbolTable } from '../resolve-symbols.js';
import { EXPORT_KINDS, type Declaration, type ExportKind } from '../syntax/file.js';
import { lowerExperiment } from './lower-experiment.js';
import type { DeclarationOf, Lowered, LoweredNetwork, LoweringContext } from './lowering-context.js';
import { LOWERINGS } from './lowerings.js';
import { reportUnused } from './report-unused.js';

/** What lowering needs from outside. */
export interface LoweringInput {
  readonly host: FileHost;
  readonly overrides: Overrides;
  readonly diagnostics: DiagnosticBag;
  /** Told of every expression that is checked, for editors. */
  readonly observe?: Observe;
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
  /** Names of the file that something refers to. */
  readonly used: ReadonlySet<string>;
}

/** A file whose names are found. */
interface FileNames {
  readonly file: string;
  readonly table: SymbolTable;
  readonly scope: Scope;
  readonly used: Set<string>;
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
    const { diagnostics } = this.#input;
    const { table, context, used } = this.#namesOf(this.#root);
    const symbols = [...table.values()];
    for (const { declaration, module } of symbols) {
      // Parameters are in the scope of their file; experiments use what is lowered here.
      if (declaration.kind === 'param' || declaration.kind === 'experiment') continue;
      this.#lowerOnce(declaration.kind, declaration, this.#namesOf(module).context);
    }
    const declared = symbols
      .map(({ declaration }) => declaration)
      .filter((declaration) => declaration.kind === 'experiment')
      .flatMap((declaration) => lowerExperiment(declaration, context) ?? []);
    for (const kind of EXPORT_KINDS) this.#reportClashes(kind);
    if (!diagnostics.hasErrors) reportUnused(this.#root.tree, used, diagnostics);
    return {
      phase: 'network',
      source: this.#root.tree.file,
      devices: this.#present('device'),
      chips: this.#present('chip'),
      programs: this.#present('program').map(({ program }) => program),
      experiments: declared.filter((each) => 'program' in each),
      rules: this.#present('rule').map(({ rule }) => rule),
      networks: networksOf([...this.#present('module'), ...this.#present('network')], diagnostics),
      data: this.#present('data'),
      studies: declared.filter((each) => 'network' in each),
    };
  }

  #namesOf(module: SourceModule): ModuleNames {
    const known = this.#names.get(module);
    if (known) return known;
    const { diagnostics, overrides, observe } = this.#input;
    const table = resolveSymbols(module, diagnostics);
    const values = module === this.#root ? overrides : new Map();
    const scope = elaborateParams(module.tree, values, diagnostics, observe);
    const used = new Set<string>();
    const context = this.#contextOf({ file: module.tree.file, table, scope, used });
    const names = { table, context, used };
    this.#names.set(module, names);
    return names;
  }

  #contextOf({ file, table, scope, used }: FileNames): LoweringContext {
    const { host, diagnostics, observe } = this.#input;
    const declarationOf: LoweringContext['declarationOf'] = (name, kind) => {
      used.add(name.name);
      const symbol = findSymbol(name, { kind, table }, diagnostics);
      return symbol && { declaration: symbol.declaration, context: this.#namesOf(symbol.module).context };
    };
    return {
      scope,
      diagnostics,
      ...(observe && { observe }),
      host,
      file,
      declarationOf,
      find: (name, kind) => {
        const placed = declarationOf(name, kind);
        return placed && this.#lowerOnce(kind, placed.declaration, placed.context);
      },
      kindOf: (name, kinds) => {
        used.add(name.name);
        return findKind(name, { kinds, table }, diagnostics);
      },
      lowered: (name, kind) => {
        used.add(name);
        return this.#loweredAs(name, kind);
      },
    };
  }

  #loweredAs<Kind extends ExportKind>(name: string, kind: Kind): Lowered[Kind] | undefined {
    const entries: Iterable<readonly [Declaration, Lowered[Kind] | undefined]> = this.#lowered[kind];
    for (const [declaration, value] of entries) if (declaration.name.name === name) return value;
    return undefined;
  }

  #lowerOnce<Kind extends ExportKind>(
    kind: Kind,
    declaration: DeclarationOf<Kind>,
    context: LoweringContext,
  ): Lowered[Kind] | undefined {
    const known = this.#lowered[kind];
    if (!known.has(declaration)) known.set(declaration, LOWERINGS[kind](declaration, context));
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
