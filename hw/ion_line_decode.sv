// Decoder of the selection of one line or all: the index in two parts, a line the AND of one bit
// of each, so that two small decoders serve all lines. Drivers of tiles side by side have the same
// selection: of their decoders one is left.
`default_nettype none

module ion_line_decode #(
  parameter int LowBits  = 3,
  parameter int HighBits = 3
) (
  // Kinds as in ion_line_driver
  input  logic [2:0]                  kind_i,
  input  logic [LowBits+HighBits-1:0] index_i,

  output logic [(1<<LowBits)-1:0]     low_o,
  // None where no single line is selected
  output logic [(1<<HighBits)-1:0]    high_o,
  output logic                        all_o
);
  localparam logic [2:0] KindAll  = 3'd1;
  localparam logic [2:0] KindLine = 3'd2;

  logic is_line;
  assign is_line = kind_i == KindLine;
  assign all_o   = kind_i == KindAll;

  for (genvar l = 0; l < (1 << LowBits); l++) begin : gen_low
    assign low_o[l] = index_i[LowBits-1:0] == LowBits'(l);
  end
  if (HighBits == 0) begin : gen_one
    assign high_o = is_line;
  end else begin : gen_high
    for (genvar h = 0; h < (1 << HighBits); h++) begin : gen_bits
      assign high_o[h] = is_line & (index_i[LowBits+HighBits-1:LowBits] == HighBits'(h));
    end
  end
endmodule

`default_nettype wire
