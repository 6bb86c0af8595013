"""Makes pairs.json: image-text evaluation by open_clip, NumPy and SciPy on small random inputs.

Needs numpy, scipy 1.17, torch 2.14, open_clip_torch 3.3.0. Run: python makePairs.py (beside its output).
"""

import json
import os

import numpy as np
import open_clip
import torch
from open_clip.zero_shot_classifier import build_zero_shot_classifier
from open_clip.zero_shot_metadata import SIMPLE_IMAGENET_TEMPLATES
from open_clip_train.train import get_clip_metrics
from scipy.stats import kendalltau

HERE = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(5)
torch.set_num_threads(1)


def rounded(x, digits=3):
    """Values that decimal text carries exactly: what both sides read."""
    return np.round(np.asarray(x, np.float64), digits)


def unit(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def retrieval():
    """One text a picture: open_clip. An odd number of pairs, for it rounds medians down."""
    images = rounded(rng.normal(size=(61, 6)), 2)
    texts = rounded(images + 1.2 * rng.normal(size=(61, 6)), 2)
    found = get_clip_metrics(torch.tensor(unit(images)), torch.tensor(unit(texts)), 1.0)
    side = lambda name: {
        "recall": {f"recall@{k}": float(found[f"{name}_R@{k}"]) for k in (1, 5, 10)},
        "medianRank": float(found[f"{name}_median_rank"]),
        "meanRank": float(found[f"{name}_mean_rank"]),
    }
    expected = {"imageToText": side("image_to_text"), "textToImage": side("text_to_image")}
    return {"images": images.tolist(), "texts": texts.tolist(), "expected": expected}


def captions():
    """Several texts a picture, in no order, with equal rows among pictures and texts: Flickr's protocol, ties against."""
    n = 30
    owner = rng.permutation(np.concatenate([np.arange(n), rng.integers(0, n, 50)]))
    images = rounded(rng.normal(size=(n, 6)), 2)
    texts = rounded(images[owner] + 1.5 * rng.normal(size=(len(owner), 6)), 2)
    images[7] = images[3]
    texts[:9] = texts[20:29]
    s = np.round(unit(images) @ unit(texts).T, 9)  # equal rows differ in their last bits: here they are equal
    text_ranks = (s >= s[owner, np.arange(len(owner))][None]).sum(0)
    image_ranks = np.array([1 + (s[i][owner != i] >= s[i][owner == i].max()).sum() for i in range(n)])
    side = lambda ranks: {
        "recall": {f"recall@{k}": float((ranks <= k).mean()) for k in (1, 5, 10)},
        "medianRank": float(np.median(ranks)),
        "meanRank": float(ranks.mean()),
    }
    expected = {"imageToText": side(image_ranks), "textToImage": side(text_ranks)}
    # Chance by drawing: ranks of random scores.
    draws = 4000
    first = np.empty((draws, n))
    for t in range(draws):
        places = rng.permutation(len(owner))
        best = np.full(n, len(owner))
        np.minimum.at(best, owner, places)
        first[t] = best
    chance = {f"recall@{k}": float((first < k).mean()) for k in (1, 5, 10)}
    return {
        "images": images.tolist(),
        "texts": texts.tolist(),
        "owner": owner.tolist(),
        "expected": expected,
        "chance": {"recall": chance, "meanRank": float(first.mean() + 1)},
    }


def kendall():
    cases = []
    for n, left, right in ((2, 9, 9), (9, 3, 4), (50, 6, 1000), (200, 4, 7), (333, 10**6, 10**6)):
        a, b = rng.integers(0, left, n), rng.integers(0, right, n)
        a[0], a[1] = 0, 1
        b[0], b[1] = 1, 0
        taus = {f"tau{variant.upper()}": float(kendalltau(a, b, variant=variant)[0]) for variant in ("b", "c")}
        cases.append({"a": a.tolist(), "b": b.tolist(), **taus})
    return cases


def judgements():
    """Flattened as CLIPScore's compute_metrics.py does: each rating beside its pair's score."""
    scores = rounded(rng.uniform(0, 0.4, 40))
    ratings = np.clip(np.round(4 * scores[:, None] / 0.4 + rng.normal(size=(40, 3))), 1, 4)
    flat = np.repeat(scores, 3)
    return {
        "scores": scores.tolist(),
        "ratings": ratings.tolist(),
        "tauC": float(kendalltau(flat, ratings.ravel(), variant="c")[0]),
        "tauB": float(kendalltau(flat, ratings.ravel(), variant="b")[0]),
    }


class Given(torch.nn.Module):
    """Vectors of known sentences in place of a text tower."""

    def __init__(self):
        super().__init__()
        self.known = {}

    def encode_text(self, sentences, normalize):
        rows = [self.known.setdefault(s, rounded(rng.normal(size=5), 2)) for s in sentences.list]
        return torch.tensor(unit(np.array(rows)))


class Sentences:
    def __init__(self, texts):
        self.list = texts

    def to(self, _):
        return self


def zero_shot():
    classes = ["cat", "dog", "$& {} red house", "bird", "fish", "tree", "car"]
    model = Given()
    weights = build_zero_shot_classifier(model, Sentences, classes, SIMPLE_IMAGENET_TEMPLATES)  # [d, c]
    labels = rng.integers(0, len(classes), 80)
    images = rounded(weights.numpy().T[labels] + 0.6 * rng.normal(size=(80, 5)), 2)
    best = (torch.tensor(unit(images)) @ weights).topk(5, 1)[1].numpy() == labels[:, None]  # as open_clip_train.zero_shot
    return {
        "classes": classes,
        "templates": [template("{}") for template in SIMPLE_IMAGENET_TEMPLATES],
        "sentences": {s: v.tolist() for s, v in model.known.items()},
        "classifier": weights.numpy().T.tolist(),
        "images": images.tolist(),
        "labels": labels.tolist(),
        "top1": float(best[:, 0].mean()),
        "top5": float(best.any(1).mean()),
    }


def gap():
    images = rounded(rng.normal(size=(25, 6)) + np.array([2, 0, 0, 0, 0, 0]) + rng.normal(size=(25, 1)) * [0, 2, 0, 0, 0, 0], 2)
    texts = rounded(rng.normal(size=(40, 6)) + np.array([-1, 0, 2, 0, 0, 0]), 2)
    x, y = unit(images), unit(texts)
    off = lambda z: float((z @ z.T)[~np.eye(len(z), dtype=bool)].mean())
    both = np.concatenate([x, y])
    centred = both - both.mean(0)
    _, _, v = np.linalg.svd(centred, full_matrices=False)
    if v[0] @ (y.mean(0) - x.mean(0)) < 0:
        v[0] *= -1
    if v[1][np.abs(v[1]).argmax()] < 0:
        v[1] *= -1
    points = centred @ v[:2].T
    return {
        "images": images.tolist(),
        "texts": texts.tolist(),
        "distance": float(np.linalg.norm(x.mean(0) - y.mean(0))),
        "within": {"images": off(x), "texts": off(y)},
        "between": float((x @ y.T).mean()),
        "points": points.tolist(),
    }


if __name__ == "__main__":
    print("open_clip", open_clip.__version__)
    made = {
        "retrieval": retrieval(),
        "captions": captions(),
        "kendall": kendall(),
        "judgements": judgements(),
        "zeroShot": zero_shot(),
        "gap": gap(),
    }
    with open(os.path.join(HERE, "pairs.json"), "w") as f:
        json.dump(made, f, separators=(",", ":"))
        f.write("\n")
