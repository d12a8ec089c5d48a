/** What lowering a declaration gives, and what it may ask of the files around it. */
import type { DeviceModel } from '../../devices/device-model.js';
import type { Network } from '../../ir/graph.js';
import type { Chip } from '../../ir/chip.js';
import type { WriteProgram } from '../../ir/network.js';
import type { LearningRule } from '../../ir/rule.js';
import type { DataSet, GameData } from '../../ir/study.js';
import type { Dimension } from '../../units/dimension.js';
import type { Declaration, ExportKind } from '../syntax/file.js';
import type { Identifier } from '../syntax/nodes.js';
import type { ImageContext } from './lower-images.js';
import type { ElaboratedNetwork } from './network-parts.js';

/** A program with the device that it uses. */
export interface RunnableProgram {
  readonly program: WriteProgram;
  readonly device: DeviceModel;
}

/** A network with the modules that it uses, one for each combination of settings. */
export interface LoweredNetwork extends ElaboratedNetwork {
  readonly modules: readonly Network[];
}

/** A learning rule with the dimensions that its users have to meet. */
export interface LoweredRule {
  readonly rule: LearningRule;
  /** Dimension of the weight. */
  readonly weight: Dimension;
  /** Dimensions of parameters and modulators by name. */
  readonly dimensions: ReadonlyMap<string, Dimension>;
}

/** What a declaration of each kind becomes. */
export interface Lowered {
  readonly device: DeviceModel;
  readonly rule: LoweredRule;
  /** A module with its parameters at their defaults. */
  readonly module: LoweredNetwork;
  readonly network: LoweredNetwork;
  readonly chip: Chip;
  readonly program: RunnableProgram;
  readonly data: DataSet | GameData;
}

/** The declarations of one kind. */
export type DeclarationOf<Kind extends Declaration['kind']> = Extract<Declaration, { readonly kind: Kind }>;

/** A declaration with the context of the file that it stands in. */
export interface PlacedDeclaration<Kind extends ExportKind> {
  readonly declaration: DeclarationOf<Kind>;
  readonly context: LoweringContext;
}

/** What lowering a declaration needs: the parameters of its file, and the declarations that its file names. */
export interface LoweringContext extends ImageContext {
  /** What the declaration called `name` becomes; it is lowered once. Undefined after reporting. */
  readonly find: <Kind extends ExportKind>(name: Identifier, kind: Kind) => Lowered[Kind] | undefined;
  /** The declaration called `name` as it is written, for what every user of it lowers anew; undefined after reporting. */
  readonly declarationOf: <Kind extends ExportKind>(
    name: Identifier,
    kind: Kind,
  ) => PlacedDeclaration<Kind> | undefined;
  /** Values that an experiment gives to the parameters of a network [SI]. */
  readonly networkValues: (network: string) => ReadonlyMap<string, number>;
  /** The one of `kinds` that the declaration called `name` is of; undefined after reporting. */
  readonly kindOf: <Kind extends ExportKind>(name: Identifier, kinds: readonly Kind[]) => Kind | undefined;
  /** What a declaration of any file became, by the name that the IR has for it; undefined where there is none. */
  readonly lowered: <Kind extends ExportKind>(name: string, kind: Kind) => Lowered[Kind] | undefined;
}

/** Lowers declarations of one kind; undefined after reporting. */
export type Lowering<Kind extends ExportKind> = (
  declaration: DeclarationOf<Kind>,
  context: LoweringContext,
) => Lowered[Kind] | undefined;
