/** The devices that a device extends, one behind the other, however hostile the text: in a circle, or thousands. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import type { FileHost } from '../../core/file-host.js';
import type { CheckContext } from '../check/scope.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { DeviceItem } from '../syntax/device.js';
import type { Identifier } from '../syntax/nodes.js';

/** What finding the devices that others extend needs. */
export interface DeviceSurroundings extends CheckContext {
  /** Reads the tables of devices. */
  readonly host: FileHost;
  /** The file of the declaration. */
  readonly file: string;
  /** The declaration called `name`; undefined after reporting. */
  readonly declarationOf: (name: Identifier, kind: 'device') => PlacedDevice | undefined;
  /** What it means; undefined where it has mistakes, which have been reported. */
  readonly find: (name: Identifier, kind: 'device') => object | undefined;
}

/** A device with the names of its file. */
export interface PlacedDevice {
  readonly declaration: DeviceItem;
  readonly context: DeviceSurroundings;
}

/** Devices that one device extends in all. */
const MAX_EXTENDED = 32;

/** What is known of a device: how many it extends, or what is wrong with them. */
type Standing =
  | { readonly kind: 'sound'; readonly extended: number }
  | { readonly kind: 'unknown' }
  /** In the order in which they extend one another, from the one that stands first in the text. */
  | { readonly kind: 'circle'; readonly circle: readonly DeviceItem[] }
  | { readonly kind: 'long'; readonly first: DeviceItem };

/** The device and those that it extends, the nearest first; undefined after reporting. */
export function lineOf(item: DeviceItem, context: DeviceSurroundings): readonly PlacedDevice[] | undefined {
  const self = { declaration: item, context };
  const standing = standingOf(self);
  switch (standing.kind) {
    case 'unknown':
      return undefined;
    case 'circle':
      reportCircle(standing.circle, context.diagnostics);
      return undefined;
    case 'long': {
      const params = { reason: `a chain of more than ${String(MAX_EXTENDED)} devices` };
      context.diagnostics.report(DSL_CATALOGUE, 'extension-limit', params, { span: standing.first.base?.span });
      return undefined;
    }
    case 'sound': {
      const line: PlacedDevice[] = [];
      for (let next: PlacedDevice | undefined = self; next; next = baseOf(next)) line.push(next);
      return line;
    }
  }
}

function baseOf({ declaration, context }: PlacedDevice): PlacedDevice | undefined {
  return declaration.base && context.declarationOf(declaration.base, 'device');
}

// Every device of a chain asks; answers are kept as long as the command that collects the diagnostics.
const standings = new WeakMap<DiagnosticBag, Map<DeviceItem, Standing>>();

function standingOf(device: PlacedDevice): Standing {
  const { diagnostics } = device.context;
  const known = standings.get(diagnostics) ?? new Map<DeviceItem, Standing>();
  standings.set(diagnostics, known);
  const path: PlacedDevice[] = [];
  const places = new Map<DeviceItem, number>();
  let current: PlacedDevice | undefined = device;
  while (current && !known.has(current.declaration) && !places.has(current.declaration)) {
    places.set(current.declaration, path.length);
    path.push(current);
    current = baseOf(current);
  }
  let standing = standingAtEnd(path, current, { known, places });
  for (const { declaration } of path.toReversed()) {
    standing = behind(standing, declaration);
    known.set(declaration, standing);
  }
  return known.get(device.declaration) ?? standing;
}

interface Walk {
  readonly known: ReadonlyMap<DeviceItem, Standing>;
  /** Places in the path by device. */
  readonly places: ReadonlyMap<DeviceItem, number>;
}

/** What the last device of `path` extends, which is `end`: nothing, something known, or one of the path. */
function standingAtEnd(
  path: readonly PlacedDevice[],
  end: PlacedDevice | undefined,
  { known, places }: Walk,
): Standing {
  if (!end) return path.at(-1)?.declaration.base ? { kind: 'unknown' } : { kind: 'sound', extended: -1 };
  const place = places.get(end.declaration);
  if (place === undefined) return known.get(end.declaration) ?? { kind: 'unknown' };
  return { kind: 'circle', circle: fromFirst(path.slice(place).map(({ declaration }) => declaration)) };
}

/** The standing of a device that extends one of the given standing. */
function behind(base: Standing, declaration: DeviceItem): Standing {
  if (base.kind !== 'sound') return base;
  const extended = base.extended + 1;
  return extended > MAX_EXTENDED ? { kind: 'long', first: declaration } : { kind: 'sound', extended };
}

function fromFirst(circle: readonly DeviceItem[]): readonly DeviceItem[] {
  const isBefore = (left: DeviceItem, right: DeviceItem): boolean =>
    left.span.file === right.span.file
      ? left.span.start.offset < right.span.start.offset
      : left.span.file < right.span.file;
  const first = circle.reduce((earliest, device) => (isBefore(device, earliest) ? device : earliest));
  const start = circle.indexOf(first);
  return [...circle.slice(start), ...circle.slice(0, start)];
}

/** Names of a circle that a message lists, at most. */
const MAX_LISTED = 8;

/** All devices of a circle tell the same, at the first. */
function reportCircle(circle: readonly DeviceItem[], diagnostics: DiagnosticBag): void {
  const names = circle.slice(0, MAX_LISTED).map(({ name }) => name.name);
  const left = circle.length > MAX_LISTED ? ['…'] : [];
  const chain = [...names, ...left, ...names.slice(0, 1)];
  diagnostics.report(DSL_CATALOGUE, 'device-cycle', { chain }, { span: circle[0]?.base?.span });
}
