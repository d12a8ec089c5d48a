/** A write pulse through real wires: ngspice, which follows the voltages in time, against the tile behind wires. */
import { expect, test } from 'vitest';
import { emitInterop } from '../../../src/backends/interop/emit-interop.js';
import { mapExperiment, scheduleFirstSeed, tileFactory } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { believedTile, startOf } from '../../../src/ir/calibrate.js';
import { compileText } from '../../support/compile-text.js';
import { hasNgspice, runNgspice } from '../../support/ngspice.js';
import { valueAt } from '../../support/pulse-response.js';

const ORIGIN = 'source "test" confidence estimate';
const [ROWS, COLUMNS] = [3, 4];

/** A two-terminal cell that a pulse makes several times as conductive, behind wires that then take a tenth of the voltage. */
const PROGRAM = `device oxide "a cell" {
  pulse 2 V for 1 us ${ORIGIN}
  read 0.2 V ${ORIGIN}
  window whole = 20 uS .. 100 uS ${ORIGIN}
  param step = 0.4 uS ${ORIGIN}
  param fieldVoltage = 0.15 V ${ORIGIN}
  state g : S in 10 uS .. 120 uS = window.low
  evolve g = step / pulse.width * sinh(v / fieldVoltage) / sinh(pulse.voltage / fieldVoltage)
  current = g * v
  energy = (g + change.g / 2) * v ^ 2 * duration ${ORIGIN}
}
chip Board {
  clock 100 MHz
  bus apb
  tile ${String(ROWS)} x ${String(COLUMNS)} {
    bias half
    rails -2 V .. 2 V by 12 bit
    timer 14 bit
    settle 1 us
    adc 0 A .. 25 uA by 12 bit in 1 us settle 1 us shared by 4
    lines 50 fF with 50 Ohm ${ORIGIN}
    drivers 300 Ohm ${ORIGIN}
  }
}
program Imprint {
  device oxide
  from "picture.csv"
  write serial
  read after each
  disturb at most 50 %
}
experiment Trial {
  run Imprint on Board
  seeds 1 from 1
}
`;

test.skipIf(!hasNgspice)('moves every cell as far as in ngspice', async () => {
  const { network, diagnostics } = compileText(PROGRAM, {
    'picture.csv': '0.8,0.5,0,1\n0,0.3,0.9,0.6\n0.2,0,0.7,0.4\n',
  });
  expect(diagnostics).toEqual([]);
  const bag = new DiagnosticBag();
  const mapped = mapExperiment(network!, network!.experiments[0]!, bag)!;
  const scheduled = scheduleFirstSeed(mapped, bag)!;
  const artifacts = emitInterop({ source: 'input.ion', devices: [mapped.device], scheduled: [scheduled] }, bag);
  expect(bag.all).toEqual([]);
  const [cell = '', deck = ''] = ['oxide.sub', 'board.cir'].map(
    (name) => artifacts.find(({ path }) => path === `spice/${name}`)?.text ?? '',
  );
  const vectors = await runNgspice(deck, { 'oxide.sub': cell });
  const [, row = '', column = '', seconds = ''] = /row (\d), column (\d), (\S+) s/.exec(deck) ?? [];
  const tile = believedTile(mapped, startOf(mapped.experiment), new Map(), tileFactory(mapped));
  const { row: rowLevels, column: columnLevels } = mapped.railSets[1]!.positive;
  const half = rowLevels.select.volts;
  const both = half - columnLevels.select.volts;
  const drive = { both, rowOnly: half, columnOnly: both - half, neither: 0 };
  tile.pulse({ rows: [Number(row)], columns: [Number(column)], ...drive }, Number(seconds));
  expect(tile.lineLoss).toBeGreaterThan(0.03);
  const time = vectors.get('time')!;
  const span = Number(/span_g=(\S+)/.exec(cell)![1]);
  tile.conductance.forEach((siemens, at) => {
    const node = `v(x${String(Math.floor(at / COLUMNS))}_${String(at % COLUMNS)}.x_g)`;
    const found = span * valueAt(time.at(-1)!, time, vectors.get(node)!);
    const change = siemens - 20e-6;
    // The slow edges of the netlist's pulse and the first part of ours make the difference
    expect(Math.abs(found - change), node).toBeLessThanOrEqual(3e-3 * Math.abs(change) + 1e-12);
  });
});
