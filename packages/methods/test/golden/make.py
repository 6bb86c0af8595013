"""Writes simclr.json beside this file: three steps of lightly's SimCLR, in float64, from weights and views that a formula gives.

Run with a Python that has torch 2.14.1 and lightly 1.6.0: python make.py
The formulas of `noise` and `views` are those of `noise` and `noisyViews` in @nearfar/testing. Weights are made in the layout of our trees, [k, k, in, out] and [in, out],
then transposed. The net is the small one of the peers' measurements: conv 3x3 3-32-64-128-128, strides 1, 2, 2, 2, batch-norm.
"""

import json
import os

import numpy as np
import torch
from lightly.loss import NTXentLoss
from lightly.models.modules.heads import SimCLRProjectionHead

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def noise(name, size):
    """Uniform in [-1, 1): the index, moved by a hash of the name, through the finalizer of MurmurHash3."""
    seed = 0
    for letter in name:
        seed = (seed * 31 + ord(letter)) % 2**32
    x = np.arange(size, dtype=np.uint32) + np.uint32(seed)
    x = (x ^ (x >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    x = (x ^ (x >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    x = x ^ (x >> np.uint32(16))
    return x.astype(np.float64) / 2**31 - 1


def single(x):
    """What float32 holds of it: both sides start from the same numbers."""
    return x.astype(np.float32).astype(np.float64)


def leaf(path, shape):
    u = noise(path, int(np.prod(shape))).reshape(shape)
    if len(shape) > 1:
        return single(u * np.sqrt(6 / np.prod(shape[:-1])))
    if path.endswith("running_var"):
        return single(1 + 0.5 * u)
    return single(1 + 0.2 * u if path.endswith("weight") else 0.2 * u)


TO_TORCH = {1: (0,), 2: (1, 0), 4: (3, 2, 0, 1)}
TO_OURS = {1: (0,), 2: (1, 0), 4: (2, 3, 1, 0)}


def ours(x):
    return np.ascontiguousarray(np.transpose(x.detach().numpy(), TO_OURS[x.ndim]))


def small_conv():
    layers, c = [], 3
    for o, s in ((32, 1), (64, 2), (128, 2), (128, 2)):
        layers += [torch.nn.Conv2d(c, o, 3, s, 1, bias=False), torch.nn.BatchNorm2d(o), torch.nn.ReLU()]
        c = o
    return torch.nn.Sequential(*layers, torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten())


def path_of(name):
    """0.3.weight -> encoder.conv2.weight; 1.layers.0.weight -> projector.layers.0.weight"""
    part, rest = name.split(".", 1)
    if part == "1":
        return "projector." + rest
    at, leaf_name = rest.split(".")
    return f"encoder.{'conv' if int(at) % 3 == 0 else 'bn'}{int(at) // 3 + 1}.{leaf_name}"


def views(step):
    """Two noisy views of four pictures, [8, 16, 16, 3]: the left ones, then the right ones."""
    size = 4 * 16 * 16 * 3
    picture = noise(f"pictures {step}", size)
    both = [single(picture + 0.5 * noise(f"{side} {step}", size)) for side in ("left", "right")]
    return torch.tensor(np.concatenate(both).reshape(8, 16, 16, 3).transpose(0, 3, 1, 2).copy())


net = torch.nn.Sequential(small_conv(), SimCLRProjectionHead(128, 128, 64))
state = {name: value for name, value in net.state_dict().items() if not name.endswith("num_batches_tracked")}
first = {path_of(name): leaf(path_of(name), ours(value).shape) for name, value in state.items()}
made = {name: torch.tensor(np.transpose(first[path_of(name)], TO_TORCH[value.ndim]).copy()) for name, value in state.items()}
net.load_state_dict(made, strict=False)
net.train()
criterion = NTXentLoss(temperature=0.5)
optimizer = torch.optim.SGD(net.parameters(), lr=0.06, momentum=0.9, weight_decay=5e-4)

losses = []
for step in range(3):
    # As the peers' program: both views in one pass, so that batch-norm sees all 2n.
    left, right = net(views(step)).chunk(2)
    loss = criterion(left, right)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())


def told(path, value):
    """
    A small leaf whole. Of a big one: its length, that of its way from the first weights, that way's product with noise, and its product
    with noise: of a leaf that moved by 1 % only, 1e-4 of the leaf would be 1 % of the way.
    """
    flat = value.reshape(-1)
    if flat.size <= 32:
        return {"values": flat.tolist()}
    way = flat - first[path].reshape(-1)
    direction = noise("digest:" + path, flat.size)
    lengths = [float(np.sqrt((v**2).sum())) for v in (flat, way)]
    products = [float((v * direction).sum()) for v in (flat, way)]
    return {"length": lengths[0], "product": products[0], "wayLength": lengths[1], "wayProduct": products[1]}


after = {path_of(name): ours(value) for name, value in net.state_dict().items() if not name.endswith("num_batches_tracked")}
golden = {
    "torch": torch.__version__.split("+")[0],
    "lightly": "1.6.0",
    "losses": losses,
    "after": {path: told(path, value) for path, value in after.items()},
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "simclr.json"), "w") as file:
    json.dump(golden, file, indent=1)
    file.write("\n")
