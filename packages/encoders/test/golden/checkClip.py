"""Checks by transformers that folders which writeClip wrote give the features of the golden ones: python checkClip.py FOLDER_OF_CLIP FOLDER_OF_SIGLIP

To make them: openClip on clip/clip and clip/siglip beside this file, then writeClip. Prints the largest difference of features and logits, in float64,
and fails above 1e-5 (the file of siglip is half precision there and float32 here: the same values). Tokenizer and processor are those that the folder names.
"""

import json
import os
import sys

import numpy as np
import torch
from transformers import AutoImageProcessor, AutoModel, AutoTokenizer

from given import noise

here = os.path.dirname(os.path.abspath(__file__))
sys.argv, folders = sys.argv[:1], sys.argv[1:]


with open(os.path.join(here, "clip.json")) as file:
    cases = json.load(file)["cases"]
pixels = torch.tensor(noise("images", 3 * 26 * 26 * 3).astype(np.float32).astype(np.float64).reshape(3, 26, 26, 3)).permute(0, 3, 1, 2)
for kind, folder in zip(("clip", "siglip"), folders):
    case = cases[kind]
    model, info = AutoModel.from_pretrained(folder, output_loading_info=True)
    assert not any(info[key] for key in ("missing_keys", "unexpected_keys", "mismatched_keys")), info
    model = model.double().eval()
    tokenizer, processor = AutoTokenizer.from_pretrained(folder), AutoImageProcessor.from_pretrained(folder)
    inputs = tokenizer(case["texts"], padding="max_length" if kind == "siglip" else True, truncation=True, return_tensors="pt")
    assert inputs["input_ids"].tolist() == case["ids"], inputs["input_ids"]
    before = AutoImageProcessor.from_pretrained(os.path.join(here, "clip", kind))
    picture = np.random.default_rng(0).integers(0, 256, (37, 50, 3), dtype=np.uint8)
    seen = [p(picture, return_tensors="pt")["pixel_values"] for p in (before, processor)]
    assert torch.equal(*seen), "the preprocessing differs"
    with torch.no_grad():
        text = model.get_text_features(input_ids=inputs["input_ids"]).pooler_output
        image = model.get_image_features(pixel_values=pixels).pooler_output
        logits = model(input_ids=inputs["input_ids"], pixel_values=pixels).logits_per_image
    for name, got in (("textFeatures", text), ("imageFeatures", image), ("logitsPerImage", logits)):
        error = np.abs(got.numpy().reshape(-1) - np.array(case[name])).max()
        print(kind, type(model).__name__, type(tokenizer).__name__, type(processor).__name__, name, error)
        assert error < 1e-5, name
