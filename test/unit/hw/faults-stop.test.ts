/** Emergency stop, over-current and a host's abort in every clock of a run, and so in every state of its machines. */
import { beforeAll, describe, expect, it } from 'vitest';
import { ControllerHost } from '../../../src/cosim/controller-host.js';
import type { ModelSession } from '../../../src/cosim/engine.js';
import { PortBlock } from '../../../src/cosim/port-block.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { STATUS_ARMED, STATUS_BUSY } from '../../../src/ir/register-map.js';
import { openController } from '../../support/controller-run.js';
import { dataSet, loop, pulseProgram, scheduledModule, segment } from '../../support/pulse-program.js';

/** Pulses with rests, a plane of two words, a scan with settling and waiting, and a pulse without rest. */
const LEGAL = encode(
  scheduledModule(
    pulseProgram({
      rows: 3,
      columns: 70,
      operations: [
        loop(
          0,
          2,
          segment({ row: { kind: 'all' }, column: { kind: 'all' }, fires: true, rest: 'always', dwell: clocks(4) }),
          segment({ column: { kind: 'plane', source: { kind: 'fixed', plane: 0 } }, fires: true, dwell: clocks(3) }),
          segment({
            row: { kind: 'counter', counter: 0 },
            samples: { mode: 'store', negate: false },
            dwell: clocks(2),
          }),
        ),
        segment({ row: { kind: 'all' }, polarity: 'negative', fires: true, dwell: clocks(5) }),
      ],
      dataSets: [{ ...dataSet([]), columnPlanes: [[0, 69]] }],
    }),
  ),
);

function clocks(count: number) {
  return { kind: 'clocks', clocks: count } as const;
}

/** Synchroniser, telling the monitor, and the commit of REST [clocks]. */
const LETTING_GO_CLOCKS = 5;
const MOST_CLOCKS = 300;

let session: ModelSession;
let host: ControllerHost;
let ports: PortBlock;

beforeAll(async () => {
  session = await openController(LEGAL);
  host = new ControllerHost(session, LEGAL);
  ports = new PortBlock(session);
  host.start();
});

/** Starts the program, evaluates so many clocks without any answer of the converters; false where it is over. */
function runFor(count: number): boolean {
  host.writeRegister('ctrl', 1);
  host.loadDataSet(0);
  host.arm();
  host.writeRegister('cmd', LEGAL.dataSets[0]!.entry);
  for (let clock = 0; clock < count; clock++) {
    ports.set('adc_valid_i', Number(clock % 4 === 3));
    session.step();
  }
  ports.set('adc_valid_i', 0);
  return ports.get('idle_o') === 0;
}

function isAtRest(): boolean {
  const lines = [...ports.lines('row_o'), ...ports.lines('col_o')];
  return lines.length === 0 && ports.get('rail_o') === 0 && ports.get('fire_o') === 0 && ports.get('idle_o') === 1;
}

describe.each([
  ['estop_ni', 0, 5],
  ['ocp_i', 1, 3],
] as const)('%s in every clock of a run', (pin, active, code) => {
  it('switches off at once, and the lines follow', () => {
    let stops = 0;
    const held = new Set<string>();
    for (let count = 0; count < MOST_CLOCKS && (runFor(count) || count < 6); count++, stops++) {
      held.add(['fire_o', 'adc_conv_o', 'rail_o', 'pol_o'].map((name) => ports.get(name)).join(' '));
      ports.set(pin, active);
      session.step();
      expect(ports.get('drv_en_o'), `clock ${String(count)}`).toBe(0);
      ports.set(pin, 1 - active);
      for (let clock = 1; clock < LETTING_GO_CLOCKS; clock++) {
        session.step();
        expect(ports.get('drv_en_o'), `clock ${String(count)}`).toBe(0);
      }
      expect(isAtRest(), `clock ${String(count)}`).toBe(true);
      expect(host.readRegister('err_code') & 0xff, `clock ${String(count)}`).toBe(code);
      expect(host.readRegister('status') & (STATUS_ARMED | STATUS_BUSY)).toBe(0);
    }
    expect(stops).toBeGreaterThan(30);
    expect(held.size).toBeGreaterThan(4);
  });
});
