/** Entry point of the child process in which a native model, or what asks a simulator, and the device kernels run. */
import type { ModelSession, WatchJob } from '../../engine.js';
import type { CosimJob, CosimOutcome } from '../../job.js';
import { startSimulator, type RunningSimulator } from '../child-process.js';
import { FrameChannel, SimulatorFault, SimulatorLost } from '../remote/frame-channel.js';
import { FrameFault } from '../remote/frame.js';
import { openRemoteModel } from '../remote/remote-session.js';
import { AddonUnloadable, openAddon, openAddonBox } from '../verilator/addon-session.js';
import { MODEL_STOPPED } from '../verilator/addon-source.js';
import { blackBoxBytes, mappedStorage, withBlackBox, writtenStorage } from './black-box.js';
import { endWithParent } from './end-with-parent.js';
import type { HostProgress, HostReply, HostRequest } from './host-protocol.js';

interface JobModule {
  readonly executeJob: (session: ModelSession, job: CosimJob, watch?: WatchJob) => CosimOutcome;
}

/** A simulator that has closed its end is given so long to have ended [s]. */
const ENDING_SECONDS = 5;

/** Time between two messages on progress at least [ms]. */
const PROGRESS_INTERVAL = 250;

let simulator: RunningSimulator | undefined;

function isJobModule(value: unknown): value is JobModule {
  return typeof value === 'object' && value !== null && 'executeJob' in value;
}

async function answer({ model, design, jobModule, job, blackBox }: HostRequest): Promise<HostReply> {
  try {
    const module: unknown = await import(jobModule);
    if (!isJobModule(module)) return { kind: 'fault', text: `${jobModule} exports no executeJob` };
    const session = openSession(model, design, blackBox);
    const outcome = module.executeJob(session, job, tellProgress());
    session.close();
    return { kind: 'outcome', outcome };
  } catch (fault) {
    if (fault instanceof AddonUnloadable) return { kind: 'unloadable', reason: fault.message };
    if (fault instanceof SimulatorLost) return { kind: 'stopped', how: await endOfSimulator() };
    if (fault instanceof SimulatorFault) return { kind: 'stopped', how: `gave up: ${fault.message}` };
    if (fault instanceof FrameFault) return { kind: 'damaged', how: fault.message };
    if (isStop(fault)) return { kind: 'stopped', how: fault.message };
    return { kind: 'fault', text: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) };
  }
}

/** Tells the parent now and then how far the job is; the pipe takes a message at once, the event loop need not turn. */
function tellProgress(): WatchJob {
  let due = -Infinity;
  return (done, total) => {
    const now = performance.now();
    if (now < due) return;
    due = now + PROGRESS_INTERVAL;
    process.send?.({ kind: 'progress', done, total } satisfies HostProgress);
  };
}

function openSession(model: HostRequest['model'], design: HostRequest['design'], blackBox: string): ModelSession {
  switch (model.kind) {
    case 'addon': {
      const session = openAddon(model.file, design.ports);
      const box = openAddonBox(model.file, blackBox, blackBoxBytes(design));
      return box ? withBlackBox(session, mappedStorage(box)) : session;
    }
    case 'simulator': {
      endWithParent();
      simulator = startSimulator(model.command);
      const channel = new FrameChannel(simulator.toSimulator, simulator.fromSimulator);
      return withBlackBox(openRemoteModel(channel, design), writtenStorage(blackBox));
    }
  }
}

async function endOfSimulator(): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, 1000 * ENDING_SECONDS, undefined);
  });
  const end = await Promise.race([simulator?.ended, patience]);
  clearTimeout(timer);
  switch (end?.kind) {
    case 'exited':
      return `ended its process with status ${String(end.status)}`;
    case 'killed':
      return `was ended by ${end.signal}`;
    case 'missing':
      return `could not be started: ${end.reason}`;
    case undefined:
      return 'closed its end of the connection';
  }
}

function isStop(fault: unknown): fault is Error {
  return fault instanceof Error && 'code' in fault && fault.code === MODEL_STOPPED;
}

process.env['IONLOOM_MODEL_HOST'] = '1';
process.once('message', ({ request }: { readonly request: HostRequest }) => {
  void answer(request).then((reply) => process.send?.(reply));
});
process.once('disconnect', () => process.exit());
