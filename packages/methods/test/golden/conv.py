"""The small net of the peers' measurements in torch: conv 3x3 3-32-64-128-128, strides 1, 2, 2, 2, batch-norm; and its weights in the layout of our trees."""

import numpy as np
import torch

TO_TORCH = {0: (), 1: (0,), 2: (1, 0), 4: (3, 2, 0, 1)}
TO_OURS = {0: (), 1: (0,), 2: (1, 0), 4: (2, 3, 1, 0)}


def ours(x):
    return np.ascontiguousarray(np.transpose(x.detach().numpy(), TO_OURS[x.ndim]))


def small_conv():
    layers, c = [], 3
    for o, s in ((32, 1), (64, 2), (128, 2), (128, 2)):
        layers += [torch.nn.Conv2d(c, o, 3, s, 1, bias=False), torch.nn.BatchNorm2d(o), torch.nn.ReLU()]
        c = o
    return torch.nn.Sequential(*layers, torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten())


def conv_path(name):
    """3.weight -> conv2.weight"""
    at, leaf_name = name.split(".")
    return f"{'conv' if int(at) % 3 == 0 else 'bn'}{int(at) // 3 + 1}.{leaf_name}"
