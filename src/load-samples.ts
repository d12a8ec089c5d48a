/** The samples that an experiment presents: files read, unpacked and checked against the network. */
import type { DiagnosticBag } from './core/diagnostic.js';
import type { FileHost } from './core/file-host.js';
import type { Samples } from './core/samples.js';
import { filesOf, readSamples } from './data/read-samples.js';
import { unpack } from './data/unpack.js';
import { checkSamples } from './ir/check-samples.js';
import type { MappedNetwork } from './ir/mapped-network.js';
import type { DataSet } from './ir/study.js';
import { STUDY_CATALOGUE } from './ir/study-catalogue.js';

/** Largest file that is read [bytes]. */
const MAX_DATA_BYTES = 2 ** 30;

/** Reads data sets once, however many experiments present them. */
export class SampleLoader {
  readonly #host: FileHost;
  readonly #known = new Map<string, Samples>();

  constructor(host: FileHost) {
    this.#host = host;
  }

  /** The samples of all data sets of `mapped` by name; undefined after reporting. */
  load(mapped: MappedNetwork, diagnostics: DiagnosticBag): ((data: string) => Samples) | undefined {
    const before = diagnostics.all.length;
    const loaded = new Map(
      mapped.data.flatMap((set): [string, Samples][] => {
        const samples = this.#read(set, diagnostics);
        return samples ? [[set.name, samples]] : [];
      }),
    );
    if (loaded.size < mapped.data.length) return undefined;
    const samplesOf = (data: string): Samples => loaded.get(data) ?? NO_SAMPLES;
    checkSamples(mapped, samplesOf, diagnostics);
    const isFaulty = diagnostics.all.slice(before).some(({ severity }) => severity === 'error');
    return isFaulty ? undefined : samplesOf;
  }

  #read(set: DataSet, diagnostics: DiagnosticBag): Samples | undefined {
    const key = JSON.stringify([set.file, set.format, set.labels, set.features, set.padding, set.scale]);
    const known = this.#known.get(key);
    if (known) return known;
    const bytes = new Map<string, Uint8Array>();
    for (const file of filesOf(set)) {
      const content = readDataFile(file, this.#host);
      if (!(content instanceof Uint8Array)) {
        const code = content.kind === 'file-fault' ? 'data-unreadable' : 'data-malformed';
        const reason = content.kind === 'file-fault' ? content.text : content.reason;
        diagnostics.report(STUDY_CATALOGUE, code, { file, reason }, { span: set.origin });
        return undefined;
      }
      bytes.set(file, content);
    }
    const samples = readSamples(set, (file) => bytes.get(file) ?? new Uint8Array());
    if ('kind' in samples) {
      const { file, reason } = samples;
      diagnostics.report(STUDY_CATALOGUE, 'data-malformed', { file, reason }, { span: set.origin });
      return undefined;
    }
    this.#known.set(key, samples);
    return samples;
  }
}

const NO_SAMPLES: Samples = { count: 0, shape: [1], features: new Float32Array(), classes: [] };

function readDataFile(file: string, host: FileHost) {
  const bytes = host.readBytes(file, MAX_DATA_BYTES);
  return bytes instanceof Uint8Array ? unpack(bytes) : bytes;
}
