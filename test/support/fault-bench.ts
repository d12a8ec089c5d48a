/** A controller with every block, its plant, and a host that starts runs and looks at what became of them. */
import { ControllerHost } from '../../src/cosim/controller-host.js';
import { createBusMaster } from '../../src/cosim/create-bus-master.js';
import type { BusMaster } from '../../src/cosim/bus-master.js';
import type { PortBlock } from '../../src/cosim/port-block.js';
import type { LegalModule } from '../../src/ir/legal.js';
import { CTRL_CLEAR, INTR_FAULT } from '../../src/ir/register-map.js';
import { openController } from './controller-run.js';
import { faultController } from './fault-program.js';
import { Plant, type Trouble } from './plant.js';

/** Rails are sent, planes of spikes are wiped and units come to an end. */
const CALM_CLOCKS = 140;
const MOST_CLOCKS = 3000;

export interface RunOutcome {
  /** Clocks from the start to the end. */
  readonly clocks: number;
  readonly code: number;
  readonly conversions: number;
  readonly hasFired: boolean;
  /** Clocks from the interrupt until the drivers were off and the lines at REST; undefined without a fault. */
  readonly lettingGo: number | undefined;
}

export class FaultBench {
  readonly legal: LegalModule;
  readonly host: ControllerHost;
  readonly plant: Plant;
  readonly ports: PortBlock;
  readonly bus: BusMaster;

  private constructor(legal: LegalModule, plant: Plant) {
    this.legal = legal;
    this.plant = plant;
    this.ports = plant.ports;
    this.host = new ControllerHost(plant.session, legal);
    this.bus = createBusMaster(legal.bus, plant.ports, () => {
      plant.session.step();
    });
  }

  static async open(): Promise<FaultBench> {
    const legal = faultController();
    const bench = new FaultBench(legal, new Plant(await openController(legal), legal));
    bench.host.start();
    bench.host.writeRegister('intr_enable', INTR_FAULT);
    return bench;
  }

  /** Forgets faults and waits until nothing moves. */
  clear(): void {
    this.plant.suffer({});
    this.host.writeRegister('ctrl', CTRL_CLEAR);
    this.step(CALM_CLOCKS);
    this.host.writeRegister('ctrl', CTRL_CLEAR);
    this.host.writeRegister('intr_state', INTR_FAULT);
    this.host.loadDataSet(0);
  }

  /** Starts the program; its clock 0 is the first one of `trouble`. */
  start(trouble: Trouble = {}): void {
    const compliance = { pin: 'compliance_i', value: 1, from: 0 };
    this.plant.suffer({ ...trouble, pins: [compliance, ...(trouble.pins ?? [])] });
    this.host.writeRegister('cmd', this.legal.dataSets[0]?.entry ?? 0);
  }

  /** Follows a run that has been started to its end. */
  finish(): RunOutcome {
    const { ports } = this;
    let clocks = 0;
    let hasFired = false;
    let since: number | undefined;
    let lettingGo: number | undefined;
    // The interrupt of a fault comes some clocks after the run that it has ended
    let idleClocks = 0;
    while (clocks < MOST_CLOCKS && (idleClocks < 4 || (since !== undefined && lettingGo === undefined))) {
      this.step(1);
      clocks += 1;
      idleClocks = ports.get('idle_o') === 1 ? idleClocks + 1 : 0;
      hasFired ||= ports.get('fire_o') === 1;
      if (ports.get('irq_o') === 1) since ??= clocks;
      if (since !== undefined && this.isOff()) lettingGo ??= clocks - since;
    }
    return { clocks, code: this.code(), conversions: this.plant.conversions, hasFired, lettingGo };
  }

  /** Whether the drivers are off, every line rests and no program runs. */
  isOff(): boolean {
    return this.isAtRest() && this.ports.get('drv_en_o') === 0;
  }

  isAtRest(): boolean {
    const { ports } = this;
    const lines = [...ports.lines('row_o'), ...ports.lines('col_o')];
    const rests = ['rail_o', 'pol_o', 'fire_o'].every((name) => ports.get(name) === 0);
    return lines.length === 0 && rests && ports.get('idle_o') === 1;
  }

  code(): number {
    return this.host.readRegister('err_code') & 0xff;
  }

  step(clocks: number): void {
    for (let clock = 0; clock < clocks; clock++) this.plant.session.step();
  }
}
