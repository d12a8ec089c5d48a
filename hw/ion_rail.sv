// Codes of the rails' converters, and of bias groups behind the same bus: a table of codes with
// limits that can be locked. A changed code is sent while nothing fires, and only inside its
// limits, looked at last thing before the pins; `settled_o` is up while every rail stands.
`default_nettype none

module ion_rail #(
  parameter int Rails  = 4,
  parameter int IndexW = 2,
  parameter int CodeW  = 12,
  parameter int CountW = 16,
  // After reset, rail 0 lowest: codes, and the lowest and highest that are ever sent
  parameter logic [Rails*CodeW-1:0] Codes = '0,
  parameter logic [Rails*CodeW-1:0] Lows  = '0,
  parameter logic [Rails*CodeW-1:0] Highs = '1
) (
  input  logic              clk_i,
  input  logic              rst_ni,
  input  logic              clear_i,

  // Host: {limits, rail}; answered in the next clock. Codes are refused during a run, limits while
  // they are frozen as well
  input  logic              host_req_i,
  input  logic              host_we_i,
  input  logic [4:0]        host_addr_i,
  input  logic [31:0]       host_wdata_i,
  output logic [31:0]       host_rdata_o,
  output logic              host_error_o,
  input  logic              busy_i,
  input  logic              frozen_i,

  // Program: sends a rail's code again
  input  logic              command_i,
  input  logic [IndexW-1:0] index_i,

  // Settling after the last code, and longest wait for an answer; both at least 1 [clocks]
  input  logic [CountW-1:0] settle_i,
  input  logic [CountW-1:0] limit_i,

  // Lines: codes wait for the end of a pulse
  input  logic              fire_i,
  output logic              settled_o,
  // Events: a pulse met a moving rail, or a rail did not answer; a code was outside its limits
  output logic              unsettled_o,
  output logic              refused_o,

  // Converters, four phases: request with code, answer, request falls, answer falls
  output logic              dac_req_o,
  output logic [IndexW-1:0] dac_idx_o,
  output logic [CodeW-1:0]  dac_code_o,
  input  logic              dac_ack_i,

  // Time warp
  output logic [CountW-1:0] left_o,
  output logic              quiet_o,
  input  logic              warp_i,
  input  logic [CountW-1:0] skip_i
);
  localparam int TableDepth = 1 << IndexW;
  localparam logic [IndexW-1:0] LastRail = IndexW'(Rails - 1);

  typedef enum logic [2:0] {
    Fill    = 3'd0,
    Scan    = 3'd1,
    Load    = 3'd2,
    Check   = 3'd3,
    Request = 3'd4,
    Release = 3'd5,
    Settle  = 3'd6,
    Stuck   = 3'd7
  } state_e;

  state_e                state_q;
  state_e                state_d;
  logic [IndexW-1:0]     idx_q;
  logic [IndexW-1:0]     idx_d;
  logic [Rails-1:0]      changed_q;
  logic [Rails-1:0]      changed_d;
  logic                  moved_q;
  logic                  moved_d;
  logic                  settled_q;
  logic                  req_q;
  logic [CodeW-1:0]      code_q;
  logic [CountW:0]       count_q;
  logic [CountW:0]       count_d;
  logic [CountW-1:0]     left;
  logic                  waiting;
  logic                  last_clock;
  logic                  expired;
  logic                  in_limits;
  logic [1:0]            ack_q;

  // Host accesses
  logic                  host_known;
  logic                  host_refused;
  logic                  host_write;
  logic                  code_write;
  logic [IndexW-1:0]     host_idx;
  logic                  is_limit_q;
  logic                  error_q;

  assign host_idx     = host_addr_i[IndexW-1:0];
  assign host_known   = host_addr_i[3:0] <= 4'(Rails - 1);
  assign host_refused = ~host_known | (host_we_i & (busy_i | (frozen_i & host_addr_i[4])))
                      | (host_we_i & (state_q == Fill));
  assign host_write   = host_req_i & host_we_i & ~host_refused;
  assign code_write   = host_write & ~host_addr_i[4];

  // Tables; limits are {high, low}
  logic                  fills;
  logic                  read;
  logic [IndexW-1:0]     raddr;
  logic [CodeW-1:0]      fill_code;
  logic [2*CodeW-1:0]    fill_limits;
  logic [CodeW-1:0]      code;
  logic [2*CodeW-1:0]    limits;

  assign fills       = state_q == Fill;
  assign fill_code   = Codes[32'(idx_q)*CodeW +: CodeW];
  assign fill_limits = {Highs[32'(idx_q)*CodeW +: CodeW], Lows[32'(idx_q)*CodeW +: CodeW]};
  assign read        = (state_q == Load) | host_req_i;
  assign raddr       = host_req_i ? host_idx : idx_q;

  ion_ram #(
    .Width(CodeW),
    .Depth(TableDepth)
  ) u_codes (
    .clk_i,
    .we_i   (fills | code_write),
    .waddr_i(fills ? idx_q : host_idx),
    .wdata_i(fills ? fill_code : host_wdata_i[CodeW-1:0]),
    .re_i   (read),
    .raddr_i(raddr),
    .rdata_o(code)
  );

  ion_ram #(
    .Width(2 * CodeW),
    .Depth(TableDepth)
  ) u_limits (
    .clk_i,
    .we_i   (fills | (host_write & host_addr_i[4])),
    .waddr_i(fills ? idx_q : host_idx),
    .wdata_i(fills ? fill_limits : {host_wdata_i[16 +: CodeW], host_wdata_i[CodeW-1:0]}),
    .re_i   (read),
    .raddr_i(raddr),
    .rdata_o(limits)
  );

  assign in_limits = (code >= limits[CodeW-1:0]) & (code <= limits[2*CodeW-1:CodeW]);

  // One counter: answers have a limit, rails a time to settle. Negative in its last clock
  assign waiting    = (state_q == Request) | (state_q == Release) | (state_q == Settle);
  assign left       = count_q[CountW-1:0] + 1'b1;
  assign left_o     = (waiting && !count_q[CountW]) ? left : '0;
  assign last_clock = count_q[CountW] | (warp_i & (skip_i == left));
  // In its last clock a count has nothing left, but what follows it moves
  assign quiet_o    = (ack_q == {2{dac_ack_i}}) & ~(waiting & count_q[CountW])
                    & (((state_q == Scan) & ((changed_q == '0) ? ~moved_q : fire_i))
                       | ((state_q == Request) & ~ack_q[1]) | ((state_q == Release) & ack_q[1])
                       | ((state_q == Settle) & (changed_q == '0)) | (state_q == Stuck));

  always_comb begin
    state_d   = state_q;
    idx_d     = idx_q;
    changed_d = changed_q;
    moved_d   = moved_q;
    count_d   = count_q;
    expired   = 1'b0;
    refused_o = 1'b0;
    if (waiting && !count_q[CountW]) count_d = count_q - {1'b0, warp_i ? skip_i : '0} - 1'b1;
    case (state_q)
      Fill: begin
        idx_d = idx_q + 1'b1;
        if (idx_q == LastRail) begin
          idx_d   = '0;
          state_d = Scan;
        end
      end
      Scan: begin
        if (changed_q == '0) begin
          if (moved_q) begin
            state_d = Settle;
            moved_d = 1'b0;
            count_d = {1'b0, settle_i} - (CountW + 1)'(2);
          end else if (command_i) begin
            idx_d = index_i;
          end
        end else if (changed_q[idx_q]) begin
          if (!fire_i) state_d = Load;
        end else begin
          idx_d = (idx_q == LastRail) ? '0 : idx_q + 1'b1;
        end
      end
      Load: begin
        if (!host_req_i) state_d = Check;
      end
      Check: begin
        state_d          = Scan;
        changed_d[idx_q] = 1'b0;
        refused_o        = ~in_limits;
        if (in_limits && fire_i) begin
          changed_d[idx_q] = 1'b1;
        end else if (in_limits) begin
          state_d = Request;
          count_d = {1'b0, limit_i} - (CountW + 1)'(2);
        end
      end
      Request: begin
        if (ack_q[1]) begin
          state_d = Release;
          count_d = {1'b0, limit_i} - (CountW + 1)'(2);
        end else if (last_clock) begin
          expired = 1'b1;
        end
      end
      Release: begin
        if (!ack_q[1]) begin
          state_d = Scan;
          moved_d = 1'b1;
        end else if (last_clock) begin
          expired = 1'b1;
        end
      end
      Settle: begin
        if (changed_q != '0) begin
          state_d = Scan;
          moved_d = 1'b1;
        end else if (last_clock) begin
          state_d = Scan;
        end
      end
      default: begin
        if (clear_i || command_i || code_write) state_d = Scan;
      end
    endcase
    // What did not answer is sent again when host or program say so
    if (expired) begin
      state_d          = Stuck;
      changed_d[idx_q] = 1'b1;
      moved_d          = 1'b1;
    end
    if (command_i) changed_d[index_i] = 1'b1;
    if (code_write) changed_d[host_idx] = 1'b1;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q   <= Fill;
      idx_q     <= '0;
      changed_q <= '1;
      moved_q   <= 1'b0;
      settled_q <= 1'b0;
      req_q     <= 1'b0;
      code_q    <= '0;
      count_q   <= '0;
    end else begin
      state_q   <= state_d;
      idx_q     <= idx_d;
      changed_q <= changed_d;
      moved_q   <= moved_d;
      settled_q <= (state_d == Scan) & (changed_d == '0) & ~moved_d;
      req_q     <= state_d == Request;
      count_q   <= count_d;
      if ((state_q == Check) && (state_d == Request)) code_q <= code;
    end
  end

  // The answer knows no clock
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) ack_q <= 2'b00;
    else ack_q <= {ack_q[0], dac_ack_i};
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      is_limit_q <= 1'b0;
      error_q    <= 1'b0;
    end else if (host_req_i) begin
      is_limit_q <= host_addr_i[4];
      error_q    <= host_refused;
    end
  end

  assign settled_o    = settled_q;
  assign unsettled_o  = expired | (fire_i & ~settled_q);
  assign dac_req_o    = req_q;
  assign dac_idx_o    = idx_q;
  assign dac_code_o   = code_q;
  assign host_error_o = error_q;
  assign host_rdata_o = is_limit_q ? {16'(limits[2*CodeW-1:CodeW]), 16'(limits[CodeW-1:0])}
                                   : 32'(code);

  logic unused_wdata;
  assign unused_wdata = ^host_wdata_i;

`ifdef FORMAL
  // Every trace begins in reset; properties hold from the second clock after it on
  logic started_q = 1'b0;
  logic past_valid_q = 1'b0;
  always_ff @(posedge clk_i) started_q <= 1'b1;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) past_valid_q <= 1'b0;
    else past_valid_q <= 1'b1;
  end
  always_comb begin
    if (!started_q) assume (!rst_ni);
    assume (!warp_i);
    assume (32'(index_i) < Rails);
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      // A7: a code leaves only while nothing fires, and stands while it is asked for
      if (dac_req_o && !$past(dac_req_o)) begin
        assert (!$past(fire_i));
        assert ($past(in_limits) && dac_code_o == $past(code));
      end
      if (dac_req_o && $past(dac_req_o)) begin
        assert (dac_code_o == $past(dac_code_o));
        assert (dac_idx_o == $past(dac_idx_o));
      end
      // A command is felt at once
      if ($past(command_i)) assert (!settled_o);
      cover (settled_o && !$past(settled_o));
      cover ($past(dac_req_o) && !dac_req_o);
      cover (state_q == Stuck);
    end
  end

  always_comb begin
    if (rst_ni && past_valid_q) begin
      // A6: settled means no write in flight, none due, and no time to settle left
      if (settled_o) assert (!dac_req_o && state_q == Scan && changed_q == '0 && !moved_q);
      assert (req_q == (state_q == Request));
      if (fire_i && !settled_o) assert (unsettled_o);
    end
  end
`endif
endmodule

`default_nettype wire
