// The gradient of xy + sin x, one call at a time.
#include "contest.h"
#include <math.h>

static double x[2], g[2];

__attribute__((noinline)) static double differentiate(void) {
  g[0] = x[1] + cos(x[0]);
  g[1] = x[0];
  return x[0] * x[1] + sin(x[0]);
}

static double step(void) {
  x[0] += 1e-12;
  return differentiate();
}

int main(void) {
  read_numbers(x, 2);
  return contest(step, differentiate, g, 2);
}
