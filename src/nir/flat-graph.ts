/** Nested graphs written out: nodes behind the names of the graphs around them, edges through ports. */
import type { Doctor } from './doctor.js';
import type { NirGraph, NirNode } from './graph.js';

/** A node of the written-out graph; a port of a nested graph, or the graph's node where it is a plain wire, has none. */
export interface FlatNode {
  /** Names of the graphs and the node, `lif1/lif`. */
  readonly place: string;
  /** Absent for a port of a nested graph, which hands on what it gets. */
  readonly node: NirNode | undefined;
  /** Places of the nodes before and behind, in the order of the edges. */
  readonly before: string[];
  readonly behind: string[];
}

/** Nodes by place, in the order of the file. */
export type FlatGraph = ReadonlyMap<string, FlatNode>;

/** The graph without nested ones. Edges must lead to nodes that there are. */
export function flatGraph(graph: NirGraph, doctor: Doctor): FlatGraph {
  const flattening = new Flattening(doctor);
  flattening.add(graph, '');
  return flattening.nodes;
}

type PortType = 'Input' | 'Output';

class Flattening {
  readonly nodes = new Map<string, FlatNode>();
  readonly #doctor: Doctor;

  constructor(doctor: Doctor) {
    this.#doctor = doctor;
  }

  add(graph: NirGraph, path: string): void {
    for (const [name, node] of graph.nodes) {
      const place = path + name;
      if (node.kind === 'graph') {
        this.add(node, `${place}/`);
        continue;
      }
      const isPort = path !== '' && (node.type === 'Input' || node.type === 'Output');
      this.nodes.set(place, { place, node: isPort ? undefined : node, before: [], behind: [] });
    }
    const [outputs, inputs] = [this.#ports(graph, 'Output', path), this.#ports(graph, 'Input', path)];
    for (const [from, to] of graph.edges) {
      const source = this.#endOf(outputs, from, path);
      const target = this.#endOf(inputs, to, path);
      if (source === undefined || target === undefined) continue;
      this.nodes.get(source)?.behind.push(target);
      this.nodes.get(target)?.before.push(source);
    }
  }

  /** Places of the ports of that kind of each nested graph. */
  #ports({ nodes }: NirGraph, type: PortType, path: string): ReadonlyMap<string, readonly string[]> {
    return new Map(
      [...nodes].flatMap(([name, graph]): [string, readonly string[]][] => {
        if (graph.kind === 'node') return [];
        const ports = [...graph.nodes].filter(([, node]) => node.kind === 'node' && node.type === type);
        return [[name, ports.map(([port]) => `${path}${name}/${port}`)]];
      }),
    );
  }

  /** The place of a node, or of the one port of a nested graph; undefined after reporting. */
  #endOf(ports: ReadonlyMap<string, readonly string[]>, name: string, path: string): string | undefined {
    const places = ports.get(name);
    if (!places) return path + name;
    if (places.length === 1) return places[0];
    const reason = `it has ${places.length} ports on that side, and an edge does not say which one it means`;
    this.#doctor.unsayable(path + name, 'NIRGraph', reason);
    return undefined;
  }
}
