// The irregular graph on a tape with operator overloading, as C++ libraries for automatic differentiation work: every
// step records the tape again and sweeps it. One entry holds two operands and two partials.
#include "contest.h"
#include "graph.h"
#include <cmath>
#include <vector>

namespace {

struct Entry {
  int a, b;
  double da, db;
};

std::vector<Entry> tape;
std::vector<double> adjoints;

struct Real {
  double value;
  int index;
};

inline Real record(double value, int a, double da, int b, double db) {
  tape.push_back({a, b, da, db});
  return {value, static_cast<int>(tape.size()) - 1};
}

inline Real input(double value) { return record(value, 0, 0, 0, 0); }
inline Real operator+(Real x, Real y) { return record(x.value + y.value, x.index, 1, y.index, 1); }
inline Real operator*(Real x, Real y) { return record(x.value * y.value, x.index, y.value, y.index, x.value); }
inline Real sin(Real x) { return record(std::sin(x.value), x.index, std::cos(x.value), 0, 0); }
inline Real tanh(Real x) {
  double y = std::tanh(x.value);
  return record(y, x.index, 1 - y * y, 0, 0);
}

void sweep(Real result) {
  adjoints.assign(tape.size(), 0);
  adjoints[result.index] = 1;
  for (int i = result.index; i >= 0; i--) {
    const Entry &entry = tape[i];
    double adjoint = adjoints[i];
    adjoints[entry.a] += adjoint * entry.da;
    adjoints[entry.b] += adjoint * entry.db;
  }
}

Graph graph;
double gradient[INPUTS];
std::vector<Real> nodes(NODES);

double differentiate() {
  tape.clear();
  for (int i = 0; i < INPUTS; i++) nodes[i] = input(graph.inputs[i]);
  for (int i = INPUTS; i < NODES; i++) {
    Real a = nodes[graph.first[i]], b = nodes[graph.second[i]];
    switch (graph.ops[i]) {
    case ADD: nodes[i] = a + b; break;
    case MUL: nodes[i] = a * b; break;
    case SIN: nodes[i] = sin(a); break;
    default: nodes[i] = tanh(a);
    }
  }
  Real sum = nodes[graph.ends[0]];
  for (int e = 1; e < graph.end_count; e++) sum = sum + nodes[graph.ends[e]];
  sweep(sum);
  for (int i = 0; i < INPUTS; i++) gradient[i] = adjoints[i];
  return sum.value;
}

} // namespace

int main() {
  read_graph(&graph);
  return contest(differentiate, differentiate, gradient, INPUTS);
}
