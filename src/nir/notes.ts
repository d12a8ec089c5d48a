/** What our own files say in metadata, which others carry along and need not read. */
import { hdf5Group, hdf5Text, type Hdf5Group } from '../data/hdf5-tree.js';

/** Name of the network, in the root's metadata. */
export const NETWORK_NOTE = 'ionloom_network';
/** Unit of time of the file, in the root's metadata. */
export const TIME_NOTE = 'ionloom_time_unit';
/** Model of the population that a node stands for. */
export const MODEL_NOTE = 'ionloom_model';

/** Metadata of the given texts; undefined without any. */
export function notes(texts: Readonly<Record<string, string>>): Hdf5Group | undefined {
  const items = Object.entries(texts).map(([name, text]) => [name, hdf5Text(text)] as const);
  return items.length === 0 ? undefined : hdf5Group(Object.fromEntries(items));
}

/** One text of metadata. */
export function noteOf(metadata: Hdf5Group | undefined, name: string): string | undefined {
  const item = metadata?.items.get(name);
  return item?.kind === 'text' && item.values.length === 1 ? item.values[0] : undefined;
}
