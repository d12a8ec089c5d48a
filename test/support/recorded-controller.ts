/** A controller and its ports while it runs all data sets of its program: material for other simulators. */
import { ControllerHost } from '../../src/cosim/controller-host.js';
import type { ModelSource } from '../../src/cosim/engine.js';
import type { LegalModule } from '../../src/ir/legal.js';
import { modelOf, openController, record, withoutWarp } from './controller-run.js';
import { TracingSession, type PortTrace } from './port-trace.js';

export interface RecordedController {
  readonly source: ModelSource;
  readonly trace: PortTrace;
}

/** Longer than any run of a small program. */
const MAX_CLOCKS = 50_000;

/** Runs `legal` on the embedded engine, with or without skipping clocks in which only counters move. */
export async function recordController(legal: LegalModule, warps = true): Promise<RecordedController> {
  const source = modelOf(legal);
  const session = new TracingSession(await openController(legal, source), source, MAX_CLOCKS);
  const host = new ControllerHost(warps ? session : withoutWarp(session), legal);
  host.start();
  for (const index of legal.dataSets.keys()) record(host, legal, index);
  return { source, trace: session.trace };
}
