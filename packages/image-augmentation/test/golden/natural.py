"""Pictures that the golden scripts of this folder share."""
import numpy as np


def natural(rng, width, height, phase):
    """Smooth gradients, a disc, an edge and some noise: what photographs are made of."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    u, v = x / max(width - 1, 1), y / max(height - 1, 1)
    base = np.stack([0.5 + 0.4 * np.sin(6 * u + phase), 0.3 + 0.6 * v, 0.6 - 0.4 * u * v], -1)
    base[(u - 0.6) ** 2 + (v - 0.4) ** 2 < 0.06] = [0.9, 0.35, 0.1]
    base[u + 0.5 * v < 0.3] *= 0.3
    return np.clip(255 * (base + rng.normal(0, 0.04, base.shape)), 0, 255).astype(np.uint8)
