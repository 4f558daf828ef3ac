// The irregular graph over arrays, recorded once by hand: forward in order, backward in reverse.
#include "contest.h"
#include "graph.h"
#include <math.h>

static Graph graph;
static double values[NODES], adjoints[NODES], gradient[INPUTS];

static double differentiate(void) {
  double sum = 0;
  for (int i = 0; i < INPUTS; i++) values[i] = graph.inputs[i];
  for (int i = INPUTS; i < NODES; i++) {
    double a = values[graph.first[i]], b = values[graph.second[i]];
    switch (graph.ops[i]) {
    case ADD: values[i] = a + b; break;
    case MUL: values[i] = a * b; break;
    case SIN: values[i] = sin(a); break;
    default: values[i] = tanh(a);
    }
  }
  for (int i = 0; i < NODES; i++) adjoints[i] = 0;
  for (int e = 0; e < graph.end_count; e++) {
    sum += values[graph.ends[e]];
    adjoints[graph.ends[e]] = 1;
  }
  for (int i = NODES - 1; i >= INPUTS; i--) {
    int first = graph.first[i], second = graph.second[i];
    double d = adjoints[i];
    switch (graph.ops[i]) {
    case ADD: adjoints[first] += d; adjoints[second] += d; break;
    case MUL: adjoints[first] += d * values[second]; adjoints[second] += d * values[first]; break;
    case SIN: adjoints[first] += d * cos(values[first]); break;
    default: adjoints[first] += d * (1 - values[i] * values[i]);
    }
  }
  for (int i = 0; i < INPUTS; i++) gradient[i] = adjoints[i];
  return sum;
}

int main(void) {
  read_graph(&graph);
  return contest(differentiate, differentiate, gradient, INPUTS);
}
