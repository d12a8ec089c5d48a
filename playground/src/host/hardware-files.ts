/** Cells and templates, from which controllers are made; a chunk of its own, loaded with the first build. */
import { filesOf } from './library-files.js';

export const HARDWARE_FILES = filesOf({
  ...import.meta.glob<string>(['../../../hw/*.sv', '../../../hw/lint/*.vlt'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
  ...import.meta.glob<string>('../../../templates/**/*.hbs', { query: '?raw', import: 'default', eager: true }),
});
