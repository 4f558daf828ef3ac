// The irregular graph, as problems/graph.ts writes it.
#pragma once
#include <stdio.h>

enum { INPUTS = 100, NODES = 100000, ADD = 0, MUL = 1, SIN = 2, TANH = 3 };

typedef struct {
  double inputs[INPUTS];
  unsigned char ops[NODES];
  int first[NODES], second[NODES], ends[NODES], end_count;
} Graph;

static int read_int(void) {
  int n = 0;
  return scanf("%d", &n) == 1 ? n : 0;
}

static void read_graph(Graph *graph) {
  for (int i = 0; i < INPUTS; i++)
    if (scanf("%lf", &graph->inputs[i]) != 1) return;
  for (int i = INPUTS; i < NODES; i++) {
    graph->ops[i] = read_int();
    graph->first[i] = read_int();
    graph->second[i] = read_int();
  }
  graph->end_count = read_int();
  for (int e = 0; e < graph->end_count; e++) graph->ends[e] = read_int();
}
