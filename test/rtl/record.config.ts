/** Vitest over everything that drives cells and controllers, while their ports are recorded. */
import { defineConfig } from 'vitest/config';

// eslint-disable-next-line no-restricted-syntax -- Vitest reads the default export
export default defineConfig({
  test: {
    include: ['test/unit/hw/**/*.test.ts'],
    setupFiles: ['test/rtl/record-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
