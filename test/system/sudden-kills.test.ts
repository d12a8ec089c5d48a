/**
 * Commands that are killed at random moments: what was there is there or what was to come, and nothing lives on.
 * `IONLOOM_TRUST_RUNS` says how often each.
 */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { killedRun } from '../support/hostile/killed-run.js';
import { keepRecord, trustRuns } from '../support/hostile/trust-record.js';
import { REPOSITORY } from '../support/golden.js';

interface Victim {
  readonly command: string;
  /** Arguments of a run; the results of different seeds differ. */
  readonly args: (seed: number) => readonly string[];
}

const example = (name: string): string => path.join(REPOSITORY, 'examples', name);

const VICTIMS: readonly Victim[] = [
  {
    command: 'build',
    args: (seed) => ['build', example('half-select/passive.ion'), '-o', 'out', '--seed', String(seed)],
  },
  {
    command: 'sim',
    args: (seed) => ['sim', example('half-select/passive.ion'), '-o', 'result.json', '--seed', String(seed)],
  },
  {
    command: 'report',
    args: (seed) => ['report', example('half-select/passive.ion'), '-o', 'page.html', '--seed', String(seed)],
  },
];

const KILLS = trustRuns(1);

let root = '';

beforeAll(() => {
  root = fs.mkdtempSync(path.join(tmpdir(), 'ionloom-kills-'));
});
afterAll(() => {
  fs.rmSync(root, { recursive: true });
});

type Files = Readonly<Record<string, string>>;

/** Files below a folder, without what tells that a process was at work there. */
function filesIn(folder: string): Files {
  const found = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((item) => item.isFile());
  const names = found.map((item) => path.relative(folder, path.join(item.parentPath, item.name)));
  const kept = names.filter((name) => !name.includes('.ionloom-staging'));
  return Object.fromEntries(kept.sort().map((name) => [name, fs.readFileSync(path.join(folder, name), 'base64')]));
}

/** A folder below which a manifest is missing says itself that a build was stopped there. */
const isBetween = (files: Files): boolean => !('out/manifest.json' in files) && 'out/mine.txt' in files;

const isSame = (left: Files, right: Files): boolean => JSON.stringify(left) === JSON.stringify(right);

/** Moments from 0 to 1, evenly over the run, each somewhere in its part. */
function moments(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => (index + Math.random()) / count);
}

describe.skipIf(process.platform !== 'linux')('a command that is killed', () => {
  it.each(VICTIMS)(
    '$command leaves the old or the new',
    async ({ command, args }) => {
      const [before, after] = [path.join(root, `${command}-old`), path.join(root, `${command}-new`)];
      fs.mkdirSync(before);
      expect(await killedRun(before, args(1))).toMatchObject({ status: 0, orphans: [] });
      if (command === 'build') fs.writeFileSync(path.join(before, 'out', 'mine.txt'), 'mine');
      fs.cpSync(before, after, { recursive: true });
      const { duration } = await killedRun(after, args(2));
      const [old, fresh] = [filesIn(before), filesIn(after)];
      expect(isSame(old, fresh), 'seeds differ').toBe(false);
      const faults = { mixtures: 0, 'lost files': 0, 'orphan processes': 0 };
      for (const moment of moments(KILLS)) {
        const place = path.join(root, `${command}-killed`);
        fs.cpSync(before, place, { recursive: true });
        const { orphans } = await killedRun(place, args(2), moment * duration);
        faults['orphan processes'] += orphans.length;
        const left = filesIn(place);
        if (!isSame(left, old) && !isSame(left, fresh) && !isBetween(left)) faults.mixtures++;
        const isFinished = isSame(left, old) || isSame(left, fresh);
        // A stop between is rare; the next run has to end it well
        if (!isFinished) {
          await killedRun(place, args(2));
          if (!isSame(filesIn(place), fresh)) faults['lost files']++;
        }
        fs.rmSync(place, { recursive: true });
      }
      keepRecord({ what: `kill \`${command}\` at random moments`, tried: KILLS, faults });
      expect(faults).toEqual({ mixtures: 0, 'lost files': 0, 'orphan processes': 0 });
    },
    3_600_000,
  );
});
