/** Entry point of the child process in which a native model and the device kernels run side by side. */
import type { ModelSession } from '../../engine.js';
import type { CosimJob, CosimOutcome } from '../../job.js';
import { AddonUnloadable, openAddon } from './addon-session.js';
import { MODEL_STOPPED } from './addon-source.js';
import type { HostReply, HostRequest } from './host-protocol.js';

interface JobModule {
  readonly executeJob: (session: ModelSession, job: CosimJob) => CosimOutcome;
}

function isJobModule(value: unknown): value is JobModule {
  return typeof value === 'object' && value !== null && 'executeJob' in value;
}

async function answer({ addon, ports, jobModule, job }: HostRequest): Promise<HostReply> {
  try {
    const module: unknown = await import(jobModule);
    if (!isJobModule(module)) return { kind: 'fault', text: `${jobModule} exports no executeJob` };
    return { kind: 'outcome', outcome: module.executeJob(openAddon(addon, ports), job) };
  } catch (fault) {
    if (fault instanceof AddonUnloadable) return { kind: 'unloadable', reason: fault.message };
    if (isStop(fault)) return { kind: 'stopped', how: fault.message };
    return { kind: 'fault', text: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) };
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
