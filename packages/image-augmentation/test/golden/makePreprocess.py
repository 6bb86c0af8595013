"""Writes preprocess.json and pictures beside this file: pixel values by transformers' image processors for CLIP, SigLIP and ViT, on PyTorch and on Pillow.

Run: python makePreprocess.py (needs transformers 5, torchvision, Pillow). Values are float32, [size, size, 3], base64; those of Pillow as the bytes before
they are divided and normalized.
"""
import base64, json, os
import numpy as np
import torch
from PIL import Image
from transformers import CLIPImageProcessor, SiglipImageProcessor, ViTImageProcessor

torch.set_num_threads(1)
here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(5)
FILTERS = {"lanczos": Image.LANCZOS, "bilinear": Image.BILINEAR, "bicubic": Image.BICUBIC}


def natural(width, height, phase):
    """Smooth gradients, a disc, an edge and some noise: what photographs are made of."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    u, v = x / max(width - 1, 1), y / max(height - 1, 1)
    base = np.stack([0.5 + 0.4 * np.sin(6 * u + phase), 0.3 + 0.6 * v, 0.6 - 0.4 * u * v], -1)
    base[(u - 0.6) ** 2 + (v - 0.4) ** 2 < 0.06] = [0.9, 0.35, 0.1]
    base[u + 0.5 * v < 0.3] *= 0.3
    return np.clip(255 * (base + rng.normal(0, 0.04, base.shape)), 0, 255).astype(np.uint8)


pictures = {"wide": natural(67, 41, 0.4), "tall": natural(29, 52, 2.0), "small": natural(13, 10, 1.0)}
processors = {
    "clip": (CLIPImageProcessor(size={"shortest_edge": 24}, crop_size=24), "crop", "bicubic"),
    "siglip": (SiglipImageProcessor(size={"height": 24, "width": 24}), "squash", "bicubic"),
    "vit": (ViTImageProcessor(size={"height": 24, "width": 24}), "squash", "bilinear"),
    "lanczos": (CLIPImageProcessor(size={"shortest_edge": 24}, crop_size=24, resample=Image.LANCZOS), "crop", "lanczos"),
}


def by_pillow(image, fit, resample):
    width, height = image.size
    if fit == "squash":
        return np.asarray(image.resize((24, 24), FILTERS[resample]))
    short = min(width, height)
    image = image.resize((int(24 * width / short), int(24 * height / short)), FILTERS[resample])
    left, top = (image.width - 24) // 2, (image.height - 24) // 2
    return np.asarray(image.crop((left, top, left + 24, top + 24)))


text = lambda a: base64.b64encode(np.ascontiguousarray(a).tobytes()).decode()
cases = []
for name, array in pictures.items():
    Image.fromarray(array).save(os.path.join(here, f"{name}.png"), optimize=True)
    for kind, (processor, fit, resample) in processors.items():
        image = Image.open(os.path.join(here, f"{name}.png"))
        pixels = processor(image, return_tensors="pt")["pixel_values"][0].permute(1, 2, 0).numpy()
        preprocessing = dict(size=24, fit=fit, resample=resample, mean=list(processor.image_mean), deviation=list(processor.image_std))
        cases.append(dict(picture=name, kind=kind, preprocessing=preprocessing, values=text(pixels.astype("<f4")), pillow=text(by_pillow(image, fit, resample))))
with open(os.path.join(here, "preprocess.json"), "w") as file:
    json.dump(dict(source=f"transformers {__import__('transformers').__version__}, torchvision {__import__('torchvision').__version__}, Pillow {__import__('PIL').__version__}", cases=cases), file, separators=(",", ":"))
    file.write("\n")
