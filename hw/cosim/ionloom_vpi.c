/*
 * A model in Icarus Verilog, driven through two descriptors: the bench module (see bench-text.ts) does clocks, this
 * module sets its inputs and reads its outputs. Frames are those of frame.ts: five 32-bit words of header (magic,
 * version and kind, sequence, bytes of payload, CRC-32 of all the others), then the payload, all little endian.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <vpi_user.h>

#define MAGIC 0x464e4f49u
#define VERSION 1u
#define HEADER_WORDS 5
#define MAX_PAYLOAD (1u << 20)
#define REQUESTS 3
#define ANSWERS 4
#define BENCH "ionloom_bench"

enum { HELLO = 1, RUN = 2, BYE = 3, FAULT = 4 };

typedef struct {
  vpiHandle handle;
  int is_output;
  uint32_t offset;
  uint32_t words;
  int is_changed;
} port_t;

static uint32_t crc_table[256];
static uint32_t payload[MAX_PAYLOAD / 4];
static uint32_t sequence;

static port_t *ports;
static uint32_t port_count;
static uint32_t *block;
static uint32_t block_words;
/* Which port a word of the block belongs to. */
static uint32_t *port_of;
static uint32_t output_words;
static s_vpi_vecval *vector;

static vpiHandle go, ready, limit, done;
static int go_level;

/* The steps of the frame that is being worked on, and where in it we are. */
static const uint32_t *step_at;
static uint32_t steps_left;
static uint32_t steps_done;
static uint32_t all_clocks;

typedef struct {
  uint32_t max_clocks;
  uint32_t until_count;
  const uint32_t *until;
  uint32_t zero_count;
  const uint32_t *zero;
  uint32_t clocks;
} step_t;
static step_t step;
static int is_stepping;

static void fill_crc_table(void) {
  for (uint32_t byte = 0; byte < 256; byte++) {
    uint32_t rest = byte;
    for (int bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >> 1) ^ 0xedb88320u : rest >> 1;
    crc_table[byte] = rest;
  }
}

static uint32_t crc32_of(const void *data, size_t count, uint32_t before) {
  const uint8_t *bytes = data;
  uint32_t rest = ~before;
  for (size_t i = 0; i < count; i++) rest = (rest >> 8) ^ crc_table[(rest ^ bytes[i]) & 0xff];
  return ~rest;
}

/* Whoever asked has gone: nothing is left to do, not even to flush. */
static void leave(int status) { _exit(status); }

static void receive(void *data, size_t count) {
  uint8_t *bytes = data;
  while (count > 0) {
    ssize_t got = read(REQUESTS, bytes, count);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) leave(0);
    bytes += got;
    count -= (size_t)got;
  }
}

static void send_bytes(const void *data, size_t count) {
  const uint8_t *bytes = data;
  while (count > 0) {
    ssize_t put = write(ANSWERS, bytes, count);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) leave(0);
    bytes += put;
    count -= (size_t)put;
  }
}

static void answer(uint32_t kind, const void *data, uint32_t count) {
  uint32_t header[HEADER_WORDS] = {MAGIC, VERSION | kind << 16, sequence, count, 0};
  header[4] = crc32_of(data, count, crc32_of(header, 16, 0));
  send_bytes(header, sizeof header);
  send_bytes(data, count);
}

static void fail(const char *why) {
  answer(FAULT, why, (uint32_t)strlen(why));
  leave(1);
}

/* Returns the kind of the next frame, whose payload then lies in `payload`. */
static uint32_t receive_frame(uint32_t *words) {
  uint32_t header[HEADER_WORDS];
  receive(header, sizeof header);
  sequence = header[2];
  if (header[0] != MAGIC || (header[1] & 0xffff) != VERSION) fail("a request is no frame of version 1");
  if (header[3] > MAX_PAYLOAD || header[3] % 4 != 0) fail("a request has no length that a request can have");
  receive(payload, header[3]);
  if (crc32_of(payload, header[3], crc32_of(header, 16, 0)) != header[4]) fail("a request is damaged");
  *words = header[3] / 4;
  return header[1] >> 16;
}

static uint32_t top_mask(const port_t *port, int width) {
  uint32_t bits = (uint32_t)width - 32 * (port->words - 1);
  return bits == 32 ? 0xffffffffu : (1u << bits) - 1;
}

static void put_port(const port_t *port) {
  s_vpi_value value = {.format = vpiVectorVal};
  for (uint32_t word = 0; word < port->words; word++) {
    vector[word].aval = (PLI_INT32)block[port->offset + word];
    vector[word].bval = 0;
  }
  vector[port->words - 1].aval &= (PLI_INT32)top_mask(port, vpi_get(vpiSize, port->handle));
  value.value.vector = vector;
  vpi_put_value(port->handle, &value, NULL, vpiNoDelay);
}

/* Bits that are unknown or high impedance read as zero: the other engines have two states. */
static void get_port(const port_t *port) {
  s_vpi_value value = {.format = vpiVectorVal};
  vpi_get_value(port->handle, &value);
  for (uint32_t word = 0; word < port->words; word++)
    block[port->offset + word] = (uint32_t)(value.value.vector[word].aval & ~value.value.vector[word].bval);
}

static uint32_t get_word(vpiHandle handle) {
  s_vpi_value value = {.format = vpiIntVal};
  vpi_get_value(handle, &value);
  return (uint32_t)value.value.integer;
}

static void put_word(vpiHandle handle, uint32_t word) {
  s_vpi_value value = {.format = vpiIntVal};
  value.value.integer = (PLI_INT32)word;
  vpi_put_value(handle, &value, NULL, vpiNoDelay);
}

static vpiHandle find(const char *name) {
  char path[256];
  snprintf(path, sizeof path, BENCH ".%s", name);
  vpiHandle handle = vpi_handle_by_name(path, NULL);
  if (!handle) {
    snprintf(path, sizeof path, "the design has no port `%.200s`", name);
    fail(path);
  }
  return handle;
}

static void *need(size_t count, size_t size) {
  void *memory = calloc(count + 1, size);
  if (!memory) fail("no memory is left");
  return memory;
}

/* Takes the table of ports and answers with the simulator's name and version. */
static void learn_ports(void) {
  const uint32_t *at = payload;
  uint32_t widest = 1;
  block_words = *at++;
  port_count = *at++;
  ports = need(port_count, sizeof *ports);
  block = need(block_words, sizeof *block);
  port_of = need(block_words, sizeof *port_of);
  for (uint32_t index = 0; index < port_count; index++) {
    port_t *port = &ports[index];
    char name[128] = "";
    uint32_t length = at[3];
    port->is_output = at[0] == 1;
    port->offset = at[1];
    port->words = (at[2] + 31) / 32;
    memcpy(name, at + 4, length < sizeof name ? length : sizeof name - 1);
    port->handle = find(name);
    if ((uint32_t)vpi_get(vpiSize, port->handle) != at[2]) fail("a port of the design has another width");
    for (uint32_t word = 0; word < port->words; word++) port_of[port->offset + word] = index;
    if (port->is_output) output_words += port->words;
    if (port->words > widest) widest = port->words;
    at += 4 + (length + 3) / 4;
  }
  vector = need(widest, sizeof *vector);
  s_vpi_vlog_info info;
  char text[256];
  vpi_get_vlog_info(&info);
  snprintf(text, sizeof text, "%s %s", info.product, info.version);
  answer(HELLO, text, (uint32_t)strlen(text));
}

/* Starts the clocks of the bench: all that are left, or one where something may end the step behind each. */
static void start_clocks(void) {
  put_word(limit, step.until_count > 0 ? 1 : step.max_clocks);
  go_level = !go_level;
  put_word(go, (uint32_t)go_level);
}

/* Reads the next step of the frame: limits, conditions, changes of inputs. */
static void start_step(void) {
  const uint32_t *at = step_at;
  step.clocks = 0;
  step.max_clocks = *at++;
  step.until_count = *at++;
  step.until = at;
  at += 2 * step.until_count;
  step.zero_count = *at++;
  step.zero = at;
  at += 2 * step.zero_count;
  uint32_t changes = *at++;
  const uint32_t *change = at;
  for (uint32_t index = 0; index < changes; index++, change += 2) {
    if (change[0] >= block_words) fail("a request speaks of a word that the block has not");
    block[change[0]] = change[1];
    ports[port_of[change[0]]].is_changed = 1;
  }
  for (change = at; changes > 0; changes--, change += 2) {
    port_t *port = &ports[port_of[change[0]]];
    if (port->is_changed) put_port(port);
    port->is_changed = 0;
  }
  step_at = change;
  is_stepping = 1;
  start_clocks();
}

static int any_set(uint32_t count, const uint32_t *masks) {
  for (uint32_t index = 0; index < count; index++)
    if (block[masks[2 * index]] & masks[2 * index + 1]) return 1;
  return 0;
}

static void get_outputs(void) {
  for (uint32_t index = 0; index < port_count; index++)
    if (ports[index].is_output) get_port(&ports[index]);
}

static void answer_run(void) {
  static uint32_t *words;
  if (!words) words = need(3 + output_words, sizeof *words);
  uint32_t at = 3;
  words[0] = steps_done;
  words[1] = step.clocks;
  words[2] = all_clocks;
  for (uint32_t index = 0; index < port_count; index++) {
    if (!ports[index].is_output) continue;
    memcpy(words + at, block + ports[index].offset, 4 * ports[index].words);
    at += ports[index].words;
  }
  answer(RUN, words, 4 * at);
}

/* Waits for a request and begins with it; the simulation stands still meanwhile. */
static void next_request(void) {
  uint32_t words;
  switch (receive_frame(&words)) {
    case HELLO:
      learn_ports();
      next_request();
      return;
    case RUN:
      steps_left = payload[0];
      step_at = payload + 1;
      steps_done = 0;
      all_clocks = 0;
      start_step();
      return;
    case BYE:
      vpi_control(vpiFinish, 0);
      return;
    default:
      fail("a request is of a kind that there is not");
  }
}

/* The bench has done its clocks. */
static PLI_INT32 on_ready(p_cb_data data) {
  (void)data;
  if (!is_stepping) {
    next_request();
    return 0;
  }
  uint32_t clocks = get_word(done);
  step.clocks += clocks;
  all_clocks += clocks;
  get_outputs();
  int is_met = step.until_count == 0 || any_set(step.until_count, step.until);
  if (!is_met && step.clocks < step.max_clocks) {
    start_clocks();
    return 0;
  }
  int is_good = is_met && !any_set(step.zero_count, step.zero);
  if (is_good) steps_done++;
  if (is_good && --steps_left > 0) {
    start_step();
    return 0;
  }
  is_stepping = 0;
  answer_run();
  next_request();
  return 0;
}

static PLI_INT32 on_start(p_cb_data data) {
  (void)data;
  go = find("bench_go");
  ready = find("bench_ready");
  limit = find("bench_limit");
  done = find("bench_done");
  static s_vpi_time time = {.type = vpiSuppressTime};
  static s_vpi_value value = {.format = vpiSuppressVal};
  s_cb_data callback = {.reason = cbValueChange, .cb_rtn = on_ready, .obj = ready, .time = &time, .value = &value};
  vpi_register_cb(&callback);
  return 0;
}

static void register_module(void) {
  fill_crc_table();
  s_cb_data callback = {.reason = cbStartOfSimulation, .cb_rtn = on_start};
  vpi_register_cb(&callback);
}

void (*vlog_startup_routines[])(void) = {register_module, 0};
