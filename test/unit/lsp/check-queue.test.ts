/** When files are checked; time is the test's own. */
import { describe, expect, it } from 'vitest';
import { CheckQueue, type Schedule } from '../../../src/lsp/check-queue.js';

/** Calls that wait, in order, each with its pause. */
class Agenda {
  readonly waiting: { readonly pause: number; readonly run: () => void }[] = [];

  readonly schedule: Schedule = (pause, run) => {
    const entry = { pause, run };
    this.waiting.push(entry);
    return () => {
      const at = this.waiting.indexOf(entry);
      if (at >= 0) this.waiting.splice(at, 1);
    };
  };

  runAll(): void {
    for (const { run } of this.waiting.splice(0)) run();
  }
}

function setUp(duration: () => number) {
  const agenda = new Agenda();
  const checked: string[] = [];
  let now = 0;
  const check = (file: string): void => {
    checked.push(file);
    now += duration();
  };
  return { agenda, checked, queue: new CheckQueue(check, agenda.schedule, () => now) };
}

describe('the queue of checks', () => {
  it('checks a file once for changes that come together', () => {
    const { agenda, checked, queue } = setUp(() => 5);
    queue.request('a');
    queue.request('b');
    queue.request('a');
    agenda.runAll();
    expect(checked).toEqual(['b', 'a']);
    expect(agenda.waiting).toEqual([]);
  });

  it('checks quick files at once and lets slow ones wait for a pause', () => {
    let duration = 20;
    const { agenda, queue } = setUp(() => duration);
    const pauseOf = (file: string): number => {
      queue.request(file);
      const pause = agenda.waiting.at(-1)!.pause;
      agenda.runAll();
      return pause;
    };
    expect(pauseOf('a')).toBe(0);
    expect(pauseOf('a')).toBe(0);
    duration = 250;
    expect(pauseOf('a')).toBe(0);
    duration = 4000;
    expect(pauseOf('a')).toBe(250);
    duration = 20;
    expect(pauseOf('a')).toBe(500);
    expect(pauseOf('a')).toBe(0);
  });

  it('forgets what is dropped', () => {
    const { agenda, checked, queue } = setUp(() => 5);
    queue.request('a');
    queue.drop('a');
    agenda.runAll();
    expect(checked).toEqual([]);
  });

  it('forgets how long the check of a dropped file took', () => {
    const { agenda, queue } = setUp(() => 4000);
    queue.request('a');
    agenda.runAll();
    queue.drop('a');
    queue.request('a');
    expect(agenda.waiting.map(({ pause }) => pause)).toEqual([0]);
  });

  it('by itself lets messages that wait come first', async () => {
    const checked: string[] = [];
    const queue = new CheckQueue((file) => checked.push(file));
    queue.request('a');
    await new Promise((resolve) => setImmediate(resolve));
    queue.request('a');
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(checked).toEqual(['a']);
  });
});
