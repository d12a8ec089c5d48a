/** The host's side of Wishbone B4, classic cycles. */
import { BusMaster, MAX_ACCESS_CLOCKS, type BusAnswer, type BusWrite } from './bus-master.js';
import type { ModelStep } from './engine.js';

const ALL_BYTES = 0xf;

/** A cycle of one request, which stands until it is acknowledged or refused. */
export class WishboneMaster extends BusMaster {
  protected override transfer(address: number, value: number | undefined): BusAnswer {
    const { ports } = this;
    ports.set('wb_cyc_i', 1);
    ports.set('wb_stb_i', 1);
    ports.set('wb_adr_i', address);
    ports.set('wb_we_i', value === undefined ? 0 : 1);
    ports.set('wb_sel_i', ALL_BYTES);
    ports.set('wb_dat_i', value ?? 0);
    this.clockUntil(address, () => ports.get('wb_ack_o') === 1 || ports.get('wb_err_o') === 1);
    const answer = { data: ports.get('wb_dat_o'), isRefused: ports.get('wb_err_o') === 1 };
    this.clock();
    ports.set('wb_cyc_i', 0);
    ports.set('wb_stb_i', 0);
    return answer;
  }

  protected override writeSteps({ address, value }: BusWrite): readonly ModelStep[] {
    const { ports } = this;
    const request = { wb_cyc_i: 1, wb_stb_i: 1, wb_adr_i: address, wb_we_i: 1, wb_sel_i: ALL_BYTES, wb_dat_i: value };
    const [acknowledged, refused] = [ports.bit('wb_ack_o'), ports.bit('wb_err_o')];
    return [
      {
        inputs: ports.words(request),
        maxClocks: MAX_ACCESS_CLOCKS,
        until: [acknowledged, refused],
        mustBeZero: [refused],
      },
      { inputs: [], maxClocks: 1 },
    ];
  }

  protected override release(): void {
    this.ports.set('wb_cyc_i', 0);
    this.ports.set('wb_stb_i', 0);
  }
}
