"""Writes pytorch.json, the sequences that the tests compare with: python3 pytorch.py > pytorch.json (PyTorch 1.13)."""

import json
import torch

STEPS = 60
KEPT = [1, 2, 3, 5, 10, 20, 40, 60]


def rosenbrock(p):
    x, y = p
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def quadratic(p):
    x, y, z = p
    return (4 * x * x + 3 * y * y + z * z) / 2 + x * y - y * z / 2 - x + 2 * z


functions = {"rosenbrock": (rosenbrock, [-1.2, 1.0]), "quadratic": (quadratic, [1.0, -2.0, 3.0])}

# Options as chainrule names them, and the PyTorch optimiser.
cases = [
    ("SGD", {"learningRate": 1e-3}, lambda p: torch.optim.SGD(p, lr=1e-3)),
    ("SGD", {"learningRate": 5e-4, "momentum": 0.9}, lambda p: torch.optim.SGD(p, lr=5e-4, momentum=0.9)),
    (
        "SGD",
        {"learningRate": 5e-4, "momentum": 0.9, "nesterov": True},
        lambda p: torch.optim.SGD(p, lr=5e-4, momentum=0.9, nesterov=True),
    ),
    (
        "SGD",
        {"learningRate": 1e-3, "momentum": 0.8, "nesterov": True, "weightDecay": 0.1},
        lambda p: torch.optim.SGD(p, lr=1e-3, momentum=0.8, nesterov=True, weight_decay=0.1),
    ),
    (
        "RMSprop",
        {"learningRate": 1e-2, "smoothing": 0.9},
        lambda p: torch.optim.RMSprop(p, lr=1e-2, alpha=0.9),
    ),
    (
        "RMSprop",
        {"learningRate": 1e-3, "smoothing": 0.99, "epsilon": 1e-6, "momentum": 0.9, "weightDecay": 0.01},
        lambda p: torch.optim.RMSprop(p, lr=1e-3, alpha=0.99, eps=1e-6, momentum=0.9, weight_decay=0.01),
    ),
    ("Adam", {}, lambda p: torch.optim.Adam(p)),
    (
        "Adam",
        {"learningRate": 0.05, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-4, "weightDecay": 0.1},
        lambda p: torch.optim.Adam(p, lr=0.05, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.1),
    ),
    ("AdamW", {}, lambda p: torch.optim.AdamW(p)),
    (
        "AdamW",
        {"learningRate": 0.05, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-4, "weightDecay": 0.3},
        lambda p: torch.optim.AdamW(p, lr=0.05, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.3),
    ),
]


def sequence(function, start, make):
    p = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in start]
    optimizer = make(p)
    points = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        function(p).backward()
        optimizer.step()
        points.append([x.item() for x in p])
    return [points[k - 1] for k in KEPT]


def rates(make, steps=25):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.5)
    scheduler = make(optimizer)
    out = []
    for _ in range(steps):
        out.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return out


lr = torch.optim.lr_scheduler
schedules = {
    "exponentialDecay": rates(lambda o: lr.ExponentialLR(o, 0.9)),
    "stepDecay": rates(lambda o: lr.StepLR(o, 7, 0.3)),
    "cosineDecay": rates(lambda o: lr.CosineAnnealingLR(o, 24, eta_min=0.1)),
    "linearDecay": rates(lambda o: lr.LinearLR(o, 1.0, 0.2, 10)),
    "piecewise": rates(lambda o: lr.MultiStepLR(o, [4, 11], 0.5)),
    "warmup": rates(lambda o: lr.LinearLR(o, 0.2, 1.0, 4)),
}

sequences = [
    {"function": name, "method": method, "options": options, "points": sequence(function, start, make)}
    for name, (function, start) in functions.items()
    for method, options, make in cases
]
print(json.dumps({"steps": KEPT, "sequences": sequences, "schedules": schedules}, indent=1))
