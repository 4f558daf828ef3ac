// MLP 784-32-10, tanh (-DRELU: ReLU), softmax cross-entropy: the mean loss of a batch and its gradient.
#pragma once
#include "dense.h"
#include <string.h>

#ifdef RELU
#define activate relu
#define activate_back relu_back
#else
#define activate tanh_all
#define activate_back tanh_back
#endif

enum { IN = 784, HIDDEN = 32, OUT = 10 };
enum { W1 = 0, B1 = IN * HIDDEN, W2 = B1 + HIDDEN, B2 = W2 + HIDDEN * OUT, COUNT = B2 + OUT };
typedef const double *Row; // inputs, then a target for each output
static double p[COUNT], g[COUNT];

// −Σ target ln softmax(logits); leaves its gradient in d.
static double cross_entropy(const double *logits, const double *target, double *d) {
  double largest = logits[0], sum = 0, loss = 0;
  for (int k = 1; k < OUT; k++) largest = logits[k] > largest ? logits[k] : largest;
  for (int k = 0; k < OUT; k++) sum += d[k] = exp(logits[k] - largest);
  for (int k = 0; k < OUT; k++) {
    loss += target[k] * (largest + log(sum) - logits[k]);
    d[k] = d[k] / sum - target[k];
  }
  return loss;
}

static double gradient_of(const Row *rows, int count) {
  double total = 0;
  memset(g, 0, sizeof g);
  for (int e = 0; e < count; e++) {
    double a[HIDDEN], logits[OUT], dlogits[OUT], d[HIDDEN];
    const double *x = rows[e];
    dense(p + W1, p + B1, x, a, IN, HIDDEN);
    activate(a, HIDDEN);
    dense(p + W2, p + B2, a, logits, HIDDEN, OUT);
    total += cross_entropy(logits, x + IN, dlogits);
    for (int k = 0; k < OUT; k++) dlogits[k] /= count;
    dense_gradient(a, dlogits, g + W2, g + B2, HIDDEN, OUT);
    dense_back(p + W2, dlogits, d, HIDDEN, OUT);
    activate_back(a, d, HIDDEN);
    dense_gradient(x, d, g + W1, g + B1, IN, HIDDEN);
  }
  return total / count;
}
