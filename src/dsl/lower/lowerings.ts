/** How declarations of each kind are lowered. */
import { elaborateDevice } from '../device/elaborate-device.js';
import type { ExportKind } from '../syntax/file.js';
import { lowerChip } from './lower-chip.js';
import { lowerProgram } from './lower-program.js';
import type { Lowering } from './lowering-context.js';

export const LOWERINGS: { readonly [Kind in ExportKind]?: Lowering<Kind> } = {
  device: (item, { scope, diagnostics }) => elaborateDevice(item, scope, diagnostics),
  chip: lowerChip,
  program: lowerProgram,
};
