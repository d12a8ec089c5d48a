/** Designs that use one feature of the subset each, with enough outputs to see a mistake. */
import type { ModelSource } from '../../../../src/cosim/engine.js';
import type { DesignPorts } from '../../../support/model-fixture.js';

interface AgreementDesign {
  readonly body: string;
  readonly ports: DesignPorts;
  readonly memories?: ModelSource['files'];
}

export const AGREEMENT_DESIGNS: Readonly<Record<string, AgreementDesign>> = {
  'counter with enable, strobe and watch': {
    ports: { inputs: { 'clear_i!': 1, en_i: 1, limit_i: 5 }, outputs: { count_o: 37, 'hit_o!': 1, comb_o: 6 } },
    body: `
  logic [36:0] count_q;
  logic hit_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      count_q <= 37'h1f_ffff_fff0;
      hit_q <= 1'b0;
    end else begin
      if (clear_i) count_q <= '0;
      else if (en_i) count_q <= count_q + 37'd1;
      hit_q <= count_q[4:0] == limit_i;
    end
  end
  assign count_o = count_q;
  assign hit_o = hit_q;
  assign comb_o = {clear_i, limit_i} ^ count_q[5:0];`,
  },
  'wide shift register with part selects': {
    ports: {
      inputs: { d_i: 7, load_i: 1, wide_i: 200, n_i: 3 },
      outputs: { q_o: 200, slice_o: 16, odd_o: 1, nib_o: 70 },
    },
    body: `
  logic [199:0] q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) q <= '0;
    else if (load_i) q <= wide_i;
    else q <= {q[192:0], d_i};
  end
  assign q_o = q;
  assign slice_o = q[32 * n_i[1:0] + 40 +: 16];
  assign odd_o = ^q;
  assign nib_o = {q[71:60], {5{q[3]}}, 3'b101, q[199:150]};`,
  },
  'wide arithmetic and comparison': {
    ports: {
      inputs: { a_i: 130, b_i: 130, c_i: 64, d_i: 33 },
      outputs: { sum_o: 130, diff_o: 130, prod_o: 130, neg_o: 130, flags_o: 10, q_o: 33, r_o: 33 },
    },
    body: `
  assign sum_o = a_i + b_i;
  assign diff_o = a_i - b_i;
  assign prod_o = a_i * b_i;
  assign neg_o = -a_i;
  assign flags_o = {a_i < b_i, a_i <= b_i, a_i == b_i, a_i != b_i, $signed(a_i) < $signed(b_i),
                    $signed(a_i) >= $signed(b_i), c_i > a_i[63:0], &a_i, |b_i, !c_i};
  logic [32:0] safe;
  assign safe = d_i == 0 ? 33'd3 : d_i;
  assign q_o = a_i[32:0] / safe;
  assign r_o = a_i[32:0] % safe;`,
  },
  'signed arithmetic of odd widths': {
    ports: {
      inputs: { a_i: 9, b_i: 6, c_i: 32, d_i: 64 },
      outputs: { sum_o: 12, prod_o: 15, lt_o: 4, sar_o: 9, sar32_o: 32, sar64_o: 64, ext_o: 40, div_o: 9 },
    },
    body: `
  logic signed [8:0] a;
  logic signed [5:0] b;
  logic signed [8:0] d;
  assign a = a_i;
  assign b = b_i;
  assign d = b_i[4:0] == 0 ? 9'sd5 : 9'(b);
  assign sum_o = 12'(a) + 12'(b);
  assign prod_o = 15'(a) * 15'(b);
  assign lt_o = {a < b, a <= 9'(b), a > -9'sd3, $signed(c_i) < $signed(d_i[31:0])};
  assign sar_o = a >>> b_i[3:0];
  assign sar32_o = $signed(c_i) >>> b_i;
  assign sar64_o = $signed(d_i) >>> c_i[6:0];
  assign ext_o = 40'($signed(c_i));
  assign div_o = a / d;`,
  },
  'variable shifts, narrow and wide': {
    ports: {
      inputs: { a_i: 150, n_i: 9, s_i: 20, m_i: 5 },
      outputs: { l_o: 150, r_o: 150, ar_o: 150, hot_o: 129, put_o: 140, bit_o: 1, nar_o: 20, up_o: 90, w32_o: 32 },
    },
    body: `
  assign l_o = a_i << n_i;
  assign r_o = a_i >> n_i;
  assign ar_o = $signed(a_i) >>> n_i;
  assign hot_o = 129'd1 << n_i;
  assign put_o = 140'(s_i) << n_i[6:0];
  assign bit_o = a_i[{1'b0, n_i[6:0]}];
  assign nar_o = (s_i << m_i) ^ (s_i >> n_i[4:0]);
  assign up_o = a_i[n_i[5:0] +: 80];
  assign w32_o = (a_i[31:0] << n_i[5:0]) | (a_i[63:32] >> n_i[5:0]);`,
  },
  'writes to one bit and to a word of a wide register': {
    ports: {
      inputs: { idx_i: 7, b_i: 1, we_i: 1, w_i: 2, data_i: 32, wwe_i: 1, clr_i: 1 },
      outputs: { v_o: 128, low_o: 1 },
    },
    body: `
  logic [127:0] v;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) v <= '0;
    else if (clr_i) begin
      v <= '0;
      v[idx_i] <= 1'b1;
    end else if (wwe_i) v[{w_i, 5'd0} +: 32] <= data_i;
    else if (we_i) v[idx_i] <= b_i;
  end
  assign v_o = v;
  assign low_o = (v & -v) == 128'd1;`,
  },
  'memory with start contents and two write ports': {
    ports: {
      inputs: { a_i: 5, b_i: 5, d_i: 72, we_i: 1, be_i: 9, wb_i: 1 },
      outputs: { q_o: 72, p_o: 72, rom_o: 12, tiny_o: 3 },
    },
    memories: [
      { name: 'rom.hex', text: Array.from({ length: 16 }, (_, i) => `${(i * 251 + 5).toString(16)}\n`).join('') },
    ],
    body: `
  logic [71:0] mem [0:31];
  logic [11:0] rom [0:15];
  logic [2:0] tiny [0:31];
  initial $readmemh("rom.hex", rom);
  always_ff @(posedge clk_i) begin
    if (we_i) mem[a_i] <= d_i;
    if (wb_i) for (int k = 0; k < 9; k++) if (be_i[k]) mem[b_i][8 * k +: 8] <= d_i[8 * k +: 8];
    if (wb_i) tiny[a_i] <= d_i[70:68];
  end
  logic [71:0] p_q;
  always_ff @(posedge clk_i) p_q <= mem[b_i];
  assign q_o = mem[a_i];
  assign p_o = p_q;
  assign rom_o = rom[a_i[3:0]];
  assign tiny_o = tiny[b_i];`,
  },
  'casez decoder and state machine': {
    ports: { inputs: { op_i: 8, go_i: 1, x_i: 80 }, outputs: { y_o: 80, state_o: 2, prio_o: 4 } },
    body: `
  typedef enum logic [1:0] {Idle, Load, Run, Done} state_e;
  state_e state_q, state_d;
  logic [79:0] y_q, y_d;
  always_comb begin
    state_d = state_q;
    y_d = y_q;
    unique case (state_q)
      Idle: if (go_i) state_d = Load;
      Load: begin
        y_d = x_i;
        state_d = Run;
      end
      Run: begin
        casez (op_i)
          8'b1???_??00: y_d = y_q + x_i;
          8'b01??_????: y_d = y_q ^ {x_i[39:0], x_i[79:40]};
          8'b001?_???1: y_d = y_q & ~x_i;
          default: y_d = {y_q[78:0], y_q[79]};
        endcase
        if (op_i[1:0] == 2'b11) state_d = Done;
      end
      Done: state_d = Idle;
      default: state_d = Idle;
    endcase
  end
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q <= Idle;
      y_q <= 80'h5a;
    end else begin
      state_q <= state_d;
      y_q <= y_d;
    end
  end
  always_comb begin
    casez (op_i)
      8'b???????1: prio_o = 4'd0;
      8'b??????10: prio_o = 4'd1;
      8'b?????100: prio_o = 4'd2;
      8'b????1000: prio_o = 4'd3;
      8'b???10000: prio_o = 4'd4;
      default: prio_o = 4'd15;
    endcase
  end
  assign y_o = y_q;
  assign state_o = state_q;`,
  },
  'synchronous reset, enable, and start values': {
    ports: { inputs: { en_i: 1, rst_i: 1, d_i: 10 }, outputs: { a_o: 10, b_o: 10, c_o: 10, d_o: 10 } },
    body: `
  logic [9:0] a = 10'h155, b = 10'h2aa, c, d;
  always_ff @(posedge clk_i) if (rst_i) a <= 10'h3; else if (en_i) a <= d_i;
  always_ff @(posedge clk_i) if (en_i) begin if (rst_i) b <= 10'h7; else b <= d_i + b; end
  always_ff @(posedge clk_i or negedge rst_ni) if (!rst_ni) c <= 10'h200; else if (en_i) c <= c ^ d_i;
  always_ff @(posedge clk_i) d <= ~d_i;
  assign a_o = a;
  assign b_o = b;
  assign c_o = c;
  assign d_o = d;`,
  },
  'reset synchroniser': {
    ports: { inputs: { d_i: 8 }, outputs: { q_o: 8, early_o: 8, sync_o: 2 } },
    body: `
  logic [1:0] sync_q;
  logic [7:0] q, early;
  always_ff @(posedge clk_i or negedge rst_ni) if (!rst_ni) sync_q <= 2'b00; else sync_q <= {sync_q[0], 1'b1};
  wire rst_sync_n = sync_q[1];
  always_ff @(posedge clk_i or negedge rst_sync_n) if (!rst_sync_n) q <= 8'ha5; else q <= q + d_i;
  always_ff @(posedge clk_i or negedge rst_ni) if (!rst_ni) early <= 8'h11; else early <= q ^ d_i;
  assign q_o = q;
  assign early_o = early;
  assign sync_o = sync_q;`,
  },
  'blocks whose defaults wake their readers': {
    ports: { inputs: { a_i: 4, b_i: 4 }, outputs: { least_o: 4, more_o: 5, fixed_o: 4 } },
    body: `
  logic [3:0] left, least, fixed;
  logic [4:0] more;
  always_comb begin
    left = '1;
    if (a_i != 4'd0) left = a_i - 4'd1;
  end
  always_comb begin
    least = '0;
    if (left < b_i) least = left;
  end
  always_comb begin
    more = '0;
    if (least != 4'd0) more = 5'(least) + 5'(left);
  end
  always_comb begin
    fixed = 4'd9;
  end
  assign least_o = least;
  assign more_o = more;
  assign fixed_o = fixed;`,
  },
};
