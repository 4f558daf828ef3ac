// The moons step in C, loops over arrays: the yardstick. Reads the start and the data on standard input, then, for
// each line "n" it gets, does n steps and prints the CPU microseconds of one step and the loss.
#include <stdio.h>
#include <string.h>
#include <time.h>

#define EXAMPLES 100
#define HIDDEN 16
static const double RATE = 1e-9, DECAY = 1e-4;
static double x[EXAMPLES][2], y[EXAMPLES];
static double w1[HIDDEN][2], b1[HIDDEN], w2[HIDDEN][HIDDEN], b2[HIDDEN], w3[HIDDEN], b3[1];
static double g1[HIDDEN][2], h1[HIDDEN], g2[HIDDEN][HIDDEN], h2[HIDDEN], g3[HIDDEN], h3[1];

static double update(double *p, double *g, int n) {
  double squares = 0;
  for (int i = 0; i < n; i++) {
    squares += p[i] * p[i];
    p[i] -= RATE * (g[i] + 2 * DECAY * p[i]);
    g[i] = 0;
  }
  return squares;
}

static double step(void) {
  double total = 0;
  for (int e = 0; e < EXAMPLES; e++) {
    double a1[HIDDEN], a2[HIDDEN], d1[HIDDEN], d2[HIDDEN], out = b3[0];
    for (int o = 0; o < HIDDEN; o++) {
      double s = b1[o] + w1[o][0] * x[e][0] + w1[o][1] * x[e][1];
      a1[o] = s > 0 ? s : 0;
    }
    for (int o = 0; o < HIDDEN; o++) {
      double s = b2[o];
      for (int i = 0; i < HIDDEN; i++) s += w2[o][i] * a1[i];
      a2[o] = s > 0 ? s : 0;
    }
    for (int i = 0; i < HIDDEN; i++) out += w3[i] * a2[i];
    double margin = 1 - y[e] * out;
    if (margin <= 0) continue;
    total += margin;
    double d = -y[e] / EXAMPLES;
    h3[0] += d;
    for (int i = 0; i < HIDDEN; i++) {
      g3[i] += d * a2[i];
      d2[i] = a2[i] > 0 ? d * w3[i] : 0;
    }
    memset(d1, 0, sizeof d1);
    for (int o = 0; o < HIDDEN; o++) {
      h2[o] += d2[o];
      for (int i = 0; i < HIDDEN; i++) {
        g2[o][i] += d2[o] * a1[i];
        d1[i] += d2[o] * w2[o][i];
      }
    }
    for (int o = 0; o < HIDDEN; o++) {
      double delta = a1[o] > 0 ? d1[o] : 0;
      h1[o] += delta;
      g1[o][0] += delta * x[e][0];
      g1[o][1] += delta * x[e][1];
    }
  }
  double squares = update(&w1[0][0], &g1[0][0], HIDDEN * 2) + update(b1, h1, HIDDEN) +
                   update(&w2[0][0], &g2[0][0], HIDDEN * HIDDEN) + update(b2, h2, HIDDEN) + update(w3, g3, HIDDEN) +
                   update(b3, h3, 1);
  return total / EXAMPLES + DECAY * squares;
}

static void neurons(double *w, double *b, int outputs, int inputs) {
  for (int o = 0; o < outputs; o++) {
    for (int i = 0; i < inputs; i++) scanf("%lf", &w[o * inputs + i]);
    scanf("%lf", &b[o]);
  }
}

int main(void) {
  neurons(&w1[0][0], b1, HIDDEN, 2);
  neurons(&w2[0][0], b2, HIDDEN, HIDDEN);
  neurons(w3, b3, 1, HIDDEN);
  for (int e = 0; e < EXAMPLES; e++) scanf("%lf %lf %lf", &x[e][0], &x[e][1], &y[e]);
  int n;
  while (scanf("%d", &n) == 1) {
    double loss = 0;
    struct timespec from, to;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    for (int i = 0; i < n; i++) loss = step();
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    double micros = (to.tv_sec - from.tv_sec) * 1e6 + (to.tv_nsec - from.tv_nsec) / 1e3;
    printf("%.6f %.17g\n", micros / n, loss);
    fflush(stdout);
  }
  return 0;
}
