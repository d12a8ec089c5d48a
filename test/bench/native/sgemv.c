/* Products y = G^T x per second of CPU time with the OpenBLAS that argv names: library, symbol, size. */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef void (*Sgemv)(int, int, int64_t, int64_t, float, const float *, int64_t, const float *, int64_t, float, float *,
                      int64_t);

enum { ROW_MAJOR = 101, TRANSPOSED = 112 };

static double cpu_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(int count, char **words) {
  if (count != 4) return 2;
  void *library = dlopen(words[1], RTLD_NOW);
  Sgemv sgemv = library ? (Sgemv)dlsym(library, words[2]) : NULL;
  if (!sgemv) return 3;
  const int64_t n = atoll(words[3]);
  float *g = aligned_alloc(64, (size_t)(n * n) * sizeof(float));
  float *x = aligned_alloc(64, (size_t)n * sizeof(float));
  float *y = aligned_alloc(64, (size_t)n * sizeof(float));
  for (int64_t i = 0; i < n * n; i++) g[i] = (float)(i % 1021) / 1021;
  for (int64_t i = 0; i < n; i++) x[i] = (float)(i % 127) / 127;
  const int64_t products = 1 + 40000000 / (n * n);
  double best = 0;
  for (int run = 0; run < 7; run++) {
    const double begin = cpu_seconds();
    for (int64_t i = 0; i < products; i++) sgemv(ROW_MAJOR, TRANSPOSED, n, n, 1, g, n, x, 1, 0, y, 1);
    const double rate = (double)products / (cpu_seconds() - begin);
    if (rate > best) best = rate;
  }
  printf("%.6g\n", best);
  return 0;
}
