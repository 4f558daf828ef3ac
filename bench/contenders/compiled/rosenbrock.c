// Rosenbrock's function of 100 variables, Σ 100(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²: gradient; with -DHESSIAN, Hessian.
#include "contest.h"
#include <string.h>

enum { N = 100 };
static double x[N];

#ifdef HESSIAN
enum { COUNT = N * N };
static double result[N][N];

static double differentiate(void) {
  memset(result, 0, sizeof result);
  for (int i = 0; i < N - 1; i++) {
    result[i][i] += 1200 * x[i] * x[i] - 400 * x[i + 1] + 2;
    result[i][i + 1] = result[i + 1][i] = -400 * x[i];
    result[i + 1][i + 1] = 200;
  }
  return result[0][0];
}
#else
enum { COUNT = N };
static double result[N];

static double differentiate(void) {
  double sum = 0;
  result[0] = 0;
  for (int i = 0; i < N - 1; i++) {
    double a = x[i + 1] - x[i] * x[i], b = 1 - x[i];
    sum += 100 * a * a + b * b;
    result[i] += -400 * a * x[i] - 2 * b;
    result[i + 1] = 200 * a;
  }
  return sum;
}
#endif

int main(void) {
  read_numbers(x, N);
  return contest(differentiate, differentiate, (const double *)result, COUNT);
}
