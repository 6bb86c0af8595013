"""Writes pair-losses.json beside this file: losses of pictures with texts by open_clip 3.3.0 and torch 2.14.1 in float64, embeddings given.

Run with a Python that has both: python make_pairs.py
Embeddings are z0, z1 and z2 of test/golden/losses.json, 4 x 6. Several captions of a picture: z0 with z1 and z2, 4 and 8 rows; the teacher's
embeddings are z1 and z2, or z1 with z2 and z0. open_clip has no loss of several captions: its formula is told here by soft targets.
"""

import json
import os

import torch
import torch.nn.functional as F
from open_clip.loss import ClipLoss, DistillClipLoss, SigLipLoss

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, "../../../../test/golden/losses.json")) as file:
    inputs = json.load(file)["inputs"]
z0, z1, z2 = (F.normalize(torch.tensor(inputs[name], dtype=torch.float64)) for name in ("z0", "z1", "z2"))
GROUPS = [0, 1, 0, 2]
captions = torch.cat([z1, z2])


def together(groups, columns):
    """1 where a picture's and a text's labels are equal; text j belongs to picture j mod n."""
    labels = torch.tensor(groups)
    return (labels[:, None] == labels.repeat(columns)[None]).double()


def symmetric(images, texts, scale, groups):
    right = together(groups, len(texts) // len(images))
    logits = scale * images @ texts.T
    rows = F.cross_entropy(logits, right / right.sum(1, keepdim=True))
    return (rows + F.cross_entropy(logits.T, right.T / right.T.sum(1, keepdim=True))) / 2


def sigmoid(images, texts, scale, bias, groups):
    signs = 2 * together(groups, len(texts) // len(images)) - 1
    return -F.logsigmoid(signs * (scale * images @ texts.T + bias)).sum() / len(images)


def distilled(images, texts, scale, taught, teacher_scale):
    total = 0
    for flip in (lambda x: x, lambda x: x.T):
        student = flip(scale * images @ texts.T)
        teacher = flip(teacher_scale * taught[0] @ taught[1].T)
        total = total + F.cross_entropy(student, teacher.softmax(1))
    return total / 2


EACH = [0, 1, 2, 3]
one = {"clip": ClipLoss()(z0, z1, 1 / 0.07).item(), "siglip": SigLipLoss()(z0, z1, 10, torch.tensor(-10.0)).item()}
# Where open_clip has a value, the formulas above give it.
assert abs(symmetric(z0, z1, 1 / 0.07, EACH).item() - one["clip"]) < 1e-12
assert abs(sigmoid(z0, z1, 10, -10, EACH).item() - one["siglip"]) < 1e-12
distill = DistillClipLoss()(z0, z1, 1 / 0.07, z1, z2, 100, output_dict=True)["distill_loss"].item()
assert abs(distilled(z0, z1, 1 / 0.07, (z1, z2), 100).item() - distill) < 1e-12

golden = {
    "torch": torch.__version__.split("+")[0],
    "open_clip": "3.3.0",
    "groups": GROUPS,
    "values": {
        **one,
        "siglip scale 3 bias 1": SigLipLoss()(z0, z1, 3, torch.tensor(1.0)).item(),
        "distilled from scale 100": distill,
        "distilled from scale 5": DistillClipLoss()(z0, z1, 1 / 0.07, z1, z2, 5, output_dict=True)["distill_loss"].item(),
        "distilled, two captions": distilled(z0, captions, 1 / 0.07, (z1, torch.cat([z2, z0])), 100).item(),
        "clip, two captions": symmetric(z0, captions, 1 / 0.07, EACH).item(),
        "clip, groups": symmetric(z0, z1, 1 / 0.07, GROUPS).item(),
        "clip, two captions, groups": symmetric(z0, captions, 1 / 0.07, GROUPS).item(),
        "siglip, two captions": sigmoid(z0, captions, 10, -10, EACH).item(),
        "siglip, groups": sigmoid(z0, z1, 10, -10, GROUPS).item(),
        "siglip, two captions, groups": sigmoid(z0, captions, 10, -10, GROUPS).item(),
    },
}
with open(os.path.join(HERE, "pair-losses.json"), "w") as file:
    json.dump(golden, file, indent=1)
    file.write("\n")
