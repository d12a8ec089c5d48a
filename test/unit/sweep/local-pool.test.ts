/** The pool with workers that the test plays: they answer, die and fail to start. */
import { expect, it } from 'vitest';
import type { ExecutorFault, WorkerAnswer, WorkerRequest } from '../../../src/sweep/executor.js';
import { LocalPool, WorkersAhead } from '../../../src/sweep/local-pool.js';
import type { WorkerEars, WorkerProcess } from '../../../src/sweep/processes.js';

/** What a worker does with a point. */
type Deed = WorkerAnswer['kind'] | 'dies';

interface Played {
  readonly filed: readonly string[];
  readonly failed: readonly string[];
  readonly finished: number;
  readonly fault: ExecutorFault | undefined;
  readonly started: number;
  readonly running: number;
}

async function play(
  points: readonly string[],
  jobs: number,
  deed: (point: string, turn: number) => Deed,
  opens = 'ready',
): Promise<Played> {
  // prettier-ignore
  const [filed, failed]: [string[], string[]] = [[], []];
  const turns = new Map<string, number>();
  let [finished, started, running] = [0, 0, 0];
  const start = (ears: WorkerEars): WorkerProcess => {
    started++;
    running++;
    let isAlive = true;
    const end = (reason: string): void => {
      if (!isAlive) return;
      isAlive = false;
      running--;
      ears.ended(reason);
    };
    const answer = (text: WorkerAnswer): void => {
      if (isAlive) ears.message(text);
    };
    const hear = (request: WorkerRequest): void => {
      if (request.kind === 'open') {
        if (opens === 'ready') answer({ kind: 'ready' });
        else end(opens);
        return;
      }
      const { point } = request;
      const turn = (turns.get(point) ?? 0) + 1;
      const does = isAlive ? deed(point, turn) : 'ready';
      if (!isAlive) return;
      turns.set(point, turn);
      if (does === 'filed') filed.push(point);
      if (does === 'dies') end('ended by SIGKILL');
      else if (does === 'filed') answer({ kind: 'filed', point });
      else if (does === 'failed') answer({ kind: 'failed', point, text: 'it cannot' });
      else answer({ kind: 'stuck', fault: { kind: 'sources-changed', text: 'a.ion' } });
    };
    return {
      send: (message) => {
        setImmediate(() => {
          hear(message as WorkerRequest);
        });
      },
      kill: () => {
        end('ended by SIGKILL');
      },
    };
  };
  const watch = {
    finished: (count: number) => (finished += count),
    failed: (point: string, reason: string) => failed.push(`${point}: ${reason}`),
    note: () => undefined,
  };
  const work = { folder: '', plan: '', source: '', points };
  const ahead = new WorkersAhead(start, 1);
  const fault = await new LocalPool(work, ahead.take, jobs, watch).run();
  ahead.dismiss();
  return { filed, failed, finished, fault, started, running };
}

const POINTS = Array.from({ length: 20 }, (_, index) => `p${String(index)}`);

it.each([1, 2, 7, 40])('runs every point once on %i workers and leaves none of them', async (jobs) => {
  const { filed, ...rest } = await play(POINTS, jobs, () => 'filed');
  expect([...filed].sort()).toEqual([...POINTS].sort());
  expect(rest).toEqual({ failed: [], finished: 20, fault: undefined, started: Math.min(jobs, 20), running: 0 });
});

it.each([1, 2, 5])('replaces workers that die, and tries their points once more (%i)', async (jobs) => {
  const deed = (point: string, turn: number): Deed =>
    Number(point.slice(1)) % 3 === 0 && turn === 1 ? 'dies' : 'filed';
  const { filed, ...rest } = await play(POINTS, jobs, deed);
  expect([...filed].sort()).toEqual([...POINTS].sort());
  expect(rest).toMatchObject({ failed: [], finished: 20, fault: undefined, running: 0 });
});

it('tells of points that end their worker twice, or fail twice, and runs the others', async () => {
  const deed = (point: string): Deed => (point === 'p4' ? 'dies' : point === 'p9' ? 'failed' : 'filed');
  const { filed, failed, running } = await play(POINTS, 2, deed);
  expect([...filed].sort()).toEqual(POINTS.filter((point) => point !== 'p4' && point !== 'p9').sort());
  expect([...failed].sort()).toEqual(['p4: its worker ended by SIGKILL', 'p9: it cannot']);
  expect(running).toBe(0);
});

it('gives up where workers do not start, and where no point can run', async () => {
  const dead = await play(POINTS, 2, () => 'filed', 'ended with status 70');
  expect(dead).toMatchObject({ fault: { kind: 'worker-failed', text: 'ended with status 70' }, running: 0 });
  expect(dead.started).toBeLessThan(6);
  const stuck = await play(POINTS, 2, (point) => (point === 'p6' ? 'stuck' : 'filed'));
  expect(stuck).toMatchObject({ fault: { kind: 'sources-changed' }, running: 0 });
});
