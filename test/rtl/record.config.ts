/**
 * Vitest over everything that drives cells and controllers and judges what they do, while their ports are recorded.
 * Proofs drive nothing; other simulators, gates and assertions are held against the RTL itself, which faults of the RTL
 * do not disturb, and take ten times longer than all the rest.
 */
import { defineConfig } from 'vitest/config';

const OTHERS = ['*proofs', 'formal', 'bus-vip', 'area', 'gate-level', 'icarus', 'assertions'];

// eslint-disable-next-line no-restricted-syntax -- Vitest reads the default export
export default defineConfig({
  test: {
    include: ['test/unit/hw/**/*.test.ts'],
    exclude: OTHERS.map((name) => `test/unit/hw/${name}.test.ts`),
    setupFiles: ['test/rtl/record-setup.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
