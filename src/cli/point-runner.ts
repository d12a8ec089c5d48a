/** Runs points of a sweep: what points share is compiled and read once. */
import path from 'node:path';
import { DiagnosticBag, type Diagnostic } from '../core/diagnostic.js';
import type { FileHost } from '../core/file-host.js';
import { sha256Hex } from '../core/sha256.js';
import { libraryPathOf } from '../dsl/standard-library.js';
import type { NetworkModule } from '../ir/network.js';
import { filesOf } from '../data/read-samples.js';
import { SampleLoader } from '../load-samples.js';
import type { PointNote, PointResult } from '../sweep/point-result.js';
import type { FileDigest, SweepOrder, SweepPoint } from '../sweep/sweep-plan.js';
import { mapDesign, type Design } from './experiments.js';
import type { ExperimentOptions } from './options.js';
import { programRow, studyRow } from './point-rows.js';
import { SILENT_TERMINAL } from './terminal.js';

/** What all points have in common. */
export type PointSource = Pick<SweepOrder, 'experiment' | 'set' | 'seed'> & { readonly file: string };

/** What kept a point from having a result: a file that cannot be read, for example. */
export interface PointFault {
  readonly kind: 'point-fault';
  readonly diagnostics: readonly Diagnostic[];
}

export class PointRunner {
  readonly #source: PointSource;
  readonly #host: FileHost;
  readonly #samples: SampleLoader;
  /** What was read when it was read last, by its path from the folder of the source file. */
  readonly #digests = new Map<string, string>();
  readonly #names = new Map<string, string>();
  /** What the present point has read. */
  #read = new Set<string>();
  /** Whether the present point asks for a file that cannot be read. */
  #isUnread = false;
  /** The file, compiled with the values of the last point, and what that has read. */
  #compiled:
    { readonly values: string; readonly network: NetworkModule; readonly read: ReadonlySet<string> } | undefined;

  constructor(source: PointSource, host: FileHost) {
    this.#source = source;
    this.#host = this.#watching(host);
    this.#samples = new SampleLoader(this.#host);
  }

  /** What the last point depends on, sorted by path; the same whatever ran before it. */
  get files(): readonly FileDigest[] {
    return [...this.#read].map((place) => ({ path: place, sha256: this.#digests.get(place) ?? '' })).sort(byPath);
  }

  /** Everything in front of running: experiments mapped, data read; undefined after reporting why not. */
  async prepare(point: SweepPoint, diagnostics: DiagnosticBag): Promise<Design | undefined> {
    const design = await this.#design(point, diagnostics);
    if (!design || design.studies.length === 0) return design;
    const { loadPoints } = await import('./run-studies.js');
    const points = await loadPoints(design.studies, { host: this.#host, diagnostics }, this.#samples);
    return points && design;
  }

  /** The result of `point`, the same whoever asks for it when; a fault where it is none of the input's. */
  async run(point: SweepPoint, planned: ReadonlyMap<string, string>): Promise<PointResult | PointFault> {
    const diagnostics = new DiagnosticBag();
    const design = await this.#design(point, diagnostics);
    const rows = design && (await this.#runDesign(design, diagnostics));
    const { all } = diagnostics;
    // What could not be read may be there tomorrow: that is no result
    const isFaultOfMachine = all.some(({ blame }) => blame === 'environment') || this.#isUnread;
    if (diagnostics.hasErrors && isFaultOfMachine) return { kind: 'point-fault', diagnostics: all };
    return {
      files: this.files.filter((file) => !planned.has(file.path)),
      rows: diagnostics.hasErrors ? [] : (rows ?? []),
      notes: all.map((each) => this.#noteOf(each)),
    };
  }

  async #design({ settings, seedOffset }: SweepPoint, diagnostics: DiagnosticBag): Promise<Design | undefined> {
    const { file, set, experiment, seed } = this.#source;
    const overrides = new Map([...set, ...settings]);
    const values = JSON.stringify([...overrides]);
    const kept = this.#compiled?.values === values ? this.#compiled : undefined;
    this.#read = new Set(kept?.read);
    this.#isUnread = false;
    const { loadNetwork } = await import('../compiler.js');
    const network = kept?.network ?? loadNetwork(file, this.#host, overrides, diagnostics);
    // Warnings belong to every point, and are told where the file is compiled
    const isClean = network && diagnostics.all.length === 0;
    this.#compiled = isClean ? { values, network, read: new Set(this.#read) } : undefined;
    const design = network && (await this.#map(network, overrides, { experiment, seed, seedOffset }, diagnostics));
    // Data that an earlier point has read is not read again
    for (const set of design?.studies.flatMap(({ data }) => data) ?? []) {
      for (const place of filesOf(set)) if (this.#digests.has(this.#nameOf(place))) this.#read.add(this.#nameOf(place));
    }
    return design;
  }

  #map(
    network: NetworkModule,
    set: ReadonlyMap<string, string>,
    choice: Pick<SweepOrder, 'experiment' | 'seed'> & { readonly seedOffset: number | undefined },
    diagnostics: DiagnosticBag,
  ): Promise<Design | undefined> {
    const { experiment, seed, seedOffset } = choice;
    const options: ExperimentOptions = {
      ...{ json: false, set },
      ...(experiment !== undefined && { experiment }),
      ...(seed !== undefined && { seed }),
      ...(seedOffset !== undefined && { oneSeedAt: seedOffset }),
    };
    return mapDesign({ file: this.#source.file, network }, options, { host: this.#host, diagnostics });
  }

  async #runDesign(design: Design, diagnostics: DiagnosticBag): Promise<PointResult['rows'] | undefined> {
    const { simulate } = await import('../compiler.js');
    const rows = design.experiments.map((mapped) => {
      const result = simulate(mapped, diagnostics);
      return result && programRow(result);
    });
    if (design.studies.length > 0) {
      const { loadCreateRun } = await import('./load-create-run.js');
      const { runStudies } = await import('./run-studies.js');
      const context = { host: this.#host, diagnostics, terminal: SILENT_TERMINAL };
      const choice = { create: await loadCreateRun(), samples: this.#samples };
      const results = await runStudies(design.studies, choice, context);
      if (!results) return undefined;
      rows.push(...results.map(studyRow));
    }
    return rows.flatMap((row) => row ?? []);
  }

  #noteOf({ severity, code, message, span }: Diagnostic): PointNote {
    if (!span) return { severity, code, message };
    const { line, column } = span.start;
    return { severity, code, message, place: `${this.#nameOf(span.file)}:${String(line)}:${String(column)}` };
  }

  /** `host` with a record of what it has read. */
  #watching(host: FileHost): FileHost {
    return {
      ...host,
      readBytes: (file, maxBytes) => {
        const bytes = host.readBytes(file, maxBytes);
        const name = this.#nameOf(file);
        this.#isUnread ||= !(bytes instanceof Uint8Array);
        if (bytes instanceof Uint8Array) this.#digests.set(name, sha256Hex(bytes));
        if (bytes instanceof Uint8Array) this.#read.add(name);
        return bytes;
      },
    };
  }

  /** Names of files that are the same on every machine: of the library, else as seen from the source file. */
  #nameOf(file: string): string {
    const known = this.#names.get(file);
    if (known !== undefined) return known;
    const base = path.dirname(this.#placeOf(this.#source.file));
    const name = libraryPathOf(file) ?? path.relative(base, this.#placeOf(file)).replaceAll(path.sep, '/');
    this.#names.set(file, name);
    return name;
  }

  /** The place with all links followed, which is how the compiler knows it. */
  #placeOf(file: string): string {
    const real = this.#host.realPath(file);
    return path.resolve(typeof real === 'string' ? real : file);
  }
}

function byPath(left: FileDigest, right: FileDigest): number {
  return left.path < right.path ? -1 : 1;
}
