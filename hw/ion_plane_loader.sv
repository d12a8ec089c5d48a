// Walks a plane through the plane memory into the shadow register of the column drivers, one
// group of lines a clock. The first group is read when the operation enters decode, so that a
// plane of one group costs no clock.
`default_nettype none

module ion_plane_loader #(
  // Memory words of a plane, and bits of their index in the address (0 for one word)
  parameter int Words     = 1,
  parameter int GroupBits = 0,
  parameter int PlaneW    = 4,
  parameter int GroupW    = (GroupBits == 0) ? 1 : GroupBits
) (
  input  logic                        clk_i,
  input  logic                        rst_ni,
  input  logic                        abort_i,

  // An operation with this plane enters decode
  input  logic                        enter_i,
  input  logic [PlaneW-1:0]           enter_plane_i,

  // The operation in decode may write the shadow register; `done_o` in the last clock of doing so
  input  logic                        load_i,
  input  logic                        is_plane_i,
  input  logic [PlaneW-1:0]           plane_i,
  output logic                        done_o,
  output logic [GroupW-1:0]           group_o,

  // Plane memory
  output logic                        re_o,
  output logic [PlaneW+GroupBits-1:0] addr_o
);
  if (Words == 1) begin : gen_one_word
    assign done_o  = load_i;
    assign group_o = 1'b0;
    assign re_o    = enter_i;
    assign addr_o  = enter_plane_i;

    logic unused_walk;
    assign unused_walk = ^{clk_i, rst_ni, abort_i, is_plane_i, plane_i};
  end else begin : gen_walk
    logic [GroupW-1:0] group_q;
    logic [GroupW-1:0] group_next;
    logic              walks;

    assign walks      = load_i & is_plane_i;
    assign group_next = group_q + 1'b1;
    assign done_o     = load_i & (~is_plane_i | (group_q == GroupW'(Words - 1)));
    assign group_o    = group_q;
    assign re_o       = enter_i | (walks & ~done_o);
    assign addr_o     = enter_i ? {enter_plane_i, {GroupW{1'b0}}} : {plane_i, group_next};

    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) group_q <= '0;
      else if (abort_i || done_o) group_q <= '0;
      else if (walks) group_q <= group_next;
    end
  end
endmodule

`default_nettype wire
