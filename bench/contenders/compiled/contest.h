// What all contenders in C share: reading the problem, and answering. For a line "n" on standard input: n steps, and
// the CPU microseconds of one step and the value; for "0": 0, the value and the gradient.
#pragma once
#include <stdio.h>
#include <time.h>

static void read_numbers(double *to, int count) {
  for (int i = 0; i < count; i++)
    if (scanf("%lf", &to[i]) != 1) return;
}

static int contest(double (*step)(void), double (*differentiate)(void), const double *gradient, int count) {
  int n;
  while (scanf("%d", &n) == 1) {
    if (n == 0) {
      printf("0 %.17g", differentiate());
      for (int i = 0; i < count; i++) printf(" %.17g", gradient[i]);
      printf("\n");
    } else {
      double value = 0;
      struct timespec from, to;
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
      for (int i = 0; i < n; i++) value = step();
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
      double micros = (to.tv_sec - from.tv_sec) * 1e6 + (to.tv_nsec - from.tv_nsec) / 1e3;
      printf("%.9f %.17g\n", micros / n, value);
    }
    fflush(stdout);
  }
  return 0;
}
