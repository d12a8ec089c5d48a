/** `manifest.json` of an output folder: what a build made, for tools and for the next build. */
import type { Artifact } from '../core/artifact.js';
import { MANIFEST_GENERATOR, MANIFEST_NAME } from '../core/manifest-name.js';
import type { ReadFile } from '../core/recording-host.js';
import { sha256Hex } from '../core/sha256.js';

/** What a build is called by the tools that use it. */
export interface BuildHeader {
  readonly version: string;
  /** Source file as the user gave it. */
  readonly source: string;
  /** Files that the build was made of, as they were found from the source; absent where it was made of a run. */
  readonly sources?: readonly ReadFile[];
  /** Absent where a build has none: netlists of devices. */
  readonly experiment?: string;
  /** Top module and its file list, where SystemVerilog was built. */
  readonly top?: string;
  /** Controllers of networks, each with its file list. */
  readonly controllers?: readonly ControllerRecord[];
}

/** A controller that a projection of an experiment has. */
export interface ControllerRecord {
  readonly experiment: string;
  readonly projection: string;
  readonly top: string;
  readonly fileList: string;
}

/** An artifact without its text. */
export interface ArtifactRecord {
  readonly path: string;
  readonly kind: Artifact['kind'];
  readonly bytes: number;
  readonly sha256: string;
}

/** Records of `artifacts`, sorted by path. */
export function recordArtifacts(artifacts: readonly Artifact[]): readonly ArtifactRecord[] {
  const records = artifacts.map(({ path, kind, text }) => {
    const bytes = new TextEncoder().encode(text);
    return { path, kind, bytes: bytes.length, sha256: sha256Hex(bytes) };
  });
  // By code units: the order must not depend on the machine's language
  return records.sort((left, right) => (left.path < right.path ? -1 : 1));
}

/** The manifest as an artifact; the same input gives the same bytes. */
export function createManifest(header: BuildHeader, artifacts: readonly Artifact[]): Artifact {
  // That of the experiment on a program comes first; controllers of networks name their own
  const fileLists = artifacts.filter(({ kind }) => kind === 'file-list');
  const fileList = header.top === undefined ? undefined : fileLists[0]?.path;
  const document = {
    generator: MANIFEST_GENERATOR,
    ...header,
    ...(fileList !== undefined && { fileList }),
    artifacts: recordArtifacts(artifacts),
  };
  return { path: MANIFEST_NAME, kind: 'json', text: `${JSON.stringify(document, undefined, 2)}\n` };
}

/** Paths of artifacts that two manifests tell differently, `manifest.json` where only the manifests themselves do. */
export function differingArtifacts(one: string, other: string): readonly string[] {
  const [left, right] = [digestsOf(one), digestsOf(other)];
  const paths = new Set([...left.keys(), ...right.keys()]);
  const differing = [...paths].filter((path) => left.get(path) !== right.get(path));
  return differing.length > 0 ? differing : [MANIFEST_NAME];
}

function digestsOf(manifest: string): ReadonlyMap<string, string> {
  const { artifacts } = JSON.parse(manifest) as { readonly artifacts: readonly ArtifactRecord[] };
  return new Map(artifacts.map(({ path, sha256 }) => [path, sha256]));
}
