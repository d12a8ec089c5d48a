// The board in simulation: board_sim HOST WORK-LIST starts the host on a serial port of its own and shows every pulse.
#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>

#include "Vboard_top.h"

namespace {

constexpr int kDivider = 12;

// What the host sends becomes bits on `rx_i`, bits on `tx_o` become what it receives.
class SerialPort {
 public:
  explicit SerialPort(int pty) : pty_(pty) {}

  bool NextInput(uint64_t clock) {
    // Not in the first clocks, in which the board is in reset
    if (left_ == 0 && clock > 0 && clock % 64 == 0) {
      uint8_t byte;
      if (read(pty_, &byte, 1) == 1) {
        frame_ = 0x200u | byte << 1;
        left_ = 10 * kDivider;
      }
    }
    if (left_ == 0) return true;
    const bool bit = frame_ >> ((10 * kDivider - left_) / kDivider) & 1;
    left_--;
    return bit;
  }

  void TakeOutput(bool bit) {
    if (phase_ == 0 && bit) return;
    if (phase_ % kDivider == kDivider / 2) received_ = received_ >> 1 | (bit ? 0x200u : 0u);
    if (++phase_ < 10 * kDivider - kDivider / 2 + 1) return;
    phase_ = 0;
    const uint8_t byte = received_ >> 1;
    if (write(pty_, &byte, 1) != 1) perror("board_sim");
  }

 private:
  int pty_;
  unsigned frame_ = 0, received_ = 0;
  int left_ = 0, phase_ = 0;
};

// A converter that answers 24 clocks after its strobe: 100 for the first row, 200 for the second, and the column.
class Converter {
 public:
  void Step(Vboard_top& board) {
    board.adc_valid_i = left_ == 1;
    if (left_ > 0) left_--;
    if (!board.adc_conv_o) return;
    left_ = 24;
    const int row = __builtin_ffs(board.row_o);
    board.adc_data_i = 100 * row + board.adc_mux_o;
  }

 private:
  int left_ = 0;
};

// Tells pulses with their lines and their lengths.
class Pulses {
 public:
  void Step(const Vboard_top& board) {
    if (board.fire_o && board.drv_en_o) {
      clocks_++;
      rows_ = board.row_o;
      columns_ = board.col_o;
    } else if (clocks_ > 0) {
      printf("pulse on row %d, column %d: %d clocks\n", __builtin_ffs(rows_) - 1, __builtin_ffs(columns_) - 1, clocks_);
      clocks_ = 0;
    }
  }

 private:
  int clocks_ = 0, rows_ = 0, columns_ = 0;
};

pid_t StartHost(int pty, char** words) {
  const pid_t host = fork();
  if (host != 0) return host;
  execl(words[1], words[1], ptsname(pty), words[2], static_cast<char*>(nullptr));
  perror(words[1]);
  _exit(127);
}

}  // namespace

int main(int count, char** words) {
  if (count != 3) return 2;
  setvbuf(stdout, nullptr, _IOLBF, 0);
  const int pty = posix_openpt(O_RDWR | O_NOCTTY);
  if (pty < 0 || grantpt(pty) != 0 || unlockpt(pty) != 0) return 1;
  // Raw before anybody writes, and open on this side, so that reading waits for the host instead of failing
  const int other = open(ptsname(pty), O_RDWR | O_NOCTTY);
  termios settings;
  tcgetattr(other, &settings);
  cfmakeraw(&settings);
  tcsetattr(other, TCSANOW, &settings);
  fcntl(pty, F_SETFL, O_NONBLOCK);

  Vboard_top board;
  SerialPort serial(pty);
  Converter converter;
  Pulses pulses;
  board.estop_ni = 1;
  board.rx_i = 1;
  const pid_t host = StartHost(pty, words);
  int status = 0;
  for (uint64_t clock = 0; clock % 4096 != 0 || waitpid(host, &status, WNOHANG) == 0; clock++) {
    board.clk_i = 0;
    board.eval();
    board.clk_i = 1;
    board.eval();
    pulses.Step(board);
    converter.Step(board);
    serial.TakeOutput(board.tx_o);
    board.rx_i = serial.NextInput(clock);
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
