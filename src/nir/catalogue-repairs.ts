/** A warning for each repair: the file breaks a rule, and this is what was made of it. */
import { entry, type CatalogueEntry } from '../core/diagnostic.js';
import { REPAIRS, type RepairName } from './repairs.js';

export interface Repaired {
  readonly file: string;
  readonly node: string;
  readonly text: string;
}

function repaired(name: RepairName): CatalogueEntry<Repaired> {
  return entry<Repaired>({
    severity: 'warning',
    message: ({ file, node, text }) => `node \`${node}\` of \`${file}\`: ${text}`,
    help: () => `refuse it with \`--no-repair ${name}\`, or all repairs with \`--strict\``,
    explain: `The file breaks a rule of NIR that files found in the wild often break, and the import repairs it: ${REPAIRS[name]}. Where that is not what the file means, refuse the repair and mend the file.`,
  });
}

export const REPAIR_ENTRIES = {
  'repair-dangling-edge': repaired('dangling-edge'),
  'repair-duplicate-edge': repaired('duplicate-edge'),
  'repair-missing-reset': repaired('missing-reset'),
  'repair-missing-input-weight': repaired('missing-input-weight'),
  'repair-shared-parameter': repaired('shared-parameter'),
  'repair-unit-axes': repaired('unit-axes'),
  'repair-input-shape': repaired('input-shape'),
  'repair-flatten-batch': repaired('flatten-batch'),
  'repair-missing-input': repaired('missing-input'),
  'repair-missing-output': repaired('missing-output'),
} as const satisfies Readonly<Record<`repair-${RepairName}`, CatalogueEntry<Repaired>>>;
