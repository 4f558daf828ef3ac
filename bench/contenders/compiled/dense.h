// A layer of neurons, y = Wx + b, forward and backward. Sizes are constants where these are inlined.
#pragma once
#include <math.h>

static inline void dense(const double *restrict w, const double *restrict b, const double *restrict x,
                         double *restrict y, int inputs, int outputs) {
  for (int o = 0; o < outputs; o++) {
    double sum = b[o];
    for (int i = 0; i < inputs; i++) sum += w[o * inputs + i] * x[i];
    y[o] = sum;
  }
}

// Adds ∂/∂W and ∂/∂b.
static inline void dense_gradient(const double *restrict x, const double *restrict dy, double *restrict gw,
                                  double *restrict gb, int inputs, int outputs) {
  for (int o = 0; o < outputs; o++) {
    gb[o] += dy[o];
    for (int i = 0; i < inputs; i++) gw[o * inputs + i] += dy[o] * x[i];
  }
}

// dx = Wᵀ dy
static inline void dense_back(const double *restrict w, const double *restrict dy, double *restrict dx, int inputs,
                              int outputs) {
  for (int i = 0; i < inputs; i++) dx[i] = 0;
  for (int o = 0; o < outputs; o++)
    for (int i = 0; i < inputs; i++) dx[i] += dy[o] * w[o * inputs + i];
}

static inline void relu(double *x, int n) {
  for (int i = 0; i < n; i++) x[i] = x[i] > 0 ? x[i] : 0;
}

static inline void relu_back(const double *restrict y, double *restrict d, int n) {
  for (int i = 0; i < n; i++) d[i] = y[i] > 0 ? d[i] : 0;
}

static inline void tanh_all(double *x, int n) {
  for (int i = 0; i < n; i++) x[i] = tanh(x[i]);
}

static inline void tanh_back(const double *restrict y, double *restrict d, int n) {
  for (int i = 0; i < n; i++) d[i] *= 1 - y[i] * y[i];
}
