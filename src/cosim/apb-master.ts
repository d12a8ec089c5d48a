/** The host's side of APB. */
import { BusMaster, type BusAnswer } from './bus-master.js';

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
}
