"""Writes optimizers.json beside this file: five steps of PyTorch's and lightly's optimizers, and their schedules, in float64.

Run with a Python that has torch 2.14.1 and lightly 1.6.0: python make.py
"""

import json
import math
import os

import torch
from lightly.utils.lars import LARS
from lightly.utils.scheduler import cosine_warmup_schedule

torch.set_default_dtype(torch.float64)

SHAPES = {"layer.weight": (3, 4), "layer.bias": (4,), "zero.weight": (2, 2), "still.weight": (2, 3)}
RATES = [0.1, 0.05, 0.2, 0.1, 0.01]
LARGE = [50.0, 25.0, 100.0, 50.0, 5.0]  # LARS moves a leaf by a thousandth of this


def wave(name, step, size):
    """Smooth numbers in [-1, 1] of a name, a step and an index; the gradient of still.weight is 0, and so is zero.weight at first."""
    return [math.sin(1 + sum(map(ord, name)) + 3 * step + 0.7 * i) for i in range(size)]


def first(name, shape):
    size = math.prod(shape)
    return torch.tensor([0.0] * size if name == "zero.weight" else wave(name, 0, size)).reshape(shape)


def run(make, rates=RATES):
    params = {name: torch.nn.Parameter(first(name, shape)) for name, shape in SHAPES.items()}
    optimizer = make(params)
    steps = []
    for step, rate in enumerate(rates):
        for group in optimizer.param_groups:
            group["lr"] = rate
        for name, p in params.items():
            p.grad = torch.zeros(p.shape) if name == "still.weight" else torch.tensor(wave(name, step + 1, p.numel())).reshape(p.shape)
        optimizer.step()
        steps.append({name: p.detach().reshape(-1).tolist() for name, p in params.items()})
    return {"rates": rates, "steps": steps}


def groups(params, decay):
    return [
        {"params": [p for p in params.values() if p.ndim > 1], "weight_decay": decay},
        {"params": [p for p in params.values() if p.ndim <= 1], "weight_decay": 0.0},
    ]


def every(p):
    return list(p.values())


SGD, AdamW = torch.optim.SGD, torch.optim.AdamW
cases = {
    "sgd": run(lambda p: SGD(every(p), lr=1, momentum=0.9)),
    "sgd plain": run(lambda p: SGD(every(p), lr=1)),
    "sgd decay": run(lambda p: SGD(every(p), lr=1, momentum=0.9, weight_decay=0.05)),
    "sgd decay matrices": run(lambda p: SGD(groups(p, 0.05), lr=1, momentum=0.9)),
    "sgd nesterov": run(lambda p: SGD(every(p), lr=1, momentum=0.8, weight_decay=0.05, nesterov=True)),
    "adamw": run(lambda p: AdamW(every(p), lr=1)),
    "adamw options": run(lambda p: AdamW(every(p), lr=1, betas=(0.8, 0.98), eps=1e-3, weight_decay=0.1)),
    "adamw decay matrices": run(lambda p: AdamW(groups(p, 0.1), lr=1)),
    "adagrad": run(lambda p: torch.optim.Adagrad(every(p), lr=1)),
    "adagrad options": run(lambda p: torch.optim.Adagrad(every(p), lr=1, eps=1e-2)),
    "lars": run(lambda p: LARS(groups(p, 1e-6), lr=1, momentum=0.9), LARGE),
    "lars options": run(lambda p: LARS(groups(p, 0.05), lr=1, momentum=0.8, trust_coefficient=0.02, eps=1e-3), LARGE),
    "lars decay all": run(lambda p: LARS(every(p), lr=1, momentum=0.9, weight_decay=0.05), LARGE),
    "lars plain": run(lambda p: LARS(groups(p, 0.05), lr=1), LARGE),
}


def annealing(steps, peak, end):
    p = torch.nn.Parameter(torch.zeros(1))
    optimizer = SGD([p], lr=peak)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps, eta_min=end)
    rates = []
    for _ in range(steps + 1):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


def clip(limit):
    tensors = [torch.nn.Parameter(torch.zeros(3)), torch.nn.Parameter(torch.zeros(2, 2))]
    for name, p in zip("ab", tensors):
        p.grad = torch.tensor(wave(name, 0, p.numel())).reshape(p.shape)
    norm = torch.nn.utils.clip_grad_norm_(tensors, limit)
    return {"norm": float(norm), "gradients": {name: p.grad.reshape(-1).tolist() for name, p in zip("ab", tensors)}}


def sparse():
    """SparseAdam on a table [5, 3] of which each step sees some rows."""
    table = torch.nn.Parameter(torch.tensor(wave("table", 0, 15)).reshape(5, 3))
    optimizer = torch.optim.SparseAdam([table], lr=0.1)
    steps = []
    for step, rows in enumerate([[0, 3], [3], [4, 0, 1]], 1):
        values = torch.tensor(wave("table", step, 3 * len(rows))).reshape(-1, 3)
        table.grad = torch.sparse_coo_tensor([rows], values, (5, 3))
        optimizer.step()
        steps.append({"rows": rows, "table": table.detach().reshape(-1).tolist()})
    return {"rate": 0.1, "steps": steps}


golden = {
    "shapes": SHAPES,
    "cases": cases,
    "cosine": {"steps": 12, "peak": 0.3, "end": 0.01, "rates": annealing(12, 0.3, 0.01)},
    # lightly's own cosine ends one step earlier; its warm-up is ours.
    "warmup": {"steps": 20, "peak": 0.3, "warmup": 5, "rates": [cosine_warmup_schedule(k, 20, 0.3, 0.0, 5, 0.0) for k in range(6)]},
    "sparse": sparse(),
    "clip": {str(limit): clip(limit) for limit in (0.5, 100.0)},
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "optimizers.json"), "w") as file:
    json.dump(golden, file, separators=(",", ":"))
    file.write("\n")
