"""Writes pairs.json beside this file: three steps of methods of pictures with texts, in float64, from weights and batches that formulas give.

Run with a Python that has torch 2.14.1, open_clip 3.3.0 and lightly 1.6.0: python make_pairs.py
The losses are the peers' own: open_clip's `ClipLoss`, `SigLipLoss` and `DistillClipLoss`, after which its training keeps the scale in [0, ln 100], and
lightly's `NTXentLoss`. open_clip has no loss of several captions: its formula is told here by soft targets. Weights are made in the layout of our
trees, then transposed; batches are those of `noisyPairs` of ../noisyPairs.ts.
"""

import math

import numpy as np
import torch
import torch.nn.functional as F
from conv import TO_TORCH, conv_path, ours, small_conv
from given import TEXTS, WORDS, leaf, noise, single, texts, told, write
from lightly.loss import NTXentLoss
from lightly.models.modules.heads import SimCLRProjectionHead
from open_clip.loss import ClipLoss, DistillClipLoss, SigLipLoss

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

GROUPS = [0, 1, 0, 2]


def pictures(name):
    return torch.tensor(single(noise(name, TEXTS * 16 * 16 * 3)).reshape(TEXTS, 16, 16, 3).transpose(0, 3, 1, 2).copy())


def rows(name, width):
    """What a locked tower or a teacher made of four examples."""
    return torch.tensor(single(noise(name, TEXTS * width)).reshape(TEXTS, width))


def near(step):
    """Features of four texts: near those of their pictures, but for the second step's, which are nearly anything."""
    size = TEXTS * 16
    return torch.tensor(single(noise(f"features {step}", size) + (6 if step == 1 else 2) * noise(f"words {step}", size)).reshape(TEXTS, 16))


class Bag(torch.nn.Module):
    """The mean of a text's words, a vector each."""

    def __init__(self):
        super().__init__()
        self.embedding = torch.nn.EmbeddingBag(WORDS, 24, mode="mean")

    def forward(self, lists):
        flat = torch.tensor([int(i) for one in lists for i in one])
        return self.embedding(flat, torch.tensor([0, *np.cumsum([len(one) for one in lists])[:-1]]))


class Perceptron(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = torch.nn.Sequential(torch.nn.Linear(20, 24))

    def forward(self, x):
        return self.layers(x)


class Pairs(torch.nn.Module):
    """The towers by side, each an encoder and a projection where it has them; the scale, and what a method learns besides."""

    def __init__(self, temperature=0.07, bias=None, projector=None, **sides):
        super().__init__()
        for side in ("image", "text"):
            setattr(self, side, torch.nn.ModuleDict(sides.get(side, {})))
        self.logit_scale = torch.nn.Parameter(torch.tensor(-math.log(temperature)))
        if bias is not None:
            self.logit_bias = torch.nn.Parameter(torch.tensor(float(bias)))
        if projector is not None:
            self.projector = projector

    def encode(self, side, x):
        for part in ("encoder", "projection"):
            tower = getattr(self, side)
            x = tower[part](x) if part in tower else x
        return F.normalize(x, dim=-1)


def linear(width, out):
    return torch.nn.Linear(width, out, bias=False)


def towers(conv=False, **options):
    image = {"encoder": small_conv(), "projection": linear(128, 16)} if conv else {"encoder": Perceptron(), "projection": linear(24, 16)}
    return Pairs(image=image, text={"encoder": Bag(), "projection": linear(24, 16)}, **options)


def path_of(name):
    if name.startswith("image.encoder.") and "layers" not in name:
        return "image.encoder." + conv_path(name.removeprefix("image.encoder."))
    return {"logit_scale": "logScale", "logit_bias": "bias"}.get(name, name)


def matrix(name, value):
    """Ours; tables of embeddings are [v, d] on both sides, of other matrices torch has the transpose."""
    return value.detach().numpy().copy() if "embedding" in name else ours(value)


def trajectory(net, loss_of, rate=0.05, momentum=0.0, decay=0.0):
    """Losses and weights of three steps of SGD, and what open_clip does after each: `train.py`. Scalars start where the method starts them."""
    state = {name: value for name, value in net.state_dict().items() if not name.endswith("num_batches_tracked")}
    first = {}
    with torch.no_grad():
        for name, value in state.items():
            if value.ndim == 0:
                continue
            path = path_of(name)
            first[path] = leaf(path, matrix(name, value).shape)
            value.copy_(torch.tensor(first[path] if "embedding" in name else np.transpose(first[path], TO_TORCH[value.ndim]).copy()))
    net.train()
    # open_clip's `main.py`: decay of what has two dimensions or more, and is no norm, bias or scale.
    excluded = lambda n, p: p.ndim < 2 or "bn" in n or "ln" in n or "bias" in n or "logit_scale" in n  # noqa: E731
    named = list(net.named_parameters())
    groups = [
        {"params": [p for n, p in named if excluded(n, p)], "weight_decay": 0.0},
        {"params": [p for n, p in named if not excluded(n, p)], "weight_decay": decay},
    ]
    optimizer = torch.optim.SGD([group for group in groups if group["params"]], lr=rate, momentum=momentum)
    losses = []
    for step in range(3):
        loss = loss_of(net, step)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            net.logit_scale.clamp_(0, math.log(100))
        losses.append(loss.item())
    told_of = lambda name, value: (
        {"values": [value.item()]} if value.ndim == 0 else told(path_of(name), matrix(name, value), first[path_of(name)])
    )  # noqa: E731
    return {"losses": losses, "after": {path_of(name): told_of(name, value) for name, value in state.items()}}


def sides(net, step, columns=1):
    """Of a batch: its pictures and its texts, all first captions, then all second ones, in one pass."""
    captions = [one for column in range(columns) for one in texts(f"captions{column} {step}")]
    images = rows(f"pixels {step}", 20) if isinstance(net.image["encoder"], Perceptron) else pictures(f"pictures {step}")
    return net.encode("image", images), net.encode("text", captions)


def together(groups, columns):
    """1 where a picture's and a text's labels are equal; text j belongs to picture j mod n."""
    labels = torch.tensor(groups)
    return (labels[:, None] == labels.repeat(columns)[None]).double()


def clip(net, step):
    return ClipLoss()(*sides(net, step), net.logit_scale.exp())


def several(groups, columns):
    right = together(groups, columns)

    def loss(net, step):
        a, b = sides(net, step, columns)
        logits = net.logit_scale.exp() * a @ b.T
        found = F.cross_entropy(logits, right / right.sum(1, keepdim=True))
        return (found + F.cross_entropy(logits.T, right.T / right.T.sum(1, keepdim=True))) / 2

    return loss


def siglip(net, step):
    return SigLipLoss()(*sides(net, step), net.logit_scale.exp(), net.logit_bias)


def siglip_several(groups, columns):
    signs = 2 * together(groups, columns) - 1

    def loss(net, step):
        a, b = sides(net, step, columns)
        return -F.logsigmoid(signs * (net.logit_scale.exp() * a @ b.T + net.logit_bias)).sum() / len(a)

    return loss


def lit_image(net, step):
    a, b = net.encode("image", rows(f"features {step}", 16)), net.encode("text", rows(f"words {step}", 20))
    return ClipLoss()(a, b, net.logit_scale.exp())


def lit_text(net, step):
    a, b = net.encode("image", pictures(f"pictures {step}")), net.encode("text", rows(f"features {step}", 16))
    return ClipLoss()(a, b, net.logit_scale.exp())


def both_locked(net, step):
    """The scale alone learns: by these batches and this rate it is driven to ln 100, then to 0, and ends between."""
    return ClipLoss()(F.normalize(rows(f"features {step}", 16)), F.normalize(near(step)), net.logit_scale.exp())


def slip(net, step):
    """facebookresearch/SLIP, `models.py`: pictures and views pass apart; here both views in one pass, as in make.py."""
    contrastive = clip(net, step)
    h = net.image["encoder"](torch.cat([pictures(f"{side} {step}") for side in ("left", "right")]))
    return contrastive + NTXentLoss(temperature=0.1)(*net.projector(h).chunk(2))


def distilled(net, step):
    taught = [F.normalize(rows(f"taught {side} {step}", 12)) for side in ("pictures", "texts")]
    return sum(DistillClipLoss()(*sides(net, step), net.logit_scale.exp(), *taught, 100, output_dict=True).values())


EACH = [0, 1, 2, 3]
golden = {
    "torch": torch.__version__.split("+")[0],
    "open_clip": "3.3.0",
    "lightly": "1.6.0",
    "clip": trajectory(towers(conv=True), clip, rate=0.01),
    "clip from scale 100": trajectory(towers(temperature=0.01), clip, rate=0.005),
    "clip, two captions": trajectory(towers(), several(EACH, 2)),
    "clip, two captions, groups": trajectory(towers(), several(GROUPS, 2)),
    "scale alone": trajectory(Pairs(temperature=0.2), both_locked, rate=10),
    "siglip": trajectory(towers(temperature=0.1, bias=-10), siglip),
    "siglip, two captions, groups": trajectory(towers(temperature=0.1, bias=-10), siglip_several(GROUPS, 2), rate=0.02),
    "lit, locked pictures": trajectory(
        Pairs(image={"projection": linear(16, 12)}, text={"encoder": Perceptron(), "projection": linear(24, 12)}),
        lit_image,
        momentum=0.9,
        decay=0.05,
    ),
    "lit, locked texts": trajectory(
        Pairs(image={"encoder": small_conv(), "projection": linear(128, 16)}), lit_text, rate=0.01, momentum=0.9, decay=0.05
    ),
    "slip": trajectory(towers(conv=True, projector=SimCLRProjectionHead(128, 32, 16)), slip, rate=0.01),
    "clip, distilled": trajectory(towers(), distilled),
}
for name in golden:
    if isinstance(golden[name], dict):
        print(name, golden[name]["losses"], golden[name]["after"]["logScale"])
write(__file__, "pairs.json", golden)
