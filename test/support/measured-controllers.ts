/** Controllers on which the figures of the energy estimate were taken. */
import type { LegalModule } from '../../src/ir/legal.js';
import { levelsController, rowParallelController, serialController, verifyController } from './area-controllers.js';

export interface MeasuredController {
  readonly name: string;
  readonly build: () => LegalModule;
}

/** Runs are short: some hundred pulses tell the rate of toggles. */
export const MEASURED_CONTROLLERS: readonly MeasuredController[] = [
  { name: 'serial, 16 x 16', build: () => serialController(16, 128) },
  { name: 'serial, 64 x 64', build: () => serialController(64, 512) },
  { name: 'serial, 256 x 256', build: () => serialController(256, 512) },
  { name: 'row-parallel, 64 x 64', build: () => rowParallelController(64) },
  { name: 'levels of 3 bits, 64 x 64', build: () => levelsController(64) },
  { name: 'write and verify, 32 x 32', build: () => verifyController(32) },
];
