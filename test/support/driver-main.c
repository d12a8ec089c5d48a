/* The host of a test: the emitted driver runs every data set on a controller behind standard input and output.
 * `@top@` and `@TOP@` stand for the name of the controller. A line out is a request, a line in its answer:
 * `r ADDRESS` -> `VALUE REFUSED`, `w ADDRESS VALUE` -> `REFUSED`, `i` (sleep until the interrupt) -> `0`;
 * other lines tell results and take no answer. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ionloom_@top@.h"

static unsigned long answer(unsigned long *refused) {
  char line[64];
  fflush(stdout);
  if (fgets(line, sizeof line, stdin) == NULL) exit(3);
  char *rest = NULL;
  unsigned long value = strtoul(line, &rest, 10);
  *refused = strtoul(rest, NULL, 10);
  return value;
}

static bool bus_read(void *context, uint32_t address, uint32_t *value) {
  unsigned long refused;
  ++*(unsigned *)context;
  printf("r %lu\n", (unsigned long)address);
  *value = (uint32_t)answer(&refused);
  return refused == 0;
}

static bool bus_write(void *context, uint32_t address, uint32_t value) {
  unsigned long unused;
  ++*(unsigned *)context;
  printf("w %lu %lu\n", (unsigned long)address, (unsigned long)value);
  return answer(&unused) == 0;
}

static void demand(const char *what, @top@_outcome found, @top@_outcome expected) {
  if (found == expected) return;
  printf("bad %s %d\n", what, (int)found);
  fflush(stdout);
  exit(1);
}

static void tell_results(const @top@_bus *bus, const @top@_data_set *data) {
  uint32_t pulses, code;
  bus->read(bus->context, @TOP@_PULSES_OFFSET, &pulses);
  printf("pulses %lu\n", (unsigned long)pulses);
  for (uint32_t step = 0; step < data->steps; step++) {
    for (uint32_t converter = 0; converter < @TOP@_RESULT_LANES; converter++) {
      demand("result", @top@_read_result(bus, step, converter, &code), @TOP@_DRIVER_OK);
      printf("code %lu\n", (unsigned long)code);
    }
  }
}

static void run(const @top@_bus *bus, const @top@_data_set *data, bool sleeps) {
  uint32_t raised = 0;
  unsigned long unused;
  demand("load", @top@_load(bus, data), @TOP@_DRIVER_OK);
  demand("arm", @top@_arm(bus), @TOP@_DRIVER_OK);
  demand("enable", @top@_enable_interrupts(bus, sleeps ? @TOP@_INTR_STATE_DONE_MASK : 0), @TOP@_DRIVER_OK);
  demand("start", @top@_start(bus, data), @TOP@_DRIVER_OK);
  demand("load while it runs", @top@_set(bus, @TOP@_LIMIT_OFFSET, 0), @TOP@_DRIVER_REFUSED);
  if (sleeps) {
    printf("i\n");
    answer(&unused);
    demand("take", @top@_take_interrupts(bus, &raised), @TOP@_DRIVER_OK);
    if (!(raised & @TOP@_INTR_STATE_DONE_MASK)) demand("interrupt", @TOP@_DRIVER_RUNNING, @TOP@_DRIVER_OK);
    demand("poll", @top@_poll(bus), @TOP@_DRIVER_OK);
  } else {
    demand("one poll", @top@_wait(bus, 1), @TOP@_DRIVER_RUNNING);
    demand("wait", @top@_wait(bus, 1000000), @TOP@_DRIVER_OK);
  }
  tell_results(bus, data);
}

int main(int count, char **words) {
  unsigned accesses = 0;
  const @top@_bus bus = {bus_read, bus_write, &accesses};
  const char *task = count > 1 ? words[1] : "";
  if (strcmp(task, "other") == 0) {
    demand("open", @top@_open(&bus), @TOP@_DRIVER_OTHER);
    return 0;
  }
  if (strcmp(task, "absent") == 0) {
    demand("open", @top@_open(&bus), @TOP@_DRIVER_ABSENT);
    return 0;
  }
  demand("open", @top@_open(&bus), @TOP@_DRIVER_OK);
  if (strcmp(task, "stopped") == 0) {
    demand("arm", @top@_arm(&bus), @TOP@_DRIVER_NOT_ARMED);
    return 0;
  }
  if (strcmp(task, "fault") == 0) {
    @top@_fault fault;
    demand("load", @top@_load(&bus, &@top@_data_sets[0]), @TOP@_DRIVER_OK);
    demand("arm", @top@_arm(&bus), @TOP@_DRIVER_OK);
    demand("start", @top@_start(&bus, &@top@_data_sets[0]), @TOP@_DRIVER_OK);
    demand("wait", @top@_wait(&bus, 1000000), @TOP@_DRIVER_FAULT);
    demand("fault", @top@_read_fault(&bus, &fault), @TOP@_DRIVER_OK);
    printf("fault %lu %s\n", (unsigned long)fault.code, @top@_fault_text(fault.code));
    return 0;
  }
  if (strcmp(task, "abort") == 0) {
    demand("load", @top@_load(&bus, &@top@_data_sets[0]), @TOP@_DRIVER_OK);
    demand("arm", @top@_arm(&bus), @TOP@_DRIVER_OK);
    demand("start", @top@_start(&bus, &@top@_data_sets[0]), @TOP@_DRIVER_OK);
    demand("stop", @top@_stop(&bus), @TOP@_DRIVER_OK);
    demand("wait", @top@_wait(&bus, 10), @TOP@_DRIVER_OK);
    return 0;
  }
  for (unsigned set = 0; set < @TOP@_DATA_SETS; set++) run(&bus, &@top@_data_sets[set], set % 2 == 1);
  return 0;
}
