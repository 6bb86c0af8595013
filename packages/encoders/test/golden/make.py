"""Writes encoders.json beside this file: what PyTorch, torchvision and lightly compute, in float64, for weights that a formula gives.

Run with a Python that has torch 2.14.1, torchvision 0.29.1, lightly 1.6.0: python make.py
The formula (`noise` of given.py) is that of @nearfar/testing; `leaf` is repeated in ../noisy.ts. Weights are made in the layout of our trees, [k, k, in, out] and [in, out], then transposed.
"""

import json
import os

import numpy as np
import torch
import torchvision
from lightly.models.modules.heads import ProjectionHead, SimCLRProjectionHead

from given import digest, noise

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def leaf(path, shape, steady):
    u = noise(path, int(np.prod(shape))).reshape(shape)
    if len(shape) > 1:
        u = u * np.sqrt(6 / np.prod(shape[:-1]))
    elif path.endswith("running_var"):
        u = 1 + 0.5 * u
    elif path.endswith("weight"):
        u = 1 + 0.2 * u
    else:
        u = 0.2 * u + (steady * centre(path, shape[0]) if path.endswith("bias") else 0)
    return u.astype(np.float32).astype(np.float64)


def centre(path, size):
    """Far from 0 for most ReLUs: among a million, float32 puts one on the other side of 0, and the gradient jumps by 1 %."""
    return np.where((np.arange(size) % 4 == 0) & path.endswith("bn1.bias"), -4.0, 4.0)


TO_TORCH = {1: (0,), 2: (1, 0), 4: (3, 2, 0, 1)}
TO_OURS = {1: (0,), 2: (1, 0), 4: (2, 3, 1, 0)}


def ours(x):
    return np.transpose(x.detach().numpy(), TO_OURS[x.ndim])


def case(net, shape, rename=lambda name: name, steady=0):
    state = {name: value for name, value in net.state_dict().items() if not name.endswith("num_batches_tracked")}
    made = {}
    for name, value in state.items():
        path = rename(name)
        made[name] = torch.tensor(np.transpose(leaf(path, ours(value).shape, steady), TO_TORCH[value.ndim]))
    net.load_state_dict(made, strict=False)
    images = (noise("input", int(np.prod(shape))) * np.sqrt(3)).astype(np.float32).astype(np.float64).reshape(shape)
    x = torch.tensor(images if len(shape) == 2 else np.transpose(images, (0, 3, 1, 2)))
    net.eval()
    evaluated = net(x)
    net.train()
    trained = net(x)
    (trained * torch.tensor(noise("cotangent", trained.numel()).reshape(trained.shape))).sum().backward()
    after = net.state_dict()
    return {
        "input": list(shape),
        "evaluated": digest("evaluated", evaluated.detach().numpy()),
        "evaluatedRow": evaluated[0, :8].tolist(),
        "trained": digest("trained", trained.detach().numpy()),
        "trainedRow": trained[0, :8].tolist(),
        "gradients": {rename(n): digest(rename(n), ours(p.grad)) for n, p in net.named_parameters()},
        "statistics": {rename(n): digest(rename(n), ours(after[n])) for n in state if "running_" in n},
    }


def small_conv():
    layers, c = [], 3
    for o, s in ((32, 1), (64, 2), (128, 2), (128, 2)):
        layers += [torch.nn.Conv2d(c, o, 3, s, 1, bias=False), torch.nn.BatchNorm2d(o), torch.nn.ReLU()]
        c = o
    return torch.nn.Sequential(*layers, torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten())


def conv_name(name):
    at, leaf_name = name.split(".")
    return f"{'conv' if int(at) % 3 == 0 else 'bn'}{int(at) // 3 + 1}.{leaf_name}"


def resnet(depth, stem):
    net = getattr(torchvision.models, f"resnet{depth}")()
    if stem == "small":
        net.conv1, net.maxpool = torch.nn.Conv2d(3, 64, 3, 1, 1, bias=False), torch.nn.Identity()
    net.fc = torch.nn.Identity()
    return net


def simsiam_like():
    norm = torch.nn.BatchNorm1d
    return ProjectionHead([(12, 16, norm(16), torch.nn.ReLU()), (16, 8, norm(8, affine=False), None)])


def plain():
    return ProjectionHead([(12, 16, None, torch.nn.ReLU()), (16, 8, None, None)])


cases = {
    "convnet": case(small_conv(), (4, 16, 16, 3), conv_name),
    "convnet-odd": case(small_conv(), (4, 17, 19, 3), conv_name),
    "simclr-head": case(SimCLRProjectionHead(32, 24, 16), (8, 32)),
    "simclr-head-3": case(SimCLRProjectionHead(32, 24, 16, num_layers=3), (8, 32)),
    "mlp-plain-norm": case(simsiam_like(), (8, 12)),
    "mlp-no-norm": case(plain(), (8, 12)),
}
for depth in (18, 34, 50):
    cases[f"resnet{depth}-small"] = case(resnet(depth, "small"), (4, 16, 16, 3), steady=1)
    cases[f"resnet{depth}-large"] = case(resnet(depth, "large"), (4, 40, 40, 3), steady=1)

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "encoders.json"), "w") as file:
    json.dump({"torch": torch.__version__.split("+")[0], "torchvision": torchvision.__version__.split("+")[0], "lightly": "1.6.0", "cases": cases}, file, separators=(",", ":"))
    file.write("\n")
