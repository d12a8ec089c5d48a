/* Runs the controller behind a serial port: host DEVICE WORK-LIST. The steps are those of docs/hardware.md. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include "matrix_ctrl_registers.h"

#define REG(name) MATRIX_CTRL_##name##_OFFSET

static int port;

static void give_up(const char *what, uint32_t found) {
  fprintf(stderr, "host: %s (0x%x)\n", what, (unsigned)found);
  exit(1);
}

static void receive(uint8_t *bytes, size_t count) {
  while (count > 0) {
    ssize_t got = read(port, bytes, count);
    if (got <= 0) give_up("the port is silent", 0);
    bytes += got;
    count -= (size_t)got;
  }
}

static void command(uint8_t kind, uint32_t address, const uint32_t *words, int count) {
  uint8_t bytes[12] = {kind, (uint8_t)address, (uint8_t)(address >> 8), (uint8_t)(address >> 16)};
  for (int i = 0; i < 4 * count; i++) bytes[4 + i] = (uint8_t)(words[i / 4] >> (8 * (i % 4)));
  if (write(port, bytes, (size_t)(4 + 4 * count)) != 4 + 4 * count) give_up("cannot send", address);
  uint8_t status;
  receive(&status, 1);
  if (kind != 1 && status != 0) give_up("the bus refused a write", address);
}

static uint32_t bus_read(uint32_t address) {
  uint8_t bytes[4];
  command(1, address, NULL, 0);
  receive(bytes, 4);
  return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static void bus_write(uint32_t address, uint32_t value) { command(2, address, &value, 1); }

static void open_port(const char *device) {
  struct termios settings;
  port = open(device, O_RDWR | O_NOCTTY);
  if (port < 0 || tcgetattr(port, &settings) != 0) give_up("cannot open the port", 0);
  cfmakeraw(&settings);
  settings.c_cc[VMIN] = 0;
  settings.c_cc[VTIME] = 100; /* tenths of a second without a byte, then read gives up */
  cfsetspeed(&settings, B1000000);
  tcsetattr(port, TCSANOW, &settings);
}

/* Work-list entries, one to a line, as the build has written them. */
static void load_work(const char *file) {
  FILE *list = fopen(file, "r");
  unsigned entry, count = 0;
  if (list == NULL) give_up("cannot open the work list", 0);
  while (fscanf(list, "%x", &entry) == 1) bus_write(MATRIX_CTRL_WORK_BASE + MATRIX_CTRL_WORK_STRIDE * count++, entry);
  fclose(list);
  bus_write(REG(LIMIT), count);
}

static void run(void) {
  const uint32_t keys[2] = {MATRIX_CTRL_ARM_KEY_1, MATRIX_CTRL_ARM_KEY_2};
  bus_write(REG(CTRL), MATRIX_CTRL_CTRL_CLEAR_MASK);
  command(3, REG(ARM), keys, 2);
  if (!(bus_read(REG(STATUS)) & MATRIX_CTRL_STATUS_ARMED_MASK)) give_up("the drivers are not armed", 0);
  bus_write(REG(CMD), MATRIX_CTRL_START);
  while (bus_read(REG(STATUS)) & MATRIX_CTRL_STATUS_BUSY_MASK) usleep(1000);
  uint32_t error = bus_read(REG(ERR_CODE)) & MATRIX_CTRL_ERR_CODE_CODE_MASK;
  if (error != MATRIX_CTRL_ERROR_NONE) give_up("the run ended with a fault", error);
}

int main(int count, char **words) {
  if (count != 3) give_up("usage: host DEVICE WORK-LIST", 0);
  open_port(words[1]);
  if (bus_read(REG(ID)) != MATRIX_CTRL_ID_RESET) give_up("no controller answers", bus_read(REG(ID)));
  if (bus_read(REG(SPEC_HASH)) != MATRIX_CTRL_SPEC) give_up("it is another controller", bus_read(REG(SPEC_HASH)));
  load_work(words[2]);
  run();
  printf("%u pulses, %u underruns; codes of the converter:\n", bus_read(REG(PULSES)), bus_read(REG(UNDERRUN)));
  for (uint32_t step = 0; step < MATRIX_CTRL_DATA_0_STEPS; step++) {
    printf("%5u%s", bus_read(MATRIX_CTRL_RESULT_BASE + MATRIX_CTRL_RESULT_STRIDE * step), step % 4 == 3 ? "\n" : "");
  }
  return 0;
}
