/** Views of the driver in C: what it is called, what it loads, and the data of the build. */
import { ERROR_CODES } from '../../ir/error-codes.js';
import type { Lanes, LegalDataSet, LegalModule, MemoryWindow } from '../../ir/legal.js';
import { sourceName } from './comment-text.js';
import { windowViews } from './register-views.js';
import type { Line } from './views.js';

interface DriverNames {
  readonly source: string;
  readonly top: string;
  /** The same in capitals, for macros. */
  readonly prefix: string;
}

export interface DriverView extends DriverNames {
  readonly guard: string;
  /** Exactly one is true. */
  readonly isLoaded: boolean;
  readonly isFrozen: boolean;
  readonly hasDataSets: boolean;
  readonly hasResults: boolean;
  readonly hasTargets: boolean;
  /** Whether loading can fail before its last step. */
  readonly usesOutcome: boolean;
  /** Whether anything is written word by word. */
  readonly hasMemories: boolean;
  readonly program: readonly Line[];
  /** Memories that a data set fills, and the members of the structure that say with what. */
  readonly filled: readonly {
    readonly macro: string;
    readonly words: string;
    readonly count: string;
    readonly ok: string;
  }[];
  readonly errors: readonly { readonly macro: string; readonly text: string }[];
}

export interface DriverDataView extends DriverNames {
  readonly arrays: readonly { readonly type: string; readonly name: string; readonly lines: readonly Line[] }[];
  readonly dataSets: readonly {
    readonly index: number;
    readonly start: number;
    readonly work: string;
    readonly entries: number;
    readonly rowPlanes: string;
    readonly rowPlaneWords: number;
    readonly columnPlanes: string;
    readonly columnPlaneWords: number;
    readonly targets: string;
    readonly targetCount: number;
    readonly steps: number;
  }[];
}

/** Memories that a data set fills word by word: the window and the members of the structure. */
const FILLED = [
  { window: 'work', words: 'work', count: 'entries' },
  { window: 'row_plane', words: 'row_planes', count: 'row_plane_words' },
  { window: 'column_plane', words: 'column_planes', count: 'column_plane_words' },
] as const;

/** Words of an array on a line. */
const WORDS_PER_LINE = 6;

/** The driver of `module`. */
export function driverView(module: LegalModule): DriverView {
  const names = namesOf(module);
  const windows = windowViews(module);
  const macroOf = (name: string): string | undefined => windows.find((window) => window.name === name)?.macro;
  const filled = FILLED.flatMap(({ window, words, count }) => {
    const macro = macroOf(window);
    return macro === undefined ? [] : [{ macro, words, count, ok: `${names.prefix}_DRIVER_OK` }];
  });
  const isFrozen = module.isFrozen === true;
  return {
    ...names,
    guard: `IONLOOM_${names.prefix}_H`,
    isLoaded: !isFrozen,
    isFrozen,
    hasDataSets: module.dataSets.length > 0,
    hasResults: macroOf('result') !== undefined,
    hasTargets: macroOf('target') !== undefined,
    usesOutcome: filled.length > 0 || macroOf('target') !== undefined,
    hasMemories: !isFrozen || filled.length > 0,
    program: lanesOf(module.program.words, module.windows.program),
    filled,
    errors: ERROR_CODES.map(({ name, text }) => ({ macro: `${names.prefix}_ERROR_${name.toUpperCase()}`, text })),
  };
}

/** The data sets of `module`; there is at least one. */
export function driverDataView(module: LegalModule): DriverDataView {
  const { windows, dataSets } = module;
  const sets = dataSets.map((dataSet, index) => ({ dataSet, at: String(index) }));
  return {
    ...namesOf(module),
    arrays: sets.flatMap(({ dataSet, at }) =>
      [
        { type: 'uint32_t', name: `work_${at}`, lines: lanesOf(dataSet.entries, windows.work) },
        { type: 'uint32_t', name: `row_planes_${at}`, lines: lanesOf(dataSet.rowPlanes, windows.rowPlane) },
        { type: 'uint32_t', name: `column_planes_${at}`, lines: lanesOf(dataSet.columnPlanes, windows.columnPlane) },
        { type: `${module.name}_target`, name: `targets_${at}`, lines: targetLines(dataSet) },
      ].filter(({ lines }) => lines.length > 0),
    ),
    dataSets: sets.map(({ dataSet: { entry, entries, rowPlanes, columnPlanes, targets, resultSteps }, at }) => ({
      index: Number(at),
      start: entry,
      work: nameOrNull(`work_${at}`, entries),
      entries: entries.length,
      rowPlanes: nameOrNull(`row_planes_${at}`, rowPlanes),
      rowPlaneWords: rowPlanes.length,
      columnPlanes: nameOrNull(`column_planes_${at}`, columnPlanes),
      columnPlaneWords: columnPlanes.length,
      targets: nameOrNull(`targets_${at}`, targets),
      targetCount: targets.length,
      steps: resultSteps,
    })),
  };
}

function namesOf({ source, name }: LegalModule): DriverNames {
  return { source: sourceName(source), top: name, prefix: name.toUpperCase() };
}

/** An array of no words is not one of C. */
function nameOrNull(name: string, words: readonly unknown[]): string {
  return words.length === 0 ? '0' : name;
}

function lanesOf(words: readonly Lanes[], { lanes }: MemoryWindow): readonly Line[] {
  const all = words.flatMap((word) => Array.from({ length: lanes }, (_, lane) => word[lane] ?? 0));
  return wrapped(
    all.map((value) => `0x${value.toString(16).padStart(8, '0')}u,`),
    WORDS_PER_LINE,
  );
}

function targetLines({ targets }: LegalDataSet): readonly Line[] {
  return wrapped(
    targets.map(({ word, value }) => `{${String(word)}u, ${String(value)}u},`),
    WORDS_PER_LINE / 2,
  );
}

function wrapped(items: readonly string[], perLine: number): readonly Line[] {
  return Array.from({ length: Math.ceil(items.length / perLine) }, (_, line) => ({
    text: items.slice(line * perLine, (line + 1) * perLine).join(' '),
  }));
}
