"""Writes preprocess.json and pictures beside this file: pixel values by transformers' image processors for CLIP, SigLIP and ViT, on PyTorch and on Pillow.

Run: python makePreprocess.py (needs transformers 5, torchvision, Pillow). Values are float32, [size, size, 3], base64; those of Pillow as the bytes before
they are divided and normalized.
"""
import base64, json, os
import numpy as np
import torch
from PIL import Image
from transformers import CLIPImageProcessor, SiglipImageProcessor, ViTImageProcessor

from natural import natural

torch.set_num_threads(1)
here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(5)
FILTERS = {"lanczos": Image.LANCZOS, "bilinear": Image.BILINEAR, "bicubic": Image.BICUBIC}

pictures = {"wide": natural(rng, 67, 41, 0.4), "tall": natural(rng, 29, 52, 2.0), "small": natural(rng, 13, 10, 1.0)}
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
