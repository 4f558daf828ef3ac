// MLP 16-64-32-1, ReLU, mean squared error, gradient.
#include "contest.h"
#include "dense.h"
#include <string.h>

enum { ROWS = 100, IN = 16, H1 = 64, H2 = 32 };
enum { W1 = 0, B1 = IN * H1, W2 = B1 + H1, B2 = W2 + H1 * H2, W3 = B2 + H2, B3 = W3 + H2, COUNT = B3 + 1 };
static double p[COUNT], g[COUNT], rows[ROWS][IN + 1];

static double differentiate(void) {
  double total = 0;
  memset(g, 0, sizeof g);
  for (int e = 0; e < ROWS; e++) {
    double a1[H1], a2[H2], out, d1[H1], d2[H2];
    const double *x = rows[e], y = rows[e][IN];
    dense(p + W1, p + B1, x, a1, IN, H1);
    relu(a1, H1);
    dense(p + W2, p + B2, a1, a2, H1, H2);
    relu(a2, H2);
    dense(p + W3, p + B3, a2, &out, H2, 1);
    total += (out - y) * (out - y);
    double d = 2 * (out - y) / ROWS;
    dense_gradient(a2, &d, g + W3, g + B3, H2, 1);
    dense_back(p + W3, &d, d2, H2, 1);
    relu_back(a2, d2, H2);
    dense_gradient(a1, d2, g + W2, g + B2, H1, H2);
    dense_back(p + W2, d2, d1, H1, H2);
    relu_back(a1, d1, H1);
    dense_gradient(x, d1, g + W1, g + B1, IN, H1);
  }
  return total / ROWS;
}

int main(void) {
  read_numbers(p, COUNT);
  read_numbers(&rows[0][0], ROWS * (IN + 1));
  return contest(differentiate, differentiate, g, COUNT);
}
