"""Writes golden.json: every deterministic operation of this package, by torchvision 0.29.1 (v2, uint8 tensors), torch 2.14.1.

Run: python make.py (needs torch and torchvision). Pictures and results are bytes, rows from the top, RGB, base64.
"""
import base64, json, os
import numpy as np
import torch
from torchvision.transforms.v2 import functional as F

from natural import natural

rng = np.random.default_rng(0)

corners = np.array([[r, g, b] for r in (0, 1, 128, 255) for g in (0, 127, 254, 255) for b in (0, 64, 255)], np.uint8)
pictures = {
    "natural": natural(rng, 31, 23, 0.4),
    "tall": natural(rng, 20, 37, 2.0),
    "tiny": natural(rng, 7, 5, 1.0),
    "one": np.array([[[200, 30, 90]]], np.uint8),
    "saturated": corners.reshape(6, 8, 3),
    "random": rng.integers(0, 256, (12, 16, 3), dtype=np.uint8),
    "gray": np.repeat(rng.integers(0, 256, (9, 14, 1), dtype=np.uint8), 3, 2),
}
cases = []
text = lambda a: base64.b64encode(np.ascontiguousarray(a).tobytes()).decode()
tensor = lambda name: torch.from_numpy(pictures[name]).permute(2, 0, 1)


def case(operation, name, parameters, result):
    array = result.permute(1, 2, 0).contiguous().numpy()
    cases.append(dict(operation=operation, picture=name, parameters=parameters, width=array.shape[1], height=array.shape[0], data=text(array)))


COLOUR = ["natural", "one", "saturated", "random", "gray"]
for name in COLOUR:
    t = tensor(name)
    for factor in (0, 0.2, 0.65, 1, 1.4, 1.8):
        case("adjustBrightness", name, dict(factor=factor), F.adjust_brightness(t, factor))
        case("adjustContrast", name, dict(factor=factor), F.adjust_contrast(t, factor))
        case("adjustSaturation", name, dict(factor=factor), F.adjust_saturation(t, factor))
    for shift in (-0.5, -0.2, -0.07, 0, 0.1, 0.33, 0.5):
        case("adjustHue", name, dict(shift=shift), F.adjust_hue(t, shift))
    case("grayscale", name, {}, F.rgb_to_grayscale(t, 3))
    for threshold in (0, 128, 255):
        case("solarize", name, dict(threshold=threshold), F.solarize(t, threshold))

for name in ("natural", "tall", "tiny", "saturated"):
    t = tensor(name)
    case("flip", name, {}, F.horizontal_flip(t))
    for sigma, kernel in ((0.1, 3), (0.5, 3), (1.0, 3), (0.8, 5), (2.0, 5), (1.3, 9), (2.0, 23)):
        if kernel // 2 < min(t.shape[1:]):
            case("gaussianBlur", name, dict(sigma=sigma, kernel=kernel), F.gaussian_blur(t, [kernel, kernel], [sigma, sigma]))

BICUBIC = F.InterpolationMode.BICUBIC
for name, width, height in (("natural", 32, 32), ("natural", 11, 50), ("natural", 31, 9), ("natural", 48, 23), ("tall", 9, 9), ("tiny", 32, 32), ("tiny", 1, 1), ("one", 5, 4), ("saturated", 3, 13), ("random", 7, 5)):
    case("resize", name, dict(width=width, height=height), F.resize(tensor(name), [height, width], antialias=True))
    case("resize", name, dict(width=width, height=height, filter="bicubic"), F.resize(tensor(name), [height, width], interpolation=BICUBIC, antialias=True))
for name, size in (("natural", 16), ("tall", 25), ("tiny", 3)):
    case("resizeShort", name, dict(size=size), F.resize(tensor(name), [size], antialias=True))
for name, size in (("natural", 22), ("natural", 14), ("tall", 20), ("tiny", 4), ("tiny", 5)):
    case("centerCrop", name, dict(size=size), F.center_crop(tensor(name), [size, size]))
for name, left, top, width, height in (("natural", 5, 2, 20, 16), ("natural", 0, 0, 31, 23), ("natural", 26, 3, 5, 20), ("tall", 3, 30, 16, 5), ("random", 9, 4, 1, 1)):
    box = dict(left=left, top=top, width=width, height=height)
    case("crop", name, box, F.crop(tensor(name), top, left, height, width))
    for side in (16, 32):
        case("resizedCrop", name, dict(box, side=side), F.resized_crop(tensor(name), top, left, height, width, [side, side], antialias=True))
        case("resizedCrop", name, dict(box, side=side, filter="bicubic"), F.resized_crop(tensor(name), top, left, height, width, [side, side], interpolation=BICUBIC, antialias=True))

mean, std = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
every = torch.arange(256, dtype=torch.uint8).expand(3, 1, 256)  # every byte in every channel
normalized = F.normalize(F.to_dtype(every, torch.float32, scale=True), mean, std).permute(1, 2, 0).contiguous().numpy()

# Where RandomResizedCrop cuts, as quantiles over 20,000 draws: of the area's share, the shape's logarithm, the left margin's share.
from torchvision.transforms.v2 import RandomResizedCrop
torch.manual_seed(0)
boxes = {}
for width, height in ((128, 96), (300, 50)):
    cut, draws = RandomResizedCrop(32), []
    for _ in range(20000):
        p = cut.make_params([torch.empty(3, height, width)])
        draws.append([p["width"] * p["height"] / (width * height), np.log(p["width"] / p["height"]), p["left"] / width])
    boxes[f"{width}x{height}"] = np.quantile(np.array(draws), [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1], axis=0).round(4).tolist()

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden.json"), "w") as f:
    json.dump(dict(
        source=f"torchvision {__import__('torchvision').__version__}, torch {torch.__version__}",
        pictures={k: dict(width=p.shape[1], height=p.shape[0], data=text(p)) for k, p in pictures.items()},
        cases=cases,
        boxes=boxes,
        normalize=dict(mean=mean, std=std, data=text(normalized)),
    ), f, separators=(",", ":"))
    f.write("\n")
