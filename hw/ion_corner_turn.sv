// Turns values into bit planes: the value of line 0 .. Values - 1 becomes bit `line` of `Bits`
// planes, most significant first, written word by word into a plane memory. Reads one value a
// clock, once for every bit, and so needs flops for one word only.
`default_nettype none

module ion_corner_turn #(
  parameter int Values = 64,
  parameter int ValueW = 6,
  parameter int Bits   = 8,
  // Plane memory: lines that one word covers, words of a plane
  parameter int Lanes  = 64,
  parameter int Words  = 1,
  parameter int GroupW = 1,
  parameter int PlaneW = 8
) (
  input  logic              clk_i,
  input  logic              rst_ni,
  input  logic              abort_i,

  // `idle_o` is low from the clock after `start_i` to the last write
  input  logic              start_i,
  input  logic [PlaneW-1:0] first_i,
  output logic              idle_o,

  // Values: data in the next clock
  output logic              value_re_o,
  output logic [ValueW-1:0] value_addr_o,
  input  logic [Bits-1:0]   value_i,

  // Plane memory
  output logic              we_o,
  output logic [PlaneW-1:0] plane_o,
  output logic [GroupW-1:0] group_o,
  output logic [Lanes-1:0]  word_o
);
  localparam int Places = Lanes * Words;
  localparam int PlaceW = (Places == 1) ? 1 : $clog2(Places);
  localparam int LaneW  = (Lanes == 1) ? 1 : $clog2(Lanes);
  localparam int BitW   = (Bits == 1) ? 1 : $clog2(Bits);

  // Reading: every place of a plane, every bit from the top
  logic              run_q;
  logic [PlaceW-1:0] place_q;
  logic [BitW-1:0]   bit_q;
  logic              last_place;
  logic              last_bit;
  logic              start;

  assign start      = start_i & idle_q;
  assign last_place = place_q == PlaceW'(Places - 1);
  assign last_bit   = bit_q == '0;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      run_q   <= 1'b0;
      place_q <= '0;
      bit_q   <= '0;
    end else if (abort_i || start) begin
      run_q   <= start & ~abort_i;
      place_q <= '0;
      bit_q   <= BitW'(Bits - 1);
    end else if (run_q) begin
      place_q <= last_place ? '0 : place_q + 1'b1;
      if (last_place) begin
        bit_q <= bit_q - 1'b1;
        run_q <= ~last_bit;
      end
    end
  end

  // Shifting, a clock later: place 0 ends at bit 0
  logic              shift_q;
  logic              inside_q;
  logic [BitW-1:0]   shift_bit_q;
  logic [LaneW-1:0]  lane_q;
  logic              last_lane;
  logic [Lanes-1:0]  word_q;
  logic              bit_in;

  assign last_lane = lane_q == LaneW'(Lanes - 1);
  assign bit_in    = value_i[shift_bit_q] & inside_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      shift_q     <= 1'b0;
      inside_q    <= 1'b0;
      shift_bit_q <= '0;
      lane_q      <= '0;
    end else begin
      shift_q     <= run_q & ~abort_i;
      inside_q    <= 32'(place_q) < Values;
      shift_bit_q <= bit_q;
      if (!shift_q || last_lane) lane_q <= '0;
      else lane_q <= lane_q + 1'b1;
    end
  end

  if (Lanes == 1) begin : gen_one_lane
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) word_q <= '0;
      else if (shift_q) word_q <= bit_in;
    end
  end else begin : gen_lanes
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) word_q <= '0;
      else if (shift_q) word_q <= {bit_in, word_q[Lanes-1:1]};
    end
  end

  // Writing, in the clock after the last lane of a word
  logic              we_q;
  logic [PlaneW-1:0] plane_q;
  logic [GroupW-1:0] group_q;
  logic              last_group;
  logic              idle_q;

  assign last_group = group_q == GroupW'(Words - 1);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      we_q    <= 1'b0;
      plane_q <= '0;
      group_q <= '0;
      idle_q  <= 1'b1;
    end else begin
      we_q   <= shift_q & last_lane & ~abort_i;
      idle_q <= ~start & (idle_q | abort_i | (we_q & ~run_q & ~shift_q));
      if (start) begin
        plane_q <= first_i;
        group_q <= '0;
      end else if (we_q) begin
        group_q <= last_group ? '0 : group_q + 1'b1;
        if (last_group) plane_q <= plane_q + 1'b1;
      end
    end
  end

  assign idle_o     = idle_q;
  assign value_re_o = run_q;
  assign we_o       = we_q;
  assign plane_o    = plane_q;
  assign group_o    = group_q;
  assign word_o     = word_q;

  if (PlaceW >= ValueW) begin : gen_all_values
    assign value_addr_o = place_q[ValueW-1:0];
  end else begin : gen_few_places
    assign value_addr_o = ValueW'(place_q);
  end
endmodule

`default_nettype wire
