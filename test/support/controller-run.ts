/** Builds the controller of a program on the embedded engine and collects what it does. */
import { emitSystemVerilog } from '../../src/backends/systemverilog/emit.js';
import { readHardwareSources } from '../../src/backends/systemverilog/hardware-sources.js';
import { createDiskHost } from '../../src/core/disk.js';
import { DiagnosticBag } from '../../src/core/diagnostic.js';
import type { ObservedCommit, ObservedSample } from '../../src/cosim/comparison.js';
import type { ControllerHost, RunSummary } from '../../src/cosim/controller-host.js';
import { controllerModel } from '../../src/cosim/controller-model.js';
import type { ModelSession, ModelSource } from '../../src/cosim/engine.js';
import { prepareWasmModule } from '../../src/cosim/engines/wasm/prepare-module.js';
import { openWasmModel } from '../../src/cosim/engines/wasm/session.js';
import type { ControllerEvent } from '../../src/ir/events.js';
import type { LegalModule } from '../../src/ir/legal.js';
import { traced } from './port-trace.js';

/** Everything that {@link ControllerEvent} says but the place in the source; a commit's duration shows at the next. */
export type ObservedEvent = ObservedCommit | ObservedSample;

export const HARDWARE_SOURCES = readHardwareSources(createDiskHost());

export function modelOf(legal: LegalModule): ModelSource {
  return controllerModel(legal, emitSystemVerilog(legal, HARDWARE_SOURCES));
}

/** A fresh instance of the controller, not yet reset. */
export async function openController(legal: LegalModule, source = modelOf(legal)): Promise<ModelSession> {
  const diagnostics = new DiagnosticBag();
  const module = await prepareWasmModule(source, diagnostics);
  if (!module) throw new Error(diagnostics.all.map((diagnostic) => diagnostic.message).join('\n'));
  return traced(openWasmModel(module, source), source);
}

/** Codes that tests answer with: different for every share and converter. */
export function testCodes(legal: LegalModule, share: number): readonly number[] {
  return Array.from(
    { length: legal.scan.converters },
    (_, converter) => (share * 97 + converter * 31 + 5) % 2 ** legal.scan.bits,
  );
}

export interface RecordedRun {
  readonly events: readonly ObservedEvent[];
  readonly summary: RunSummary;
}

/** Loads and runs one data set. */
export function record(host: ControllerHost, legal: LegalModule, index: number): RecordedRun {
  const events: ObservedEvent[] = [];
  host.loadDataSet(index);
  const summary = host.run({
    commit: (commit) => events.push(commit),
    sample: (sample) => {
      events.push(sample);
      return testCodes(legal, sample.share);
    },
  });
  return { events, summary };
}

/** An event of an interpreter as the host would observe it. */
export function observable(event: ControllerEvent): ObservedEvent {
  if (event.kind === 'sample') return { kind: 'sample', clock: event.clock, share: event.share };
  const { clock, rows, columns, levels, tiles, railSet, negative, fires } = event;
  // A tile that drives nothing looks like one that does not take part
  const seen = tiles !== undefined && rows.length + columns.length === 0 ? 0 : tiles;
  const lines = { rows, columns, ...(levels && { levels }), ...(seen !== undefined && { tiles: seen }) };
  return { kind: 'segment', clock, ...lines, railSet, negative, fires };
}

/** A session that hides how far clocks could be skipped, so that a host evaluates every clock. */
export function withoutWarp(session: ModelSession): ModelSession {
  const warp = session.slots.get('warp_i');
  if (!warp) throw new Error('the controller has a port warp_i');
  // The strobe reads as zero between clocks, and nobody sets it where nothing can be skipped.
  const slots = new Map(session.slots).set('left_o', warp);
  return {
    io: session.io,
    slots,
    get evaluatedClocks() {
      return session.evaluatedClocks;
    },
    step: () => {
      session.step();
    },
    runUntil: (maxClocks) => session.runUntil(maxClocks),
    close: () => {
      session.close();
    },
  };
}
