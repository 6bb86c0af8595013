"""Writes simclr.json beside this file: three steps of lightly's SimCLR, in float64, from weights and views that a formula gives.

Run with a Python that has torch 2.14.1 and lightly 1.6.0: python make.py
The formulas of `noise` and `views` are those of `noise` and `noisyViews` in @nearfar/testing. Weights are made in the layout of our trees, [k, k, in, out] and [in, out],
then transposed.
"""

import numpy as np
import torch
from conv import TO_TORCH, conv_path, ours, small_conv
from given import leaf, noise, single, told, write
from lightly.loss import NTXentLoss
from lightly.models.modules.heads import SimCLRProjectionHead

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def path_of(name):
    """0.3.weight -> encoder.conv2.weight; 1.layers.0.weight -> projector.layers.0.weight"""
    part, rest = name.split(".", 1)
    return "projector." + rest if part == "1" else "encoder." + conv_path(rest)


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


after = {path_of(name): ours(value) for name, value in net.state_dict().items() if not name.endswith("num_batches_tracked")}
golden = {
    "torch": torch.__version__.split("+")[0],
    "lightly": "1.6.0",
    "losses": losses,
    "after": {path: told(path, value, first[path]) for path, value in after.items()},
}
write(__file__, "simclr.json", golden)
