/** How declarations of each kind are lowered. */
import { elaborateDevice } from '../device/elaborate-device.js';
import type { ExportKind } from '../syntax/file.js';
import { lowerChip } from './lower-chip.js';
import { lowerData } from './lower-data.js';
import { lowerNetwork } from './lower-network.js';
import { lowerProgram } from './lower-program.js';
import { lowerRule } from './lower-rule.js';
import type { Lowering } from './lowering-context.js';

export const LOWERINGS: { readonly [Kind in ExportKind]: Lowering<Kind> } = {
  device: elaborateDevice,
  rule: lowerRule,
  module: lowerNetwork,
  network: lowerNetwork,
  chip: lowerChip,
  program: lowerProgram,
  data: lowerData,
};
