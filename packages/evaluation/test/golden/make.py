"""Makes evaluation.json: k-NN by lightly, a linear probe by PyTorch, collapse by lightly and NumPy. Needs lightly 1.6.0, torch 2.14.1, numpy.

Run: python make.py (beside its output).
"""

import json
import os

import numpy as np
import torch
from lightly.utils.benchmarking.knn import knn_predict
from lightly.utils.debug import std_of_l2_normalized

HERE = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(0)


def rounded(x):
    """float32 values that decimal text carries exactly enough: the features that both sides read."""
    return np.round(np.asarray(x, np.float64), 4)


def normalized(x):
    return torch.nn.functional.normalize(torch.tensor(x), dim=1)


def clusters(rows, dimensions, classes, noise):
    centres = np.random.default_rng(7).normal(size=(classes, dimensions))
    labels = rng.integers(0, classes, rows)
    return rounded(centres[labels] + noise * rng.normal(size=(rows, dimensions))), labels


def knn():
    """Overlapping clusters, so that predictions differ between settings; double precision, so that no rank is decided by rounding."""
    train, train_labels = clusters(90, 6, 5, 1.3)
    test, test_labels = clusters(40, 6, 5, 1.3)
    cases = []
    for k, temperature in ((1, 0.1), (20, 0.1), (20, 0.07), (60, 0.5), (90, 0.02)):
        predicted = knn_predict(
            normalized(test), normalized(train).T.contiguous(), torch.tensor(train_labels), 5, k, temperature
        )[:, 0]
        cases.append({"k": k, "temperature": temperature, "accuracy": float((predicted.numpy() == test_labels).mean())})
    return {
        "train": train.tolist(),
        "trainLabels": train_labels.tolist(),
        "test": test.tolist(),
        "testLabels": test_labels.tolist(),
        "cases": cases,
    }


def linear_probe(ftr, ytr, fte, yte, classes, epochs, bs, lr, standardize, seed):
    """The usual loop: torch.nn.Linear, SGD with momentum 0.9, cosine per epoch to 0."""
    g = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    mean, std = (ftr.mean(0), ftr.std(0) + 1e-6) if standardize else (0, 1)
    a, b = (ftr - mean) / std, (fte - mean) / std
    layer = torch.nn.Linear(a.shape[1], classes)
    optimizer = torch.optim.SGD(layer.parameters(), lr=lr, momentum=0.9)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)
    for _ in range(epochs):
        p = torch.randperm(len(a), generator=g)
        for i in range(0, len(a), bs):
            j = p[i : i + bs]
            loss = torch.nn.functional.cross_entropy(layer(a[j]), ytr[j])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        schedule.step()
    with torch.no_grad():
        return float((layer(b).argmax(1) == yte).float().mean())


def probe():
    """One feature has a scale of its own, so that standardising matters. Ten seeds give the spread."""
    scale = np.array([1, 1, 1, 1, 1, 1, 1, 0.02])
    train, train_labels = clusters(400, 8, 4, 1.4)
    test, test_labels = clusters(200, 8, 4, 1.4)
    train, test = rounded(train * scale), rounded(test * scale)
    tensors = [torch.tensor(x, dtype=torch.float32) for x in (train, test)]
    labels = [torch.tensor(x) for x in (train_labels, test_labels)]
    run = lambda **o: [
        linear_probe(tensors[0], labels[0], tensors[1], labels[1], 4, seed=s, **o) for s in range(10)
    ]
    return {
        "train": train.tolist(),
        "trainLabels": train_labels.tolist(),
        "test": test.tolist(),
        "testLabels": test_labels.tolist(),
        "standardized": run(epochs=30, bs=64, lr=0.1, standardize=True),
        "imagenet": run(epochs=90, bs=256, lr=0.1, standardize=False),
    }


def effective_rank(z):
    p = np.linalg.eigvalsh(np.cov(normalized(z).numpy().T))
    p = p[p > 1e-15] / p[p > 1e-15].sum()
    return float(np.exp(-(p * np.log(p)).sum()))


def collapse():
    cases = []
    for n, d in ((50, 7), (9, 12), (30, 20)):
        z = rounded((rng.normal(size=(n, d)) + 0.5) * rng.uniform(0.05, 2, d))
        deviation = float(std_of_l2_normalized(torch.tensor(z)))
        cases.append({"z": z.tolist(), "deviation": deviation, "effectiveRank": effective_rank(z)})
    return cases


def eigenvalues():
    cases = []
    for n in (1, 2, 3, 8, 17):
        m = rounded(rng.normal(size=(n, n)))
        m = (m + m.T) / 2
        cases.append({"matrix": m.tolist(), "values": np.linalg.eigvalsh(m)[::-1].tolist()})
    return cases


if __name__ == "__main__":
    made = {"knn": knn(), "probe": probe(), "collapse": collapse(), "eigenvalues": eigenvalues()}
    with open(os.path.join(HERE, "evaluation.json"), "w") as f:
        json.dump(made, f, separators=(",", ":"))
        f.write("\n")
