// The gradient of Σ x² over 1,000 numbers.
#include "contest.h"

enum { N = 1000 };
static double x[N], g[N];

static double differentiate(void) {
  double sum = 0;
  for (int i = 0; i < N; i++) {
    sum += x[i] * x[i];
    g[i] = 2 * x[i];
  }
  return sum;
}

int main(void) {
  read_numbers(x, N);
  return contest(differentiate, differentiate, g, N);
}
