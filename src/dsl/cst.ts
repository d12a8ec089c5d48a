/** Types of the syntax tree, generated from the grammar; `UPDATE_GOLDENS=1` writes them anew. */
/* eslint-disable @typescript-eslint/consistent-type-definitions -- interfaces lack the index signature of CstNode's children */
import type { CstNode, IToken } from 'chevrotain';

export interface FileCstNode extends CstNode {
  name: 'file';
  children: FileCstChildren;
}

export type FileCstChildren = {
  item?: ItemCstNode[];
};

export interface ItemCstNode extends CstNode {
  name: 'item';
  children: ItemCstChildren;
}

export type ItemCstChildren = {
  importItem?: ImportItemCstNode[];
  paramItem?: ParamItemCstNode[];
  deviceItem?: DeviceItemCstNode[];
  chipItem?: ChipItemCstNode[];
  programItem?: ProgramItemCstNode[];
  experimentItem?: ExperimentItemCstNode[];
};

export interface ImportItemCstNode extends CstNode {
  name: 'importItem';
  children: ImportItemCstChildren;
}

export type ImportItemCstChildren = {
  ImportKeyword: IToken[];
  firstImport: FirstImportCstNode[];
  Comma?: IToken[];
  furtherImport?: FurtherImportCstNode[];
  FromKeyword: IToken[];
  Text: IToken[];
};

export interface FirstImportCstNode extends CstNode {
  name: 'firstImport';
  children: FirstImportCstChildren;
}

export type FirstImportCstChildren = {
  importKind: ImportKindCstNode[];
  Identifier: IToken[];
};

export interface FurtherImportCstNode extends CstNode {
  name: 'furtherImport';
  children: FurtherImportCstChildren;
}

export type FurtherImportCstChildren = {
  importKind?: ImportKindCstNode[];
  Identifier?: IToken[];
};

export interface ImportKindCstNode extends CstNode {
  name: 'importKind';
  children: ImportKindCstChildren;
}

export type ImportKindCstChildren = {
  DeviceKeyword?: IToken[];
  ChipKeyword?: IToken[];
  ProgramKeyword?: IToken[];
};

export interface ParamItemCstNode extends CstNode {
  name: 'paramItem';
  children: ParamItemCstChildren;
}

export type ParamItemCstChildren = {
  ParamKeyword: IToken[];
  Identifier: IToken[];
  Equals: IToken[];
  Text?: IToken[];
  expression?: ExpressionCstNode[];
};

export interface DeviceItemCstNode extends CstNode {
  name: 'deviceItem';
  children: DeviceItemCstChildren;
}

export type DeviceItemCstChildren = {
  DeviceKeyword: IToken[];
  Identifier: IToken[];
  Text?: IToken[];
  LeftCurly: IToken[];
  deviceClause?: DeviceClauseCstNode[];
  RightCurly: IToken[];
};

export interface DeviceClauseCstNode extends CstNode {
  name: 'deviceClause';
  children: DeviceClauseCstChildren;
}

export type DeviceClauseCstChildren = {
  pulseClause?: PulseClauseCstNode[];
  readVoltageClause?: ReadVoltageClauseCstNode[];
  windowClause?: WindowClauseCstNode[];
  defaultWindowClause?: DefaultWindowClauseCstNode[];
  parameterClause?: ParameterClauseCstNode[];
  spreadClause?: SpreadClauseCstNode[];
  letClause?: LetClauseCstNode[];
  stateClause?: StateClauseCstNode[];
  evolveClause?: EvolveClauseCstNode[];
  currentClause?: CurrentClauseCstNode[];
  energyClause?: EnergyClauseCstNode[];
  ratingClause?: RatingClauseCstNode[];
};

export interface PulseClauseCstNode extends CstNode {
  name: 'pulseClause';
  children: PulseClauseCstChildren;
}

export type PulseClauseCstChildren = {
  PulseKeyword: IToken[];
  expression: ExpressionCstNode[];
  ForKeyword: IToken[];
  provenance?: ProvenanceCstNode[];
};

export interface ReadVoltageClauseCstNode extends CstNode {
  name: 'readVoltageClause';
  children: ReadVoltageClauseCstChildren;
}

export type ReadVoltageClauseCstChildren = {
  ReadKeyword: IToken[];
  expression: ExpressionCstNode[];
  provenance?: ProvenanceCstNode[];
};

export interface WindowClauseCstNode extends CstNode {
  name: 'windowClause';
  children: WindowClauseCstChildren;
}

export type WindowClauseCstChildren = {
  WindowKeyword: IToken[];
  Identifier: IToken[];
  Equals: IToken[];
  range: RangeCstNode[];
  StepKeyword?: IToken[];
  expression?: ExpressionCstNode[];
  provenance?: ProvenanceCstNode[];
};

export interface DefaultWindowClauseCstNode extends CstNode {
  name: 'defaultWindowClause';
  children: DefaultWindowClauseCstChildren;
}

export type DefaultWindowClauseCstChildren = {
  DefaultKeyword: IToken[];
  WindowKeyword: IToken[];
  Identifier: IToken[];
};

export interface ParameterClauseCstNode extends CstNode {
  name: 'parameterClause';
  children: ParameterClauseCstChildren;
}

export type ParameterClauseCstChildren = {
  ParamKeyword: IToken[];
  Identifier: IToken[];
  Equals: IToken[];
  expression: ExpressionCstNode[];
  provenance?: ProvenanceCstNode[];
};

export interface SpreadClauseCstNode extends CstNode {
  name: 'spreadClause';
  children: SpreadClauseCstChildren;
}

export type SpreadClauseCstChildren = {
  SpreadKeyword: IToken[];
  Identifier: IToken[];
  Tilde: IToken[];
  NormalKeyword: IToken[];
  LeftParen: IToken[];
  expression: ExpressionCstNode[];
  Comma: IToken[];
  RightParen: IToken[];
  PerKeyword: IToken[];
  occasion: OccasionCstNode[];
  provenance?: ProvenanceCstNode[];
};

export interface OccasionCstNode extends CstNode {
  name: 'occasion';
  children: OccasionCstChildren;
}

export type OccasionCstChildren = {
  DeviceKeyword?: IToken[];
  PulseKeyword?: IToken[];
  ReadKeyword?: IToken[];
};

export interface LetClauseCstNode extends CstNode {
  name: 'letClause';
  children: LetClauseCstChildren;
}

export type LetClauseCstChildren = {
  LetKeyword: IToken[];
  Identifier: IToken[];
  Equals: IToken[];
  expression: ExpressionCstNode[];
};

export interface StateClauseCstNode extends CstNode {
  name: 'stateClause';
  children: StateClauseCstChildren;
}

export type StateClauseCstChildren = {
  StateKeyword: IToken[];
  Identifier: IToken[];
  Colon: IToken[];
  unit: UnitCstNode[];
  InKeyword: IToken[];
  range: RangeCstNode[];
  Equals: IToken[];
  expression: ExpressionCstNode[];
};

export interface EvolveClauseCstNode extends CstNode {
  name: 'evolveClause';
  children: EvolveClauseCstChildren;
}

export type EvolveClauseCstChildren = {
  EvolveKeyword: IToken[];
  Identifier: IToken[];
  Equals: IToken[];
  expression: ExpressionCstNode[];
};

export interface CurrentClauseCstNode extends CstNode {
  name: 'currentClause';
  children: CurrentClauseCstChildren;
}

export type CurrentClauseCstChildren = {
  CurrentKeyword: IToken[];
  Equals: IToken[];
  expression: ExpressionCstNode[];
};

export interface EnergyClauseCstNode extends CstNode {
  name: 'energyClause';
  children: EnergyClauseCstChildren;
}

export type EnergyClauseCstChildren = {
  EnergyKeyword: IToken[];
  Equals: IToken[];
  expression: ExpressionCstNode[];
  provenance?: ProvenanceCstNode[];
};

export interface RatingClauseCstNode extends CstNode {
  name: 'ratingClause';
  children: RatingClauseCstChildren;
}

export type RatingClauseCstChildren = {
  MaximumKeyword: IToken[];
  Identifier: IToken[];
  expression: ExpressionCstNode[];
  provenance?: ProvenanceCstNode[];
};

export interface ProvenanceCstNode extends CstNode {
  name: 'provenance';
  children: ProvenanceCstChildren;
}

export type ProvenanceCstChildren = {
  SourceKeyword: IToken[];
  Text: IToken[];
  ConfidenceKeyword: IToken[];
  Identifier: IToken[];
};

export interface ChipItemCstNode extends CstNode {
  name: 'chipItem';
  children: ChipItemCstChildren;
}

export type ChipItemCstChildren = {
  ChipKeyword: IToken[];
  Identifier: IToken[];
  LeftCurly: IToken[];
  chipClause?: ChipClauseCstNode[];
  RightCurly: IToken[];
};

export interface ChipClauseCstNode extends CstNode {
  name: 'chipClause';
  children: ChipClauseCstChildren;
}

export type ChipClauseCstChildren = {
  clockClause?: ClockClauseCstNode[];
  busClause?: BusClauseCstNode[];
  tileClause?: TileClauseCstNode[];
};

export interface ClockClauseCstNode extends CstNode {
  name: 'clockClause';
  children: ClockClauseCstChildren;
}

export type ClockClauseCstChildren = {
  ClockKeyword: IToken[];
  expression: ExpressionCstNode[];
};

export interface BusClauseCstNode extends CstNode {
  name: 'busClause';
  children: BusClauseCstChildren;
}

export type BusClauseCstChildren = {
  BusKeyword: IToken[];
  Identifier: IToken[];
};

export interface TileClauseCstNode extends CstNode {
  name: 'tileClause';
  children: TileClauseCstChildren;
}

export type TileClauseCstChildren = {
  TileKeyword: IToken[];
  expression: ExpressionCstNode[];
  XKeyword: IToken[];
  LeftCurly: IToken[];
  tilePart?: TilePartCstNode[];
  RightCurly: IToken[];
};

export interface TilePartCstNode extends CstNode {
  name: 'tilePart';
  children: TilePartCstChildren;
}

export type TilePartCstChildren = {
  biasPart?: BiasPartCstNode[];
  railsPart?: RailsPartCstNode[];
  timerPart?: TimerPartCstNode[];
  settlePart?: SettlePartCstNode[];
  adcPart?: AdcPartCstNode[];
  linesPart?: LinesPartCstNode[];
};

export interface BiasPartCstNode extends CstNode {
  name: 'biasPart';
  children: BiasPartCstChildren;
}

export type BiasPartCstChildren = {
  BiasKeyword: IToken[];
  Identifier: IToken[];
};

export interface RailsPartCstNode extends CstNode {
  name: 'railsPart';
  children: RailsPartCstChildren;
}

export type RailsPartCstChildren = {
  RailsKeyword: IToken[];
  range: RangeCstNode[];
  ByKeyword: IToken[];
  expression: ExpressionCstNode[];
  BitKeyword: IToken[];
};

export interface TimerPartCstNode extends CstNode {
  name: 'timerPart';
  children: TimerPartCstChildren;
}

export type TimerPartCstChildren = {
  TimerKeyword: IToken[];
  expression: ExpressionCstNode[];
  BitKeyword: IToken[];
};

export interface SettlePartCstNode extends CstNode {
  name: 'settlePart';
  children: SettlePartCstChildren;
}

export type SettlePartCstChildren = {
  SettleKeyword: IToken[];
  expression: ExpressionCstNode[];
};

export interface AdcPartCstNode extends CstNode {
  name: 'adcPart';
  children: AdcPartCstChildren;
}

export type AdcPartCstChildren = {
  AdcKeyword: IToken[];
  expression: ExpressionCstNode[];
  BitKeyword: IToken[];
  range: RangeCstNode[];
  InKeyword: IToken[];
  SettleKeyword: IToken[];
  SharedKeyword: IToken[];
  ByKeyword: IToken[];
};

export interface LinesPartCstNode extends CstNode {
  name: 'linesPart';
  children: LinesPartCstChildren;
}

export type LinesPartCstChildren = {
  LinesKeyword: IToken[];
  expression: ExpressionCstNode[];
  provenance?: ProvenanceCstNode[];
};

export interface ProgramItemCstNode extends CstNode {
  name: 'programItem';
  children: ProgramItemCstChildren;
}

export type ProgramItemCstChildren = {
  ProgramKeyword: IToken[];
  Identifier: IToken[];
  LeftCurly: IToken[];
  programClause?: ProgramClauseCstNode[];
  RightCurly: IToken[];
};

export interface ProgramClauseCstNode extends CstNode {
  name: 'programClause';
  children: ProgramClauseCstChildren;
}

export type ProgramClauseCstChildren = {
  useDeviceClause?: UseDeviceClauseCstNode[];
  fromClause?: FromClauseCstNode[];
  writeClause?: WriteClauseCstNode[];
  readBackClause?: ReadBackClauseCstNode[];
  disturbClause?: DisturbClauseCstNode[];
};

export interface UseDeviceClauseCstNode extends CstNode {
  name: 'useDeviceClause';
  children: UseDeviceClauseCstChildren;
}

export type UseDeviceClauseCstChildren = {
  DeviceKeyword: IToken[];
  Identifier: IToken[];
  WindowKeyword: IToken[];
  expression: ExpressionCstNode[];
  DotDot?: IToken[];
};

export interface FromClauseCstNode extends CstNode {
  name: 'fromClause';
  children: FromClauseCstChildren;
}

export type FromClauseCstChildren = {
  FromKeyword: IToken[];
  image: ImageCstNode[];
  Comma?: IToken[];
};

export interface ImageCstNode extends CstNode {
  name: 'image';
  children: ImageCstChildren;
}

export type ImageCstChildren = {
  Text?: IToken[];
  Identifier?: IToken[];
  AtKeyword?: IToken[];
  expression?: ExpressionCstNode[];
  InKeyword?: IToken[];
  unit?: UnitCstNode[];
};

export interface WriteClauseCstNode extends CstNode {
  name: 'writeClause';
  children: WriteClauseCstChildren;
}

export type WriteClauseCstChildren = {
  WriteKeyword: IToken[];
  Identifier: IToken[];
};

export interface ReadBackClauseCstNode extends CstNode {
  name: 'readBackClause';
  children: ReadBackClauseCstChildren;
}

export type ReadBackClauseCstChildren = {
  ReadKeyword: IToken[];
  AfterKeyword: IToken[];
  EachKeyword: IToken[];
};

export interface DisturbClauseCstNode extends CstNode {
  name: 'disturbClause';
  children: DisturbClauseCstChildren;
}

export type DisturbClauseCstChildren = {
  DisturbKeyword: IToken[];
  AtKeyword: IToken[];
  MostKeyword: IToken[];
  expression: ExpressionCstNode[];
};

export interface ExperimentItemCstNode extends CstNode {
  name: 'experimentItem';
  children: ExperimentItemCstChildren;
}

export type ExperimentItemCstChildren = {
  ExperimentKeyword: IToken[];
  Identifier: IToken[];
  LeftCurly: IToken[];
  experimentClause?: ExperimentClauseCstNode[];
  RightCurly: IToken[];
};

export interface ExperimentClauseCstNode extends CstNode {
  name: 'experimentClause';
  children: ExperimentClauseCstChildren;
}

export type ExperimentClauseCstChildren = {
  runClause?: RunClauseCstNode[];
  seedsClause?: SeedsClauseCstNode[];
  withoutClause?: WithoutClauseCstNode[];
  calibrateClause?: CalibrateClauseCstNode[];
  expectClause?: ExpectClauseCstNode[];
};

export interface RunClauseCstNode extends CstNode {
  name: 'runClause';
  children: RunClauseCstChildren;
}

export type RunClauseCstChildren = {
  RunKeyword: IToken[];
  Identifier: IToken[];
  OnKeyword: IToken[];
  fromClause?: FromClauseCstNode[];
};

export interface SeedsClauseCstNode extends CstNode {
  name: 'seedsClause';
  children: SeedsClauseCstChildren;
}

export type SeedsClauseCstChildren = {
  SeedsKeyword: IToken[];
  expression: ExpressionCstNode[];
  FromKeyword: IToken[];
};

export interface WithoutClauseCstNode extends CstNode {
  name: 'withoutClause';
  children: WithoutClauseCstChildren;
}

export type WithoutClauseCstChildren = {
  WithoutKeyword: IToken[];
  Identifier: IToken[];
  Comma?: IToken[];
};

export interface CalibrateClauseCstNode extends CstNode {
  name: 'calibrateClause';
  children: CalibrateClauseCstChildren;
}

export type CalibrateClauseCstChildren = {
  CalibrateKeyword: IToken[];
  Identifier: IToken[];
  WithKeyword: IToken[];
  expression: ExpressionCstNode[];
  PulsesKeyword: IToken[];
};

export interface ExpectClauseCstNode extends CstNode {
  name: 'expectClause';
  children: ExpectClauseCstChildren;
}

export type ExpectClauseCstChildren = {
  ExpectKeyword: IToken[];
  sum: SumCstNode[];
  ComparisonOperator: IToken[];
};

export interface RangeCstNode extends CstNode {
  name: 'range';
  children: RangeCstChildren;
}

export type RangeCstChildren = {
  expression: ExpressionCstNode[];
  DotDot: IToken[];
};

export interface ExpressionCstNode extends CstNode {
  name: 'expression';
  children: ExpressionCstChildren;
}

export type ExpressionCstChildren = {
  comparison: ComparisonCstNode[];
  Question?: IToken[];
  expression?: ExpressionCstNode[];
  Colon?: IToken[];
};

export interface ComparisonCstNode extends CstNode {
  name: 'comparison';
  children: ComparisonCstChildren;
}

export type ComparisonCstChildren = {
  sum: SumCstNode[];
  ComparisonOperator?: IToken[];
};

export interface SumCstNode extends CstNode {
  name: 'sum';
  children: SumCstChildren;
}

export type SumCstChildren = {
  operand: OperandCstNode[];
  ArithmeticOperator?: IToken[];
};

export interface OperandCstNode extends CstNode {
  name: 'operand';
  children: OperandCstChildren;
}

export type OperandCstChildren = {
  Minus?: IToken[];
  Quantity?: IToken[];
  numeral?: NumeralCstNode[];
  call?: CallCstNode[];
  reference?: ReferenceCstNode[];
  group?: GroupCstNode[];
};

export interface NumeralCstNode extends CstNode {
  name: 'numeral';
  children: NumeralCstChildren;
}

export type NumeralCstChildren = {
  Numeral: IToken[];
  Name?: IToken[];
  UnitWord?: IToken[];
};

export interface CallCstNode extends CstNode {
  name: 'call';
  children: CallCstChildren;
}

export type CallCstChildren = {
  Identifier: IToken[];
  LeftParen: IToken[];
  expression?: ExpressionCstNode[];
  Comma?: IToken[];
  RightParen: IToken[];
};

export interface ReferenceCstNode extends CstNode {
  name: 'reference';
  children: ReferenceCstChildren;
}

export type ReferenceCstChildren = {
  Identifier: IToken[];
  Dot?: IToken[];
};

export interface GroupCstNode extends CstNode {
  name: 'group';
  children: GroupCstChildren;
}

export type GroupCstChildren = {
  LeftParen: IToken[];
  expression: ExpressionCstNode[];
  RightParen: IToken[];
};

export interface UnitCstNode extends CstNode {
  name: 'unit';
  children: UnitCstChildren;
}

export type UnitCstChildren = {
  simpleUnit: SimpleUnitCstNode[];
  MultiplicativeOperator?: IToken[];
};

export interface SimpleUnitCstNode extends CstNode {
  name: 'simpleUnit';
  children: SimpleUnitCstChildren;
}

export type SimpleUnitCstChildren = {
  Identifier?: IToken[];
  UnitWord?: IToken[];
  Percent?: IToken[];
  Numeral?: IToken[];
};
