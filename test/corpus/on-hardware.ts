/** A corpus entry on the RTL: the host of the product, with the surroundings of the entry at the pins. */
import { ControllerHost, type RunSummary } from '../../src/cosim/controller-host.js';
import { PortBlock } from '../../src/cosim/port-block.js';
import type { ModelSession } from '../../src/cosim/engine.js';
import type { LegalModule } from '../../src/ir/legal.js';
import { withoutWarp, type ObservedEvent } from '../support/controller-run.js';
import type { CorpusEntry } from './corpus-entry.js';
import { answerComparison, Means } from './converter-answers.js';
import { withSpikes } from './driven-session.js';
import { makeWorkList, remainsOf } from './host-steps.js';
import { Surroundings, type Remains } from './surroundings.js';

export interface HardwareRun {
  readonly events: readonly ObservedEvent[];
  readonly summary: RunSummary;
  /** Codes that the host read back, by conversion step and converter. */
  readonly results: readonly (readonly number[])[];
  /** What the converters answered in the same order. */
  readonly answers: readonly (readonly number[])[];
  /** What the host then found in the memories, and what the run should have left there. */
  readonly remains: Remains;
}

/** Runs every data set of `entry` on the controller behind `session`. */
export function runOnHardware(session: ModelSession, legal: LegalModule, entry: CorpusEntry): readonly HardwareRun[] {
  const sent: number[] = [];
  const driven = drivenSession(session, legal, entry, (address) => sent.push(address));
  const ports = new PortBlock(driven);
  // The field stands in its window as soon as the coil has its code
  if (entry.plan.field) ports.set('in_window_i', 1);
  const run = { host: new ControllerHost(driven, legal), ports, legal, entry, sent };
  run.host.start();
  return legal.dataSets.map((_, index) => runDataSet(run, index));
}

/** Pins that move while a program runs want every clock evaluated: nobody knows what they will do. */
function drivenSession(
  session: ModelSession,
  { sizes }: LegalModule,
  { plan: { ticks, formedAfter } }: CorpusEntry,
  sent: (address: number) => void,
): ModelSession {
  if (ticks) return withSpikes(session, sizes, { spikes: ticks.spikes, tickClocks: ticks.clocks, sent });
  return formedAfter ? withoutWarp(session) : session;
}

interface Run {
  readonly host: ControllerHost;
  readonly ports: PortBlock;
  readonly legal: LegalModule;
  readonly entry: CorpusEntry;
  /** Addresses of events since the model began. */
  readonly sent: number[];
}

function runDataSet({ host, ports, legal, entry, sent }: Run, index: number): HardwareRun {
  const events: ObservedEvent[] = [];
  const answers: (readonly number[])[] = [];
  const surroundings = new Surroundings(entry.program, entry.plan);
  host.loadDataSet(index);
  if (entry.plan.updates) makeWorkList(host, legal, entry.plan.updates);
  if (entry.plan.seeds) {
    host.writeRegister('seed_row', entry.plan.seeds.row);
    host.writeRegister('seed_column', entry.plan.seeds.column);
  }
  const means = new Means(2 ** (legal.scan.oversampling ?? 0));
  const summary = host.run({
    commit: (commit) => {
      events.push(commit);
      surroundings.commit(commit, commit.clock);
      if (entry.plan.formedAfter) ports.set('compliance_i', Number(surroundings.isCompliant));
    },
    sample: (sample) => {
      events.push(sample);
      const codes = surroundings.answers(sample.share, means.turn);
      const mean = means.add(codes);
      if (mean) answers.push(mean);
      if (legal.scan.compares) answerComparison(ports, legal, codes);
      return codes;
    },
  });
  const stored = legal.dataSets[index]?.resultSteps ?? 0;
  const remains = remainsOf(host, legal, sent.splice(0));
  return { events, summary, results: stored > 0 ? host.readResults() : [], answers, remains };
}
