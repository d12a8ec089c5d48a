// Neurons of one layer, one after another through one adder. Leaky integrate and fire: the state
// decays by a power of two, takes the accumulator, and spikes at the threshold unless it rests.
// Rectifier: accumulator less threshold, scaled by a power of two, from 0 to full scale.
`default_nettype none

module ion_neuron #(
  parameter int Columns     = 64,
  parameter int ColumnW     = 6,
  // Accumulators stand at {step, converter}, as in ion_accumulate
  parameter int Shares      = 16,
  parameter int MuxW        = 4,
  parameter int SelBits     = 2,
  // Accumulator and state, both signed
  parameter int AccW        = 16,
  parameter int StateW      = 16,
  parameter int LeakW       = 4,
  parameter int RefractoryW = 4,
  // Bits of an activation, fewer than those of the state
  parameter int Bits        = 8
) (
  input  logic                        clk_i,
  input  logic                        rst_ni,
  input  logic                        abort_i,
  // Puts all neurons to rest, as reset does
  input  logic                        clear_i,

  // One step of all neurons; `idle_o` is low from the next clock to its end
  input  logic                        start_i,
  output logic                        idle_o,

  // Rectifier, else integrate and fire; a spike takes off the threshold, else it leaves zero
  input  logic                        rectify_i,
  input  logic                        subtract_i,
  // Shift of decay (0: none) or of the activation; threshold, signed; steps without input
  input  logic [LeakW-1:0]            leak_i,
  input  logic [StateW-1:0]           threshold_i,
  input  logic [RefractoryW-1:0]      refractory_i,

  // Accumulators: data in the next clock, until the next read
  output logic                        acc_re_o,
  output logic [MuxW+SelBits-1:0]     acc_addr_o,
  input  logic [AccW-1:0]             acc_data_i,

  output logic                        spike_o,
  output logic [ColumnW-1:0]          spike_line_o,

  // Activations: read while idle, data in the next clock
  input  logic                        value_re_i,
  input  logic [ColumnW-1:0]          value_addr_i,
  output logic [Bits-1:0]             value_o
);
  // Room for state, accumulator and threshold without overflow
  localparam int SumW = ((AccW > StateW) ? AccW : StateW) + 2;

  typedef enum logic [3:0] {
    Wipe    = 4'd0,
    Idle    = 4'd1,
    Fetch   = 4'd2,
    Load    = 4'd3,
    Shift   = 4'd4,
    Decay   = 4'd5,
    Add     = 4'd6,
    Compare = 4'd7,
    Scale   = 4'd8,
    Write   = 4'd9
  } state_e;

  state_e                 state_q;
  state_e                 state_d;
  logic [ColumnW-1:0]     column_q;
  logic [LeakW-1:0]       count_q;
  logic [LeakW-1:0]       count_d;
  logic [SumW-1:0]        sum_q;
  logic [SumW-1:0]        sum_d;
  logic                   spike_q;
  logic                   spike_d;
  logic                   idle_q;
  logic                   late_q;

  logic                   last_column;
  logic                   is_done;
  logic [SumW-1:0]        halved;
  logic                   resting;
  logic                   write;
  logic [RefractoryW-1:0] wait_read;
  logic [StateW-1:0]      state_read;
  logic [RefractoryW-1:0] wait_write;
  logic [StateW-1:0]      state_write;
  logic [StateW-1:0]      clamped;

  // State of every neuron: steps that it still rests, potential or activation
  ion_ram #(
    .Width(RefractoryW + StateW),
    .Depth(1 << ColumnW)
  ) u_state (
    .clk_i,
    .we_i   (write),
    .waddr_i(column_q),
    .wdata_i({wait_write, state_write}),
    .re_i   ((state_q == Fetch) | (idle_q & value_re_i)),
    .raddr_i(idle_q ? value_addr_i : column_q),
    .rdata_o({wait_read, state_read})
  );

  assign acc_re_o   = state_q == Fetch;

  // A converter has `Shares` columns, one a step
  logic [MuxW-1:0] step_q;
  logic            last_step;

  assign last_step = step_q == MuxW'(Shares - 1);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) step_q <= '0;
    else if (idle_q) step_q <= '0;
    else if (is_done) step_q <= last_step ? '0 : step_q + 1'b1;
  end

  if (SelBits == 0) begin : gen_one_converter
    assign acc_addr_o = step_q;
  end else begin : gen_converters
    logic [SelBits-1:0] converter_q;
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) converter_q <= '0;
      else if (idle_q) converter_q <= '0;
      else if (is_done && last_step) converter_q <= converter_q + 1'b1;
    end
    assign acc_addr_o = {step_q, converter_q};
  end

  // One adder: state less decay, sum and accumulator, sum less threshold
  logic [SumW-1:0] potential;
  logic [SumW-1:0] accumulator;
  logic [SumW-1:0] threshold;
  logic [SumW-1:0] left;
  logic [SumW-1:0] right;
  logic [SumW-1:0] total;
  logic            subtract;
  logic            reached;

  assign potential   = {{(SumW - StateW){state_read[StateW-1]}}, state_read};
  assign accumulator = {{(SumW - AccW){acc_data_i[AccW-1]}}, acc_data_i};
  assign threshold   = {{(SumW - StateW){threshold_i[StateW-1]}}, threshold_i};
  assign subtract    = state_q != Add;

  always_comb begin
    left  = sum_q;
    right = ~threshold;
    if (state_q == Add) right = accumulator;
    if (state_q == Decay) begin
      left  = potential;
      right = ~sum_q;
    end
  end

  assign total   = left + right + {{(SumW - 1){1'b0}}, subtract};
  assign reached = ~total[SumW-1];

  assign last_column = column_q == ColumnW'(Columns - 1);
  assign halved      = {sum_q[SumW-1], sum_q[SumW-1:1]};
  assign resting     = ~rectify_i & (wait_read != '0);
  assign is_done     = (state_q == Write) | ((state_q == Load) & resting);

  always_comb begin
    state_d = state_q;
    sum_d   = sum_q;
    count_d = leak_i;
    spike_d = spike_q;
    case (state_q)
      Wipe: begin
        if (last_column) state_d = Idle;
        if (last_column && (start_i || late_q)) state_d = Fetch;
      end
      Fetch: state_d = Load;
      Load: begin
        sum_d   = rectify_i ? '0 : potential;
        spike_d = 1'b0;
        state_d = Shift;
        if (rectify_i || (leak_i == '0)) state_d = Add;
      end
      Shift: begin
        count_d = count_q - 1'b1;
        if (count_q != '0) sum_d = halved;
        else state_d = Decay;
      end
      Decay: begin
        sum_d   = total;
        state_d = Add;
      end
      Add: begin
        sum_d   = total;
        state_d = Compare;
      end
      Compare: begin
        spike_d = ~rectify_i & reached;
        state_d = Write;
        if (rectify_i) state_d = Scale;
        if (rectify_i || (spike_d && subtract_i)) sum_d = total;
        else if (spike_d) sum_d = '0;
      end
      Scale: begin
        count_d = count_q - 1'b1;
        if (count_q != '0) sum_d = halved;
        else state_d = Write;
      end
      Write: state_d = Fetch;
      default: begin
        if (start_i) state_d = Fetch;
      end
    endcase
    if (is_done) state_d = Fetch;
    if (is_done && last_column) state_d = Idle;
    if (abort_i && (state_q != Wipe)) state_d = Idle;
    if (clear_i) state_d = Wipe;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q  <= Wipe;
      idle_q   <= 1'b0;
      column_q <= '0;
      count_q  <= '0;
      sum_q    <= '0;
      spike_q  <= 1'b0;
      late_q   <= 1'b0;
    end else begin
      state_q <= state_d;
      idle_q  <= state_d == Idle;
      count_q <= count_d;
      sum_q   <= sum_d;
      spike_q <= spike_d;
      // A step that is asked for while neurons are put to rest follows
      late_q  <= (state_d == Wipe) & (start_i | late_q) & ~abort_i;
      if (clear_i || (state_d == Idle) || (state_q == Wipe && last_column)) column_q <= '0;
      else if (is_done || (state_q == Wipe)) column_q <= column_q + 1'b1;
    end
  end

  // What goes back: the sum where it fits, else the nearest that does
  logic [StateW-1:0]    state_low;
  logic [SumW-StateW:0] state_high;
  logic [SumW-Bits-1:0] activation_high;
  logic [StateW-1:0]    state_limit;
  logic                 negative;

  assign state_low       = sum_q[StateW-1:0];
  assign state_high      = sum_q[SumW-1:StateW-1];
  assign activation_high = sum_q[SumW-1:Bits];
  assign negative        = sum_q[SumW-1];
  assign state_limit     = {negative, {(StateW - 1){~negative}}};

  always_comb begin
    clamped = state_low;
    if (rectify_i) begin
      if (negative) clamped = '0;
      else if (activation_high != '0) clamped = {{(StateW - Bits){1'b0}}, {Bits{1'b1}}};
    end else if (!(&state_high) && (|state_high)) begin
      clamped = state_limit;
    end
  end

  always_comb begin
    write       = is_done | (state_q == Wipe);
    wait_write  = '0;
    state_write = '0;
    if (state_q == Write) begin
      state_write = clamped;
      if (spike_q) wait_write = refractory_i;
    end else if (state_q == Load) begin
      state_write = state_read;
      wait_write  = wait_read - 1'b1;
    end
  end

  assign idle_o       = idle_q;
  assign spike_o      = (state_q == Write) & spike_q;
  assign spike_line_o = column_q;
  assign value_o      = state_read[Bits-1:0];
endmodule

`default_nettype wire
