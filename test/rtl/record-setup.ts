/** Set-up file of recording runs: what every test file does to cells and controllers goes to IONLOOM_TRACES. */
import { afterAll } from 'vitest';
import type { ModelSource } from '../../src/cosim/engine.js';
import { recordTraces, type PortTrace } from '../support/port-trace.js';
import { storeTrace } from '../support/trace-store.js';

/** Longer runs repeat themselves; the bound keeps a store of all tests below some hundred megabytes. */
const MAX_CLOCKS = 12_000;

const store = process.env['IONLOOM_TRACES'];
if (store === undefined) throw new Error('IONLOOM_TRACES names the folder of the recorded runs');

const open: { readonly source: ModelSource; readonly trace: () => PortTrace }[] = [];
recordTraces({
  maxClocks: MAX_CLOCKS,
  opened: (source, trace) => {
    open.push({ source, trace });
  },
});

afterAll(() => {
  for (const { source, trace } of open) storeTrace(store, source, trace());
});
