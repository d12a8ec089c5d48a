/** Settings of neurons that come from files, one number for each: `tau from "tau.csv"`. */
import { readNumberList } from '../../data/number-list.js';
import type { NeuronTable } from '../../ir/graph.js';
import { hasOwnDynamics } from '../../ir/study-kind.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { NeuronName } from '../network/neuron-models.js';
import { reportOutside, type SettingOwner } from '../settings/check-settings.js';
import type { Setting } from '../settings/setting-table.js';
import type { Identifier } from '../syntax/nodes.js';
import type { NeuronSettingClause, ValueTableNode } from '../syntax/shared.js';
import type { LoweringContext } from './lowering-context.js';

/** What the numbers are for. */
interface TableOwner extends SettingOwner {
  readonly model: NeuronName;
  /** Neurons. */
  readonly count: number;
}

/** Bytes of a file, at most. */
const MAX_BYTES = 64 * 2 ** 20;

/** Settings that are structure, and so the same for all neurons. */
const SHARED: readonly string[] = ['spacing', 'subtract'];

/** The tables in the order of the settings; those with faults are reported and left out. */
export function lowerValueTables(
  clauses: readonly NeuronSettingClause[],
  owner: TableOwner,
  context: LoweringContext,
): readonly NeuronTable[] {
  return owner.table.flatMap((setting) => {
    const clause = clauses.find(({ name }) => name.name === setting.name);
    if (clause?.source.kind !== 'value-table') return [];
    const values = lowerTable(clause.source, { name: clause.name, setting, owner }, context);
    return values ? [{ name: setting.name, values }] : [];
  });
}

function lowerTable(
  { file }: ValueTableNode,
  { name, setting, owner }: { readonly name: Identifier; readonly setting: Setting; readonly owner: TableOwner },
  context: LoweringContext,
): readonly number[] | undefined {
  const { host, file: source, diagnostics } = context;
  const fault = (reason: string): undefined => {
    diagnostics.report(DSL_CATALOGUE, 'setting-file', { path: file.value, reason }, { span: file.span });
    return undefined;
  };
  if (!hasOwnDynamics(owner.model) || SHARED.includes(setting.name)) {
    return fault(`\`${name.name}\` of ${owner.what} is the same for all neurons`);
  }
  const bytes = host.readBytes(host.resolve(source, file.value), MAX_BYTES);
  if (!(bytes instanceof Uint8Array)) return fault(bytes.text);
  const numbers = readNumberList(bytes, owner.count);
  if ('kind' in numbers) return fault(numbers.reason);
  // One message for a file
  const before = diagnostics.all.length;
  for (const [index, value] of numbers.entries()) {
    const what = `\`${name.name}\` of neuron ${index} in \`${file.value}\``;
    reportOutside({ name: name.name, value, origin: file.span }, { setting, what }, context);
    if (diagnostics.all.length > before) return undefined;
  }
  return numbers;
}
