// Columns that the last verify or transfer scan wants to move: up is more conductance, down less.
// The marks of a step shift in: after a whole scan column a * Shares + s has found its place and
// nothing is left of the scan before. Marks and `empty_o` stand from the clock after the last step
// until the next such scan.
`default_nettype none

module ion_marks #(
  parameter int Converters = 4,
  parameter int Shares     = 4,
  parameter int Columns    = 16
) (
  input  logic                  clk_i,
  input  logic                  rst_ni,

  // A scan that marks begins; marks of one step, never both ways
  input  logic                  start_i,
  input  logic                  we_i,
  input  logic [Converters-1:0] up_i,
  input  logic [Converters-1:0] down_i,

  output logic [Columns-1:0]    up_o,
  output logic [Columns-1:0]    down_o,
  output logic                  empty_o
);
  localparam int Places = Converters * Shares;

  logic [Places-1:0] up_q;
  logic [Places-1:0] up_d;
  logic [Places-1:0] down_q;
  logic [Places-1:0] down_d;
  logic              empty_q;

  for (genvar a = 0; a < Converters; a++) begin : gen_converters
    if (Shares == 1) begin : gen_direct
      assign up_d[a]   = up_i[a];
      assign down_d[a] = down_i[a] & ~up_i[a];
    end else begin : gen_shift
      assign up_d[a*Shares +: Shares]   = {up_i[a], up_q[a*Shares+1 +: Shares-1]};
      assign down_d[a*Shares +: Shares] = {down_i[a] & ~up_i[a], down_q[a*Shares+1 +: Shares-1]};
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      up_q    <= '0;
      down_q  <= '0;
      empty_q <= 1'b1;
    end else begin
      if (we_i) begin
        up_q   <= up_d;
        down_q <= down_d;
      end
      empty_q <= start_i | (empty_q & ~(we_i & (|{up_i, down_i})));
    end
  end

  // Converters may have more places than there are columns
  assign up_o    = up_q[Columns-1:0];
  assign down_o  = down_q[Columns-1:0];
  assign empty_o = empty_q;

  if (Places > Columns) begin : gen_spare
    logic unused_places;
    assign unused_places = ^{up_q[Places-1:Columns], down_q[Places-1:Columns]};
  end

`ifdef FORMAL
  // Every trace begins in reset; properties hold from the second clock after it on
  logic started_q = 1'b0;
  always_ff @(posedge clk_i) started_q <= 1'b1;
  always_comb begin
    if (!started_q) assume (!rst_ni);
    // A scan begins before its first step
    if (start_i) assume (!we_i);
  end

  // Marks of the steps of this scan so far: where all of them have been taken, these are all marks
  localparam logic [$clog2(Shares+1)-1:0] All = ($clog2(Shares + 1))'(Shares);
  logic [$clog2(Shares+1)-1:0] steps_q;
  logic                        any_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      steps_q <= '0;
      any_q   <= 1'b0;
    end else if (start_i) begin
      steps_q <= '0;
      any_q   <= 1'b0;
    end else if (we_i) begin
      if (steps_q != All) steps_q <= steps_q + 1'b1;
      any_q <= any_q | (|{up_i, down_i});
    end
  end

  // The places that this scan has reached: the upper ones of every converter
  logic [Shares-1:0] reached;
  assign reached = ~({Shares{1'b1}} >> steps_q);

  always_ff @(posedge clk_i) begin
    if (rst_ni && started_q) begin
      // No column is to go both ways, and after a scan that is empty no column is marked
      assert ((up_q & down_q) == '0);
      assert (empty_q == !any_q);
      if (empty_q) assert (((up_q | down_q) & {Converters{reached}}) == '0);
      if (empty_q && steps_q == All) assert ((up_q | down_q) == '0);
      cover (|up_q && |down_q && !empty_q);
    end
  end
`endif
endmodule

`default_nettype wire
