/** Repairs inside single nodes: parameters that are absent, and shapes of parameters that do not agree. */
import { withoutUnits, isSameShape } from './shape.js';
import { shapeText } from './shape.js';
import type { Doctor } from './doctor.js';
import { arrayOf, countOf, nirArray, type NirArray, type NirGraph, type NirNode } from './graph.js';
import { fieldsOf, isNeuronType } from './node-types.js';
import type { RepairName } from './repairs.js';

/** `graph` with all fields that its nodes need, and parameters of one shape in each neuron. */
export function repairNodes(graph: NirGraph, doctor: Doctor, path = ''): NirGraph {
  const nodes = new Map(
    [...graph.nodes].map(([name, node]): [string, NirNode | NirGraph] => {
      const place = path + name;
      return [name, node.kind === 'graph' ? repairNodes(node, doctor, `${place}/`) : repairNode(node, place, doctor)];
    }),
  );
  return { ...graph, nodes };
}

function repairNode(node: NirNode, place: string, doctor: Doctor): NirNode {
  if (node.type === 'Affine') return repairBias(node, place, doctor);
  if (!isNeuronType(node.type)) return node;
  const filled = fillAbsent(node, place, doctor);
  const shape = neuronShape(filled);
  const fields = Object.entries(filled.fields).map(([name, field]) => {
    if (typeof field === 'string') return [name, field] as const;
    return [name, agree(field, shape, { name, place, doctor })] as const;
  });
  return { ...filled, fields: Object.fromEntries(fields) };
}

/** A bias has the shape of what the matrix makes. */
function repairBias(node: NirNode, place: string, doctor: Doctor): NirNode {
  const [bias, weight] = [arrayOf(node, 'bias'), arrayOf(node, 'weight')];
  if (!bias || !weight) return node;
  const agreed = agree(bias, weight.shape.slice(0, -1), { name: 'bias', place, doctor });
  return { ...node, fields: { ...node.fields, bias: agreed } };
}

/** Optional parameters of neurons: what stands for them where they are absent. */
const ABSENT: Readonly<Record<string, { readonly value: number; readonly repair: RepairName }>> = {
  v_reset: { value: 0, repair: 'missing-reset' },
  w_in: { value: 1, repair: 'missing-input-weight' },
};

function fillAbsent(node: NirNode, place: string, doctor: Doctor): NirNode {
  const like = arrayOf(node, 'v_threshold') ?? arrayOf(node, 'v_leak');
  const added: Record<string, NirArray> = {};
  for (const [name, { value, repair }] of Object.entries(ABSENT)) {
    if (!Object.hasOwn(fieldsOf(node.type), name) || node.fields[name] !== undefined || !like) continue;
    added[name] = { ...like, values: new Float64Array(like.values.length).fill(value) };
    doctor.tell(repair, place, `\`${name}\` is absent and taken as ${value}`);
  }
  return { ...node, fields: { ...node.fields, ...added } };
}

/** The shape of most parameters that are more than one number: the others have to follow it. */
function neuronShape({ fields }: NirNode): readonly number[] {
  const shapes = Object.values(fields).flatMap((field) => (typeof field === 'string' ? [] : [field.shape]));
  const many = shapes.filter((shape) => countOf(shape) !== 1);
  const candidates = many.length > 0 ? many : shapes;
  const votes = (shape: readonly number[]) => candidates.filter((other) => isSameShape(shape, other)).length;
  return candidates.reduce((best, shape) => (votes(shape) > votes(best) ? shape : best), candidates[0] ?? []);
}

function agree(
  field: NirArray,
  shape: readonly number[],
  { name, place, doctor }: { readonly name: string; readonly place: string; readonly doctor: Doctor },
): NirArray {
  if (isSameShape(field.shape, shape)) return field;
  const text = `\`${name}\` has the shape ${shapeText(field.shape)} where ${shapeText(shape)} is expected`;
  if (isSameShape(withoutUnits(field.shape), withoutUnits(shape))) doctor.tell('unit-axes', place, text);
  else if (field.values.length === 1) doctor.tell('shared-parameter', place, `\`${name}\` is one number for all`);
  else doctor.malformed(place, text);
  return spread(field, shape);
}

/** The array in another shape; one number is repeated. */
export function spread(field: NirArray, shape: readonly number[]): NirArray {
  const count = countOf(shape);
  if (field.values.length === count) return { ...field, shape };
  const [value = 0] = field.values;
  return nirArray(new Float64Array(count).fill(value), shape, field.type);
}
