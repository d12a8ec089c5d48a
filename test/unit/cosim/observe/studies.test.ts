/** Looking into co-simulations of experiments on networks: what asked for a pulse, and the smallest run that fails. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderHistory } from '../../../../src/cli/cell-history-text.js';
import { registerCosim } from '../../../../src/cli/commands/cosim.js';
import { reproductionArtifacts } from '../../../../src/cli/reproduction-folder.js';
import { createDiskHost } from '../../../../src/core/disk.js';
import { invariant } from '../../../../src/core/invariant.js';
import { writeArtifacts } from '../../../../src/core/output-folder.js';
import type { CellHistory } from '../../../../src/cosim/observe/cell-history.js';
import { ENGINE_NAMES } from '../../../../src/cosim/engine.js';
import { deviceTrainingText } from '../../../support/device-training.js';
import { hasCocotb, hasIcarus, hasVerilator } from '../../../support/model-fixture.js';
import { observeSetups, studyJobs, type CellFault } from '../../../support/observed-run.js';
import { runCli } from '../../../support/run-cli.js';
import { SEQUENCE_TEXT, SEQUENCES } from '../../../support/small-sequences.js';
import { ROWS } from '../../../support/small-training.js';
import { KERNELS, ruleText, stdpText } from '../../../support/stdp-study.js';
import { withWorkFolder } from '../../../support/work-folder.js';

const SPIKES = stdpText({
  // Short waveforms: a run is a fraction of a second
  rules: `${ruleText('early', KERNELS.hebbian)}${ruleText('late', KERNELS.antiHebbian, 1)}`.replaceAll('20 ms', '3 ms'),
  learn: 'learn early when post.index % 2 == 0\n    learn late when post.index % 2 == 1',
  size: 2,
  clauses: ['pair pre with post at -9 ms .. 9 ms step 2 ms'],
});
const COUNTED = stdpText({
  learn: 'learn stamped',
  rules: ruleText('stamped', KERNELS.hebbian, 0, 'realize pulses').replace('0.1 nS', '1.9 nS'),
});

const ALL = [{ rows: { first: 0 }, columns: { first: 0 } }];

async function historiesOf(...study: Parameters<typeof studyJobs>): Promise<readonly CellHistory[]> {
  const [job] = studyJobs(...study);
  invariant(job, 'the experiment has a program');
  const { observations, mismatches, conductances } = await observeSetups(job.setups, { observe: { why: ALL } });
  expect(mismatches).toBe(0);
  const histories = observations?.why ?? [];
  expect(conductances).toEqual(
    histories.map(({ changes, initialSiemens }) => changes.at(-1)?.siemens ?? initialSiemens),
  );
  return histories;
}

/** Changes by pulses that were meant for the cell. */
function ownPulses({ changes }: CellHistory): CellHistory['changes'] {
  return changes.filter(({ cause, selected }) => cause === 'pulse' && selected === 'both');
}

describe('the history of a synapse', () => {
  it('names the rule of each, and the pair of spikes', async () => {
    const histories = await historiesOf({ 'input.ion': SPIKES }, 1);
    for (const history of histories) {
      const pulses = ownPulses(history);
      expect(pulses.length).toBeGreaterThan(0);
      const rule = history.column % 2 === 0 ? 'early' : 'late';
      for (const { rules, spikes } of pulses) {
        expect(rules).toMatchObject([{ name: rule, origin: { file: 'input.ion' } }]);
        expect((spikes?.column ?? NaN) - (spikes?.row ?? NaN)).toBeCloseTo(-9e-3, 4);
      }
    }
    expect(renderHistory('synapses', histories[1]!)).toMatch(/by late after spikes: row .*, column .* \(-9 ms\)/);
    expect(renderHistory('synapses', histories[1]!)).toMatch(/^ {2}rule `late`, line \d+$/m);
  });

  it('names the pair of spikes that a host has counted', async () => {
    const [history] = await historiesOf({ 'input.ion': COUNTED }, 30);
    const pulses = ownPulses(history!);
    expect(pulses.length).toBeGreaterThan(5);
    for (const { dataSet, rules, spikes } of pulses) {
      const [, number, unit] = /^pair (-?[\d.]+) (m?s)/.exec(dataSet) ?? [];
      const seconds = Number(number) / (unit === 'ms' ? 1000 : 1);
      expect(rules?.map(({ name }) => name)).toEqual(['stamped']);
      expect((spikes?.column ?? NaN) - (spikes?.row ?? NaN)).toBeCloseTo(seconds, 9);
    }
  });

  it.each(['programming { levels = 100 }', 'outerProduct { slots = 10 }'])(
    'names epoch, batch and samples of a training by %s',
    async (realize) => {
      const files = { 'input.ion': deviceTrainingText(realize), 'pairs.csv': ROWS };
      const pulses = (await historiesOf(files, 2)).flatMap(ownPulses);
      const activity = 'learning 1, training on pairs.train';
      const batches = new Set(pulses.map(({ occasion }) => occasion?.batch));
      expect([...batches]).toEqual(expect.arrayContaining([1, 2]));
      const shown = new Map<number, readonly number[]>();
      for (const { occasion, rules } of pulses) {
        expect(rules?.map(({ name }) => name)).toEqual(['descent']);
        expect(occasion).toMatchObject({ activity, epoch: 1, samples: { data: 'pairs' } });
        expect(occasion!.samples!.indices).toHaveLength(8);
        shown.set(occasion!.batch!, occasion!.samples!.indices);
      }
      // 24 rows are for training: no two batches share one
      expect(new Set([...shown.values()].flat()).size).toBe(8 * shown.size);
    },
  );

  it('tells pulses on fast weights, whose conductance is no single state, by sequence and step', async () => {
    const files = { 'input.ion': SEQUENCE_TEXT, 'table.csv': SEQUENCES };
    const histories = await historiesOf(files, 2);
    const pulses = histories.flatMap(ownPulses);
    expect(pulses.length).toBeGreaterThan(0);
    expect(pulses.every(({ changeSiemens }) => changeSiemens > 0)).toBe(true);
    expect(pulses[0]).toMatchObject({
      rules: [{ name: 'stpn' }],
      occasion: { activity: 'testing on table', samples: { data: 'table', indices: [0] }, step: 1 },
    });
    expect(new Set(pulses.flatMap(({ occasion }) => occasion?.samples?.indices ?? []))).toEqual(new Set([0, 1]));
    expect(
      renderHistory(
        'input',
        histories.find((history) => ownPulses(history).length > 0)!,
      ),
    ).toContain('testing on table, sample 0, step 1');
  }, 60_000);
});

/** No spike is ever taken. */
const NO_ACKNOWLEDGE: CellFault = {
  cell: 'ion_aer_in',
  from: "if (stands && !valid_q) ack_d = 1'b1;",
  to: "if (stands && !valid_q) ack_d = 1'b0;",
};
/** Pulses of row 1 go to row 0. */
const OTHER_ROW: CellFault = {
  cell: 'ion_prepare',
  from: 'assign row_index_o    = l_row_index_q;',
  to: "assign row_index_o    = l_row_index_q == RowW'(1) ? RowW'(0) : l_row_index_q;",
};

/** Spikes of every eighth tick come into the plane of another tick. */
const STRAY_SPIKES: CellFault = {
  cell: 'ion_spike_ring',
  from: 'assign write_plane_o  = plane_q + {PlaneW{set_o}};',
  to: "assign write_plane_o  = plane_q + {PlaneW{set_o & (plane_q[2:0] != 3'd2)}};",
};

const isThere = {
  wasm: true,
  verilator: await hasVerilator(),
  icarus: await hasIcarus(),
  cocotb: await hasCocotb(),
} as const;

describe('a mismatch in an experiment on a network', () => {
  const cases = [
    // A question for every tick takes a simulator of others minutes
    ['spikes', { 'input.ion': SPIKES }, STRAY_SPIKES, ['wasm', 'verilator']],
    ['counted pulses', { 'input.ion': COUNTED }, OTHER_ROW, ENGINE_NAMES],
    ['a training', { 'input.ion': deviceTrainingText(), 'pairs.csv': ROWS }, OTHER_ROW, ENGINE_NAMES],
  ] as const;

  it.each(cases)(
    'of %s is cut down to one data set, which fails again on other engines',
    async (_, files, fault, engines) => {
      const [job] = studyJobs(files, 30);
      const result = await observeSetups(job!.setups, { observe: { stopAtMismatch: { keptEvents: 1000 } }, fault });
      const { before, after, run } = result.reproduction!;
      expect(after.dataSets).toBe(1);
      expect(after.entries + after.spikes).toBeLessThan(before.entries + before.spikes);
      expect(run.scheduled.program.learning?.rules).not.toEqual([]);
      await withWorkFolder(async (parent) => {
        const folder = join(parent, 'mismatch');
        expect(writeArtifacts(folder, reproductionArtifacts(result, createDiskHost()))).toBeUndefined();
        const events = JSON.parse(readFileSync(join(folder, 'events.json'), 'utf8')) as unknown[];
        expect(events).toHaveLength(Math.min(1000, result.events + strobesOf(result.observations?.stop?.events)));
        const { signal, expected, found } = result.reproduction!.stop.divergence;
        for (const engine of engines.filter((name) => isThere[name])) {
          const failed = await runCli(
            registerCosim,
            'cosim',
            join(folder, 'experiment.json'),
            '--json',
            '--engine',
            engine,
          );
          expect(failed.status, failed.stdout).toBe(1);
          expect(JSON.parse(failed.stdout)).toMatchObject({
            experiments: [{ firstDivergence: { signal, expected, found } }],
          });
        }
        const cell = join(folder, `rtl/${fault.cell}.sv`);
        expect(existsSync(cell)).toBe(true);
        writeFileSync(cell, readFileSync(cell, 'utf8').replace(fault.to, fault.from));
        expect(await runCli(registerCosim, 'cosim', join(folder, 'experiment.json'))).toMatchObject({ status: 0 });
      });
    },
    300_000,
  );
});

function strobesOf(events: readonly { readonly found: { readonly kind: string } }[] = []): number {
  return events.filter(({ found }) => found.kind === 'sample').length;
}

it('ends a model that takes no spike as a stall', async () => {
  const [job] = studyJobs({ 'input.ion': SPIKES.replace('-9 ms .. 9 ms', '-9 ms .. -7 ms') }, 1);
  const result = await observeSetups(job!.setups, { fault: NO_ACKNOWLEDGE });
  expect(result.firstDivergence).toMatchObject({ signal: 'controller', found: 'a stall' });
  expect(result.evaluatedClocks).toBeLessThan(200_000 * job!.setups[0]!.scheduled.program.dataSets.length);
}, 60_000);
