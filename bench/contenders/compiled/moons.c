// The moons step, MLP 2-16-16-1, with one update by gradient descent. -DTANH for hidden tanh instead of ReLU.
#include "contest.h"
#include "dense.h"
#include <string.h>

#ifdef TANH
#define activate tanh_all
#define activate_back tanh_back
#else
#define activate relu
#define activate_back relu_back
#endif

enum { ROWS = 100, IN = 2, HIDDEN = 16, COUNT = IN * HIDDEN + HIDDEN + HIDDEN * HIDDEN + HIDDEN + HIDDEN + 1 };
static const double RATE = 1e-9, DECAY = 1e-4;
static double p[COUNT], g[COUNT], rows[ROWS][IN + 1];
enum { W1 = 0, B1 = IN * HIDDEN, W2 = B1 + HIDDEN, B2 = W2 + HIDDEN * HIDDEN, W3 = B2 + HIDDEN, B3 = W3 + HIDDEN };

static double differentiate(void) {
  double total = 0, squares = 0;
  memset(g, 0, sizeof g);
  for (int e = 0; e < ROWS; e++) {
    double a1[HIDDEN], a2[HIDDEN], out, d1[HIDDEN], d2[HIDDEN];
    const double *x = rows[e], y = rows[e][IN];
    dense(p + W1, p + B1, x, a1, IN, HIDDEN);
    activate(a1, HIDDEN);
    dense(p + W2, p + B2, a1, a2, HIDDEN, HIDDEN);
    activate(a2, HIDDEN);
    dense(p + W3, p + B3, a2, &out, HIDDEN, 1);
    double margin = 1 - y * out;
    if (margin <= 0) continue;
    total += margin;
    double d = -y / ROWS;
    dense_gradient(a2, &d, g + W3, g + B3, HIDDEN, 1);
    dense_back(p + W3, &d, d2, HIDDEN, 1);
    activate_back(a2, d2, HIDDEN);
    dense_gradient(a1, d2, g + W2, g + B2, HIDDEN, HIDDEN);
    dense_back(p + W2, d2, d1, HIDDEN, HIDDEN);
    activate_back(a1, d1, HIDDEN);
    dense_gradient(x, d1, g + W1, g + B1, IN, HIDDEN);
  }
  for (int i = 0; i < COUNT; i++) {
    squares += p[i] * p[i];
    g[i] += 2 * DECAY * p[i];
  }
  return total / ROWS + DECAY * squares;
}

static double step(void) {
  double loss = differentiate();
  for (int i = 0; i < COUNT; i++) p[i] -= RATE * g[i];
  return loss;
}

int main(void) {
  read_numbers(p, COUNT);
  read_numbers(&rows[0][0], ROWS * (IN + 1));
  return contest(step, differentiate, g, COUNT);
}
