/** What the page and its two workers say to each other: plain data. */
import type { Target } from '../../src/cli/build-artifacts.js';
import type { Artifact } from '../../src/core/artifact.js';
import type { Diagnostic } from '../../src/core/diagnostic.js';
import type { EnergyEstimate } from '../../src/ir/energy-estimate.js';
import type { TokenKind } from '../../src/lsp/features/semantic-tokens.js';

/** What a program consists of. */
export interface Project {
  /** The file that is compiled. */
  readonly main: string;
  /** Name -> content, texts among them as they are in the editor. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** A question to the language worker; each is answered in turn. */
export type LanguageRequest =
  /** Other files than before; has no answer. */
  | { readonly kind: 'project'; readonly project: Project }
  /** The text of the file in the editor has changed; has no answer. */
  | { readonly kind: 'edit'; readonly file: string; readonly text: string }
  /** Tokens of the file in the editor, diagnostics of the program. */
  | { readonly kind: 'check'; readonly id: number; readonly file: string }
  | { readonly kind: 'complete'; readonly id: number; readonly file: string; readonly offset: number }
  | { readonly kind: 'hover'; readonly id: number; readonly file: string; readonly offset: number }
  | { readonly kind: 'format'; readonly id: number; readonly file: string };

export type LanguageAnswer =
  | ({ readonly kind: 'check'; readonly id: number } & Checked)
  | { readonly kind: 'complete'; readonly id: number; readonly items: readonly CompletionEntry[] }
  | { readonly kind: 'hover'; readonly id: number; readonly hover: HoverText | undefined }
  | { readonly kind: 'format'; readonly id: number; readonly text: string | undefined }
  /** A bug of ours. */
  | { readonly kind: 'failure'; readonly id: number; readonly reason: string };

/** What is known of a text. */
export interface Checked {
  readonly tokens: readonly TextToken[];
  readonly diagnostics: readonly Diagnostic[];
  /** Names of experiments in the order of the text. */
  readonly experiments: readonly string[];
}

export interface TextToken {
  readonly from: number;
  readonly to: number;
  readonly kind: TokenKind;
}

export interface CompletionEntry {
  readonly label: string;
  /** What is inserted, `$0` where the cursor comes to stand. */
  readonly insert: string;
  readonly kind: string;
  readonly detail: string;
  /** Sorts before others. */
  readonly order: string;
}

export interface HoverText {
  readonly from: number;
  readonly to: number;
  /** As editors get it. */
  readonly markdown: string;
}

/** What the run worker is asked for; one thing at a time. */
export type RunRequest = {
  readonly project: Project;
  /** This one only. */
  readonly experiment: string | undefined;
} & (
  | { readonly kind: 'build'; readonly targets: readonly Target[]; readonly freezes: boolean }
  | { readonly kind: 'simulate'; readonly technology: string }
);

export type RunAnswer =
  /** How far it is, in words. */
  | { readonly kind: 'progress'; readonly text: string }
  | { readonly kind: 'built'; readonly build: Built | undefined; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'simulated'; readonly results: Simulated | undefined; readonly diagnostics: readonly Diagnostic[] }
  /** A bug of ours, or no memory left. */
  | { readonly kind: 'failure'; readonly reason: string };

/** Files of a build with its manifest, sorted by path. */
export interface Built {
  readonly artifacts: readonly Artifact[];
}

/** A metric over all seeds, as `ionloom sim --json` has it. */
export interface MetricDocument {
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

/** An experiment as `ionloom sim --json` lists it. */
export interface ResultDocument {
  readonly name: string;
  readonly seed: number;
  readonly seeds: number;
  readonly point?: Readonly<Record<string, number>>;
  readonly metrics: Readonly<Record<string, MetricDocument>>;
  readonly expectations: readonly ExpectationDocument[];
  readonly seconds: number;
}

export interface ExpectationDocument {
  readonly text: string;
  readonly value: number;
  readonly limit: number;
  readonly ok: boolean;
}

/** What is shown of an experiment. */
export interface SimulatedExperiment {
  readonly document: ResultDocument;
  readonly energy: EnergyEstimate | undefined;
  /** Drawn by the report's functions. */
  readonly plots: readonly PlotPicture[];
}

export interface PlotPicture {
  readonly title: string;
  /** What there is to see, in words. */
  readonly description: string;
  /** Colors are names of the report's palette. */
  readonly svg: string;
}

export interface Simulated {
  readonly experiments: readonly SimulatedExperiment[];
  /** The page that `ionloom report` writes, without co-simulation. */
  readonly report: string;
}
