/** The compiler's own sources that an emitted harness copies; a chunk of its own, loaded with the first harness. */
import { filesOf } from './library-files.js';

export const HARNESS_FILES = filesOf(
  import.meta.glob<string>(
    [
      '../../../src/{core,data,devices,ir,networks,numerics,units}/**/*.ts',
      '../../../src/backends/harness/*.ts',
      '../../../package.json',
    ],
    { query: '?raw', import: 'default', eager: true },
  ),
);
