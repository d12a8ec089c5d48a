/* Memory limits: bytes per second of CPU time that one thread moves, for a working set of argv[1] bytes.
 * Prints the rate of a triad a = b + s c and the rate of reading alone. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double cpu_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void triad(float *restrict a, const float *restrict b, const float *restrict c, float s, size_t n) {
  for (size_t i = 0; i < n; i++) a[i] = b[i] + s * c[i];
}

/* Without order of summation: the compiler may use as many accumulators as the machine has. */
__attribute__((optimize("fast-math"))) static float sum(const float *a, size_t n) {
  float total = 0;
  for (size_t i = 0; i < n; i++) total += a[i];
  return total;
}

int main(int count, char **words) {
  if (count != 2) return 2;
  const size_t n = (size_t)atoll(words[1]) / (3 * sizeof(float)) / 16 * 16;
  float *all = aligned_alloc(64, 3 * n * sizeof(float));
  for (size_t i = 0; i < 3 * n; i++) all[i] = (float)(i % 7);
  const size_t passes = 1 + 100000000 / (3 * n);
  double best_triad = 0, best_read = 0;
  volatile float sink = 0;
  for (int run = 0; run < 7; run++) {
    double begin = cpu_seconds();
    for (size_t pass = 0; pass < passes; pass++) triad(all, all + n, all + 2 * n, (float)pass, n);
    const double bytes = 3.0 * sizeof(float) * (double)n * (double)passes;
    const double moved = bytes / (cpu_seconds() - begin);
    begin = cpu_seconds();
    for (size_t pass = 0; pass < passes; pass++) {
      sink = sink + sum(all, 3 * n);
      all[pass % n] += 1;
    }
    const double read = bytes / (cpu_seconds() - begin);
    if (moved > best_triad) best_triad = moved;
    if (read > best_read) best_read = read;
  }
  printf("%.6g %.6g\n", best_triad, best_read);
  return 0;
}
