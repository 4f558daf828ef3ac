// An epoch of training a network for digits, with ReLU: shuffled batches, gradient descent with momentum.
#define RELU
#include "../compiled/contest.h"
#include "../compiled/digits.h"

enum { EXAMPLES = 8000, BATCH = 64 };
static const double RATE = 0.1, MOMENTUM = 0.9, DECAY = 1e-3;
static double rows[EXAMPLES][IN + OUT], velocity[COUNT];
static Row order[EXAMPLES];
static unsigned long long state = 1;

// Knuth's generator of random numbers (MMIX).
static int random_below(int n) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (int)((state >> 33) % (unsigned)n);
}

static double epoch(void) {
  double total = 0;
  for (int i = EXAMPLES - 1; i > 0; i--) {
    int j = random_below(i + 1);
    Row row = order[i];
    order[i] = order[j];
    order[j] = row;
  }
  for (int from = 0; from < EXAMPLES; from += BATCH) {
    int count = EXAMPLES - from < BATCH ? EXAMPLES - from : BATCH;
    total += gradient_of(order + from, count) * count;
    for (int k = 0; k < COUNT; k++) {
      velocity[k] = MOMENTUM * velocity[k] + g[k] + DECAY * p[k];
      p[k] -= RATE * velocity[k];
    }
  }
  return total / EXAMPLES;
}

int main(void) {
  read_numbers(p, COUNT);
  read_numbers(&rows[0][0], EXAMPLES * (IN + OUT));
  for (int e = 0; e < EXAMPLES; e++) order[e] = rows[e];
  return contest(epoch, epoch, p, COUNT);
}
