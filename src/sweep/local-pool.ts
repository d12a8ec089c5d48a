/** Workers on this machine, each asked for one point after the other. */
import type { Executor, ExecutorFault, SweepWatch, SweepWork, WorkerAnswer, WorkerRequest } from './executor.js';
import type { WorkerEars, WorkerProcess } from './processes.js';

/** Starts a worker of the sweep. */
export type StartWorker = (ears: WorkerEars) => WorkerProcess;

/** Workers that end before they are ready, one after the other, until no more are started. */
const MAX_FALSE_STARTS = 3;

/** Points that a worker is given at once, so that it need not wait for this process between two. */
const AHEAD = 2;

interface Member {
  process: WorkerProcess;
  isReady: boolean;
  /** What it has been given and has not answered, in order: it is at the first. */
  readonly points: string[];
}

/** Runs points on up to `jobs` workers; one that ends is replaced, and its point tried once more. */
export class LocalPool implements Executor {
  readonly #queue: string[];
  readonly #work: Omit<SweepWork, 'points'>;
  readonly #watch: SweepWatch;
  readonly #start: StartWorker;
  readonly #jobs: number;
  readonly #members = new Set<Member>();
  readonly #triedOnce = new Set<string>();
  #falseStarts = 0;
  #end: (fault?: ExecutorFault) => void = () => undefined;

  constructor({ points, ...work }: SweepWork, start: StartWorker, jobs: number, watch: SweepWatch) {
    this.#queue = [...points];
    this.#work = work;
    this.#watch = watch;
    this.#start = start;
    this.#jobs = jobs;
  }

  run(): Promise<ExecutorFault | undefined> {
    return new Promise((resolve) => {
      this.#end = (fault) => {
        this.#end = () => undefined;
        this.#killAll();
        resolve(fault);
      };
      if (this.#queue.length === 0) this.#end();
      const count = Math.min(this.#jobs, this.#queue.length);
      for (let index = 0; index < count; index++) this.#hire();
    });
  }

  stop(): Promise<void> {
    this.#queue.length = 0;
    this.#end();
    return Promise.resolve();
  }

  #killAll(): void {
    const all = [...this.#members];
    this.#members.clear();
    for (const { process } of all) process.kill();
  }

  #hire(): void {
    const ears: WorkerEars = {
      message: (message) => {
        // Workers are ours, and say nothing else
        if (this.#members.has(member)) this.#hear(member, message as WorkerAnswer);
      },
      ended: (reason) => {
        if (this.#members.delete(member)) this.#replace(member, reason);
      },
    };
    const member: Member = { process: this.#start(ears), isReady: false, points: [] };
    this.#members.add(member);
    const open: WorkerRequest = { kind: 'open', ...this.#work };
    member.process.send(open);
  }

  #hear(member: Member, answer: WorkerAnswer): void {
    switch (answer.kind) {
      case 'ready':
        member.isReady = true;
        this.#falseStarts = 0;
        break;
      case 'filed':
        member.points.shift();
        this.#watch.finished(1);
        break;
      case 'failed':
        member.points.shift();
        this.#tryAgain(answer.point, answer.text);
        break;
      case 'stuck':
        this.#end(answer.fault);
        return;
    }
    this.#next(member);
  }

  #next(member: Member): void {
    // The last points are given out one by one, or one worker would have two while another has none
    const ahead = this.#queue.length >= AHEAD * this.#members.size ? AHEAD : 1;
    while (member.points.length < ahead) {
      const point = this.#queue.shift();
      if (point === undefined) break;
      member.points.push(point);
      const request: WorkerRequest = { kind: 'run', point };
      member.process.send(request);
    }
    if (member.points.length > 0) return;
    this.#members.delete(member);
    member.process.kill();
    if (this.#members.size === 0) this.#end();
  }

  #replace({ isReady, points }: Member, reason: string): void {
    const [point, ...others] = points;
    this.#queue.unshift(...others);
    if (point !== undefined) this.#tryAgain(point, `its worker ${reason}`);
    if (!isReady) this.#falseStarts += 1;
    if (this.#falseStarts >= MAX_FALSE_STARTS) this.#end({ kind: 'worker-failed', text: reason });
    else if (this.#queue.length > 0) this.#hire();
    else if (this.#members.size === 0) this.#end();
  }

  /** A point that has ended without a result goes to the front of the queue once. */
  #tryAgain(point: string, reason: string): void {
    if (this.#triedOnce.has(point)) {
      this.#watch.failed(point, reason);
      return;
    }
    this.#triedOnce.add(point);
    this.#watch.note(`point ${point} is tried once more: ${reason}`);
    this.#queue.unshift(point);
  }
}

/** Workers that start before it is known what for: loading the compiler takes them as long as it takes to plan a sweep. */
export class WorkersAhead {
  readonly #start: StartWorker;
  readonly #waiting: { readonly process: WorkerProcess; ears: WorkerEars; isGone: boolean }[] = [];

  constructor(start: StartWorker, count: number) {
    this.#start = start;
    for (let index = 0; index < count; index++) this.#waiting.push(this.#hire());
  }

  /** A worker that waits, or a new one. */
  readonly take: StartWorker = (ears) => {
    const waiting = this.#waiting.shift();
    if (!waiting || waiting.isGone) return this.#start(ears);
    waiting.ears = ears;
    return waiting.process;
  };

  /** Ends those that nobody has taken. */
  dismiss(): void {
    for (const { process } of this.#waiting.splice(0)) process.kill();
  }

  #hire() {
    const deaf: WorkerEars = {
      message: () => undefined,
      ended: () => {
        worker.isGone = true;
      },
    };
    const process = this.#start({
      message: (message) => {
        worker.ears.message(message);
      },
      ended: (reason) => {
        worker.ears.ended(reason);
      },
    });
    const worker = { process, ears: deaf, isGone: false };
    return worker;
  }
}
