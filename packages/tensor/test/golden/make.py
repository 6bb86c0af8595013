"""Writes operations.json beside this file: PyTorch's values and gradients in float64.

Run with a Python that has torch 2.14.1: python make.py
Layouts are ours: pictures [n, h, w, c], filters [k, k, in, out]. Every gradient is that of sum(y * cotangent).
"""

import json
import os

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)


def given(*shape, scale=1.0):
    """Random, and exactly a float32."""
    return (torch.randn(*shape) * scale).float().double().requires_grad_()


def flat(x):
    values = x.detach().contiguous().reshape(-1).tolist()
    return {"shape": list(x.shape), "values": [float(f"{v:.9g}") for v in values]}  # a float32 needs no more digits


def case(y, **inputs):
    cotangent = given(*y.shape).detach()
    wanted = [x for x in inputs.values() if x.requires_grad]
    grads = iter(torch.autograd.grad((y * cotangent).sum(), wanted))
    return {
        "inputs": {name: flat(x) for name, x in inputs.items()},
        "cotangent": flat(cotangent),
        "output": flat(y),
        "gradients": {name: flat(next(grads)) for name, x in inputs.items() if x.requires_grad},
    }


def pictures(x):
    return x.permute(0, 3, 1, 2)


def back(x):
    return x.permute(0, 2, 3, 1)


def elementwise(f):
    x = given(5, 7)
    return case(f(x), x=x)


def layer_norm():
    x, weight, bias = given(2, 3, 6), given(6), given(6)
    return case(F.layer_norm(x, (6,), weight, bias), x=x, weight=weight, bias=bias)


def batch_norm(shape, training, learned=True):
    x, weight, bias = given(*shape, scale=2.0), given(shape[-1]), given(shape[-1])
    mean, variance = given(shape[-1]).detach(), given(shape[-1]).detach().abs() + 0.5
    variance = variance.float().double()
    after = [mean.clone(), variance.clone()]
    affine = (weight, bias) if learned else (None, None)
    x4 = pictures(x) if len(shape) == 4 else x
    y = F.batch_norm(x4, after[0], after[1], *affine, training=training)
    y = back(y) if len(shape) == 4 else y
    names = {"x": x, "weight": weight, "bias": bias} if learned else {"x": x}
    made = case(y, **names, running_mean=mean, running_var=variance)
    return {**made, "after": {"running_mean": flat(after[0]), "running_var": flat(after[1])}}


def conv(height, width, kernel, stride):
    x, filters = given(2, height, width, 2), given(kernel, kernel, 2, 3)
    y = back(F.conv2d(pictures(x), filters.permute(3, 2, 0, 1), stride=stride, padding=kernel // 2))
    return case(y, x=x, filter=filters)


def cross_entropy(labels):
    x = given(4, 5, scale=3.0)
    return {**case(F.cross_entropy(x, labels, reduction="none"), x=x), "labels": flat(labels)}


def unit_rows():
    x = given(4, 5)
    return case(F.normalize(x), x=x)


cases = {
    "relu": elementwise(F.relu),
    "gelu": elementwise(F.gelu),
    "layerNorm": layer_norm(),
    "normalize": unit_rows(),
    "batchNorm [n, d], training": batch_norm((6, 4), True),
    "batchNorm [n, d], evaluation": batch_norm((6, 4), False),
    "batchNorm [n, d], nothing learned, training": batch_norm((6, 4), True, learned=False),
    "batchNorm [n, d], nothing learned, evaluation": batch_norm((6, 4), False, learned=False),
    "batchNorm [n, h, w, d], training": batch_norm((3, 4, 5, 2), True),
    "batchNorm [n, h, w, d], evaluation": batch_norm((3, 4, 5, 2), False),
    "softmaxCrossEntropy, columns": cross_entropy(torch.tensor([0, 4, 2, 2])),
    "softmaxCrossEntropy, distributions": cross_entropy(torch.softmax(given(4, 5).detach(), 1).float().double()),
}
for height, width, kernel, stride in ((8, 8, 3, 1), (8, 8, 3, 2), (7, 9, 3, 2), (8, 6, 1, 2), (7, 7, 1, 1), (9, 8, 7, 2), (6, 5, 5, 3)):
    cases[f"conv2d {height}x{width}, kernel {kernel}, stride {stride}"] = conv(height, width, kernel, stride)
cases["geluTanh"] = elementwise(lambda x: F.gelu(x, approximate="tanh"))
cases["quickGelu"] = elementwise(lambda x: x * torch.sigmoid(1.702 * x))


with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "operations.json"), "w") as file:
    json.dump(cases, file, separators=(",", ":"))
    file.write("\n")
