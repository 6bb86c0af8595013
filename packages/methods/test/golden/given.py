"""What the golden scripts of methods share: numbers that a formula gives, and digests of weights; `noise` of @nearfar/testing, `noisy` of ../noisy.ts."""

import json
import os

import numpy as np

WORDS, TEXTS = 40, 4


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


def below(name, size, limit):
    """Whole numbers from 0, below the limit."""
    return np.floor((noise(name, size) + 1) / 2 * limit).astype(np.int64)


def texts(name):
    """Four lists of ids from 5, of 3 to 8 tokens."""
    lengths = 3 + below(f"lengths {name}", TEXTS, 6)
    return [list(5 + below(f"{name} {i}", int(length), WORDS - 5)) for i, length in enumerate(lengths)]


def leaf(path, shape):
    u = noise(path, int(np.prod(shape))).reshape(shape)
    if len(shape) > 1:
        return single(u * np.sqrt(6 / np.prod(shape[:-1])))
    if path.endswith("running_var"):
        return single(1 + 0.5 * u)
    return single(1 + 0.2 * u if path.endswith("weight") else 0.2 * u)


def told(path, value, first):
    """
    A small leaf whole. Of a big one: its length, that of its way from the first weights, that way's product with noise, and its product
    with noise: of a leaf that moved by 1 % only, 1e-4 of the leaf would be 1 % of the way.
    """
    flat = value.reshape(-1)
    if flat.size <= 32:
        return {"values": flat.tolist()}
    way = flat - first.reshape(-1)
    direction = noise("digest:" + path, flat.size)
    lengths = [float(np.sqrt((v**2).sum())) for v in (flat, way)]
    products = [float((v * direction).sum()) for v in (flat, way)]
    return {"length": lengths[0], "product": products[0], "wayLength": lengths[1], "wayProduct": products[1]}


def write(beside, name, golden):
    """A golden file beside the script that made it."""
    with open(os.path.join(os.path.dirname(os.path.abspath(beside)), name), "w") as file:
        json.dump(golden, file, indent=1)
        file.write("\n")
