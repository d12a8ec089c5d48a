/** The host's side of AXI4-Lite. */
import { BusMaster, type BusAnswer } from './bus-master.js';

const ALL_BYTES = 0xf;

/** Address and data of a write go together; responses are taken in the clock in which they come. */
export class Axi4LiteMaster extends BusMaster {
  protected override transfer(address: number, value: number | undefined): BusAnswer {
    return value === undefined ? this.#read(address) : this.#write(address, value);
  }

  #read(address: number): BusAnswer {
    const { ports } = this;
    ports.set('araddr_i', address);
    ports.set('arvalid_i', 1);
    this.#handOver(address, ['ar']);
    this.clockUntil(address, () => ports.get('rvalid_o') === 1);
    const answer = { data: ports.get('rdata_o'), isRefused: ports.get('rresp_o') !== 0 };
    this.#take('rready_i');
    return answer;
  }

  #write(address: number, value: number): BusAnswer {
    const { ports } = this;
    ports.set('awaddr_i', address);
    ports.set('awvalid_i', 1);
    ports.set('wdata_i', value);
    ports.set('wstrb_i', ALL_BYTES);
    ports.set('wvalid_i', 1);
    this.#handOver(address, ['aw', 'w']);
    this.clockUntil(address, () => ports.get('bvalid_o') === 1);
    const isRefused = ports.get('bresp_o') !== 0;
    this.#take('bready_i');
    return { data: 0, isRefused };
  }

  /** Goes on until every channel has been taken; a channel is taken at the edge before which it is ready. */
  #handOver(address: number, channels: readonly string[]): void {
    const { ports } = this;
    let open = channels;
    const standing = () => open.filter((channel) => ports.get(`${channel}ready_o`) === 0);
    let next = standing();
    this.clockUntil(address, () => {
      for (const channel of open) if (!next.includes(channel)) ports.set(`${channel}valid_i`, 0);
      open = next;
      next = standing();
      return open.length === 0;
    });
  }

  #take(ready: 'rready_i' | 'bready_i'): void {
    this.ports.set(ready, 1);
    this.clock();
    this.ports.set(ready, 0);
  }
}
