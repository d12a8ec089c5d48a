/** Tests run from the TypeScript sources; only forked model processes need `dist`, which `npm test` builds first. */
import { defineConfig } from 'vitest/config';

// eslint-disable-next-line no-restricted-syntax -- Vitest reads the default export
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // They end what hangs; how fast a machine is must not matter
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
