/** Populations and input ports: what kind of neurons, how many, in which grid. */
import type { InputPort, Population } from '../../ir/graph.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkWord } from '../check/check-clauses.js';
import { checkInteger } from '../check/check-constant.js';
import type { CheckContext } from '../check/scope.js';
import { MAX_NEURONS, MAX_RANK, shapeText, sizeOf, type Shape } from '../network/grid.js';
import { NEURON_NAMES, NEURONS, PORT_MODELS, type NeuronTable as ModelTable } from '../network/neuron-models.js';
import { checkSettingNames, checkSettingValues, settingsWithDefaults } from '../settings/check-settings.js';
import type { ExpressionNode, Identifier } from '../syntax/nodes.js';
import type { InputClause, PopulationClause } from '../syntax/network.js';
import type { LoweringContext } from './lowering-context.js';
import { lowerValueTables } from './lower-value-tables.js';

/** The population; undefined after reporting. */
export function lowerPopulation(clause: PopulationClause, context: LoweringContext): Population | undefined {
  const { name, span } = clause;
  const model = checkWord(clause.model, { what: 'neuron model', known: NEURON_NAMES }, context.diagnostics);
  const shape = lowerShape(name, clause.shape, context);
  if (!model || !shape) return undefined;
  const { settings: table }: ModelTable = NEURONS[model];
  const owner = { what: `\`${model}\``, table };
  const clauses = clause.settings?.clauses ?? [];
  checkSettingNames(
    clauses.map((each) => each.name),
    owner,
    context,
  );
  const given = checkSettingValues(
    clauses.flatMap((each) =>
      each.source.kind === 'shared-value' ? [{ name: each.name, value: each.source.value }] : [],
    ),
    owner,
    context,
  );
  const settings = settingsWithDefaults(given, table, name.span);
  const tables = lowerValueTables(clauses, { ...owner, model, count: sizeOf(shape) }, context);
  return { name: name.name, model, shape, settings, ...(tables.length > 0 && { tables }), origin: span };
}

/** The port; undefined after reporting. */
export function lowerInput(clause: InputClause, context: CheckContext): InputPort | undefined {
  const { name, span } = clause;
  const model = checkWord(clause.model, { what: 'kind of port', known: PORT_MODELS }, context.diagnostics);
  const shape = lowerShape(name, clause.shape, context);
  return model && shape && { name: name.name, model, shape, origin: span };
}

/** One neuron where no shape is written; undefined after reporting. */
function lowerShape(
  { name, span }: Identifier,
  nodes: readonly ExpressionNode[] | undefined,
  context: CheckContext,
): Shape | undefined {
  if (!nodes) return [1];
  const { diagnostics } = context;
  if (nodes.length > MAX_RANK) {
    const params = { what: `shape of \`${name}\``, expected: `1 to ${MAX_RANK} numbers`, found: String(nodes.length) };
    diagnostics.report(DSL_CATALOGUE, 'out-of-range', params, { span });
    return undefined;
  }
  const shape = nodes.map((node) =>
    checkInteger(node, { what: `size of \`${name}\``, min: 1, max: MAX_NEURONS }, context),
  );
  if (shape.some(Number.isNaN)) return undefined;
  if (sizeOf(shape) <= MAX_NEURONS) return shape;
  const params = { name, shape: shapeText(shape), limit: MAX_NEURONS };
  diagnostics.report(DSL_CATALOGUE, 'population-too-large', params, { span });
  return undefined;
}
