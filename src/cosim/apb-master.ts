/** The host's side of APB. */
import { BusMaster, MAX_ACCESS_CLOCKS, type BusAnswer, type BusWrite } from './bus-master.js';
import type { ModelStep } from './engine.js';

/** Setup phase, access phase until `pready_o`. */
export class ApbMaster extends BusMaster {
  protected override transfer(address: number, value: number | undefined): BusAnswer {
    const { ports } = this;
    ports.set('psel_i', 1);
    ports.set('penable_i', 0);
    ports.set('paddr_i', address);
    ports.set('pwrite_i', value === undefined ? 0 : 1);
    ports.set('pwdata_i', value ?? 0);
    this.clock();
    ports.set('penable_i', 1);
    this.clockUntil(address, () => ports.get('pready_o') === 1);
    const answer = { data: ports.get('prdata_o'), isRefused: ports.get('pslverr_o') === 1 };
    this.clock();
    ports.set('psel_i', 0);
    ports.set('penable_i', 0);
    return answer;
  }

  protected override writeSteps({ address, value }: BusWrite): readonly ModelStep[] {
    const { ports } = this;
    const setup = { psel_i: 1, penable_i: 0, paddr_i: address, pwrite_i: 1, pwdata_i: value };
    return [
      { inputs: ports.words(setup), maxClocks: 1 },
      {
        inputs: ports.words({ penable_i: 1 }),
        maxClocks: MAX_ACCESS_CLOCKS,
        until: [ports.bit('pready_o')],
        mustBeZero: [ports.bit('pslverr_o')],
      },
      { inputs: [], maxClocks: 1 },
    ];
  }

  protected override release(): void {
    this.ports.set('psel_i', 0);
    this.ports.set('penable_i', 0);
  }
}
