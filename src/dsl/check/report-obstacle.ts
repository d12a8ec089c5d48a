/** Names that exist and cannot be used where they stand. */
import type { Identifier } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { CheckContext, Obstacle } from './scope.js';

/** Says why the name cannot be used here. */
export function reportObstacle(
  obstacle: Obstacle,
  { name, span }: Identifier,
  { diagnostics }: Pick<CheckContext, 'diagnostics'>,
): void {
  if (obstacle.kind === 'later') diagnostics.report(DSL_CATALOGUE, 'used-before-declared', { name }, { span });
  else diagnostics.report(DSL_CATALOGUE, 'name-unavailable', { name, reason: obstacle.reason }, { span });
}
