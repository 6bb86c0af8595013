"""What the golden scripts of encoders share: numbers that a formula gives, that of @nearfar/testing, and digests of what comes out."""

import numpy as np


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


def digest(path, values):
    """The length, and the product with noise: 1e-4 of the length apart is wrong."""
    flat = np.ascontiguousarray(values).reshape(-1)
    return [float(np.sqrt((flat**2).sum())), float((flat * noise("digest:" + path, flat.size)).sum())]
